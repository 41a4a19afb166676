//! `nutgraf::json`: what the browser is given says the same, in the same order, as what serde_json writes.

use nutgraf::json::{self, Extract};
use nutgraf::{Options, Page, article, summarize};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Value;

fn check(value: &impl Serialize) {
    let ours: Value = serde_json::from_str(&json::write(value)).expect("it is JSON");
    let theirs = serde_json::to_string(value).expect("it can be written");
    assert_eq!(ours.to_string(), theirs);
}

#[test]
fn numbers_have_three_decimals_at_most_and_no_zeros_at_their_end() {
    for (number, text) in [
        (0.5, "0.5"),
        (0.25, "0.25"),
        (0.125, "0.125"),
        (0.101, "0.101"),
        (0.001, "0.001"),
        (12.05, "12.05"),
    ] {
        assert_eq!(json::write(&number), text);
        check(&number);
    }
}

/// The keys of an object and of all that is in it, in the order in which they stand.
fn keys(value: &Value) -> Vec<String> {
    let mut keys = Vec::new();
    match value {
        Value::Array(values) => values
            .iter()
            .take(1)
            .for_each(|value| keys.extend(self::keys(value))),
        Value::Object(values) => {
            for (key, value) in values {
                keys.push(key.clone());
                keys.extend(self::keys(value));
            }
        }
        _ => {}
    }
    keys
}

#[test]
fn keys_stand_in_the_order_that_is_promised() {
    let text = "The harbor bridge will close for a year, Ida Quist said. Ferries will run every ten minutes.\n\
        Ida Quist has seen three bridges close since 1988. Nobody asked her why. She will be there on Friday.";
    let page = Page::from_text(text, Some("Harbor bridge to close"));
    let summary = summarize(&page, &Options::default());
    assert!(!summary.sentences.is_empty() && !summary.entities.is_empty());
    let value = serde_json::from_str(&json::write(&summary)).expect("it is JSON");
    assert_eq!(
        keys(&value).join(" "),
        "state title byline authors published language \
         sentences text paragraph sentence score salience entityDensity entities reasons code words \
         entities name kind mentions sentences nSentences nWords nSummaryWords"
    );
    let article = article::find(&page);
    let value = serde_json::from_str(&json::write(&Extract::from(&article))).expect("it is JSON");
    assert!(
        keys(&value)
            .join(" ")
            .starts_with("title byline authors published language standfirst paragraphs text")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_summary_is_written_as_the_command_writes_it(
        title in "[A-Za-z\"\\\\\u{1}-\u{1f}é😀 ]{0,20}",
        words in proptest::collection::vec("[A-Z]?[a-z]{2,8}|[0-9]{1,3}|“|”|\"|\\\\|\u{8}|\u{1f}|é|橋|\\. |\\. |\\. [A-Z]", 0..200),
    ) {
        let page = Page::from_text(&words.join(" "), Some(&title));
        check(&summarize(&page, &Options::default()));
        check(&Extract::from(&article::find(&page)));
    }
}
