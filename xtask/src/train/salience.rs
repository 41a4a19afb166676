//! Labelled articles → the weights of `nutgraf::salience`.
//!
//! Listwise, after Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach"
//! (ICML 2007, ListNet): the sentences of an article compete in a softmax, whose target is their
//! share of the article's worth. Full-batch gradient descent with a fixed number of steps from zero,
//! in a fixed order: the same corpus gives the same weights, bit for bit.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use nutgraf::features::Features;
use nutgraf::{Options, Page, Reading, article, selection};

use crate::corpus::{self, Labelled};

/// One article, measured.
pub struct Example {
    /// The features of the sentences that may be chosen, in the order of [`Features::NAMES`].
    features: Vec<Vec<f64>>,
    /// The share of the article's worth that each has.
    target: Vec<f64>,
}

/// A bias and a weight for each feature.
pub struct Fit {
    pub bias: f64,
    pub weights: Vec<f64>,
}

/// Features as rare as three first sentences in a thousand need many steps to find their weight.
const N_STEPS: usize = 3_000;
const STEP: f64 = 0.5;
const MOMENTUM: f64 = 0.9;
/// Keeps weights of rare features small; chosen by five-fold cross-validation among 0, 1e-4, 1e-3.
const DECAY: f64 = 1e-4;

/// Trains the weights; returns the source of their file.
pub fn train(corpus: &Path) -> Result<String> {
    let labels = corpus::labels(corpus)?;
    println!("measuring {} articles", labels.len());
    let examples: Vec<Example> = labels.iter().map(example).collect();
    println!(
        "training {} weights in {N_STEPS} steps",
        Features::NAMES.len()
    );
    Ok(source(&fit(&examples.iter().collect::<Vec<_>>())))
}

/// Reads an article as the product does.
pub fn with_reading<T>(labelled: &Labelled, then: impl FnOnce(&Reading) -> T) -> T {
    let mut page = Page::from_text(&labelled.text, Some(&labelled.title));
    page.language = Some(labelled.language.clone());
    let article = article::find(&page);
    then(&Reading::new(&article))
}

/// Measures an article.
pub fn example(labelled: &Labelled) -> Example {
    with_reading(labelled, |reading| {
        let eligible =
            (0..reading.sentences.len()).filter(|&index| reading.measured.eligible[index]);
        let (features, worth): (Vec<Vec<f64>>, Vec<f64>) = eligible
            .map(|index| {
                let features = reading.measured.features[index].values();
                (features, labelled.worth(reading.shown(index)))
            })
            .unzip();
        let total: f64 = worth.iter().sum();
        let target = worth
            .iter()
            .map(|worth| if total > 0.0 { worth / total } else { 0.0 });
        Example {
            target: target.collect(),
            features,
        }
    })
}

/// Finds the weights for a set of articles.
pub fn fit(examples: &[&Example]) -> Fit {
    let n = Features::NAMES.len();
    let mut weights = vec![0.0; n];
    let mut velocity = vec![0.0; n];
    for _ in 0..N_STEPS {
        let mut gradient = vec![0.0; n];
        for example in examples {
            add_gradient(example, &weights, &mut gradient);
        }
        for index in 0..n {
            let slope = gradient[index] / examples.len().max(1) as f64 - DECAY * weights[index];
            velocity[index] = MOMENTUM * velocity[index] + STEP * slope;
            weights[index] += velocity[index];
        }
    }
    // Four decimals are more than the data tells, and the file stays readable.
    weights
        .iter_mut()
        .for_each(|weight| *weight = (*weight * 1e4).round() / 1e4);
    Fit {
        bias: bias(examples, &weights),
        weights,
    }
}

fn sum(features: &[f64], weights: &[f64]) -> f64 {
    features
        .iter()
        .zip(weights)
        .map(|(feature, weight)| feature * weight)
        .sum()
}

fn add_gradient(example: &Example, weights: &[f64], gradient: &mut [f64]) {
    let sums: Vec<f64> = example
        .features
        .iter()
        .map(|features| sum(features, weights))
        .collect();
    let largest = sums.iter().copied().fold(f64::MIN, f64::max);
    let powers: Vec<f64> = sums.iter().map(|sum| (sum - largest).exp()).collect();
    let total: f64 = powers.iter().sum();
    // An article without any worth says nothing.
    let says = example.target.iter().sum::<f64>();
    for ((features, power), target) in example.features.iter().zip(powers).zip(&example.target) {
        let error = target - says * power / total;
        for (slope, feature) in gradient.iter_mut().zip(features) {
            *slope += error * feature;
        }
    }
}

/// The bias that puts the third-best sentence of the average article at a score of one half.
fn bias(examples: &[&Example], weights: &[f64]) -> f64 {
    let thirds: Vec<f64> = examples
        .iter()
        .filter_map(|example| {
            let mut sums: Vec<f64> = example
                .features
                .iter()
                .map(|features| sum(features, weights))
                .collect();
            sums.sort_by(|a, b| b.total_cmp(a));
            sums.get(2).copied()
        })
        .collect();
    let mean = thirds.iter().sum::<f64>() / thirds.len().max(1) as f64;
    (-mean * 1e4).round() / 1e4
}

impl Fit {
    /// The texts of the sentences that these weights choose, best three, in reading order.
    pub fn choose(&self, reading: &Reading) -> Vec<String> {
        let score = |features: &Features| {
            let sum = self.bias + sum(&features.values(), &self.weights);
            0.5 + 0.5 * sum / (1.0 + sum.abs())
        };
        let scores: Vec<f64> = reading.measured.features.iter().map(score).collect();
        let options = Options::default();
        let order = selection::order(&reading.tokens, &reading.measured, &scores, &options);
        let chosen = selection::choose(&order, &reading.tokens, &options);
        chosen
            .iter()
            .map(|&sentence| reading.shown(sentence).to_owned())
            .collect()
    }
}

fn source(fit: &Fit) -> String {
    let mut text = String::from(
        "// Written by `cargo xtask train`; not to be edited.\n\
         //! The trained weights of [`crate::salience`].\n\n\
         use crate::features::Features;\n\
         use crate::salience::Weights;\n\n\
         /// One weight a feature.\n\
         pub const WEIGHTS: Weights = Weights {\n",
    );
    // Writing to a string can't fail.
    let _ = writeln!(text, "    bias: {:?},\n    features: Features {{", fit.bias);
    for (name, weight) in Features::NAMES.iter().zip(&fit.weights) {
        let _ = writeln!(text, "        {name}: {weight:?},");
    }
    text.push_str("    },\n};\n");
    text
}
