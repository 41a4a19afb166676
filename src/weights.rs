// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.0,
    features: Features {
        is_first: 1.0,
        is_second: 0.6,
        is_third: 0.4,
        nearness: 1.0,
        depth: -0.5,
        opens_paragraph: 0.1,
        is_paragraph: 0.0,
        is_in_last_paragraph: -0.2,
        salience: 2.0,
        centrality: 1.0,
        title_overlap: 0.6,
        repeats_title: -0.4,
        entity_density: 0.2,
        entity_weight: 0.6,
        first_mention: 0.2,
        has_number: 0.2,
        quote_share: -0.3,
        opens_with_quote: -0.2,
        length: 0.5,
        is_short: -0.8,
        is_long: -0.2,
        opens_with_pronoun: -0.5,
        opens_with_connective: -0.3,
        consequence: 0.2,
        is_question: -0.6,
        is_unfinished: -0.6,
        is_item: -0.3,
        is_block_quote: -0.4,
    },
};
