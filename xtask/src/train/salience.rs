//! Labelled articles → the trees of `nutgraf::salience`.
//!
//! Each sentence that may be chosen is a row: its features, and whether a reader took it for a summary.
//! One that would do as well, though it is not among the best, counts half as taken, half as not. The
//! articles are plain texts and whole pages; of a page those sentences are rows that are found on it.

use std::path::Path;

use anyhow::Result;
use nutgraf::features::Features;
use nutgraf::salience::Trees;
use nutgraf::{Article, Options, Page, Reading, article, html, salience, selection};

use super::boost::{self, Rows, Settings};
use crate::corpus::{self, Labelled, TruePage};

/// Chosen by five-fold cross-validation.
const SETTINGS: Settings = Settings {
    n_trees: 56,
    rate: 0.25,
    damping: 5.0,
    row_share: 0.7,
    measure_share: 0.6,
    depth: 3,
    units: 32,
};

/// The same for the trees of dependence.
const DEPENDENCE_SETTINGS: Settings = Settings {
    n_trees: 8,
    rate: 0.4,
    ..SETTINGS
};

/// What a page counts in training against a labelled text.
const PAGE_WEIGHT: f64 = 3.0;

/// What is learned from an article: its sentences that may be chosen, with two labels each.
pub struct Example {
    /// Whether a reader took the sentence.
    worth: Rows,
    /// Whether it can't stand alone.
    dependence: Rows,
}

/// Trains the trees; returns the source of their file. Pages are read with the trees of extraction that
/// this program was built with: when those are trained anew, these must be after the next build.
pub fn train(corpus: &Path) -> Result<String> {
    let pages: Vec<TruePage> = corpus::pages(corpus)?.collect::<Result<_>>()?;
    let mut labels = corpus::labels(corpus)?;
    labels.extend(corpus::labelled_pages(corpus, &pages)?);
    println!("measuring {} articles", labels.len());
    let examples: Vec<Example> = labels
        .iter()
        .map(|labelled| {
            let article = article(labelled, &article::Trees::SHIPPED);
            let reading = Reading::new(&article);
            example(labelled, &reading, &hits(labelled, &reading))
        })
        .collect();
    println!(
        "training {} and {} trees",
        SETTINGS.n_trees, DEPENDENCE_SETTINGS.n_trees
    );
    let trees = fit(&examples.iter().collect::<Vec<_>>());
    let header = "//! The trained trees of [`super`]: which sentences a reader would take, and which can't stand\n\
                  //! alone.\n";
    let tables = [("WORTH", &trees.worth), ("DEPENDENCE", &trees.dependence)];
    Ok(boost::source(header, &tables, Features::NAMES))
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

/// For each sentence of an article that has been read, the labelled ones that it is.
pub fn hits(labelled: &Labelled, reading: &Reading) -> Vec<Vec<usize>> {
    (0..reading.sentences.len())
        .map(|at| labelled.hits(reading.shown(at)))
        .collect()
}

/// Measures an article that has been read; `hits` as the function of this name has them.
pub fn example(labelled: &Labelled, reading: &Reading, hits: &[Vec<usize>]) -> Example {
    let source_weight = if labelled.html.is_some() {
        PAGE_WEIGHT
    } else {
        1.0
    };
    let mut example = Example {
        worth: Rows::default(),
        dependence: Rows::default(),
    };
    for (index, features) in reading.measured.features.iter().enumerate() {
        if !reading.measured.eligible[index] {
            continue;
        }
        let hits = &hits[index];
        let share = labelled.worth(hits) / 2.0;
        for (label, weight) in [(true, share), (false, 1.0 - share)] {
            if weight > 0.0 {
                let weight = source_weight * weight;
                example.worth.push(features.measures(), label, weight);
            }
        }
        let is_dependent = labelled.is_dependent(hits);
        let rows = &mut example.dependence;
        rows.push(features.measures(), is_dependent, source_weight);
    }
    example
}

/// Learns trees from some articles.
pub fn fit(examples: &[&Example]) -> Trees {
    fit_seeded(examples, &[], 0)
}

/// Learns trees without some of the measures, with other random numbers than those of the trees that ship,
/// whose seed is 0.
pub fn fit_seeded(examples: &[&Example], left_out: &[usize], seed: u64) -> Trees {
    let trees = |of: fn(&Example) -> &Rows, settings| {
        let rows = Rows::joined(examples.iter().map(|example| of(example))).without(left_out);
        boost::boost_seeded(&rows, settings, seed).trees()
    };
    Trees {
        worth: trees(|example| &example.worth, SETTINGS),
        dependence: trees(|example| &example.dependence, DEPENDENCE_SETTINGS),
    }
}

/// The sentences that trees choose, in reading order.
pub fn choose(trees: &Trees, reading: &Reading, options: &Options) -> Vec<usize> {
    let scores = salience::score(&reading.measured.features, trees);
    let order = selection::order(&reading.tokens, &reading.measured, &scores, options);
    selection::choose(order, &reading.tokens, options)
}
