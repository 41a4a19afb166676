//! The command: what it prints, what it says when something is wrong, and its exit codes.

mod command;

use serde_json::Value;

use command::{ARTICLE, run, stdout};

/// Checks that a call fails with an exit code and one line on standard error, and prints nothing.
fn check_failure(arguments: &[&str], input: &[u8], code: i32, said: &str) {
    let output = run(arguments, input);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert!(output.stdout.is_empty());
    let line = String::from_utf8_lossy(&output.stderr);
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.contains(said), "{line}");
}

#[test]
fn without_a_command_a_file_is_summarized() {
    let output = run(&["--sentences", "1"], ARTICLE.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        stdout(&run(
            &["summarize", "--sentences", "1", "-"],
            ARTICLE.as_bytes()
        ))
    );
    assert_eq!(stdout(&output).lines().count(), 1);
    assert!(
        ARTICLE.contains(stdout(&output).trim_end()),
        "it is word for word"
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn a_summary_as_json_has_the_keys_of_the_wire_form_in_order() {
    let output = run(&["--format", "json"], ARTICLE.as_bytes());
    let value: Value = serde_json::from_str(stdout(&output)).expect("it is JSON");
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "state",
            "title",
            "byline",
            "authors",
            "published",
            "language",
            "sentences",
            "entities",
            "nSentences",
            "nWords",
            "nSummaryWords"
        ]
    );
    let sentence = value["sentences"][0].as_object().expect("a sentence");
    assert_eq!(
        sentence.keys().collect::<Vec<_>>(),
        [
            "text",
            "paragraph",
            "sentence",
            "score",
            "salience",
            "entityDensity",
            "entities",
            "reasons"
        ]
    );
    let score = sentence["score"].to_string();
    assert!(score.len() <= 5, "{score} is rounded to 3 decimals");
}

#[test]
fn whole_numbers_are_written_as_javascript_writes_them() {
    let output = run(&["--format", "json", "--input", "text"], b"Rain fell.");
    assert!(
        stdout(&output).contains(r#""entityDensity":0,"#),
        "{}",
        stdout(&output)
    );
}

#[test]
fn an_article_is_extracted_as_text_and_as_json() {
    let text = run(&["extract"], ARTICLE.as_bytes());
    assert!(stdout(&text).starts_with("Bridge to close\n\nThe council"));
    let json = run(&["extract", "--format", "json"], ARTICLE.as_bytes());
    let value: Value = serde_json::from_str(stdout(&json)).expect("it is JSON");
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "title",
            "byline",
            "authors",
            "published",
            "language",
            "standfirst",
            "paragraphs",
            "text",
            "excluded"
        ]
    );
    assert_eq!(value["paragraphs"].as_array().map(Vec::len), Some(4));
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    check_failure(
        &["no-such-file.html"],
        b"",
        1,
        "no-such-file.html can't be read: no such file",
    );
    check_failure(
        &["--input", "text"],
        b"caf\xe9",
        1,
        "standard input is not UTF-8 (byte 3)",
    );
    check_failure(&["--shorter"], b"", 2, "unexpected argument '--shorter'");
    check_failure(&["--sentences", "0"], b"", 2, "needs a whole number from 1");
    check_failure(
        &["--sentences", "2", "--words", "9"],
        b"",
        2,
        "cannot be used with",
    );
    check_failure(&["--language", "!"], b"", 2, "BCP 47");
    check_failure(&["inspect"], b"", 2, "<STAGE>");
    check_failure(&["inspect", "sentences"], b"{", 1, "line 1");
}

#[test]
fn a_summary_that_helps_little_says_so_beside_it() {
    let output = run(&["--input", "text"], b"It rained. Nobody came.");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("short enough to be read"));
}

#[test]
fn the_stages_can_be_looked_at_one_by_one() {
    let line = br#"{"id":"x","lang":"en","text":"Mayor Ida Quist met Mr. Orme at the pier. She was late."}"#;
    let inspect = |stage: &str| -> Value {
        serde_json::from_str(stdout(&run(&["inspect", stage], line))).expect("a line is JSON")
    };
    assert_eq!(
        inspect("sentences")["sentences"][0],
        "Mayor Ida Quist met Mr. Orme at the pier."
    );
    assert_eq!(
        inspect("words")["sentences"].as_array().map(Vec::len),
        Some(12)
    );
    assert_eq!(inspect("language")["language"], "en");
    let entities = inspect("entities");
    assert_eq!(
        entities["entities"][0],
        serde_json::json!({ "start": 6, "end": 15, "type": "PER" })
    );
}

#[test]
fn completions_can_be_had_for_a_shell() {
    let output = run(&["completions", "bash"], b"");
    assert!(stdout(&output).contains("_nutgraf"));
}

#[test]
fn hostile_input_gives_a_state() {
    let deep = "<div>".repeat(10_000) + "<p>The pier fell into the sea last night.</p>";
    for input in [
        deep.as_str(),
        "",
        "<",
        "<!doctype html>",
        "😀🎉👨‍👩‍👧",
        "\u{202e}\u{200f}",
        "THE PIER FELL. NOBODY CAME. IT RAINED. THE SEA ROSE. ALL WAS LOST.",
        "انهار الرصيف. لم يأت أحد. هطل المطر. ارتفع البحر. ضاع كل شيء.",
    ] {
        let output = run(&["--format", "json"], input.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        let value: Value = serde_json::from_str(stdout(&output)).expect("it is JSON");
        assert!(value["state"].is_string());
    }
}
