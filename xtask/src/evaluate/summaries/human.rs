//! Summaries against those that people wrote, beside the article's first three sentences and what
//! published systems made of it.
//!
//! As the corpus's `score_rouge.py` has it, and with its splitter, so that nobody is better for the project's
//! own. Each measure is that of the best reference. A system that did a part of a set is compared on that
//! part; the tool counts the rest as empty.

use std::collections::HashSet;

use nutgraf::{Options, Reading, article};
use serde_json::Value;

use super::articles::Item;
use super::rouge::{self, Tokenizer};
use super::verdict::{interval, interval_of_sets, mean};
use crate::corpus::{self, Human};
use crate::train::salience as train;

/// Prints a table a set, and the mean of the English sets. The trees are trained on all items but those
/// that share a sentence with an article here. Returns what was chosen, as the scoring tools read it.
pub fn print(humans: &[Human], items: &[&Item]) -> Vec<Value> {
    let texts: Vec<Vec<&str>> = humans.iter().map(|human| split(&human.text)).collect();
    let known: HashSet<String> = corpus::long_sentences(texts.iter().flatten().copied()).collect();
    let is_known = |item: &&&Item| {
        let mut long = item.labelled.long_sentences();
        long.any(|letters| known.contains(&letters))
    };
    let families: HashSet<u64> = items
        .iter()
        .filter(is_known)
        .map(|item| item.labelled.family)
        .collect();
    let rows: Vec<_> = items
        .iter()
        .filter(|item| !families.contains(&item.labelled.family))
        .map(|item| &item.example)
        .collect();
    println!(
        "\nROUGE against human summaries, by trees trained on {} articles and pages; {} that share a \
         sentence with these are left out",
        rows.len(),
        items.len() - rows.len()
    );
    let trees = train::fit(&rows);
    let ours: Vec<Vec<String>> = humans
        .iter()
        .map(|human| {
            let page = train::text_page(&human.text, human.title.as_deref(), &human.language);
            let article = article::find(&page);
            let reading = Reading::new(&article);
            let chosen = train::choose(&trees, &reading, &Options::default());
            chosen
                .into_iter()
                .map(|at| reading.shown(at).to_owned())
                .collect()
        })
        .collect();

    let mut sets: Vec<&str> = Vec::new();
    for human in humans {
        if !sets.contains(&&*human.set) {
            sets.push(&human.set);
        }
    }
    let mut english: Vec<[Row; 2]> = Vec::new();
    for set in sets {
        let of_set: Vec<usize> = (0..humans.len())
            .filter(|&at| humans[at].set == set)
            .collect();
        let language = &humans[of_set[0]].language;
        let rows = rows_of(humans, &of_set, &texts, &ours);
        println!("\n{set:45}   R-1   R-2   R-L  mean  to LEAD-3           95%  words  articles");
        for row in &rows {
            println!("{}", row.line());
        }
        if language == "en" {
            let [lead, ours] = [LEAD, OURS].map(|name| {
                let row = rows.iter().find(|row| row.name == name);
                row.cloned().expect("both are in every set")
            });
            english.push([lead, ours]);
        }
    }
    let mean_of = |column: usize| {
        let means = english.iter().map(|rows| rows[column].mean());
        mean(&means.collect::<Vec<_>>())
    };
    let differences: Vec<&[f64]> = english.iter().map(|rows| &*rows[1].differences).collect();
    let [low, high] = interval_of_sets(&differences);
    println!(
        "\nEnglish, mean of {} sets: LEAD-3 {:.2}, ours {:.2}, difference {:+.2} [{low:+.2}, {high:+.2}]",
        english.len(),
        mean_of(0),
        mean_of(1),
        mean(&differences.iter().map(|set| mean(set)).collect::<Vec<_>>()),
    );
    let line = |(human, texts): (&Human, &Vec<String>)| {
        super::prediction(&human.id, texts.iter().map(|text| &**text))
    };
    humans.iter().zip(&ours).map(line).collect()
}

const LEAD: &str = "LEAD-3";
const OURS: &str = "ours";

/// A system on the articles of a set.
#[derive(Clone)]
struct Row {
    name: String,
    /// F1 of the three measures for each article, in percent.
    scores: Vec<[f64; 3]>,
    /// Their mean less that of LEAD-3, for each article.
    differences: Vec<f64>,
    n_words: Vec<f64>,
}

impl Row {
    fn mean(&self) -> f64 {
        mean(
            &self
                .scores
                .iter()
                .map(|scores| mean(scores))
                .collect::<Vec<_>>(),
        )
    }

    fn line(&self) -> String {
        let of = |at: usize| {
            mean(
                &self
                    .scores
                    .iter()
                    .map(|scores| scores[at])
                    .collect::<Vec<_>>(),
            )
        };
        let [low, high] = interval(&self.differences);
        format!(
            "{:45} {:5.2} {:5.2} {:5.2} {:5.2}  {:+9.2} [{low:+5.2}, {high:+5.2}] {:6.1} {:9}",
            self.name,
            of(0),
            of(1),
            of(2),
            self.mean(),
            mean(&self.differences),
            mean(&self.n_words),
            self.scores.len(),
        )
    }
}

/// All systems on a set, the best by mean first.
fn rows_of(
    humans: &[Human],
    of_set: &[usize],
    texts: &[Vec<&str>],
    ours: &[Vec<String>],
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut tokenizer = Tokenizer::new(&humans[of_set[0]].language);
    for &at in of_set {
        let human = &humans[at];
        let mut summaries: Vec<(String, Vec<&str>)> = vec![
            (LEAD.to_owned(), texts[at].iter().take(3).copied().collect()),
            (
                OURS.to_owned(),
                ours[at].iter().map(|text| &**text).collect(),
            ),
        ];
        // A published system may be called LEAD-3 too.
        for (name, text) in &human.systems {
            summaries.push((format!("{name}, published"), split(text)));
        }
        let references: Vec<rouge::Text> = human
            .references
            .iter()
            .map(|text| tokenizer.text(split(text)))
            .collect();
        let mut lead = 0.0;
        for (name, sentences) in summaries {
            let n_words = sentences
                .iter()
                .map(|text| text.split_whitespace().count())
                .sum::<usize>();
            let summary = tokenizer.text(sentences);
            let mut best = [0.0_f64; 3];
            for reference in &references {
                for (best, score) in best.iter_mut().zip(rouge::score(reference, &summary)) {
                    *best = best.max(100.0 * score);
                }
            }
            if name == LEAD {
                lead = mean(&best);
            }
            let place = rows
                .iter()
                .position(|row| row.name == name)
                .unwrap_or(rows.len());
            if place == rows.len() {
                rows.push(Row {
                    name,
                    scores: Vec::new(),
                    differences: Vec::new(),
                    n_words: Vec::new(),
                });
            }
            rows[place].scores.push(best);
            rows[place].differences.push(mean(&best) - lead);
            rows[place].n_words.push(n_words as f64);
        }
    }
    rows.sort_by(|a, b| b.mean().total_cmp(&a.mean()));
    rows
}

/// The scoring tool's sentences: after a mark that ends one, closing marks and white space, before an
/// opening mark, a capital or a digit; not after an abbreviation.
fn split(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    for line in text.split('\n') {
        let mut start = 0;
        let mut chars = line.char_indices().peekable();
        while let Some((mark, c)) = chars.next() {
            if !is_end(c) {
                continue;
            }
            while chars.next_if(|(_, c)| is_end(*c)).is_some() {}
            while chars.next_if(|(_, c)| is_closing(*c)).is_some() {}
            let mut has_space = false;
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {
                has_space = true;
            }
            let Some(&(next, opener)) = chars.peek() else {
                break;
            };
            if has_space && is_opener(opener) && !is_abbreviation(&line[start..mark], c) {
                sentences.push(line[start..next].trim());
                start = next;
            }
        }
        if !line[start..].trim().is_empty() {
            sentences.push(line[start..].trim());
        }
    }
    sentences
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | 'A'..='Z' | '0'..='9' | 'À'..='Ý')
}

const ABBREVIATIONS: [&str; 36] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Capt", "St",
    "Jr", "Sr", "vs", "No", "Inc", "Co", "Corp", "Ltd", "U.S", "U.K", "U.N", "E.U", "D.C", "a.m",
    "p.m", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec",
];

/// Whether a full stop after a text only shortens its last word.
fn is_abbreviation(before: &str, mark: char) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next()
        .unwrap_or_default();
    let is_initial = matches!(word.as_bytes(), [b'A'..=b'Z']);
    mark == '.' && (is_initial || ABBREVIATIONS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_text_is_split_as_the_scoring_tool_does() {
        let text = "Mr. Fox left. “He did!” Why… because. 3 (J. Doe) \nNext.\"  It said no.";
        let expected = [
            "Mr. Fox left.",
            "“He did!”",
            "Why… because.",
            "3 (J. Doe)",
            "Next.\"",
            "It said no.",
        ];
        assert_eq!(split(text), expected);
    }
}
