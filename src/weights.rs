// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.8336,
    features: Features {
        is_first: -4.2747,
        is_second: -1.1874,
        is_third: -0.3132,
        nearness: 5.9041,
        depth: -0.2062,
        opens_paragraph: 0.0324,
        is_paragraph: 0.1272,
        is_in_last_paragraph: -0.0618,
        salience: -2.0975,
        centrality: 2.3778,
        title_overlap: 0.3901,
        repeats_title: 0.6847,
        entity_density: 0.7171,
        entity_weight: -0.0919,
        first_mention: 0.0205,
        has_number: 0.1785,
        quote_share: -0.7749,
        opens_with_quote: -0.7195,
        is_unbalanced: -0.3984,
        length: 1.5233,
        is_short: -1.4181,
        is_long: -0.42,
        opens_with_pronoun: -0.3653,
        opens_with_connective: 0.0828,
        consequence: 0.1424,
        is_question: -0.9054,
        is_unfinished: -1.1803,
        is_item: 0.0,
        is_block_quote: 0.0,
    },
};
