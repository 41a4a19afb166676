//! What each part of the choice adds: without it, the gain, and how many summaries have a dependent sentence.
//!
//! A feature is left out by making it 0 in every sentence, in training as in choosing, so no tree asks for
//! it; selection still sees it. Features that stand in for each other lose little one by one: see the
//! groups. Two trainings that differ in nothing but their random numbers differ too, so each figure is
//! the mean of several. Of differences that are nothing but such noise, about one in twenty is marked all the
//! same; and all are of the same articles, others would differ more.

use nutgraf::features::Features;

use super::articles::Item;
use super::trials::{self, COLUMNS, Figures, Trial};

/// Trainings of each kind, and of ours.
const N_SEEDS: u64 = 3;
const N_FULL_SEEDS: u64 = 9;

/// Groups of features; each feature is in one.
const GROUPS: [(&str, &[&str]); 10] = [
    (
        "position",
        &["nearness", "opens_paragraph", "closes_paragraph"],
    ),
    ("title", &["title_overlap"]),
    ("terms", &["salience", "centrality", "novelty"]),
    (
        "entities",
        &["entity_density", "entity_weight", "first_mention"],
    ),
    (
        "quotation",
        &[
            "quote_share",
            "starts_in_quotation",
            "opens_with_quote",
            "ends_in_quotation",
        ],
    ),
    ("length", &["length", "relative_length"]),
    ("article", &["n_paragraphs", "n_sentences"]),
    ("dependence", &["pronoun_nearness", "opens_with_connective"]),
    ("cues", &["has_number", "consequence"]),
    ("form", &["is_question", "is_unfinished"]),
];

/// Prints the differences to all features and our options.
pub fn print(items: &[Item]) {
    let options_penalty = Trial::full(0).redundancy_penalty;
    let mut kinds: Vec<(String, Trial)> = Vec::new();
    let without = |left_out: Vec<usize>| Trial {
        left_out,
        ..Trial::full(0)
    };
    for (at, name) in Features::NAMES.iter().enumerate() {
        kinds.push(((*name).to_owned(), without(vec![at])));
    }
    for (group, names) in GROUPS {
        // What a single one adds is known.
        if names.len() > 1 {
            let is_in = |at: &usize| names.contains(&Features::NAMES[*at]);
            let left_out = (0..Features::NAMES.len()).filter(is_in).collect();
            kinds.push((format!("{group} ({})", names.len()), without(left_out)));
        }
    }
    let trial = Trial {
        weighs_dependence: false,
        ..Trial::full(0)
    };
    kinds.push(("dependence not weighed".to_owned(), trial));
    for times in [0.0, 0.5, 2.0] {
        let redundancy_penalty = times * options_penalty;
        let trial = Trial {
            redundancy_penalty,
            ..Trial::full(0)
        };
        kinds.push((format!("redundancy penalty {redundancy_penalty:.3}"), trial));
    }

    let mut all: Vec<Trial> = Trial::full(0).with_seeds(0..N_FULL_SEEDS).collect();
    all.extend(
        kinds
            .iter()
            .flat_map(|(_, trial)| trial.with_seeds(0..N_SEEDS)),
    );
    let figures = trials::run(items, &all);
    let (full, others) = figures.split_at(N_FULL_SEEDS as usize);
    let (means, deviations) = (trials::means(full), trials::deviations(full));
    // Twice the standard error of a difference of two means.
    let n = |seeds: u64| 1.0 / seeds as f64;
    let noise = deviations.map(|deviation| 2.0 * deviation * (n(N_SEEDS) + n(N_FULL_SEEDS)).sqrt());

    println!("\n{:57} {}", "", COLUMNS[0]);
    println!(
        "{:57} {}",
        "a fold of articles and pages left out of training", COLUMNS[1]
    );
    for (name, figures) in [
        (format!("ours, mean of {N_FULL_SEEDS} seeds"), means),
        ("standard deviation of one seed".to_owned(), deviations),
        (
            format!("noise: 2 standard errors of what follows, {N_SEEDS} seeds"),
            noise,
        ),
    ] {
        println!("{name:57} {}", trials::cells(figures, trials::plain));
    }
    println!(
        "without the feature or group (with how many), or with another option: difference, * beyond noise"
    );
    for ((name, _), figures) in kinds.iter().zip(others.chunks(N_SEEDS as usize)) {
        println!("  {name:55} {}", differences(figures, means, noise));
    }
}

fn differences(figures: &[Figures], means: Figures, noise: Figures) -> String {
    trials::cells(trials::means(figures), |column, figure| {
        let difference = figure - means[column];
        let mark = if difference.abs() > noise[column] {
            '*'
        } else {
            ' '
        };
        format!("{difference:+7.2}{mark} ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let mut names = Features::NAMES.to_vec();
        grouped.sort_unstable();
        names.sort_unstable();
        assert_eq!(grouped, names);
    }
}
