//! The ends of words where no blanks tell them: in Chinese and Japanese.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use nutgraf::tokens;
use unicode_segmentation::UnicodeSegmentation;

use super::boundaries::{self, Tally, ends_at, ends_of};

/// Prints the table, beside it what UAX #29 alone finds.
pub fn run(corpus: &Path) -> Result<()> {
    let mut rows: BTreeMap<String, (Tally, Tally)> = BTreeMap::new();
    for (set, item) in boundaries::items(corpus, "words")? {
        let text = &item.text;
        let gold = ends_of(&item.sentences);
        let end = |(at, word): (usize, &str)| at + word.len();
        let (ours, plain) = rows.entry(set).or_default();
        ours.add(&gold, &ends_at(text, tokens::words(text).map(end)));
        plain.add(&gold, &ends_at(text, text.unicode_word_indices().map(end)));
    }
    println!("{:14} {}  UAX #29 F1", "set", Tally::HEADER);
    for (set, (ours, plain)) in rows {
        println!("{set:14} {} {:11.2}", ours.row(), plain.f1());
    }
    Ok(())
}
