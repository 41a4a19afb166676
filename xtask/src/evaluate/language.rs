//! The language of texts that declare none.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use nutgraf::inspect;
use serde::Deserialize;

use crate::corpus;

/// A text and its language.
#[derive(Deserialize)]
struct Item {
    lang: String,
    /// How long it is: a headline, a sentence or a paragraph.
    kind: String,
    text: String,
}

/// Mistakes that are printed.
const N_COMMONEST: usize = 8;

/// Prints the share that is right, by kind and language, and the commonest mistakes.
pub fn run(corpus: &Path) -> Result<()> {
    let mut tally = Tally::default();
    for (_, item) in corpus::items::<Item>(corpus, "langid")? {
        tally.add(&item.kind, &item.lang, inspect::language(&item.text));
    }
    tally.print();
    Ok(())
}

#[derive(Default)]
struct Tally {
    /// In the order of the corpus.
    kinds: Vec<String>,
    /// Right of all, by language and kind.
    rows: BTreeMap<(String, String), (usize, usize)>,
    /// How often a language was taken for another, by kind; in the order of the corpus.
    mistakes: Vec<([String; 3], usize)>,
}

impl Tally {
    fn add(&mut self, kind: &str, language: &str, found: String) {
        if !self.kinds.iter().any(|known| known == kind) {
            self.kinds.push(kind.to_owned());
        }
        let key = (language.to_owned(), kind.to_owned());
        let (n_right, n) = self.rows.entry(key).or_default();
        *n += 1;
        if language == found {
            *n_right += 1;
            return;
        }
        let mistake = [kind.to_owned(), language.to_owned(), found];
        match self
            .mistakes
            .iter_mut()
            .find(|(known, _)| *known == mistake)
        {
            Some((_, n)) => *n += 1,
            None => self.mistakes.push((mistake, 1)),
        }
    }

    /// Right of all of a kind, in one language or in all.
    fn count(&self, kind: &str, language: Option<&str>) -> (usize, usize) {
        self.rows
            .iter()
            .filter(|((l, k), _)| k == kind && language.is_none_or(|language| l == language))
            .fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1))
    }

    /// The mistakes, the commonest first; of equally common ones that which the corpus has first.
    fn commonest(&self) -> Vec<&([String; 3], usize)> {
        let mut mistakes: Vec<_> = self.mistakes.iter().collect();
        mistakes.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        mistakes.truncate(N_COMMONEST);
        mistakes
    }

    fn print(&self) {
        let print = |name: &str, cell: &dyn Fn(&str) -> String| {
            let cells: String = self.kinds.iter().map(|kind| cell(kind)).collect();
            println!("{name:8}{cells}");
        };
        let percent = |(n_right, n): (usize, usize)| 100.0 * n_right as f64 / n.max(1) as f64;
        print("language", &|kind| format!("{kind:>8}"));
        print("texts", &|kind| format!("{:8}", self.count(kind, None).1));
        print("all", &|kind| {
            format!("{:8.2}", percent(self.count(kind, None)))
        });
        let mut languages: Vec<&str> = self.rows.keys().map(|(language, _)| &**language).collect();
        languages.dedup();
        for language in languages {
            print(language, &|kind| match self.count(kind, Some(language)) {
                (_, 0) => format!("{:>8}", "-"),
                counts => format!("{:8.1}", percent(counts)),
            });
        }
        println!("\nmost often wrong");
        for ([kind, language, found], n) in self.commonest() {
            println!("{n:8}  {kind} {language} taken for {found}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_by_kind_and_the_commonest_comes_first() {
        let mut tally = Tally::default();
        for (kind, language, found) in [
            ("head", "pt", "es"),
            ("head", "pl", "und"),
            ("head", "pl", "und"),
            ("para", "pt", "pt"),
            ("head", "pt", "pt"),
            ("para", "pt", "es"),
        ] {
            tally.add(kind, language, found.to_owned());
        }
        let mistakes: Vec<String> = tally
            .commonest()
            .iter()
            .map(|([kind, language, found], n)| format!("{kind} {language} {found} {n}"))
            .collect();
        assert_eq!(mistakes, ["head pl und 2", "head pt es 1", "para pt es 1"]);
        assert_eq!(tally.count("head", None), (1, 4));
        assert_eq!(tally.count("para", Some("pt")), (1, 2));
    }
}
