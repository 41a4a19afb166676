//! The table of `nutgraf::characters` says of every character what the standard library and the crate
//! unicode-segmentation say.
//!
//! `UPDATE_RUNS=1 cargo test --test characters` writes `src/characters/runs.rs`, when Unicode has a new
//! version and both follow it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use nutgraf::characters::{BY_TURNS, CAPITAL, CLASS, END, GAP, LETTER, NUMBER, SMALL, byte_of};
use unicode_segmentation::UnicodeSegmentation;

/// As `nutgraf::word_bounds` lists them.
const CLASSES: [&str; 15] = [
    "Other",
    "Letter",
    "Hebrew",
    "Number",
    "Katakana",
    "Connector",
    "MidLetter",
    "MidNumber",
    "MidBoth",
    "Blank",
    "Newline",
    "Regional",
    "Extend",
    "Joiner",
    "Pictograph",
];

/// The class of a character, told by where the crate finds boundaries around it.
fn class(c: char) -> &'static str {
    let is_one = |before: &str, after: &str| {
        let text = format!("{before}{c}{after}");
        text.split_word_bounds().count() == 1
    };
    let extends = is_one("!", "");
    match () {
        () if !is_one("", "\u{308}") => "Newline",
        () if extends && is_one("😀", "😀") => "Joiner",
        () if extends => "Extend",
        () if is_one("a", "") && is_one("カ", "") => "Connector",
        () if is_one("א\"", "") => "Hebrew",
        () if is_one("a'", "") => "Letter",
        () if is_one("1,", "") => "Number",
        () if is_one("カ", "") => "Katakana",
        () if is_one("a", "a") && is_one("1", "1") => "MidBoth",
        () if is_one("a", "a") => "MidLetter",
        () if is_one("1", "1") => "MidNumber",
        () if is_one(" ", "") => "Blank",
        () if is_one("🇦", "") => "Regional",
        () if is_one("\u{200d}", "") => "Pictograph",
        () => "Other",
    }
}

/// The byte that a character should have.
fn expected(c: char) -> u8 {
    let class = class(c);
    let class = CLASSES.iter().position(|name| *name == class);
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    class.expect("it is listed") as u8
        | bit(c.is_alphabetic(), LETTER)
        | bit(c.is_lowercase(), SMALL)
        | bit(c.is_uppercase(), CAPITAL)
        | bit(c.is_numeric(), NUMBER)
}

#[test]
fn the_table_holds_what_is_known_of_every_character() {
    // Where each run begins, without the gap, its byte, and how long it is.
    let mut runs: Vec<(u32, u8, u32)> = Vec::new();
    for code in (0x80..GAP.start).chain(GAP.end..END) {
        let byte = char::from_u32(code).map_or(0, expected);
        match runs.last_mut() {
            Some(run) if run.1 == byte => run.2 += 1,
            _ if code < GAP.start => runs.push((code, byte, 1)),
            _ => runs.push((code - (GAP.end - GAP.start), byte, 1)),
        }
    }
    let letter = CLASSES.iter().position(|name| *name == "Letter");
    let letter = letter.expect("it is listed") as u8 | LETTER;
    let has_case = |run: &(u32, u8, u32)| run.1 == letter | SMALL || run.1 == letter | CAPITAL;
    let mut table = "//! Written by a test: see `tests/characters.rs`.\n\n\
        /// The first character of each run, without the gap, and its byte.\n\
        #[rustfmt::skip]\n\
        pub(super) const RUNS: &[(u32, u8)] = &["
        .to_owned();
    let (mut at, mut n_written) = (0, 0);
    while let Some(&(first, byte, _)) = runs.get(at) {
        let by_turns = runs[at..]
            .windows(2)
            .take_while(|pair| pair.iter().all(|run| run.2 == 1 && has_case(run)))
            .count();
        // Both ends of each pair: the runs by turns are one more than the pairs.
        let (byte, n_runs) = match by_turns {
            0..3 => (byte, 1),
            _ => (BY_TURNS | u8::from(byte & CAPITAL != 0), by_turns + 1),
        };
        table += if n_written % 6 == 0 { "\n    " } else { " " };
        write!(table, "(0x{first:x}, 0x{byte:02x}),").expect("a string grows");
        at += n_runs;
        n_written += 1;
    }
    table += "\n];\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/characters/runs.rs");
    if std::env::var_os("UPDATE_RUNS").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    let found = fs::read_to_string(&path).expect("the table is there");
    assert!(found == table, "runs.rs is not what UPDATE_RUNS=1 makes it");
}

#[test]
fn every_character_is_what_it_is() {
    for c in '\u{80}'..=char::MAX {
        assert_eq!(byte_of(c), expected(c), "{c:?}");
        assert!(byte_of(c) & CLASS < 15, "{c:?}");
    }
}
