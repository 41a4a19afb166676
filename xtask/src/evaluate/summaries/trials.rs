//! Cross-validation with something changed: other seeds, fewer features, fewer articles, other options.
//!
//! In: labelled articles and pages together; a fold is left out of both. Out: for each trial the mean gains
//! and how many summaries have a sentence that leans on one that is not there. Trials run side by side, and each is the same whatever else runs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use nutgraf::{Options, trees};

use super::super::N_FOLDS;
use super::articles::{Item, choose, judge};
use super::verdict::{Verdict, mean};
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
    /// Whether it counts that a sentence can't stand alone.
    pub weighs_dependence: bool,
}

/// Trees that say of every sentence that it stands alone.
const NONE_DEPENDENT: trees::Trees = trees::Trees {
    units: 1,
    bias: -1_000_000,
    depth: 1,
    questions: &[],
    answers: &[],
};

impl Trial {
    /// Nothing is changed but the seed.
    pub fn full(seed: u64) -> Trial {
        Trial {
            seed,
            left_out: Vec::new(),
            n_parts: N_PARTS,
            redundancy_penalty: Options::default().redundancy_penalty,
            weighs_dependence: true,
        }
    }

    /// The same with each of some seeds.
    pub fn with_seeds(&self, seeds: std::ops::Range<u64>) -> impl Iterator<Item = Trial> + '_ {
        seeds.map(|seed| Trial {
            seed,
            ..self.clone()
        })
    }

    fn run(&self, items: &[Item]) -> Figures {
        let trees = |fold: usize| {
            let part = |item: &&Item| {
                // The lower half of the number says which fold it is in.
                let part = ((item.labelled.family >> 32) + self.seed) % N_PARTS;
                item.fold() != fold && part < self.n_parts
            };
            let others = items.iter().filter(part).map(|item| &item.example);
            let mut trees =
                train::fit_seeded(&others.collect::<Vec<_>>(), &self.left_out, self.seed);
            if !self.weighs_dependence {
                trees.dependence = NONE_DEPENDENT;
            }
            trees
        };
        let trees: Vec<_> = (0..N_FOLDS as usize).map(trees).collect();
        let options = Options {
            redundancy_penalty: self.redundancy_penalty,
            ..Options::default()
        };
        figures(items, &judge(items, &choose(items, &trees, &options)))
    }
}

/// Kinds of labelled articles that are told apart.
const N_KINDS: usize = 3;

/// Of each kind the mean gain, then of each kind the share of summaries with a dependent sentence, all in
/// percent; see [`COLUMNS`].
pub type Figures = [f64; 2 * N_KINDS];

/// What stands over [`cells`].
pub const COLUMNS: [&str; 2] = [
    "gain                        dep",
    "English   French    pages   English   French    pages",
];

/// Figures as columns, each with a mark after it.
pub fn cells(figures: Figures, cell: impl Fn(usize, f64) -> String) -> String {
    let mut cells = String::new();
    for (column, figure) in figures.into_iter().enumerate() {
        if column == N_KINDS {
            cells.push(' ');
        }
        cells.push_str(&cell(column, figure));
    }
    cells
}

/// The cell of a figure that is no difference.
pub fn plain(_column: usize, figure: f64) -> String {
    format!("{figure:7.2}  ")
}

fn figures(items: &[Item], verdicts: &[Verdict]) -> Figures {
    std::array::from_fn(|column| {
        let both = items.iter().zip(verdicts);
        let ours = both.filter(|(item, _)| kind_of(item) == column % N_KINDS);
        let value = |(_, verdict): (_, &Verdict)| match column / N_KINDS {
            0 => verdict.gain,
            _ => f64::from(u8::from(verdict.is_dependent)),
        };
        100.0 * mean(&ours.map(value).collect::<Vec<_>>())
    })
}

fn kind_of(item: &Item) -> usize {
    match &*item.labelled.language {
        _ if item.labelled.html.is_some() => 2,
        "en" => 0,
        _ => 1,
    }
}

/// Runs trials on as many threads as there are processors; figures are in the order of the trials.
pub fn run(items: &[Item], trials: &[Trial]) -> Vec<Figures> {
    let next = AtomicUsize::new(0);
    let figures = Mutex::new(vec![Figures::default(); trials.len()]);
    let work = || {
        while let Some((at, trial)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            trials.get(at).map(|trial| (at, trial))
        } {
            let found = trial.run(items);
            figures.lock().expect("no trial panics")[at] = found;
        }
    };
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_threads.min(trials.len()) {
            scope.spawn(work);
        }
    });
    figures.into_inner().expect("no trial panics")
}

/// The means of figures, column by column.
pub fn means(figures: &[Figures]) -> Figures {
    std::array::from_fn(|column| {
        mean(
            &figures
                .iter()
                .map(|figures| figures[column])
                .collect::<Vec<_>>(),
        )
    })
}

/// Their standard deviations.
pub fn deviations(figures: &[Figures]) -> Figures {
    let means = means(figures);
    std::array::from_fn(|column| {
        let squares = figures
            .iter()
            .map(|figures| (figures[column] - means[column]).powi(2));
        (squares.sum::<f64>() / (figures.len() - 1).max(1) as f64).sqrt()
    })
}

#[cfg(test)]
mod tests {
    use nutgraf::features::Features;
    use nutgraf::salience;

    use super::*;

    #[test]
    fn where_dependence_is_not_weighed_no_sentence_leans_on_another() {
        let trees = salience::Trees {
            dependence: NONE_DEPENDENT,
            ..salience::Trees::SHIPPED
        };
        let score = salience::score(&[Features::default()], &trees)[0];
        assert!((0.0..1e-6).contains(&score.dependence));
    }
}
