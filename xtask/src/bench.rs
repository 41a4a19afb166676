//! `cargo xtask bench`: how long it takes, beside others, in the browser and natively.
//!
//! Each subject makes a section in Markdown, which is printed, and with `--write` takes the place of its older self
//! in `BENCHMARKS.md`. Figures of a shared machine are rough: compare two runs before believing one, and ratios
//! rather than milliseconds.

mod batch;
mod growth;
mod peers;
mod plot;
mod report;
mod scripts;
mod stages;
mod text;
mod weight;

use std::path::PathBuf;

use anyhow::Result;

use self::report::Section;
use crate::{corpus, process};

/// What to time.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Subject {
    /// Bytes that a page loads
    Size,
    /// Each stage natively, in nanoseconds, instructions and allocations, against a floor
    Stages,
    /// How the time of each stage grows from 1 kB to 10 MB
    Growth,
    /// Other summarizers on the same articles; with a corpus also what they choose
    Peers,
    /// `nutgraf batch` on many articles: rate, memory, order, one job against two
    Batch,
    /// A summary, from the live page to the result, on the demo pages; calls into the DOM
    Summary,
    /// What a reader on a slow phone waits for: the first sentence, the longest task, layout shifts
    Browser,
    /// The article found on pages, against Readability.js: the corpus', else the demo's
    Extraction,
    /// Sentences and all stages natively, on 10 MB of one character and of each corpus file
    Text,
}

/// Those that are run if none is named: what tells most, in some minutes.
const USUAL: [Subject; 4] = [
    Subject::Stages,
    Subject::Growth,
    Subject::Peers,
    Subject::Summary,
];

/// What to time, and with what.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to time; stages, growth, peers and summary, if not said
    #[arg(value_enum)]
    subjects: Vec<Subject>,
    /// Folder of the corpora, for peers, extraction and text; else NUTGRAF_CORPUS
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// How many articles `batch` is given
    #[arg(long, value_name = "N", default_value_t = batch::N_ARTICLES)]
    articles: u64,
    /// Write what is found into BENCHMARKS.md, and draw its pictures
    #[arg(long)]
    write: bool,
}

/// Times what is asked for; builds first what it needs.
pub fn run(arguments: &Arguments) -> Result<()> {
    if cfg!(debug_assertions) {
        return in_release();
    }
    let subjects = match &arguments.subjects[..] {
        [] => &USUAL,
        subjects => subjects,
    };
    for &subject in subjects {
        section(subject, arguments)?.finish(arguments.write)?;
    }
    Ok(())
}

fn section(subject: Subject, arguments: &Arguments) -> Result<Section> {
    let corpus = || corpus::dir(arguments.corpus.clone()).and_then(|dir| Ok(dir.canonicalize()?));
    // What is better with a corpus, but can do without.
    let own_corpus = corpus().ok();
    match subject {
        Subject::Size => weight::run(),
        Subject::Stages => stages::run(),
        Subject::Growth => growth::run(),
        Subject::Peers => peers::run(own_corpus.as_deref()),
        Subject::Batch => Ok(Section {
            name: "batch",
            title: "An archive",
            body: format!("```text\n{}\n```\n", batch::run(arguments.articles)?),
        }),
        Subject::Summary => scripts::summary(),
        Subject::Browser => scripts::browser(),
        Subject::Extraction => scripts::extraction(own_corpus.as_deref()),
        Subject::Text => text::run(&corpus()?),
    }
}

/// Runs `bench` with the same arguments in a program that is built as for a release.
fn in_release() -> Result<()> {
    println!("building it as for a release, since speed is what is measured");
    let run = ["run", "--release", "--package", "xtask", "--"];
    process::run(process::cargo().args(run).args(std::env::args_os().skip(1)))
}
