//! The command: what it prints, what it says when something is wrong, and its exit codes.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that refuses its arguments closes its input unread.
    let _ = child
        .stdin
        .take()
        .expect("its input is piped")
        .write_all(input);
    child.wait_with_output().expect("the command ends")
}

const ARTICLE: &str = "<html lang=en><title>Bridge to close</title><body><article><h1>Bridge to close</h1>\
    <p>The council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs.</p>\
    <p>Mayor Ida Quist said that the work would cost 12 million crowns. It starts in May.</p>\
    <p>Ferries will run every ten minutes. Shopkeepers fear for their trade. Orme sells rope.</p>\
    <p>The bridge was built in 1931. Engineers found cracks in two piers last winter.</p></article>";

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

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

fn batch(arguments: &[&str], input: &[u8]) -> Vec<Value> {
    let output = run(&[&["batch"], arguments].concat(), input);
    assert_eq!(output.status.code(), Some(0));
    stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

#[test]
fn a_batch_answers_every_line_in_order_and_a_bad_line_costs_itself() {
    let mut input = Vec::new();
    input.extend(br#"{"id":"a","text":"It rained. Nobody came. The pier fell.","sentences":1}"#);
    input.extend(b"\n\n{\"id\":2\n\xff\n");
    input.extend(br#"{"id":3}"#);
    input.extend(b"\n");
    input.extend(br#"{"id":[4],"text":"It rained."}"#);
    input.extend(b"\n");
    input.extend(format!("{}\n", serde_json::json!({ "id": 5, "html": ARTICLE })).as_bytes());
    let answers = batch(&["--sentences", "2"], &input);
    let codes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(
        codes,
        ["ok", "bad-json", "bad-utf8", "no-input", "bad-json", "ok"]
    );
    assert_eq!(answers[0]["id"], "a");
    assert_eq!(answers[0]["sentences"].as_array().map(Vec::len), Some(1));
    assert_eq!(answers[5]["id"], 5);
    assert_eq!(answers[5]["sentences"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_line_of_a_batch_is_what_the_page_alone_gives() {
    let line = format!("{}\n", serde_json::json!({ "id": 1, "html": ARTICLE }));
    let batch = run(&["batch"], line.as_bytes());
    let single = run(&["--format", "json"], ARTICLE.as_bytes());
    assert_eq!(stdout(&batch).replace(r#"{"id":1,"#, "{"), stdout(&single));
}

/// P9: what the widget makes of it, `tests/www/adopt.test.mjs` shows.
#[test]
fn a_batch_writes_the_element_that_holds_the_summary_for_the_page_itself() {
    let paragraphs = ["a & b", "<i>", "\"c\"", "d", "e", "f", "g", "h", "i", "k", "l"].map(|odd| {
        format!("The council of {odd} decided on Monday that the harbor of the town will close in March for a year.\n")
    });
    let line = serde_json::json!({ "id": 1, "text": paragraphs.concat(), "title": "Odd", "language": "en" });
    let answers = batch(&["--format", "html"], format!("{line}\n").as_bytes());
    let html = answers[0]["html"].as_str().expect("there is an element");
    let (start, rest) = html
        .split_once(r#"<ul lang="en">"#)
        .expect("there is a list");
    let hash = start
        .strip_prefix(concat!(
            r#"<nut-graf data-version=""#,
            env!("CARGO_PKG_VERSION"),
            r#"" data-hash=""#
        ))
        .and_then(|rest| rest.strip_suffix(r#"">"#))
        .expect("it has a version and a hash");
    assert_eq!(hash.len(), 16);
    let mut expected = String::new();
    for sentence in answers[0]["sentences"]
        .as_array()
        .expect("there are sentences")
    {
        let text = sentence["text"].as_str().expect("a sentence has text");
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        expected += &format!("<li data-sentence=\"{}\">{text}</li>", sentence["sentence"]);
    }
    assert_eq!(rest, format!("{expected}</ul></nut-graf>"));

    let plain = batch(&[], format!("{line}\n").as_bytes());
    assert_eq!(plain[0].get("html"), None);
    let short = batch(
        &["--format", "html"],
        br#"{"id":1,"text":"It rained. Nobody came."}"#,
    );
    assert!(
        !short[0]["html"]
            .as_str()
            .expect("there is an element")
            .contains("<ul")
    );
}

#[test]
fn a_batch_is_the_same_with_any_number_of_jobs() {
    let lines: Vec<String> = (0..1200)
        .map(|n| {
            format!(
                r#"{{"id":{n},"text":"Rain fell {n} times. Nobody saw it. The pier fell in {n}."}}"#
            )
        })
        .collect();
    let input = lines.join("\n");
    let one = run(&["batch", "--jobs", "1"], input.as_bytes());
    let four = run(&["batch", "--jobs", "4"], input.as_bytes());
    assert_eq!(stdout(&one).lines().count(), 1200);
    assert!(one.stdout == four.stdout);
}

#[test]
fn a_line_over_64_mib_is_refused_and_the_next_is_read() {
    let mut input = vec![b'a'; (64 << 20) + 2];
    input.extend(b"\n{\"id\":1,\"text\":\"It rained.\"}\n");
    let answers = batch(&[], &input);
    assert_eq!(answers[0]["error"]["code"], "too-large");
    assert_eq!(answers[1]["id"], 1);
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
