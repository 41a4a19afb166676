//! Labelled articles → the trees of `nutgraf::salience`.
//!
//! Each sentence that may be chosen is a row: its features, and whether a reader took it for a summary.
//! One that would do as well, though it is not among the best, counts half as taken, half as not. The
//! articles are plain texts and whole pages; of a page those sentences are rows that are found on it.

use std::path::Path;

use anyhow::Result;
use nutgraf::features::Features;
use nutgraf::trees::Trees;
use nutgraf::{Article, Options, Page, Reading, article, html, salience, selection};

use super::boost::{self, Rows, Settings};
use crate::corpus::{self, Labelled, TruePage};

/// Chosen by five-fold cross-validation.
const SETTINGS: Settings = Settings {
    n_trees: 20,
    rate: 0.3,
    damping: 5.0,
    row_share: 0.7,
    measure_share: 0.6,
};

/// What a page counts in training against a labelled text.
const PAGE_WEIGHT: f64 = 1.0;

/// Trains the trees; returns the source of their file. Pages are read with the trees of extraction that
/// this program was built with: when those are trained anew, these must be after the next build.
pub fn train(corpus: &Path) -> Result<String> {
    let pages: Vec<TruePage> = corpus::pages(corpus)?.collect::<Result<_>>()?;
    let mut labels = corpus::labels(corpus)?;
    labels.extend(corpus::labelled_pages(corpus, &pages)?);
    println!("measuring {} articles", labels.len());
    let examples: Vec<Rows> = labels
        .iter()
        .map(|labelled| {
            let article = article(labelled, &article::Trees::SHIPPED);
            example(labelled, &Reading::new(&article))
        })
        .collect();
    println!("training {} trees", SETTINGS.n_trees);
    let trees = fit(&examples.iter().collect::<Vec<_>>());
    let header = "//! The trained trees of [`super`]: which sentences a reader would take.\n";
    Ok(boost::source(header, &[("TREES", &trees)], Features::NAMES))
}

/// Finds a labelled article as the product does: on its page, where there is one, else in its text.
pub fn article(labelled: &Labelled, trees: &article::Trees) -> Article {
    let page = match &labelled.html {
        Some(html) => html::page(html),
        None => text_page(&labelled.text, Some(&labelled.title), &labelled.language),
    };
    article::find_with(&page, trees)
}

/// A plain text as the product is given one.
pub fn text_page(text: &str, title: Option<&str>, language: &str) -> Page {
    let mut page = Page::from_text(text, title);
    page.language = (language != "und").then(|| language.to_owned());
    page
}

/// Measures an article that has been read.
pub fn example(labelled: &Labelled, reading: &Reading) -> Rows {
    let source_weight = if labelled.html.is_some() {
        PAGE_WEIGHT
    } else {
        1.0
    };
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
                rows.weights.push(source_weight * weight);
            }
        }
    }
    rows
}

/// Learns trees from some articles.
pub fn fit(examples: &[&Rows]) -> Trees {
    fit_seeded(&Rows::joined(examples.iter().copied()), 0)
}

/// Learns trees from rows with other random numbers than those of the trees that ship, whose seed is 0.
pub fn fit_seeded(rows: &Rows, seed: u64) -> Trees {
    boost::boost_seeded(rows, SETTINGS, seed).trees()
}

/// The sentences that trees choose, in reading order.
pub fn choose(trees: &Trees, reading: &Reading, options: &Options) -> Vec<usize> {
    let scores = salience::score(&reading.measured.features, trees);
    let order = selection::order(&reading.tokens, &reading.measured, &scores, options);
    selection::choose(&order, &reading.tokens, options)
}
