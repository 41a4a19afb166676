//! The gain, and how many summaries have a dependent sentence, by how many articles are trained on.

use super::super::N_FOLDS;
use super::articles::Item;
use super::trials::{self, COLUMNS, N_PARTS, Trial};

/// Trainings of each size, each on other articles.
const N_SEEDS: u64 = 3;

/// Prints the figures for a sixteenth of the families and pages, an eighth and so on to all.
pub fn print(items: &[Item]) {
    let sizes = [1, 2, 4, 8, N_PARTS];
    let trial = |n_parts| Trial {
        n_parts,
        ..Trial::full(0)
    };
    let trials: Vec<Trial> = sizes
        .iter()
        .flat_map(|&n_parts| trial(n_parts).with_seeds(0..N_SEEDS).collect::<Vec<_>>())
        .collect();
    let figures = trials::run(items, &trials);
    let n_trained = items.len() as u64 * (N_FOLDS - 1) / N_FOLDS;
    println!("\n{:57} {}", "", COLUMNS[0]);
    println!(
        "{:57} {}",
        "by the share of articles and pages trained on", COLUMNS[1]
    );
    for (n_parts, figures) in sizes.iter().zip(figures.chunks(N_SEEDS as usize)) {
        let n = n_trained * n_parts / N_PARTS;
        println!(
            "  {:55} {}",
            format!("{n_parts}/{N_PARTS}, about {n}"),
            trials::cells(trials::means(figures), trials::plain)
        );
    }
}
