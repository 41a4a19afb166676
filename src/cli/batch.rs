//! JSON lines in, JSON lines out, in the same order.
//!
//! Lines are read in chunks, and the lines of a chunk are worked on by all jobs at once; then the
//! chunk is written and the next one read. Memory holds one chunk, however many lines there are.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use nutgraf::page::Page;
use nutgraf::{Reading, Summary, article, html};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::arguments::{Batch, BatchFormat};
use super::{Failure, element};

/// The largest line that is read, in bytes.
const MAX_LINE_BYTES: usize = 64 << 20;
/// A chunk ends when it has this many lines or bytes.
const MAX_CHUNK_LINES: usize = 512;
const MAX_CHUNK_BYTES: usize = 16 << 20;

/// `nutgraf batch`.
pub fn run(arguments: &Batch) -> Result<(), Failure> {
    let n_jobs = arguments
        .jobs
        .or_else(|| std::thread::available_parallelism().ok());
    let n_jobs = n_jobs.map_or(1, NonZeroUsize::get);
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    loop {
        let chunk = read_chunk(&mut input)
            .map_err(|error| Failure::new(format!("standard input can't be read: {error}")))?;
        if chunk.is_empty() {
            break;
        }
        for answer in answers(&chunk, arguments, n_jobs) {
            writeln!(output, "{answer}").map_err(|error| Failure::output(&error))?;
        }
        output.flush().map_err(|error| Failure::output(&error))?;
    }
    Ok(())
}

/// One line of input.
enum Line {
    Bytes(Vec<u8>),
    TooLarge,
}

/// Reads the next lines; none at the end. Blank lines are skipped.
fn read_chunk(input: &mut impl BufRead) -> io::Result<Vec<Line>> {
    let mut chunk = Vec::new();
    let mut n_bytes = 0;
    while chunk.len() < MAX_CHUNK_LINES && n_bytes < MAX_CHUNK_BYTES {
        let mut line = Vec::new();
        let limit = MAX_LINE_BYTES as u64 + 1;
        if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && line.len() > MAX_LINE_BYTES {
            skip_line(input)?;
            chunk.push(Line::TooLarge);
        } else if !line.trim_ascii().is_empty() {
            n_bytes += line.len();
            chunk.push(Line::Bytes(line));
        }
    }
    Ok(chunk)
}

/// Reads to the end of the line without keeping it.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let n_read = end.map_or(buffer.len(), |end| end + 1);
        input.consume(n_read);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// The answers to a chunk's lines, in order.
fn answers(chunk: &[Line], arguments: &Batch, n_jobs: usize) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![String::new(); chunk.len()]);
    std::thread::scope(|scope| {
        for _ in 0..n_jobs.min(chunk.len()) {
            scope.spawn(|| {
                while let Some((index, line)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    chunk.get(index).map(|line| (index, line))
                } {
                    let answer = answer(line, arguments);
                    let mut answers = answers
                        .lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner());
                    answers[index] = answer;
                }
            });
        }
    });
    answers
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// What a line asks for.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    html: Option<String>,
    text: Option<String>,
    title: Option<String>,
    language: Option<String>,
    sentences: Option<NonZeroUsize>,
    words: Option<NonZeroUsize>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    #[serde(flatten)]
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a Value,
    error: Problem,
}

#[derive(Serialize)]
struct Problem {
    code: &'static str,
    message: String,
}

fn answer(line: &Line, arguments: &Batch) -> String {
    let refuse = |id: &Value, code, message: String| {
        json(&Refusal {
            id,
            error: Problem { code, message },
        })
    };
    let Line::Bytes(line) = line else {
        let message = format!("the line is over {} MiB", MAX_LINE_BYTES >> 20);
        return refuse(&Value::Null, "too-large", message);
    };
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the line is not UTF-8 (byte {})", error.valid_up_to());
            return refuse(&Value::Null, "bad-utf8", message);
        }
    };
    let request: Request = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => {
            // A line whose fields are of the wrong types may still say which one it is.
            let value: Option<Value> = serde_json::from_str(text).ok();
            let id = value.and_then(|mut value| value.get_mut("id").map(Value::take));
            return refuse(
                &id.filter(is_id).unwrap_or_default(),
                "bad-json",
                error.to_string(),
            );
        }
    };
    if !is_id(&request.id) {
        return refuse(
            &Value::Null,
            "bad-json",
            "id is neither a string nor a number".to_owned(),
        );
    }
    let mut page = match (&request.html, &request.text) {
        (Some(html), _) => html::page(html),
        (None, Some(text)) => Page::from_text(text, request.title.as_deref()),
        (None, None) => {
            return refuse(
                &request.id,
                "no-input",
                "the line has neither html nor text".to_owned(),
            );
        }
    };
    if request.title.is_some() {
        page.title = request.title;
    }
    page.language = request.language.or_else(|| arguments.language.clone());
    let options = arguments.length.or(request.sentences, request.words);
    let article = article::find(&page);
    let summary = Reading::new(&article).summary(&options);
    let wants_html = arguments.format == BatchFormat::Html;
    json(&Answer {
        id: &request.id,
        html: wants_html.then(|| element::of(&article, &summary)),
        summary,
    })
}

fn is_id(id: &Value) -> bool {
    id.is_null() || id.is_string() || id.is_number()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("our own types have string keys and no maps")
}
