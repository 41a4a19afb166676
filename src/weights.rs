// Written by `cargo xtask train`; not to be edited.
//! The trained weights of [`crate::salience`].

use crate::features::Features;
use crate::salience::Weights;

/// One weight a feature.
pub const WEIGHTS: Weights = Weights {
    bias: -2.7852,
    features: Features {
        is_first: -4.2904,
        is_second: -1.1953,
        is_third: -0.318,
        nearness: 5.9193,
        depth: -0.2002,
        opens_paragraph: 0.0324,
        is_paragraph: 0.1222,
        is_in_last_paragraph: -0.0619,
        salience: -2.0754,
        centrality: 2.3718,
        title_overlap: 0.3874,
        repeats_title: 0.6798,
        entity_density: 0.0688,
        entity_weight: 0.0388,
        first_mention: 0.035,
        has_number: 0.1778,
        quote_share: -0.7832,
        opens_with_quote: -0.7206,
        is_unbalanced: -0.4009,
        length: 1.4749,
        is_short: -1.4521,
        is_long: -0.4179,
        opens_with_pronoun: -0.3721,
        opens_with_connective: 0.0792,
        consequence: 0.1397,
        is_question: -0.9201,
        is_unfinished: -1.1638,
        is_item: 0.0,
        is_block_quote: 0.0,
    },
};
