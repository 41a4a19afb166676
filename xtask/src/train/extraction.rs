//! Pages with their true text → the trees of `nutgraf::article`.
//!
//! A block of a page is the article's if more than half of its runs of four words stand in the true
//! text; a shorter one if it is a line of it. A page's blocks together count for one page, each by
//! its words, as they do in the measure.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use nutgraf::article::evidence::Evidence;
use nutgraf::page::Visibility;
use nutgraf::trees::Trees;
use nutgraf::{Page, article, html};

use super::boost::{self, Rows, Settings};
use crate::corpus::{self, TruePage};

/// Chosen by five-fold cross-validation by site, as the next.
const MARKUP: Settings = Settings {
    n_trees: 60,
    rate: 0.21,
    damping: 5.0,
    row_share: 0.7,
    measure_share: 0.4,
    depth: 5,
    units: 8,
};
const PLAIN_TEXT: Settings = Settings {
    n_trees: 16,
    rate: 0.3,
    ..MARKUP
};

/// The measured blocks of one page.
pub struct Example {
    markup: Rows,
    plain_text: Rows,
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
        "training {} and {} trees on {} pages",
        MARKUP.n_trees,
        PLAIN_TEXT.n_trees,
        examples.len()
    );
    let trees = fit(&examples.iter().collect::<Vec<_>>());
    let header = "//! The trained trees of [`super::Trees`]: which blocks are the article.\n//!\n\
        //! Learned from pages of article-extraction-benchmark (Zyte, MIT), fundus (flairNLP, MIT),\n\
        //! article-extraction-dataset (AndyTheFactory, Apache-2.0) and WCXB (Foley, 2026, CC BY 4.0).\n";
    let tables = [("MARKUP", &trees.markup), ("PLAIN_TEXT", &trees.plain_text)];
    Ok(boost::source(header, &tables, &Evidence::names()))
}

/// Learns trees from some pages.
pub fn fit(examples: &[&Example]) -> article::Trees {
    article::Trees {
        markup: learn(examples.iter().map(|example| &example.markup), MARKUP),
        plain_text: learn(
            examples.iter().map(|example| &example.plain_text),
            PLAIN_TEXT,
        ),
    }
}

fn learn<'a>(examples: impl Iterator<Item = &'a Rows>, settings: Settings) -> Trees {
    boost::boost(&Rows::joined(examples), settings).trees()
}

/// A block's weight is bounded, so that a page of one long block does not outweigh many pages.
const MAX_WEIGHT: f64 = 60.0;

/// How much a variant of a page counts against the page.
const VARIANT_WEIGHT: f64 = 0.3;
/// Lines of the true text that its shortest variant keeps.
const N_START_LINES: usize = 3;
/// Blocks of the article, and around it, that the short variant keeps.
const N_KEPT: usize = 8;

/// Measures a page, and variants of it, so that what is learned holds for pages unlike those of
/// large publishers: without the words of its markup; the start of its article and what is around
/// it; and as plain text: pasted whole, its true text alone, the first lines of that.
pub fn example(truth_page: &TruePage) -> Example {
    let page = html::page(&truth_page.html);
    let truth = Truth::new(truth_page);
    let mut rows = Rows::default();
    add(&mut rows, &page, &truth, 1.0);
    let mut bare = page.clone();
    bare.elements
        .iter_mut()
        .for_each(|element| element.words.clear());
    bare.blocks.iter_mut().for_each(|block| block.words.clear());
    add(&mut rows, &bare, &truth, VARIANT_WEIGHT);
    let mut plain_text = Rows::default();
    let title = truth_page.title.as_deref();
    let clean = Page::from_text(&truth_page.texts[0], title);
    let start = truth_page.texts[0].lines().take(N_START_LINES);
    let start = Page::from_text(&start.collect::<Vec<_>>().join("\n"), title);
    add(&mut plain_text, &clean, &truth, 1.0);
    add(&mut plain_text, &start, &truth, VARIANT_WEIGHT);
    add(&mut plain_text, &pasted(&page), &truth, 1.0);
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
    Example {
        markup: rows,
        plain_text,
    }
}

/// A page as a reader pastes it: what can be seen of it, a line a block.
pub fn pasted(page: &Page) -> Page {
    let mut text = String::new();
    for block in &page.blocks {
        if block.visibility == Visibility::Visible {
            text.push_str(&block.text);
            text.push('\n');
        }
    }
    Page::from_text(&text, None)
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
