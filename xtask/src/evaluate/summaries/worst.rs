//! The articles whose summaries lose most of what could be gained.

use super::articles::Item;
use super::verdict::Verdict;

/// Characters of a sentence that are printed.
const N_CHARS: usize = 160;

/// Prints the titles of the worst, of what could be gained the share that was, with the chosen sentences and the best.
pub fn print(heading: &str, items: &[Item], chosen: &[Vec<usize>], verdicts: &[Verdict], n: usize) {
    let mut order: Vec<(f64, usize)> = items
        .iter()
        .zip(verdicts)
        .map(|(item, verdict)| {
            verdict.gain / Verdict::oracle(item.labelled, |_| true).gain.max(0.1)
        })
        .zip(0..)
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    println!("\nworst {heading}: what was chosen (+, ? if no labelled sentence) and the best (=)");
    for (share, at) in order.into_iter().take(n) {
        let item = &items[at];
        let labelled = item.labelled;
        println!(
            "\n{:3.0}% {}  {}",
            100.0 * share,
            labelled.id,
            labelled.title
        );
        for &sentence in &chosen[at] {
            let sign = if item.hits[sentence].is_empty() {
                '?'
            } else {
                '+'
            };
            println!("     {sign} {}", cut(item.reading.shown(sentence)));
        }
        for sentence in labelled.sentences.iter().filter(|s| s.is_best()) {
            println!("     = {}", cut(&sentence.text));
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(N_CHARS).collect()
}
