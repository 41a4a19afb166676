//! A line → its answer.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};

use memchr::memchr;
use nutgraf::page::Page;
use nutgraf::{Article, Reading, Summary, article, html};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::super::arguments::{Batch, BatchFormat};
use super::super::element;
use super::reader::{MAX_LINE_BYTES, Portion};

/// The answers to a portion of the input.
pub struct Answers {
    /// One a line, each with its line break; none to blank lines.
    pub json: Vec<u8>,
    /// Lines of the portion, blank ones included.
    pub n_lines: usize,
    /// Bytes of the portion.
    pub n_bytes: usize,
}

/// Answers the lines of a portion, in order.
pub fn answers(portion: &Portion, arguments: &Batch) -> Answers {
    let mut json = Vec::new();
    match portion {
        Portion::Lines(lines) => {
            let mut rest = &lines[..];
            while !rest.is_empty() {
                let end = memchr(b'\n', rest).unwrap_or(rest.len());
                let line = &rest[..end];
                rest = rest.get(end + 1..).unwrap_or_default();
                if !line.trim_ascii().is_empty() {
                    answer(line, arguments, &mut json);
                }
            }
        }
        Portion::TooLarge(_) => {
            let message = format!("the line is over {} MiB", MAX_LINE_BYTES >> 20);
            refuse(None, "too-large", message, &mut json);
        }
    }
    Answers {
        json,
        n_lines: portion.n_lines(),
        n_bytes: portion.n_bytes(),
    }
}

/// What a line asks for.
#[derive(Deserialize)]
struct Request<'a> {
    /// As it stands in the line: no digit of a long number is lost.
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    html: Option<String>,
    text: Option<String>,
    title: Option<String>,
    language: Option<String>,
    sentences: Option<NonZeroUsize>,
    words: Option<NonZeroUsize>,
}

/// All that is read of a line that can't be read as a request.
#[derive(Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: Option<&'a RawValue>,
    error: Problem,
}

#[derive(Serialize)]
struct Problem {
    code: &'static str,
    message: String,
}

fn answer(line: &[u8], arguments: &Batch, json: &mut Vec<u8>) {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the line is not UTF-8 (byte {})", error.valid_up_to());
            return refuse(None, "bad-utf8", message, json);
        }
    };
    let request: Request = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => {
            // A line whose fields are of the wrong types may still say which one it is.
            let identified: Option<Identified> = serde_json::from_str(text).ok();
            let id = identified.and_then(|line| line.id).filter(|id| is_id(id));
            return refuse(id, "bad-json", error.to_string(), json);
        }
    };
    let id = request.id;
    if id.is_some_and(|id| !is_id(id)) {
        let message = "id is neither a string nor a number".to_owned();
        return refuse(None, "bad-json", message, json);
    }
    if request.html.is_none() && request.text.is_none() {
        let message = "the line has neither html nor text".to_owned();
        return refuse(id, "no-input", message, json);
    }
    // A panic is a mistake of ours, which is to be mended; whoever reads a million articles overnight
    // shall lose one by it.
    match caught(|| summarize(request, arguments)) {
        Ok((article, summary)) => {
            let wants_html = arguments.format == BatchFormat::Html;
            let html = wants_html.then(|| element::of(&article, &summary));
            let summary = &summary;
            write(&Answer { id, summary, html }, json);
        }
        Err(message) => refuse(id, "internal", message, json),
    }
}

fn summarize(request: Request, arguments: &Batch) -> (Article, Summary) {
    let title = request.title;
    let mut page = match (&request.html, &request.text) {
        (Some(html), _) => html::page(html),
        (None, text) => Page::from_text(text.as_deref().unwrap_or_default(), title.as_deref()),
    };
    if title.is_some() {
        page.title = title;
    }
    page.language = request.language.or_else(|| arguments.language.clone());
    let options = arguments.length.or(request.sentences, request.words);
    let article = article::find(&page);
    let summary = Reading::new(&article).summary(&options);
    (article, summary)
}

/// What the work yields, or what it panicked with.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What the work holds is dropped with it.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic: Box<dyn Any + Send>| {
        let message = panic.downcast_ref::<&str>().copied();
        let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let message = message.unwrap_or("a panic without a message");
        format!("nutgraf failed, which it never should; please report the line: {message}")
    })
}

/// Raw JSON: a string, a number or null.
fn is_id(id: &RawValue) -> bool {
    matches!(
        id.get().as_bytes(),
        [b'"' | b'-' | b'0'..=b'9', ..] | b"null"
    )
}

fn refuse(id: Option<&RawValue>, code: &'static str, message: String, json: &mut Vec<u8>) {
    let error = Problem { code, message };
    write(&Refusal { id, error }, json);
}

fn write(value: &impl Serialize, json: &mut Vec<u8>) {
    serde_json::to_writer(&mut *json, value).expect("our own types have string keys and no maps");
    json.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_of_ours_costs_its_line() {
        let index = std::hint::black_box(7);
        assert_eq!(caught(|| index), Ok(7));
        let message = caught(|| [1, 2, 3][index]).expect_err("there is no eighth");
        assert!(message.ends_with("index out of bounds: the len is 3 but the index is 7"));
    }
}
