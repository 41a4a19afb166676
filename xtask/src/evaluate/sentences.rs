//! The ends of sentences, on running text and on single cases, and how fast they are found.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use nutgraf::{inspect, language};
use unicode_segmentation::UnicodeSegmentation;

use super::boundaries::{self, Item, Tally, ends_at, ends_of, is_right};

/// Text that is cut to time it, in bytes, and how often: the median counts.
const TIMED_BYTES: usize = 8_000_000;
const N_RUNS: usize = 5;

/// Prints the tables.
pub fn run(corpus: &Path) -> Result<()> {
    let items = boundaries::items(corpus, "sentences")?;
    let mut texts = Texts::default();
    let mut cases = Cases::default();
    for (set, item) in &items {
        let tag = language::primary_subtag(&item.lang);
        let spans = inspect::sentences(&item.text, &tag);
        let found = ends_at(&item.text, spans.into_iter().map(|span| span.end));
        match &*item.kind {
            "golden" | "pitfall" => cases.add(set, item, passes(item, &found)),
            _ => texts.add(set, item, &found),
        }
    }
    texts.print();
    cases.print();
    let slow = if cfg!(debug_assertions) {
        " as built for development; for the true speed: cargo run --release -p xtask -- evaluate sentences"
    } else {
        ""
    };
    println!("\n{:.1} MB/s natively{slow}", speed(&items));
    Ok(())
}

/// Whether a case is cut in one of the ways that pass.
fn passes(item: &Item, found: &[usize]) -> bool {
    std::iter::once(&item.sentences)
        .chain(&item.alts)
        .any(|parts| is_right(&ends_of(parts), found))
}

/// MB a second, the median of some runs over all texts.
fn speed(items: &[(String, Item)]) -> f64 {
    let n_bytes: usize = items.iter().map(|(_, item)| item.text.len()).sum();
    let n_rounds = TIMED_BYTES.div_ceil(n_bytes.max(1));
    let mut seconds: Vec<f64> = (0..N_RUNS)
        .map(|_| {
            let started = Instant::now();
            for (_, item) in (0..n_rounds).flat_map(|_| items) {
                black_box(inspect::sentences(&item.text, &item.lang));
            }
            started.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    (n_bytes * n_rounds) as f64 / 1e6 / seconds[N_RUNS / 2]
}

/// Running text. UAX #29 alone is scored beside ours on complete sentences.
#[derive(Default)]
struct Texts {
    sets: BTreeMap<String, Tally>,
    languages: BTreeMap<String, Tally>,
    genres: BTreeMap<String, Tally>,
    complete: BTreeMap<String, (Tally, Tally)>,
}

impl Texts {
    fn add(&mut self, set: &str, item: &Item, found: &[usize]) {
        let gold = ends_of(&item.sentences);
        let count = |rows: &mut BTreeMap<String, Tally>, name: &str| {
            rows.entry(name.to_owned()).or_default().add(&gold, found);
        };
        count(&mut self.sets, set);
        count(&mut self.languages, &item.lang);
        if item.lang == "en" {
            count(&mut self.genres, &format!("{set}/{}", item.genre));
        }
        if item.clean {
            let (ours, plain) = self.complete.entry(set.to_owned()).or_default();
            ours.add(&gold, found);
            let ends = item.text.split_sentence_bound_indices();
            let ends = ends.map(|(at, sentence)| at + sentence.len());
            plain.add(&gold, &ends_at(&item.text, ends));
        }
    }

    fn print(&self) {
        let tables = [
            ("set", &self.sets),
            ("language", &self.languages),
            ("genre of English", &self.genres),
        ];
        for (name, rows) in tables {
            println!("{name:20} {}", Tally::HEADER);
            for (name, tally) in rows {
                println!("{name:20} {}", tally.row());
            }
            println!();
        }
        let name = "complete sentences";
        println!("{name:20} {}  UAX #29 F1", Tally::HEADER);
        let (mut ours_sum, mut plain_sum) = (0.0, 0.0);
        for (set, (ours, plain)) in &self.complete {
            println!("{set:20} {} {:11.2}", ours.row(), plain.f1());
            ours_sum += ours.f1();
            plain_sum += plain.f1();
        }
        let n_sets = self.complete.len();
        let name = format!("mean of {n_sets} sets");
        let n_sets = n_sets.max(1) as f64;
        println!(
            "{name:34} {:6.2} {:43.2}",
            ours_sum / n_sets,
            plain_sum / n_sets
        );
    }
}

/// Cases passed of all, by set, tier or kind of pitfall, and language.
#[derive(Default)]
struct Cases(BTreeMap<(String, String, String), (usize, usize)>);

/// The row over all tiers, which comes first.
const TOTAL: &str = "";

impl Cases {
    fn add(&mut self, set: &str, item: &Item, is_passed: bool) {
        for tier in [TOTAL, &item.genre] {
            let key = (set.to_owned(), tier.to_owned(), item.lang.clone());
            let (n_passed, n) = self.0.entry(key).or_default();
            *n_passed += usize::from(is_passed);
            *n += 1;
        }
    }

    fn print(&self) {
        println!("\ncases passed");
        let rows: Vec<_> = self.0.iter().collect();
        for tier in
            rows.chunk_by(|((set, tier, _), _), ((set2, tier2, _), _)| (set, tier) == (set2, tier2))
        {
            let ((set, name, _), _) = tier[0];
            let n_passed: usize = tier.iter().map(|(_, (n_passed, _))| n_passed).sum();
            let n: usize = tier.iter().map(|(_, (_, n))| n).sum();
            let languages: Vec<String> = tier
                .iter()
                .map(|((_, _, language), (n_passed, n))| format!("{language} {n_passed}/{n}"))
                .collect();
            let name = format!("{set} {name}");
            println!(
                "{name:20} {:>7}  {}",
                format!("{n_passed}/{n}"),
                languages.join(" ")
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_passes_when_it_is_cut_in_any_accepted_way() {
        let strings = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
        let item = Item {
            id: String::new(),
            lang: "en".to_owned(),
            genre: String::new(),
            kind: "pitfall".to_owned(),
            text: "Go! he said. Now.".to_owned(),
            sentences: strings(&["Go! he said.", "Now."]),
            alts: vec![strings(&["Go!", "he said.", "Now."])],
            clean: true,
        };
        let passes = |ends: &[usize]| passes(&item, &ends_at(&item.text, ends.iter().copied()));
        assert!(passes(&[13, 17]) && passes(&[4, 13, 17]));
        assert!(!passes(&[4, 17]) && !passes(&[17]));
    }
}
