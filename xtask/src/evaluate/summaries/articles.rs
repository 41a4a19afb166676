//! Labelled articles, read once: trained on, chosen from and judged as often as one likes.

use nutgraf::salience::Trees;
use nutgraf::{Article, Options, Reading};

use super::super::N_FOLDS;
use super::verdict::Verdict;
use crate::corpus::Labelled;
use crate::train::salience::{self as train, Example};

/// A labelled article that has been read.
pub struct Item<'a> {
    pub labelled: &'a Labelled,
    pub reading: Reading<'a>,
    /// For each of its sentences the labelled ones that it is.
    pub hits: Vec<Vec<usize>>,
    /// What is learned from it.
    pub example: Example,
}

impl<'a> Item<'a> {
    /// Reads articles that have been found.
    pub fn all(labels: &'a [Labelled], articles: &'a [Article]) -> Vec<Item<'a>> {
        let item = |(labelled, article): (&'a Labelled, &'a Article)| {
            let reading = Reading::new(article);
            let hits = train::hits(labelled, &reading);
            Item {
                labelled,
                example: train::example(labelled, &reading, &hits),
                hits,
                reading,
            }
        };
        labels.iter().zip(articles).map(item).collect()
    }

    /// Its part in cross-validation.
    pub fn fold(&self) -> usize {
        (self.labelled.family % N_FOLDS) as usize
    }
}

/// For each fold trees that were trained on the items of the other folds, and on all of `also`.
pub fn fold_trees(items: &[Item], also: &[Item]) -> Vec<Trees> {
    let trees = |fold| {
        let others = items.iter().filter(|item| item.fold() != fold).chain(also);
        train::fit(&others.map(|item| &item.example).collect::<Vec<_>>())
    };
    (0..N_FOLDS as usize).map(trees).collect()
}

/// The sentences chosen of each item by the trees of its fold, in reading order.
pub fn choose(items: &[Item], fold_trees: &[Trees], options: &Options) -> Vec<Vec<usize>> {
    let choose = |item: &Item| train::choose(&fold_trees[item.fold()], &item.reading, options);
    items.iter().map(choose).collect()
}

/// What was chosen of each item, judged.
pub fn judge(items: &[Item], chosen: &[Vec<usize>]) -> Vec<Verdict> {
    let judge = |(item, chosen): (&Item, &Vec<usize>)| {
        Verdict::new(item.labelled, chosen.iter().map(|&at| &*item.hits[at]))
    };
    items.iter().zip(chosen).map(judge).collect()
}
