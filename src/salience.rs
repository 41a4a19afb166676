//! Features → scores: how much each sentence tells of its article.
//!
//! In: the [`Features`] of an article's sentences and the trained trees. Out: a score for each,
//! `0.0..=1.0`. Scores rank the sentences of one article and mean nothing across articles.

pub mod model;

use crate::features::Features;
use crate::trees::{Trees, UNITS};

/// Scores the sentences of one article.
///
/// Returns one score per sentence, in reading order. Linear in their number. Boosted trees tell how
/// likely it is that an editor would take the sentence; squashed by x / (1 + |x|), which every build
/// computes to the same bit.
pub fn score(features: &[Features], trees: &Trees) -> Vec<f64> {
    let mut scores = Vec::with_capacity(features.len());
    for features in features {
        let logit = f64::from(trees.score(&features.measures())) / f64::from(UNITS);
        scores.push(0.5 + 0.5 * logit / (1.0 + logit.abs()));
    }
    scores
}
