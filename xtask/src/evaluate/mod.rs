//! What the stages are worth, on the corpora.

mod extraction;
mod summaries;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::corpus;

/// What to evaluate.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// The choice of sentences, five-fold cross-validated
    Summaries,
    /// The article found on real pages, five-fold cross-validated by site
    Extraction,
}

/// Parts in cross-validation.
const N_FOLDS: u64 = 5;

/// `cargo xtask evaluate`.
pub fn run(
    subject: Subject,
    corpus: Option<PathBuf>,
    predictions: Option<&Path>,
    live: bool,
) -> Result<()> {
    let corpus = corpus::dir(corpus)?;
    match subject {
        Subject::Summaries => summaries::run(&corpus, predictions),
        Subject::Extraction => extraction::run(&corpus, predictions, live),
    }
}
