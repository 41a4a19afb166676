//! `cargo xtask train`: corpora → the generated tables of numbers in `src`.

pub mod boost;
pub mod extraction;
pub mod salience;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{corpus, project};

/// What to train.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Subject {
    /// The trees that tell which sentences a reader would take: src/salience/model.rs
    Salience,
    /// The trees that tell the article from what is around it: src/article/model.rs
    Extraction,
}

/// Trains one table, or all. With `check`, nothing is written, and it fails if a table would differ.
pub fn run(subject: Option<Subject>, corpus: Option<PathBuf>, check: bool) -> Result<()> {
    let corpus = corpus::dir(corpus)?;
    if subject != Some(Subject::Extraction) {
        put("src/salience/model.rs", &salience::train(&corpus)?, check)?;
    }
    if subject != Some(Subject::Salience) {
        put("src/article/model.rs", &extraction::train(&corpus)?, check)?;
    }
    Ok(())
}

fn put(file: &str, text: &str, check: bool) -> Result<()> {
    let path = project::root().join(file);
    if check {
        return compare(&path, file, text);
    }
    std::fs::write(&path, text).with_context(|| format!("{file} can't be written"))?;
    println!("wrote {file}");
    Ok(())
}

fn compare(path: &Path, file: &str, text: &str) -> Result<()> {
    let before = std::fs::read_to_string(path).with_context(|| format!("{file} can't be read"))?;
    if before != text {
        bail!("{file} is not what this corpus gives; `cargo xtask train` writes it anew");
    }
    println!("{file} is what this corpus gives");
    Ok(())
}
