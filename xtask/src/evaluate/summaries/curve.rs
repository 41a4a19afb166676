//! The gain by how many articles are trained on.

use super::super::N_FOLDS;
use super::articles::Item;
use super::trials::{self, COLUMNS, N_PARTS, Trial};

/// Trainings of each size, each on other articles.
const N_SEEDS: u64 = 3;

/// Prints the mean gains for a sixteenth of the families and pages, an eighth and so on to all.
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
    let gains = trials::run(items, &trials);
    let n_trained = items.len() as u64 * (N_FOLDS - 1) / N_FOLDS;
    println!("\ngain by the share of articles and pages trained on         {COLUMNS}");
    for (n_parts, gains) in sizes.iter().zip(gains.chunks(N_SEEDS as usize)) {
        let cells: String = trials::means(gains)
            .iter()
            .map(|gain| format!("{gain:8.2} "))
            .collect();
        println!(
            "  {:55} {cells}",
            format!(
                "{n_parts}/{N_PARTS}, about {}",
                n_trained * n_parts / N_PARTS
            )
        );
    }
}
