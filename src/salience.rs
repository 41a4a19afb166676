//! Features → scores: how much each sentence tells of its article.
//!
//! In: the [`Features`] of an article's sentences and the trained weights. Out: a score for each,
//! `0.0..=1.0`. Scores rank the sentences of one article and mean nothing across articles.

use crate::features::Features;

/// A weight for each feature, and what a sentence without any would have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Added to every sum.
    pub bias: f64,
    /// One weight a feature.
    pub features: Features,
}

/// Scores the sentences of one article.
///
/// Returns one score per sentence, in reading order. Linear in their number. A weighted sum of
/// features, after Edmundson, "New Methods in Automatic Extracting" (Journal of the ACM 16(2),
/// 1969), squashed by x / (1 + |x|), which every build computes to the same bit.
pub fn score(features: &[Features], weights: &Weights) -> Vec<f64> {
    features
        .iter()
        .map(|features| squash(weights.bias + features.dot(&weights.features)))
        .collect()
}

/// Maps any number to `0.0..=1.0`, keeping their order.
fn squash(sum: f64) -> f64 {
    0.5 + 0.5 * sum / (1.0 + sum.abs())
}
