// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.8319,
    features: Features {
        is_first: -4.2771,
        is_second: -1.189,
        is_third: -0.3145,
        nearness: 5.9069,
        depth: -0.2064,
        opens_paragraph: 0.0324,
        is_paragraph: 0.1261,
        is_in_last_paragraph: -0.0614,
        salience: -2.0925,
        centrality: 2.3793,
        title_overlap: 0.3883,
        repeats_title: 0.6849,
        entity_density: 0.6971,
        entity_weight: -0.0821,
        first_mention: 0.0237,
        has_number: 0.1783,
        quote_share: -0.7763,
        opens_with_quote: -0.7196,
        is_unbalanced: -0.3977,
        length: 1.5206,
        is_short: -1.4643,
        is_long: -0.4197,
        opens_with_pronoun: -0.3646,
        opens_with_connective: 0.0835,
        consequence: 0.1422,
        is_question: -0.9254,
        is_unfinished: -1.1739,
        is_item: 0.0,
        is_block_quote: 0.0,
    },
};
