//! Labelled articles → the trees of `nutgraf::salience`.
//!
//! Each sentence that may be chosen is a row: its features, and whether a reader took it for a summary.
//! One that would do as well, though it is not among the best, counts half as taken, half as not.

use std::path::Path;

use anyhow::Result;
use nutgraf::features::Features;
use nutgraf::trees::Trees;
use nutgraf::{Options, Page, Reading, article, salience, selection};

use super::boost::{self, Rows, Settings};
use crate::corpus::{self, Labelled};

/// Chosen by five-fold cross-validation.
const SETTINGS: Settings = Settings {
    n_trees: 20,
    rate: 0.3,
    damping: 5.0,
    row_share: 0.7,
    measure_share: 0.6,
};

/// Trains the trees; returns the source of their file.
pub fn train(corpus: &Path) -> Result<String> {
    let labels = corpus::labels(corpus)?;
    println!("measuring {} articles", labels.len());
    let examples: Vec<Rows> = labels.iter().map(example).collect();
    println!("training {} trees", SETTINGS.n_trees);
    let trees = fit(&examples.iter().collect::<Vec<_>>());
    let header = "//! The trained trees of [`super`]: which sentences a reader would take.\n";
    Ok(boost::source(header, &[("TREES", &trees)], Features::NAMES))
}

/// Reads an article as the product does.
pub fn with_reading<T>(labelled: &Labelled, then: impl FnOnce(&Reading) -> T) -> T {
    let mut page = Page::from_text(&labelled.text, Some(&labelled.title));
    page.language = Some(labelled.language.clone());
    let article = article::find(&page);
    then(&Reading::new(&article))
}

/// Measures an article.
pub fn example(labelled: &Labelled) -> Rows {
    with_reading(labelled, |reading| {
        let mut rows = Rows::default();
        for (index, features) in reading.measured.features.iter().enumerate() {
            if !reading.measured.eligible[index] {
                continue;
            }
            let share = labelled.worth(reading.shown(index)) / 2.0;
            for (label, weight) in [(true, share), (false, 1.0 - share)] {
                if weight > 0.0 {
                    rows.measures.push(features.measures());
                    rows.labels.push(label);
                    rows.weights.push(weight);
                }
            }
        }
        rows
    })
}

/// Learns trees from some articles.
pub fn fit(examples: &[&Rows]) -> Trees {
    boost::boost(&Rows::joined(examples.iter().copied()), SETTINGS).trees()
}

/// The texts of the sentences that trees choose, best three, in reading order.
pub fn choose(trees: &Trees, reading: &Reading) -> Vec<String> {
    let scores = salience::score(&reading.measured.features, trees);
    let options = Options::default();
    let order = selection::order(&reading.tokens, &reading.measured, &scores, &options);
    let chosen = selection::choose(&order, &reading.tokens, &options);
    chosen
        .iter()
        .map(|&sentence| reading.shown(sentence).to_owned())
        .collect()
}
