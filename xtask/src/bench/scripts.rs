//! What is timed by a script in Chromium: `xtask/bench/*.mjs`, whose heads say how.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nutgraf::{article, html};

use super::report::Section;
use crate::{browse, project};

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

/// `bench/summary.mjs`.
pub fn summary() -> Result<Section> {
    let pages = project::files("www/demo", ".html")?;
    let pages: Vec<OsString> = pages.into_iter().map(OsString::from).collect();
    section(
        "summary",
        "A summary in the browser",
        "xtask/bench/summary.mjs",
        SUMMARY_LIMIT,
        pages,
        "",
    )
}

/// `bench/browser.mjs`.
pub fn browser() -> Result<Section> {
    let pages = vec![GROWN.into()];
    section(
        "browser",
        "What a reader waits for",
        "xtask/bench/browser.mjs",
        BROWSER_LIMIT,
        pages,
        "",
    )
}

/// `bench/extraction.mjs`, on the pages of a corpus, else the demo's.
pub fn extraction(corpus: Option<&Path>) -> Result<Section> {
    let pages = match corpus {
        Some(corpus) => corpus.join("extraction/html"),
        None => project::www().join("demo"),
    };
    let grown = grow()?;
    let pages = vec![pages.into(), GROWN.into()];
    section(
        "extraction",
        "Finding the article",
        "xtask/bench/extraction.mjs",
        EXTRACTION_LIMIT,
        pages,
        &grown,
    )
}

fn section(
    name: &'static str,
    title: &'static str,
    script: &str,
    limit: Duration,
    pages: Vec<OsString>,
    before: &str,
) -> Result<Section> {
    let printed = browse::capture(script, limit, pages)?;
    Ok(Section {
        name,
        title,
        body: format!("```text\n{before}{}\n```\n", printed.trim_end()),
    })
}

/// How the time grows with the page, from HTML to article, natively: one run each.
fn grow() -> Result<String> {
    let page = fs::read_to_string(project::www().join(GROWN))?;
    let (start, rest) = page.split_once("<body").context("a page without a body")?;
    let (body, end) = rest.rsplit_once("</body>").context("a body without end")?;
    let inner = body.split_once('>').context("a tag without end")?.1;
    let mut lines = String::from("a page grown, natively:\n");
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
        lines += &format!(
            "  {:.2} MB: {:.0} ms{exponent}; {} paragraphs\n",
            html.len() as f64 / 1e6,
            seconds * 1e3,
            article.paragraphs.len()
        );
        before = Some(seconds);
    }
    Ok(lines)
}
