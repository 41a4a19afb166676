//! Boosted trees over measures of one byte each: how a learned decision is written down and asked.
//!
//! The trees are oblivious: all nodes of one level ask the same question. So a tree is a few pairs
//! of measure and threshold and a table of answers, which takes a third of the bytes of a free tree
//! and is as good on our data (Prokhorenkova and others, "CatBoost: unbiased boosting with
//! categorical features", NeurIPS 2018, use the same). Everything is a whole number, so every build
//! decides alike.

/// A sum of trees. `cargo xtask train` writes it.
#[derive(Clone, Copy, Debug)]
pub struct Trees {
    /// Units of an answer in one logit: few, and the answers take fewer bytes; many, and they tell
    /// more rows apart.
    pub units: i32,
    /// What is there before any tree, in these units.
    pub bias: i32,
    /// Number of questions that each tree asks.
    pub depth: usize,
    /// The questions of all trees, one tree after the other: is the measure of this number over this
    /// threshold?
    pub questions: &'static [(u8, u8)],
    /// For each tree its 2^depth answers, the first where every question is answered with no, the
    /// second where only the last is answered with yes, and so on.
    pub answers: &'static [i8],
}

impl Trees {
    /// The sum of the answers, as a logit: over 0 is yes. Linear in the number of trees.
    pub fn score(&self, measures: &[u8]) -> f64 {
        let mut sum = self.bias;
        let (mut leaf, mut first) = (0, 0);
        for (at, &(measure, threshold)) in self.questions.iter().enumerate() {
            let value = measures.get(measure as usize).copied().unwrap_or_default();
            leaf = leaf * 2 + usize::from(value > threshold);
            if (at + 1) % self.depth == 0 {
                sum += i32::from(self.answers[first + leaf]);
                first += 1 << self.depth;
                leaf = 0;
            }
        }
        f64::from(sum) / f64::from(self.units)
    }
}
