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
    /// What is there before any tree, in units of a leaf.
    pub bias: i32,
    /// For each tree its questions: is the measure of this number over this threshold?
    pub questions: &'static [[(u8, u8); DEPTH]],
    /// For each tree its answers, the first where every question is answered with no, the second
    /// where only the last is answered with yes, and so on.
    pub answers: &'static [[i8; 1 << DEPTH]],
}

/// Questions a tree asks.
pub const DEPTH: usize = 5;
/// Units of a leaf in one logit.
pub const UNITS: i32 = 8;

impl Trees {
    /// The sum of the answers, in units of a leaf: over 0 is yes. Linear in the number of trees.
    pub fn score(&self, measures: &[u8]) -> i32 {
        let mut sum = self.bias;
        for (questions, answers) in self.questions.iter().zip(self.answers) {
            let mut leaf = 0;
            for &(measure, threshold) in questions {
                let value = measures.get(measure as usize).copied().unwrap_or_default();
                leaf = leaf * 2 + usize::from(value > threshold);
            }
            sum += i32::from(answers[leaf]);
        }
        sum
    }
}
