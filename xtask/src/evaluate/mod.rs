//! What the stages are worth, on the corpora.

pub mod agreement;
mod boundaries;
mod entities;
mod extraction;
mod language;
mod sentences;
pub mod summaries;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::corpus;

/// What to evaluate.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// The choice of sentences, five-fold cross-validated, and against summaries that people wrote
    Summaries,
    /// The article found on real pages, five-fold cross-validated by site
    Extraction,
    /// The ends of sentences, and how fast they are found
    Sentences,
    /// The ends of words in Chinese and Japanese
    Words,
    /// The names and their kinds
    Entities,
    /// The language of a text that declares none
    Language,
    /// Whether native code, wasm and plain JavaScript give the same bytes
    Agreement,
}

/// Parts in cross-validation.
const N_FOLDS: u64 = 5;

/// `cargo xtask evaluate`.
pub fn run(
    subject: Subject,
    corpus: Option<PathBuf>,
    predictions: Option<&Path>,
    live: bool,
    n_worst: usize,
) -> Result<()> {
    let corpus = corpus::dir(corpus)?;
    match subject {
        Subject::Summaries => summaries::run(&corpus, predictions, n_worst),
        Subject::Extraction => extraction::run(&corpus, predictions, live),
        Subject::Sentences => sentences::run(&corpus),
        Subject::Words => words::run(&corpus),
        Subject::Entities => entities::run(&corpus),
        Subject::Language => language::run(&corpus),
        Subject::Agreement => agreement::run(&corpus),
    }
}
