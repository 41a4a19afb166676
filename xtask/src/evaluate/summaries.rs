//! The choice of sentences, on labelled articles.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use super::N_FOLDS;
use crate::corpus;
use crate::train::boost::Rows;
use crate::train::salience as train;

/// Gain of three sentences, chosen by trees trained on the other four folds.
pub fn run(corpus: &Path, predictions: Option<&Path>) -> Result<()> {
    let labels = corpus::labels(corpus)?;
    let examples: Vec<Rows> = labels.iter().map(train::example).collect();
    let mut rows: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    let mut lines = Vec::new();
    for fold in 0..N_FOLDS {
        let is_held_out = |index: usize| labels[index].family % N_FOLDS == fold;
        let others: Vec<&Rows> = (0..labels.len())
            .filter(|&index| !is_held_out(index))
            .map(|index| &examples[index])
            .collect();
        let fit = train::fit(&others);
        for labelled in (0..labels.len())
            .filter(|&index| is_held_out(index))
            .map(|index| &labels[index])
        {
            let chosen = train::with_reading(labelled, |reading| train::choose(&fit, reading));
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
