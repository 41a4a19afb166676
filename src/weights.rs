// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.8365,
    features: Features {
        is_first: -4.2757,
        is_second: -1.1879,
        is_third: -0.314,
        nearness: 5.9074,
        depth: -0.208,
        opens_paragraph: 0.0323,
        is_paragraph: 0.1267,
        is_in_last_paragraph: -0.0615,
        salience: -2.0933,
        centrality: 2.3835,
        title_overlap: 0.3897,
        repeats_title: 0.6837,
        entity_density: 0.7217,
        entity_weight: -0.0933,
        first_mention: 0.0173,
        has_number: 0.1787,
        quote_share: -0.7754,
        opens_with_quote: -0.7196,
        is_unbalanced: -0.3975,
        length: 1.5236,
        is_short: -1.4653,
        is_long: -0.4198,
        opens_with_pronoun: -0.3643,
        opens_with_connective: 0.0832,
        consequence: 0.1426,
        is_question: -0.925,
        is_unfinished: -1.1762,
        is_item: 0.0,
        is_block_quote: 0.0,
    },
};
