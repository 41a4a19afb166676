//! Pages with their true text → the trees of `nutgraf::article`.
//!
//! A block of a page is the article's if more than half of its runs of four words stand in the true
//! text; a shorter one if it is a line of it. A page's blocks together count for one page, each by
//! its words, as they do in the measure.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use nutgraf::article::evidence::Evidence;
use nutgraf::trees::Trees;
use nutgraf::{Page, article, html};

use super::boost::{self, Rows, Settings};
use crate::corpus::{self, TruePage};

/// Chosen by five-fold cross-validation by site.
const SETTINGS: Settings = Settings {
    n_trees: 120,
    rate: 0.15,
    damping: 5.0,
    row_share: 0.7,
    measure_share: 0.4,
};

/// The measured blocks of one page.
pub struct Example {
    rows: Rows,
}

/// Trains the trees; returns the source of their file.
pub fn train(corpus: &Path) -> Result<String> {
    let mut examples = Vec::new();
    for page in corpus::pages(corpus)? {
        let page = page?;
        if page.is_training() {
            examples.push(example(&page));
        }
    }
    println!(
        "training {} trees on {} pages",
        SETTINGS.n_trees,
        examples.len()
    );
    let header = "//! The trained trees of [`super::body`]: which blocks are the article.\n";
    Ok(boost::source(
        &fit(&examples.iter().collect::<Vec<_>>()),
        header,
        "ARTICLE",
        Evidence::NAMES,
    ))
}

/// Learns trees from some pages.
pub fn fit(examples: &[&Example]) -> Trees {
    let mut all = Rows::default();
    for Example { rows } in examples {
        all.measures.extend(rows.measures.iter().cloned());
        all.labels.extend(&rows.labels);
        all.weights.extend(&rows.weights);
    }
    boost::boost(&all, SETTINGS).trees()
}

/// A block's weight is bounded, so that a page of one long block does not outweigh many pages.
const MAX_WEIGHT: f64 = 60.0;

/// How much a variant of a page counts against the page.
const VARIANT_WEIGHT: f64 = 0.3;
/// Blocks of the article, and around it, that the short variant keeps.
const N_KEPT: usize = 8;

/// Measures a page, and two variants of it, so that what is learned holds for pages unlike those of
/// large publishers: one without the words of its markup, and the start of its article alone.
pub fn example(truth: &TruePage) -> Example {
    let page = html::page(&truth.html);
    let truth = Truth::new(truth);
    let mut rows = Rows::default();
    add(&mut rows, &page, &truth, 1.0);
    let mut bare = page.clone();
    bare.elements
        .iter_mut()
        .for_each(|element| element.words.clear());
    bare.blocks.iter_mut().for_each(|block| block.words.clear());
    add(&mut rows, &bare, &truth, VARIANT_WEIGHT);
    let mut short = page;
    let is_true: Vec<bool> = short
        .blocks
        .iter()
        .map(|block| truth.has(&block.text))
        .collect();
    if let Some(first) = is_true.iter().position(|&is_true| is_true) {
        let mut n_left = N_KEPT;
        let mut last = first;
        while last < is_true.len() && n_left > 0 {
            n_left -= usize::from(is_true[last]);
            last += 1;
        }
        short.blocks.truncate((last + N_KEPT).min(is_true.len()));
        short.blocks.drain(..first.saturating_sub(N_KEPT));
        add(&mut rows, &short, &truth, VARIANT_WEIGHT);
    }
    Example { rows }
}

/// The true text of a page, ready to be asked.
struct Truth {
    runs: BTreeSet<Vec<String>>,
    lines: BTreeSet<Vec<String>>,
}

impl Truth {
    fn new(page: &TruePage) -> Truth {
        let mut truth = Truth {
            runs: BTreeSet::new(),
            lines: BTreeSet::new(),
        };
        for text in &page.texts {
            let words = corpus::words(text);
            truth.runs.extend(words.windows(4).map(<[String]>::to_vec));
            truth.lines.extend(text.lines().map(corpus::words));
        }
        truth
    }

    /// Whether a block is the article's.
    fn has(&self, text: &str) -> bool {
        let words = corpus::words(text);
        if words.len() < 4 {
            return !words.is_empty() && self.lines.contains(&words);
        }
        let n_shared = words
            .windows(4)
            .filter(|run| self.runs.contains(*run))
            .count();
        n_shared * 2 > words.len() - 3
    }
}

/// Measures the blocks of a page.
fn add(rows: &mut Rows, page: &Page, truth: &Truth, weight: f64) {
    let survey = article::survey(page);
    let mut labels = Vec::new();
    let mut n_words = Vec::new();
    for (evidence, &index) in survey.evidence().iter().zip(&survey.visible) {
        let text = &page.blocks[index].text;
        rows.measures.push(evidence.values().to_vec());
        labels.push(truth.has(text));
        n_words.push(corpus::words(text).len() as f64);
    }
    let of_article = n_words.iter().zip(&labels).filter(|(_, is_true)| **is_true);
    let total: f64 = of_article.map(|(n, _)| n).sum();
    // A few words more for every block and page: short ones count too, stubs not for too much.
    let own = |n: &f64| weight * (300.0 * (n + 2.0) / (total + 50.0)).min(MAX_WEIGHT);
    rows.weights.extend(n_words.iter().map(own));
    rows.labels.extend(labels);
}
