//! Cross-validation with something changed: other seeds, fewer features, fewer articles, other options.
//!
//! In: labelled articles and pages together; a fold is left out of both. Out: for each trial the mean gains.
//! Trials run side by side, and each is the same whatever else runs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use nutgraf::Options;

use super::super::N_FOLDS;
use super::articles::{Item, choose, judge};
use super::verdict::mean;
use crate::train::salience as train;

/// Parts that the articles to be trained on are shared out in.
pub const N_PARTS: u64 = 16;

/// What is changed.
#[derive(Clone)]
pub struct Trial {
    /// Which random numbers are drawn in training; 0 for those of the trees that ship.
    pub seed: u64,
    /// Features that are 0 in every sentence, by number.
    pub left_out: Vec<usize>,
    /// Sixteenths of the articles that are trained on.
    pub n_parts: u64,
    /// See [`Options::redundancy_penalty`].
    pub redundancy_penalty: f64,
}

impl Trial {
    /// Nothing is changed but the seed.
    pub fn full(seed: u64) -> Trial {
        Trial {
            seed,
            left_out: Vec::new(),
            n_parts: N_PARTS,
            redundancy_penalty: Options::default().redundancy_penalty,
        }
    }

    /// The same with each of some seeds.
    pub fn with_seeds(&self, seeds: std::ops::Range<u64>) -> impl Iterator<Item = Trial> + '_ {
        seeds.map(|seed| Trial {
            seed,
            ..self.clone()
        })
    }

    fn run(&self, items: &[Item]) -> Gains {
        let trees = |fold: usize| {
            let part = |item: &&Item| {
                // The lower half of the number says which fold it is in.
                let part = ((item.labelled.family >> 32) + self.seed) % N_PARTS;
                item.fold() != fold && part < self.n_parts
            };
            let others = items.iter().filter(part).map(|item| &item.example);
            train::fit_seeded(&others.collect::<Vec<_>>(), &self.left_out, self.seed)
        };
        let trees: Vec<_> = (0..N_FOLDS as usize).map(trees).collect();
        let options = Options {
            redundancy_penalty: self.redundancy_penalty,
            ..Options::default()
        };
        let verdicts = judge(items, &choose(items, &trees, &options));
        std::array::from_fn(|column| {
            let both = items.iter().zip(&verdicts);
            let gains = both.filter(|(item, _)| column_of(item) == column);
            mean(
                &gains
                    .map(|(_, verdict)| 100.0 * verdict.gain)
                    .collect::<Vec<_>>(),
            )
        })
    }
}

/// Mean gains in percent, in the order of [`COLUMNS`].
pub type Gains = [f64; 3];

/// What gains are told apart by.
pub const COLUMNS: &str = " English   French    pages";

fn column_of(item: &Item) -> usize {
    match &*item.labelled.language {
        _ if item.labelled.html.is_some() => 2,
        "en" => 0,
        _ => 1,
    }
}

/// Runs trials on as many threads as there are processors; gains are in the order of the trials.
pub fn run(items: &[Item], trials: &[Trial]) -> Vec<Gains> {
    let next = AtomicUsize::new(0);
    let gains = Mutex::new(vec![Gains::default(); trials.len()]);
    let work = || {
        while let Some((at, trial)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            trials.get(at).map(|trial| (at, trial))
        } {
            let found = trial.run(items);
            gains.lock().expect("no trial panics")[at] = found;
        }
    };
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_threads.min(trials.len()) {
            scope.spawn(work);
        }
    });
    gains.into_inner().expect("no trial panics")
}

/// The means of gains, column by column.
pub fn means(gains: &[Gains]) -> Gains {
    std::array::from_fn(|column| mean(&gains.iter().map(|gains| gains[column]).collect::<Vec<_>>()))
}

/// Their standard deviations.
pub fn deviations(gains: &[Gains]) -> Gains {
    let means = means(gains);
    std::array::from_fn(|column| {
        let squares = gains
            .iter()
            .map(|gains| (gains[column] - means[column]).powi(2));
        (squares.sum::<f64>() / (gains.len() - 1).max(1) as f64).sqrt()
    })
}
