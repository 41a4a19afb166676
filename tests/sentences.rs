//! `nutgraf::sentences`: where sentences end. The cases stand in `cases/sentences.txt`.

use nutgraf::normalize::clean;
use nutgraf::{language, sentences};

fn check(tag: &str, expected: &[&str]) {
    // Chinese and Japanese write no blank between sentences.
    let blank = if matches!(tag, "ja" | "zh") { "" } else { " " };
    let text = expected.join(blank);
    let mut start = 0;
    let found: Vec<&str> = sentences::boundaries(&text, language::of(tag))
        .map(|end| {
            let sentence = text[start..end].trim();
            start = end;
            sentence
        })
        .collect();
    assert_eq!(found, expected, "{tag}: {text}");
}

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    let cases = include_str!("cases/sentences.txt");
    let mut n_cases = 0;
    for line in cases
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (tag, sentences) = line
            .split_once(" | ")
            .expect("a case is a language and sentences");
        check(
            tag,
            &sentences.split('‖').map(str::trim).collect::<Vec<_>>(),
        );
        n_cases += 1;
    }
    assert!(n_cases > 25, "the cases were read");
}

#[test]
fn a_missing_blank_after_a_stop_does_not_glue_two_sentences() {
    let text = "The match ended.The ministers left.";
    let ends: Vec<usize> = sentences::boundaries(text, language::of("en")).collect();
    assert_eq!(ends, [16, text.len()]);
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
}

#[test]
fn a_dash_inside_a_sentence_is_no_dateline() {
    let text = "Ida Quist – the mayor – resigned.";
    assert_eq!(shown(text), text);
    let text = "The Senate — after a long night — voted.";
    assert_eq!(shown(text), text);
}
