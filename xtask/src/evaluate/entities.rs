//! The names that are found in texts, against the true ones.
//!
//! Three measures, each stricter on less: the name and its kind are right; the name is right; it
//! overlaps the true one, which is what entity density needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use nutgraf::{inspect, language};
use serde::Deserialize;

use super::boundaries::Counts;
use crate::corpus;

/// A text with its true names.
#[derive(Deserialize)]
struct Item {
    lang: String,
    genre: String,
    text: String,
    /// Start and end in code points, and label.
    entities: Vec<(usize, usize, String)>,
}

/// Start and end in code points, and label if known.
type Name<'a> = (usize, usize, Option<&'a str>);

/// The labels that count. A name of another kind is neither right nor wrong.
const LABELS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Prints the table: a row a set and, where it has several, a row a genre.
pub fn run(corpus: &Path) -> Result<()> {
    // The genre without a name is all of a set, and comes first.
    let mut sets: BTreeMap<String, BTreeMap<String, Tally>> = BTreeMap::new();
    for (set, item) in corpus::items::<Item>(corpus, "entities")? {
        let tag = language::primary_subtag(&item.lang);
        let found: Vec<Name> = inspect::entities(item.text, tag)
            .into_iter()
            .map(|(span, label)| (span.start, span.end, label))
            .collect();
        let genres = sets.entry(set).or_default();
        for genre in [String::new(), format!("  {}", item.genre)] {
            let tally = genres.entry(genre).or_default();
            tally.add(&item.entities, &found);
        }
    }
    println!(
        "{:14}           |    with kind    F1 |    exact span   F1 |      overlap    F1 |         F1",
        ""
    );
    println!(
        "{:14} texts gold |      P      R   F1 |      P      R   F1 |      P      R   F1 |  PER  ORG  LOC",
        "set"
    );
    for (set, genres) in &sets {
        // A genre alone would be the same row again.
        let n_rows = if genres.len() > 2 { genres.len() } else { 1 };
        for (genre, tally) in genres.iter().take(n_rows) {
            let name = if genre.is_empty() { set } else { genre };
            println!("{name:14} {}", tally.row());
        }
    }
    Ok(())
}

/// Texts, scored.
#[derive(Default)]
struct Tally {
    n_texts: usize,
    typed: Counts,
    untyped: Counts,
    overlap: Counts,
    /// Those of each label.
    labels: [Counts; LABELS.len()],
}

impl Tally {
    fn add(&mut self, truth: &[(usize, usize, String)], found: &[Name]) {
        let is_scored = |label: &str| LABELS.contains(&label);
        let gold: BTreeSet<Name> = truth
            .iter()
            .filter(|(_, _, label)| is_scored(label))
            .map(|(start, end, label)| (*start, *end, Some(&**label)))
            .collect();
        let gold_spans = spans(&gold);
        let is_other = |name: &Name| {
            let span = (name.0, name.1);
            !gold_spans.contains(&span)
                && truth
                    .iter()
                    .filter(|(_, _, label)| !is_scored(label))
                    .any(|(start, end, _)| overlap(span, (*start, *end)))
        };
        let found: BTreeSet<Name> = found
            .iter()
            .copied()
            .filter(|name| !is_other(name))
            .collect();
        let found_spans = spans(&found);

        self.n_texts += 1;
        let n_typed = found.iter().filter(|name| name.2.is_some()).count();
        self.typed
            .add(found.intersection(&gold).count(), n_typed, gold.len());
        let (n_found, n_gold) = (found_spans.len(), gold_spans.len());
        let n_right = found_spans.intersection(&gold_spans).count();
        self.untyped.add(n_right, n_found, n_gold);
        let n_right = n_overlapping(&found_spans, &gold_spans);
        self.overlap.add(n_right, n_found, n_gold);
        for (label, counts) in LABELS.iter().zip(&mut self.labels) {
            let count =
                |names: &BTreeSet<Name>| names.iter().filter(|name| name.2 == Some(label)).count();
            let n_right = found
                .intersection(&gold)
                .filter(|name| name.2 == Some(label))
                .count();
            counts.add(n_right, count(&found), count(&gold));
        }
    }

    fn row(&self) -> String {
        let three = |counts: Counts| {
            let (precision, recall) = (counts.precision(), counts.recall());
            format!(
                "{:6.1} {:6.1} {:5.1}",
                precision.unwrap_or_default(),
                recall.unwrap_or_default(),
                counts.f1()
            )
        };
        let [person, organization, place] = self.labels.map(Counts::f1);
        format!(
            "{:5} {:4} | {} | {} | {} | {person:4.1} {organization:4.1} {place:4.1}",
            self.n_texts,
            self.typed.gold,
            three(self.typed),
            three(self.untyped),
            three(self.overlap),
        )
    }
}

fn spans(names: &BTreeSet<Name>) -> BTreeSet<(usize, usize)> {
    names.iter().map(|(start, end, _)| (*start, *end)).collect()
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// How many names found overlap a true one that no earlier one has taken.
fn n_overlapping(found: &BTreeSet<(usize, usize)>, gold: &BTreeSet<(usize, usize)>) -> usize {
    let mut left: Vec<(usize, usize)> = gold.iter().copied().collect();
    for &name in found {
        if let Some(at) = left.iter().position(|&other| overlap(name, other)) {
            left.remove(at);
        }
    }
    gold.len() - left.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(truth: &[(usize, usize, &str)], found: &[Name]) -> Tally {
        let truth: Vec<_> = truth
            .iter()
            .map(|&(start, end, label)| (start, end, label.to_owned()))
            .collect();
        let mut tally = Tally::default();
        tally.add(&truth, found);
        tally
    }

    fn counts(counts: Counts) -> (usize, usize, usize) {
        (counts.right, counts.found, counts.gold)
    }

    #[test]
    fn a_name_without_a_kind_is_right_as_a_name_alone() {
        let tally = tally(
            &[(0, 5, "PER"), (9, 12, "ORG")],
            &[(0, 5, None), (9, 12, Some("LOC"))],
        );
        assert_eq!(counts(tally.typed), (0, 1, 2));
        assert_eq!(counts(tally.untyped), (2, 2, 2));
        assert_eq!(tally.labels.map(counts), [(0, 0, 1), (0, 0, 1), (0, 1, 0)]);
    }

    #[test]
    fn each_true_name_is_overlapped_once() {
        // One long name found for two, and two halves found of one.
        let tally = tally(
            &[(0, 5, "PER"), (6, 10, "PER"), (20, 30, "LOC")],
            &[(0, 10, None), (20, 24, None), (25, 30, None)],
        );
        assert_eq!(counts(tally.overlap), (2, 3, 3));
        assert_eq!(counts(tally.untyped), (0, 3, 3));
    }

    #[test]
    fn a_name_of_a_kind_that_does_not_count_is_neither_right_nor_wrong() {
        let tally = tally(
            &[(0, 6, "MISC"), (3, 6, "LOC")],
            // Touches the first; is the second, though inside the first; touches none.
            &[(0, 2, None), (3, 6, Some("LOC")), (8, 9, None)],
        );
        assert_eq!(counts(tally.typed), (1, 1, 1));
        assert_eq!(counts(tally.untyped), (1, 2, 1));
    }
}
