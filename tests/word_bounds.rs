//! The table of `nutgraf::word_bounds` gives the boundaries of UAX #29, as the crate
//! unicode-segmentation finds them.
//!
//! `UPDATE_RUNS=1 cargo test --test word_bounds` writes `src/word_bounds/runs.rs`, when Unicode has a
//! new version and the crate follows it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use nutgraf::word_bounds;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// All characters but the planes that Unicode leaves empty or to private use.
fn characters() -> impl Iterator<Item = char> {
    ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}')
}

fn bounds(text: &str) -> Vec<&str> {
    let mut start = 0;
    word_bounds::bounds_by_table(text)
        .map(|end| &text[std::mem::replace(&mut start, end)..end])
        .collect()
}

/// The same by what is used natively: the crate, but for the plainest words.
fn native_bounds(text: &str) -> Vec<&str> {
    let mut start = 0;
    word_bounds::bounds(text)
        .map(|end| &text[std::mem::replace(&mut start, end)..end])
        .collect()
}

/// What the crate finds, but for what we make no difference of: the two halves of a line's end.
fn expected(text: &str) -> Vec<&str> {
    let words = text.split_word_bounds();
    words
        .flat_map(|word| match word {
            "\r\n" => vec!["\r", "\n"],
            _ => vec![word],
        })
        .collect()
}

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

#[test]
fn the_table_holds_the_characters_that_are_not_what_their_being_letters_says() {
    let mut runs: Vec<(u32, u32, &str)> = Vec::new();
    // The run that a character of its class would prolong.
    let mut open: Option<(u32, &str)> = None;
    for c in characters().filter(|c| !c.is_ascii()) {
        let code = u32::from(c);
        let class = class(c);
        let goes_on = open == Some((code - 1, class));
        let is_listed = class != if c.is_alphabetic() { "Letter" } else { "Other" };
        match runs.last_mut() {
            Some(run) if goes_on && is_listed => run.1 = code,
            _ if is_listed => runs.push((code, code, class)),
            _ => {}
        }
        open = (goes_on || is_listed).then_some((code, class));
    }
    let mut table = "//! Written by a test: see `tests/word_bounds.rs`.\n\n\
        use super::Class::{self, *};\n\n\
        /// The characters past ASCII that are not `Letter` or `Other` as `char::is_alphabetic` says: the first\n\
        /// and the last of each run, and its class.\n\
        #[rustfmt::skip]\n\
        pub(super) const RUNS: &[(u32, u32, Class)] = &[\n"
        .to_owned();
    for (first, last, class) in runs {
        writeln!(table, "    (0x{first:x}, 0x{last:x}, {class}),").expect("a string grows");
    }
    table += "];\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/word_bounds/runs.rs");
    if std::env::var_os("UPDATE_RUNS").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    let found = fs::read_to_string(&path).expect("the table is there");
    assert!(found == table, "runs.rs is not what UPDATE_RUNS=1 makes it");
}

#[test]
fn every_character_has_its_class() {
    for c in characters() {
        for (before, after) in [
            ("a", "a"),
            ("1", "1"),
            ("カ", "カ"),
            ("א\"", "א"),
            (" ", "\u{301}a"),
            ("🇦", "🇧"),
            ("a\u{200d}", ""),
            ("_", "_"),
        ] {
            let text = format!("{before}{c}{after}");
            assert_eq!(bounds(&text), expected(&text), "{c:?}");
            let all: Vec<_> = text.split_word_bounds().collect();
            assert_eq!(native_bounds(&text), all, "{c:?}");
        }
    }
}

/// Text of what joins and parts words.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zéжע1-3]{1,3}",
        4 => "[.,:;'’\"_\\-·/ ]{1,2}",
        1 => "[\u{301}\u{200d}\u{ad}\u{903}\u{308}]{1,2}",
        1 => "[アイー゛ｱひ漢ไท٣٫]{1,3}",
        1 => "[🇦🇧😀❤ℹ🅰️🏽\r\n\u{85}\u{3000}\u{a0}]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_end_where_unicode_says(text in text()) {
        prop_assert_eq!(bounds(&text), expected(&text));
        prop_assert_eq!(native_bounds(&text), text.split_word_bounds().collect::<Vec<_>>());
    }

    #[test]
    fn ascii_words_end_where_unicode_says(text in "[ab1 .,:;'\"_\r\n-]{0,12}") {
        prop_assert_eq!(bounds(&text), expected(&text));
        prop_assert_eq!(native_bounds(&text), text.split_word_bounds().collect::<Vec<_>>());
    }
}
