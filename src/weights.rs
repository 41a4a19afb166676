// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.8343,
    features: Features {
        is_first: -4.2759,
        is_second: -1.1882,
        is_third: -0.3142,
        nearness: 5.9076,
        depth: -0.2072,
        opens_paragraph: 0.0324,
        is_paragraph: 0.1261,
        is_in_last_paragraph: -0.0614,
        salience: -2.0913,
        centrality: 2.3803,
        title_overlap: 0.3885,
        repeats_title: 0.6843,
        entity_density: 0.721,
        entity_weight: -0.0869,
        first_mention: 0.0203,
        has_number: 0.1782,
        quote_share: -0.7762,
        opens_with_quote: -0.7193,
        is_unbalanced: -0.3975,
        length: 1.5224,
        is_short: -1.4655,
        is_long: -0.4197,
        opens_with_pronoun: -0.3643,
        opens_with_connective: 0.0839,
        consequence: 0.1424,
        is_question: -0.9258,
        is_unfinished: -1.1741,
        is_item: 0.0,
        is_block_quote: 0.0,
    },
};
