//! Features → scores: how much each sentence tells of its article, and how much it leans on others.
//!
//! In: the [`Features`] of an article's sentences and the trained trees. Out: a [`Score`] for each.
//! Scores rank the sentences of one article and mean nothing across articles.

pub mod model;

use crate::features::Features;
use crate::trees;

/// The trees of both scores.
#[derive(Clone, Copy, Debug)]
pub struct Trees {
    /// Which sentences a reader would take for a summary.
    pub worth: trees::Trees,
    /// Which sentences can't stand alone.
    pub dependence: trees::Trees,
}

impl Trees {
    /// The trees that come with the crate.
    pub const SHIPPED: Trees = Trees {
        worth: model::WORTH,
        dependence: model::DEPENDENCE,
    };
}

/// What is thought of one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// How much it tells, `0.0..=1.0`.
    pub worth: f64,
    /// How likely it can't be understood without what stands before it, `0.0..=1.0`.
    pub dependence: f64,
}

/// Scores the sentences of one article.
///
/// Returns one score per sentence, in reading order. Linear in their number. Boosted trees tell the
/// odds; they are squashed by x / (1 + |x|), which every build computes to the same bit.
pub fn score(features: &[Features], trees: &Trees) -> Vec<Score> {
    let mut scores = Vec::with_capacity(features.len());
    for features in features {
        let measures = features.measures();
        let squashed = |trees: &trees::Trees| {
            let logit = trees.score(&measures);
            0.5 + 0.5 * logit / (1.0 + logit.abs())
        };
        scores.push(Score {
            worth: squashed(&trees.worth),
            dependence: squashed(&trees.dependence),
        });
    }
    scores
}
