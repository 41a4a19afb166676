//! What each part of the choice adds: the gain without it.
//!
//! A feature is left out by making it 0 in every sentence, in training as in choosing, so no tree asks for
//! it; selection still sees it. Features that stand in for each other lose little one by one: see the
//! groups. Two trainings that differ in nothing but their random numbers differ too, so each figure is
//! the mean of several.

use nutgraf::features::Features;

use super::articles::Item;
use super::trials::{self, COLUMNS, Gains, Trial};

/// Trainings of each kind, and of ours.
const N_SEEDS: u64 = 3;
const N_FULL_SEEDS: u64 = 9;

/// Groups of features, and what the names of theirs hold. The first that fits counts.
const GROUPS: [(&str, &[&str]); 9] = [
    ("title", &["title"]),
    ("quotation", &["quot", "unbalanced"]),
    ("position", &["nearness", "depth", "paragraph"]),
    ("entities", &["entity", "mention"]),
    ("terms", &["salience", "central"]),
    ("length", &["length"]),
    ("dependence", &["pronoun", "connective"]),
    ("cues", &["consequence", "number"]),
    ("form", &["question", "unfinished"]),
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
    let group_of = |name: &str| {
        let is_in = |words: &[&str]| words.iter().any(|word| name.contains(word));
        GROUPS.iter().position(|(_, words)| is_in(words))
    };
    for (group, name) in GROUPS
        .iter()
        .map(|group| group.0)
        .chain(["no group"])
        .enumerate()
    {
        let is_in = |at: &usize| group_of(Features::NAMES[*at]).unwrap_or(GROUPS.len()) == group;
        let left_out: Vec<usize> = (0..Features::NAMES.len()).filter(is_in).collect();
        if !left_out.is_empty() {
            kinds.push((format!("{name} ({})", left_out.len()), without(left_out)));
        }
    }
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
    let gains = trials::run(items, &all);
    let (full, others) = gains.split_at(N_FULL_SEEDS as usize);
    let (means, deviations) = (trials::means(full), trials::deviations(full));
    // Twice the standard error of a difference of two means.
    let n = |seeds: u64| 1.0 / seeds as f64;
    let noise = deviations.map(|deviation| 2.0 * deviation * (n(N_SEEDS) + n(N_FULL_SEEDS)).sqrt());

    println!("\ngain, a fold of articles and pages left out of training   {COLUMNS}");
    println!(
        "{}",
        line(&format!("ours, mean of {N_FULL_SEEDS} seeds"), means)
    );
    println!("{}", line("standard deviation of one seed", deviations));
    println!(
        "{}",
        line(
            &format!("noise: 2 standard errors of what follows, {N_SEEDS} seeds each"),
            noise
        )
    );
    println!(
        "without the feature or group (with how many), or with another option: difference, * beyond noise"
    );
    for ((name, _), gains) in kinds.iter().zip(others.chunks(N_SEEDS as usize)) {
        let found = trials::means(gains);
        let cells: String = (0..means.len())
            .map(|column| {
                let difference = found[column] - means[column];
                let mark = if difference.abs() > noise[column] {
                    '*'
                } else {
                    ' '
                };
                format!("{difference:+8.2}{mark}")
            })
            .collect();
        println!("  {name:55} {cells}");
    }
}

fn line(name: &str, gains: Gains) -> String {
    let cells: String = gains.iter().map(|gain| format!("{gain:8.2} ")).collect();
    format!("{name:57} {cells}")
}
