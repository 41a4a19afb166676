//! The table of `nutgraf::word_bounds` gives the boundaries of UAX #29, as the crate
//! unicode-segmentation finds them.

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
