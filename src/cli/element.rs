//! A summary → the element `<nut-graf>` that holds it, for the page of its article.
//!
//! Readers without scripts and search engines have the sentences as plain HTML. The widget, once
//! there, shows the same ones as long as the hash fits the article (`www/adopt.js`).

use nutgraf::html::escaped;
use nutgraf::{Article, State, Summary};

/// Writes the element. An article that no summary helps gets one without sentences: the widget, which
/// sees the page as its reader does, decides whether to show itself.
pub fn of(article: &Article, summary: &Summary) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut html = format!(
        r#"<nut-graf data-version="{version}" data-hash="{}">"#,
        article.hash()
    );
    if matches!(summary.state, State::Ok | State::Truncated) {
        html += &match &*summary.language {
            "und" => r#"<ul dir="auto">"#.to_owned(),
            language => format!(r#"<ul lang="{}">"#, escaped(language)),
        };
        for sentence in &summary.sentences {
            let text = escaped(&sentence.text);
            html += &format!(r#"<li data-sentence="{}">{text}</li>"#, sentence.sentence);
        }
        html += "</ul>";
    }
    html + "</nut-graf>"
}
