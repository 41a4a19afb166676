//! One page in, a summary or its article out.

use std::io::{self, Write};

use nutgraf::json::Extract;
use nutgraf::{State, article};
use serde::Serialize;

use super::arguments::{self, Format};
use super::{Failure, input};

/// `nutgraf summarize`.
pub fn summarize(arguments: &arguments::Summarize) -> Result<(), Failure> {
    let page = input::page(&arguments.source)?;
    let summary = nutgraf::summarize(&page, &arguments.length.options());
    if arguments.format == Format::Json {
        return print_json(&summary);
    }
    for sentence in &summary.sentences {
        print(&sentence.text)?;
    }
    if let Some(remark) = remark(summary.state) {
        // A closed standard error keeps nobody from the summary.
        let _ = writeln!(io::stderr(), "nutgraf: {remark}");
    }
    Ok(())
}

/// What a reader should know of a summary that is not [`State::Ok`].
fn remark(state: State) -> Option<&'static str> {
    match state {
        State::Ok => None,
        State::UnsupportedLanguage => Some("a text in this language can't be cut into sentences"),
        State::NotAnArticle => Some("no article here: a list, search or index page, or no text"),
        State::Truncated => Some("the text breaks off; this is a summary of what is there"),
        State::TooShort => Some("the article is short enough to be read"),
        State::TooLittleSaved => Some("the summary is hardly shorter than the article"),
    }
}

/// `nutgraf extract`.
pub fn extract(arguments: &arguments::Extract) -> Result<(), Failure> {
    let page = input::page(&arguments.source)?;
    let article = article::find(&page);
    if arguments.format == Format::Json {
        return print_json(&Extract::from(&article));
    }
    let head = [&article.title, &article.byline, &article.published];
    for line in head.into_iter().flatten() {
        print(line)?;
    }
    if head.iter().any(|line| line.is_some()) && !article.paragraphs.is_empty() {
        print("")?;
    }
    print(&article.text())
}

fn print(line: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{line}").map_err(|error| Failure::output(&error))
}

fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value)
        .map_err(|error| Failure::new(format!("the result can't be written as JSON: {error}")))?;
    print(&json)
}
