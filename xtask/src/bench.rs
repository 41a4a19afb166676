//! `cargo xtask bench`: how long it takes in the browser.
//!
//! The pages are opened in Chromium by `bench/summary.mjs` and `bench/extraction.mjs`, which say what is timed. Figures of a
//! shared machine are rough: compare two runs before believing one, and ratios rather than milliseconds.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use crate::serve::Server;
use crate::toolchain::chromium;
use crate::toolchain::node::Node;
use crate::{bundle, corpus, process, project};

/// What to time.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// A summary, from the live page to the result, on the demo pages
    Summary,
    /// The article found on the corpus' pages, against Readability.js
    Extraction,
}

/// A dozen pages, 25 summaries each.
const SUMMARY_LIMIT: Duration = Duration::from_secs(300);
/// Hundreds of pages, ten times each by two extractors.
const EXTRACTION_LIMIT: Duration = Duration::from_secs(1800);

/// Builds all and prints the table.
pub fn run(subject: Subject, corpus: Option<PathBuf>) -> Result<()> {
    let (script, limit, pages): (_, _, Vec<OsString>) = match subject {
        Subject::Summary => {
            let pages = project::files("www/demo", ".html")?;
            let pages = pages.into_iter().map(OsString::from).collect();
            ("xtask/bench/summary.mjs", SUMMARY_LIMIT, pages)
        }
        Subject::Extraction => {
            let folder = corpus::dir(corpus)?.canonicalize()?.join("extraction/html");
            (
                "xtask/bench/extraction.mjs",
                EXTRACTION_LIMIT,
                vec![folder.into()],
            )
        }
    };
    let node = Node::ensure()?;
    let chromium = chromium::ensure()?;
    bundle::build(&node)?;
    let server = Server::start(0)?;
    let mut command = node.command();
    command
        .arg(script)
        .arg(server.address())
        .arg(chromium)
        .args(pages);
    process::run_within(&mut command, limit)
}
