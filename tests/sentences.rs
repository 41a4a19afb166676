//! `nutgraf::sentences`: where sentences end. The cases stand in `cases/sentences.txt`.

use nutgraf::normalize::clean;
use nutgraf::{language, sentences};

use std::collections::BTreeMap;

/// The sentences of a text.
fn split<'a>(tag: &'a str, text: &'a str) -> Vec<&'a str> {
    let mut start = 0;
    sentences::boundaries(text, language::of(tag))
        .map(|end| {
            let sentence = text[start..end].trim();
            start = end;
            sentence
        })
        .collect()
}

/// Chinese and Japanese write no blank between sentences.
fn joined(tag: &str, sentences: &[&str]) -> String {
    sentences.join(if matches!(tag, "ja" | "zh") { "" } else { " " })
}

/// The cases of a file: a language and sentences.
fn cases(file: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let lines = file.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let (tag, sentences) = line
            .split_once(" | ")
            .expect("a case is a language and sentences");
        (tag, sentences.split('‖').map(str::trim).collect())
    })
}

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    let mut n_cases = 0;
    for (tag, expected) in cases(include_str!("cases/sentences.txt")) {
        let text = joined(tag, &expected);
        assert_eq!(split(tag, &text), expected, "{tag}");
        n_cases += 1;
    }
    assert!(n_cases > 25, "the cases were read");
}

#[test]
fn news_is_cut_right_in_every_language() {
    // Paragraphs that are not: Urdu writes initials as words, in other languages a title or a century is
    // in no list.
    let is_known = [
        ("bg", 2),
        ("cs", 1),
        ("da", 2),
        ("gl", 1),
        ("ru", 1),
        ("sk", 1),
        ("ur", 5),
    ];
    let mut wrong: BTreeMap<&str, usize> = BTreeMap::new();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for (tag, expected) in cases(include_str!("cases/languages.txt")) {
        let text = joined(tag, &expected);
        let found = split(tag, &text);
        if found != expected {
            println!("{tag}: {found:?}");
            *wrong.entry(tag).or_default() += 1;
        }
        *languages.entry(tag).or_default() += expected.len();
    }
    assert_eq!(wrong, BTreeMap::from(is_known));
    assert!(languages.values().all(|&n| n >= 24), "{languages:?}");
    for tag in "bg ca cs da fa gl nl no pl sk sv tr uk ur".split(' ') {
        assert!(languages[tag] >= 40, "{tag}: {}", languages[tag]);
    }
}

#[test]
fn a_missing_blank_after_a_stop_does_not_glue_two_sentences() {
    for (tag, first, second) in [
        ("en", "The match ended.", "The ministers left."),
        ("en", "The match ended.", "A minister left."),
        ("en", "They didn't.", "The others did."),
        ("hi", "पुल बंद है।", "नाव चलेगी।"),
    ] {
        let text = [first, second].concat();
        let ends: Vec<usize> = sentences::boundaries(&text, language::of(tag)).collect();
        assert_eq!(ends, [first.len(), text.len()], "{text}");
    }
}

fn shown(text: &str) -> String {
    let clean = clean(text);
    let found = sentences::split(&[clean], language::of("en"), |_| false);
    text[found[0].shown.clone()].to_owned()
}

#[test]
fn a_shown_sentence_starts_after_its_dateline() {
    assert_eq!(shown("WASHINGTON (AP) — A judge ruled."), "A judge ruled.");
    assert_eq!(shown("LONDON, Nov. 3 (Reuters) - Rain fell."), "Rain fell.");
    assert_eq!(shown("(CNN) -- A storm came."), "A storm came.");
    assert_eq!(shown("OSLO — Rain fell."), "Rain fell.");
}

#[test]
fn a_dash_inside_a_sentence_is_no_dateline() {
    let text = "Ida Quist – the mayor – resigned.";
    assert_eq!(shown(text), text);
    let text = "The Senate — after a long night — voted.";
    assert_eq!(shown(text), text);
    let text = "AI — the new electricity — is everywhere.";
    assert_eq!(shown(text), text);
}
