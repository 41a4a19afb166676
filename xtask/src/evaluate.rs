//! What the stages are worth, on the corpora.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nutgraf::{article, html};
use serde_json::json;

use crate::corpus;
use crate::train::{self, Example};

/// What to evaluate.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Subject {
    /// The choice of sentences, five-fold cross-validated
    Summaries,
    /// The article found on real pages
    Extraction,
}

/// `cargo xtask evaluate`.
pub fn run(subject: Subject, corpus: Option<PathBuf>, predictions: Option<&Path>) -> Result<()> {
    let corpus = corpus::dir(corpus)?;
    match subject {
        Subject::Summaries => summaries(&corpus, predictions),
        Subject::Extraction => extraction(&corpus, predictions),
    }
}

const N_FOLDS: u64 = 5;

/// Gain of three sentences, chosen by weights trained on the other four folds.
fn summaries(corpus: &Path, predictions: Option<&Path>) -> Result<()> {
    let labels = corpus::labels(corpus)?;
    let examples: Vec<Example> = labels.iter().map(train::example).collect();
    let mut rows: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    let mut lines = Vec::new();
    for fold in 0..N_FOLDS {
        let is_held_out = |index: usize| labels[index].family % N_FOLDS == fold;
        let others: Vec<&Example> = (0..labels.len())
            .filter(|&index| !is_held_out(index))
            .map(|index| &examples[index])
            .collect();
        let fit = train::fit(&others);
        for labelled in (0..labels.len())
            .filter(|&index| is_held_out(index))
            .map(|index| &labels[index])
        {
            let chosen = train::with_reading(labelled, |reading| fit.choose(reading));
            let gain = labelled.gain(chosen.iter().map(|text| &**text));
            rows.entry(&labelled.language)
                .or_default()
                .push((gain, labelled.lead_gain()));
            lines.push(json!({ "id": labelled.id, "sentences": chosen }));
        }
        println!(
            "fold {} of {N_FOLDS}: trained on {} articles",
            fold + 1,
            others.len()
        );
    }
    println!("\nlanguage  articles   gain  LEAD-3");
    for (language, rows) in rows {
        let mean = |of: fn(&(f64, f64)) -> f64| {
            100.0 * rows.iter().map(of).sum::<f64>() / rows.len() as f64
        };
        println!(
            "{language:8} {:9} {:6.1} {:7.1}",
            rows.len(),
            mean(|row| row.0),
            mean(|row| row.1)
        );
    }
    write_lines(predictions, &lines)
}

fn write_lines(path: Option<&Path>, lines: &[serde_json::Value]) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let mut file = std::fs::File::create(path)
        .with_context(|| format!("{} can't be written", path.display()))?;
    for line in lines {
        writeln!(file, "{line}")?;
    }
    Ok(())
}

/// Precision and recall of runs of four words, averaged over the pages of a set.
fn extraction(corpus: &Path, predictions: Option<&Path>) -> Result<()> {
    let mut sets: BTreeMap<String, Vec<Overlap>> = BTreeMap::new();
    let mut out = serde_json::Map::new();
    let mut pages: Vec<(f64, String)> = Vec::new();
    for page in corpus::pages(corpus)? {
        let page = page?;
        let article = article::find(&html::page(&page.html));
        let text = article.text();
        let overlaps = page.texts.iter().map(|truth| Overlap::of(truth, &text));
        let best = overlaps
            .max_by(|a, b| a.f1().total_cmp(&b.f1()))
            .unwrap_or_default();
        pages.push((best.f1(), page.id.clone()));
        sets.entry(page.set).or_default().push(best);
        out.insert(page.id, json!({
            "articleBody": text, "title": article.title, "authors": article.authors, "date": article.published,
        }));
    }
    println!("set        pages  precision  recall     F1");
    for (set, overlaps) in &sets {
        let mean = |of: fn(&Overlap) -> Option<f64>| {
            let values: Vec<f64> = overlaps.iter().filter_map(of).collect();
            values.iter().sum::<f64>() / values.len().max(1) as f64
        };
        let (precision, recall) = (mean(Overlap::precision), mean(Overlap::recall));
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "{set:10} {:5} {precision:10.3} {recall:7.3} {f1:6.3}",
            overlaps.len()
        );
    }
    pages.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("\nworst pages");
    for (f1, id) in pages.iter().take(20) {
        println!("{f1:6.3} {id}");
    }
    if let Some(path) = predictions {
        std::fs::write(path, serde_json::Value::from(out).to_string())
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok(())
}

/// How many runs of four words two texts share.
#[derive(Default)]
struct Overlap {
    shared: usize,
    truth: usize,
    found: usize,
}

impl Overlap {
    fn of(truth: &str, found: &str) -> Overlap {
        let (truth, found) = (shingles(truth), shingles(found));
        let shared = truth
            .iter()
            .map(|(run, n)| n.min(found.get(run).unwrap_or(&0)))
            .sum();
        Overlap {
            shared,
            truth: truth.values().sum(),
            found: found.values().sum(),
        }
    }

    fn precision(&self) -> Option<f64> {
        (self.found > 0).then(|| self.shared as f64 / self.found as f64)
    }

    fn recall(&self) -> Option<f64> {
        (self.truth > 0).then(|| self.shared as f64 / self.truth as f64)
    }

    fn f1(&self) -> f64 {
        2.0 * self.shared as f64 / (self.truth + self.found).max(1) as f64
    }
}

/// The runs of four words of a text, counted; of a shorter text the one run it is.
fn shingles(text: &str) -> BTreeMap<Vec<String>, usize> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let text = text.replace('\u{ad}', "");
    let words: Vec<String> = text
        .split(is_end)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut shingles = BTreeMap::new();
    for run in words.windows(words.len().clamp(1, 4)) {
        *shingles.entry(run.to_vec()).or_default() += 1;
    }
    shingles
}
