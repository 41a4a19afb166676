//! `cargo xtask bench`: how long it takes, in the browser and, for `text` and `choice`, natively.
//!
//! The pages are opened in Chromium by `bench/summary.mjs`, `browser.mjs` and `extraction.mjs`, which say what is timed. Figures of
//! a shared machine are rough: compare two runs before believing one, and ratios rather than milliseconds.

mod choice;
mod text;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nutgraf::{article, html};

use crate::{browse, corpus, process, project};

/// What to time.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// A summary, from the live page to the result, on the demo pages
    Summary,
    /// What a reader on a slow phone waits for: the first sentence, the longest task, layout shifts
    Browser,
    /// The article found on the corpus' pages, against Readability.js
    Extraction,
    /// Sentences and all stages natively, on 10 MB of one character and of each corpus file
    Text,
    /// The choice of sentences natively, on articles of 1,000 to 1,000,000 words
    Choice,
}

/// A dozen pages, 25 summaries each.
const SUMMARY_LIMIT: Duration = Duration::from_secs(300);
/// Twenty clicks, a long page, and a demo page.
const BROWSER_LIMIT: Duration = Duration::from_secs(300);
/// Hundreds of pages, ten times each by two extractors.
const EXTRACTION_LIMIT: Duration = Duration::from_secs(1800);

/// The page that is grown, below `www/`.
const GROWN: &str = "demo/politics.html";
/// Bytes of the smallest page that shows how the time grows; each is twice the one before.
const SMALLEST: usize = 1_250_000;
const N_SIZES: usize = 5;

/// Prints the table; builds first what it needs.
pub fn run(subject: Subject, corpus: Option<PathBuf>) -> Result<()> {
    let (script, limit, pages): (_, _, Vec<OsString>) = match subject {
        Subject::Text => {
            let corpus = corpus::dir(corpus)?.canonicalize()?;
            let args = ["text".as_ref(), "--corpus".as_ref(), corpus.as_os_str()];
            return in_release(&args, || text::run(&corpus));
        }
        Subject::Choice => return in_release(&["choice".as_ref()], choice::run),
        Subject::Summary => {
            let pages = project::files("www/demo", ".html")?;
            let pages = pages.into_iter().map(OsString::from).collect();
            ("xtask/bench/summary.mjs", SUMMARY_LIMIT, pages)
        }
        Subject::Browser => ("xtask/bench/browser.mjs", BROWSER_LIMIT, vec![GROWN.into()]),
        Subject::Extraction => {
            let folder = corpus::dir(corpus)?.canonicalize()?;
            grow()?;
            let pages = vec![folder.join("extraction/html").into(), GROWN.into()];
            ("xtask/bench/extraction.mjs", EXTRACTION_LIMIT, pages)
        }
    };
    browse::run(script, limit, pages)
}

/// Calls what times natively if this program is built as for a release, else runs `bench` with the same
/// arguments in one that is.
fn in_release(args: &[&OsStr], time: impl FnOnce() -> Result<()>) -> Result<()> {
    if !cfg!(debug_assertions) {
        return time();
    }
    println!("building it as for a release, since speed is what is measured");
    let run = ["run", "--release", "--package", "xtask", "--", "bench"];
    process::run(process::cargo().args(run).args(args))
}

/// Prints how the time grows with the page, from HTML to article, natively: one run each.
fn grow() -> Result<()> {
    let page = fs::read_to_string(project::www().join(GROWN))?;
    let (start, rest) = page.split_once("<body").context("a page without a body")?;
    let (body, end) = rest.rsplit_once("</body>").context("a body without end")?;
    let inner = body.split_once('>').context("a tag without end")?.1;
    println!("a page grown, natively:");
    let mut before: Option<f64> = None;
    for k in 0..N_SIZES {
        let bytes = SMALLEST << k;
        let bodies = inner.repeat(bytes.div_ceil(inner.len()));
        let html = format!("{start}<body>{bodies}</body>{end}");
        let started = Instant::now();
        let article = article::find(&html::page(&html));
        let seconds = started.elapsed().as_secs_f64();
        let exponent = before.map_or(String::new(), |before| {
            format!(", exponent {:.2}", (seconds / before).log2())
        });
        println!(
            "  {:.2} MB: {:.0} ms{exponent}; {} paragraphs",
            html.len() as f64 / 1e6,
            seconds * 1e3,
            article.paragraphs.len()
        );
        before = Some(seconds);
    }
    Ok(())
}
