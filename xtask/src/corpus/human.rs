//! Articles with summaries that people wrote: for measuring, never for training.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

/// An article with its human summaries.
#[derive(Deserialize)]
pub struct Human {
    pub id: String,
    pub set: String,
    pub language: String,
    pub title: Option<String>,
    /// A paragraph a line.
    pub text: String,
    pub references: Vec<String>,
    /// What published systems made of it, by their names.
    pub systems: BTreeMap<String, String>,
}

/// Reads `summaries/human.jsonl.gz`.
pub fn humans(corpus: &Path) -> Result<Vec<Human>> {
    super::packed_items(&corpus.join("summaries/human.jsonl.gz"))
}
