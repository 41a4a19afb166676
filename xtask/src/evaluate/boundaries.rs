//! Ends of parts of a text, against the true ones: of sentences and of words alike.
//!
//! An end is known by how many visible characters stand before it, so nobody is right or wrong by
//! where a blank goes. The end of the text counts as found by nobody: there is nothing to find.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::corpus;

/// A text with its true parts.
#[derive(Deserialize)]
pub struct Item {
    pub id: String,
    pub lang: String,
    pub genre: String,
    /// `golden` and `pitfall` are single cases, passed or failed; others are running text.
    pub kind: String,
    pub text: String,
    /// The parts; words in a corpus of words.
    pub sentences: Vec<String>,
    /// Other ways to cut the text that pass too.
    #[serde(default)]
    pub alts: Vec<Vec<String>>,
    /// Whether every part but the last ends in a mark.
    pub clean: bool,
}

/// Reads the items of a folder, each with the name of its set.
pub fn items(corpus: &Path, folder: &str) -> Result<Vec<(String, Item)>> {
    let items: Vec<(String, Item)> = corpus::items(corpus, folder)?;
    for (set, item) in &items {
        let parts = item.sentences.concat();
        if !visible(&parts).eq(visible(&item.text)) {
            let id = &item.id;
            bail!("{folder}/{set}.jsonl: the sentences of {id} joined are not its text");
        }
    }
    Ok(items)
}

fn visible(text: &str) -> impl Iterator<Item = char> + '_ {
    let is_invisible = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
    };
    text.chars().filter(move |&c| !is_invisible(c))
}

/// The ends of parts that make up a text.
pub fn ends_of(parts: &[String]) -> Vec<usize> {
    let mut n = 0;
    let mut ends = Vec::new();
    for part in parts {
        n += visible(part).count();
        ends.push(n);
    }
    ends.dedup();
    ends
}

/// The ends that stand at given bytes of a text, in order.
pub fn ends_at(text: &str, bytes: impl Iterator<Item = usize>) -> Vec<usize> {
    let (mut n, mut at) = (0, 0);
    let mut ends = Vec::new();
    for byte in bytes {
        n += visible(&text[at..byte]).count();
        at = byte;
        ends.push(n);
    }
    ends.dedup();
    ends.retain(|&end| end > 0);
    ends
}

/// Whether a text is cut as it should be.
pub fn is_right(gold: &[usize], found: &[usize]) -> bool {
    inner(gold, gold) == inner(found, gold)
}

/// The ends before the end of the text.
fn inner(ends: &[usize], gold: &[usize]) -> BTreeSet<usize> {
    let last = gold.last().copied().unwrap_or(0);
    ends.iter().copied().filter(|&end| end < last).collect()
}

/// The parts between ends.
fn parts(inner: &BTreeSet<usize>, gold: &[usize]) -> BTreeSet<(usize, usize)> {
    let last = gold.last().copied().unwrap_or(0);
    let starts = std::iter::once(0).chain(inner.iter().copied());
    let ends = inner.iter().copied().chain([last]);
    starts.zip(ends).collect()
}

/// How many of the things looked for were found.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
}

impl Counts {
    pub fn add(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }

    /// The share of what was found that is right, in percent; nothing if nothing was found.
    pub fn precision(self) -> Option<f64> {
        (self.found > 0).then(|| 100.0 * self.right as f64 / self.found as f64)
    }

    /// The share of what is right that was found, in percent.
    pub fn recall(self) -> Option<f64> {
        (self.gold > 0).then(|| 100.0 * self.right as f64 / self.gold as f64)
    }

    /// Their harmonic mean, 0 if nothing was to be found and nothing was.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// Texts, scored.
#[derive(Default)]
pub struct Tally {
    n_items: usize,
    n_exact: usize,
    ends: Counts,
    parts: Counts,
}

impl Tally {
    /// The columns of [`Tally::row`].
    pub const HEADER: &str = "     P      R     F1  whole F1  exact  texts   gold";

    pub fn add(&mut self, gold: &[usize], found: &[usize]) {
        let (true_ends, ends) = (inner(gold, gold), inner(found, gold));
        let (true_parts, parts) = (parts(&true_ends, gold), parts(&ends, gold));
        self.n_items += 1;
        self.n_exact += usize::from(true_ends == ends);
        let n_right = true_ends.intersection(&ends).count();
        self.ends.add(n_right, ends.len(), true_ends.len());
        let n_right = true_parts.intersection(&parts).count();
        self.parts.add(n_right, parts.len(), true_parts.len());
    }

    /// F1 of the ends, in percent; all of nothing is found by everybody.
    pub fn f1(&self) -> f64 {
        if self.ends.found + self.ends.gold == 0 {
            return 100.0;
        }
        self.ends.f1()
    }

    /// Precision, recall and F1 of the ends; F1 of parts with both ends right; the share of texts that
    /// are cut as they should be; how many texts there are and how many ends in them.
    pub fn row(&self) -> String {
        format!(
            "{:6.2} {:6.2} {:6.2} {:9.2} {:6.2} {:6} {:6}",
            self.ends.precision().unwrap_or(100.0),
            self.ends.recall().unwrap_or(100.0),
            self.f1(),
            self.parts.f1(),
            100.0 * self.n_exact as f64 / self.n_items.max(1) as f64,
            self.n_items,
            self.ends.gold,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(text: &str, gold: &[&str], found: &[usize]) -> Tally {
        let gold: Vec<String> = gold.iter().map(|&part| part.to_owned()).collect();
        let mut tally = Tally::default();
        tally.add(&ends_of(&gold), &ends_at(text, found.iter().copied()));
        tally
    }

    #[test]
    fn an_end_is_the_same_before_and_after_a_blank_or_a_soft_hyphen() {
        let text = "One two.\u{a0} Th\u{ad}ree.";
        for end in [8, 10, 11] {
            let tally = tally(text, &["One two.", "Three."], &[end, text.len()]);
            assert_eq!(tally.n_exact, 1, "{end}");
        }
    }

    #[test]
    fn an_end_too_many_spoils_two_sentences_and_one_too_few_joins_them() {
        let many = tally("A b. C.", &["A b.", "C."], &[1, 4, 7]);
        assert_eq!(
            (many.ends.right, many.ends.found, many.ends.gold),
            (1, 2, 1)
        );
        assert_eq!(
            (many.parts.right, many.parts.found, many.parts.gold),
            (1, 3, 2)
        );
        let few = tally("A b. C.", &["A b.", "C."], &[7]);
        assert_eq!((few.ends.right, few.ends.found, few.ends.gold), (0, 0, 1));
        assert_eq!(
            (few.parts.right, few.parts.found, few.parts.gold),
            (0, 1, 2)
        );
    }

    #[test]
    fn words_that_leave_a_mark_out_miss_its_end_alone() {
        let last = tally("大小，", &["大", "小", "，"], &[3, 6]);
        assert_eq!(
            (last.ends.right, last.ends.found, last.ends.gold),
            (2, 2, 2)
        );
        let inner = tally("大，小", &["大", "，", "小"], &[3, 9]);
        assert_eq!(
            (inner.ends.right, inner.ends.found, inner.ends.gold),
            (1, 1, 2)
        );
    }

    #[test]
    fn one_sentence_left_whole_is_all_right() {
        let tally = tally("One.", &["One."], &[4]);
        assert_eq!(
            (tally.f1(), tally.n_exact, tally.parts.right),
            (100.0, 1, 1)
        );
    }
}
