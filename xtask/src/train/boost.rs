//! Rows of measures with a label each → boosted trees.
//!
//! Gradient boosting with second-order leaves, after Friedman, "Greedy Function Approximation: A
//! Gradient Boosting Machine" (Annals of Statistics 29(5), 2001), for the logistic loss; the trees
//! are oblivious, see `nutgraf::trees`. Written here because the kept crates either grow free trees,
//! which take three times the bytes, or bind a library in C++. Rows and measures are sampled with a
//! fixed seed and everything is added in a fixed order: the same rows give the same trees.

use std::fmt::Write;

use nutgraf::trees::Trees;

/// What is to be learned from.
#[derive(Default)]
pub struct Rows {
    /// For each row its measures.
    pub measures: Vec<Vec<u8>>,
    /// For each row whether it is one of those to be found.
    pub labels: Vec<bool>,
    /// For each row how much it counts.
    pub weights: Vec<f64>,
}

impl Rows {
    /// Adds a row.
    pub fn push(&mut self, measures: Vec<u8>, label: bool, weight: f64) {
        self.measures.push(measures);
        self.labels.push(label);
        self.weights.push(weight);
    }

    /// All rows of several sets, in their order.
    pub fn joined<'a>(sets: impl IntoIterator<Item = &'a Rows>) -> Rows {
        let mut all = Rows::default();
        for rows in sets {
            all.measures.extend(rows.measures.iter().cloned());
            all.labels.extend(&rows.labels);
            all.weights.extend(&rows.weights);
        }
        all
    }

    /// The same with some measures 0 in every row: no tree asks for them.
    pub fn without(mut self, measures: &[usize]) -> Rows {
        for row in &mut self.measures {
            for &measure in measures {
                row[measure] = 0;
            }
        }
        self
    }
}

/// How to learn.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Number of trees.
    pub n_trees: usize,
    /// What of each tree's answers is taken.
    pub rate: f64,
    /// Added to the curvature in a leaf, so that leaves of few rows say little.
    pub damping: f64,
    /// Share of the rows that a tree is grown on.
    pub row_share: f64,
    /// Share of the measures that a tree may ask for.
    pub measure_share: f64,
    /// Questions that a tree asks.
    pub depth: usize,
    /// Units of an answer in one logit.
    pub units: i32,
}

/// A measure is asked about at no more thresholds than these; they are its quantiles.
const MAX_THRESHOLDS: usize = 48;

/// The questions of a tree, by measure and threshold, and its answers.
type Learned = (Vec<(u8, u8)>, Vec<f64>);

/// Trees that have been learned, before they are rounded.
pub struct Boosted {
    units: i32,
    depth: usize,
    bias: f64,
    trees: Vec<Learned>,
}

/// Learns trees.
pub fn boost(rows: &Rows, settings: Settings) -> Boosted {
    boost_seeded(rows, settings, 0)
}

/// The same with other random numbers, to see what they do. Seed 0 gives those of [`boost`].
pub fn boost_seeded(rows: &Rows, settings: Settings, seed: u64) -> Boosted {
    let n_rows = rows.labels.len();
    let n_measures = rows.measures.first().map_or(0, Vec::len);
    let thresholds: Vec<Vec<u8>> = (0..n_measures).map(|m| thresholds(rows, m)).collect();
    // Column by column, each value as the number of thresholds that are under it.
    let columns: Vec<Vec<u8>> = (0..n_measures)
        .map(|m| {
            let mut bins = [0_u8; 256];
            for (value, bin) in bins.iter_mut().enumerate() {
                *bin = thresholds[m]
                    .iter()
                    .filter(|&&t| value > t as usize)
                    .count() as u8;
            }
            rows.measures
                .iter()
                .map(|row| bins[row[m] as usize])
                .collect()
        })
        .collect();
    let total: f64 = rows.weights.iter().sum();
    let positive: f64 = rows
        .labels
        .iter()
        .zip(&rows.weights)
        .filter(|(label, _)| **label)
        .map(|(_, weight)| weight)
        .sum();
    let share = (positive / total).clamp(1e-6, 1.0 - 1e-6);
    let bias = (share / (1.0 - share)).ln();
    let mut scores = vec![bias; n_rows];
    // Odd, hence never 0, where xorshift stays.
    let mut random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(2 * seed + 1));
    let mut trees = Vec::with_capacity(settings.n_trees);
    for _ in 0..settings.n_trees {
        let sample: Vec<u32> = (0..n_rows as u32)
            .filter(|_| random.unit() < settings.row_share)
            .collect();
        let measures: Vec<usize> = (0..n_measures)
            .filter(|_| random.unit() < settings.measure_share)
            .collect();
        let slopes: Vec<(f64, f64)> = (0..n_rows)
            .map(|row| {
                let p = 1.0 / (1.0 + (-scores[row]).exp());
                let label = f64::from(u8::from(rows.labels[row]));
                (
                    (label - p) * rows.weights[row],
                    p * (1.0 - p) * rows.weights[row],
                )
            })
            .collect();
        let tree = grow(&columns, &thresholds, &sample, &measures, &slopes, settings);
        let Some((questions, answers)) = tree else {
            break;
        };
        for (row, score) in scores.iter_mut().enumerate() {
            let mut leaf = 0;
            for (measure, bin) in &questions {
                leaf = leaf * 2 + usize::from(columns[*measure][row] > *bin);
            }
            *score += answers[leaf];
        }
        let threshold =
            |&(measure, bin): &(usize, u8)| (measure as u8, thresholds[measure][bin as usize]);
        let questions = questions.iter().map(threshold).collect();
        trees.push((questions, answers));
    }
    Boosted {
        units: settings.units,
        depth: settings.depth,
        bias,
        trees,
    }
}

/// The thresholds of a measure: values that split its rows into about equal parts.
fn thresholds(rows: &Rows, measure: usize) -> Vec<u8> {
    let mut counts = [0_usize; 256];
    for row in &rows.measures {
        counts[row[measure] as usize] += 1;
    }
    let largest = counts.iter().rposition(|&n| n > 0).unwrap_or_default();
    let distinct: Vec<u8> = (0..largest as u8)
        .filter(|&value| counts[value as usize] > 0)
        .collect();
    if distinct.len() <= MAX_THRESHOLDS {
        return distinct;
    }
    let n_rows: usize = counts.iter().sum();
    let (mut picked, mut passed, mut next) = (Vec::new(), 0, 0.0);
    for value in distinct {
        passed += counts[value as usize];
        if passed as f64 >= next {
            picked.push(value);
            next = passed as f64 + n_rows as f64 / (MAX_THRESHOLDS + 1) as f64;
        }
    }
    // Where one value has most rows, the others share what is left of the thresholds.
    picked.truncate(255);
    picked
}

/// Questions by measure and bin, and their answers.
type Tree = (Vec<(usize, u8)>, Vec<f64>);

/// Grows one tree: at each level the question that tells most, asked in all nodes alike.
fn grow(
    columns: &[Vec<u8>],
    thresholds: &[Vec<u8>],
    sample: &[u32],
    measures: &[usize],
    slopes: &[(f64, f64)],
    settings: Settings,
) -> Option<Tree> {
    let mut leaves = vec![0_u8; sample.len()];
    let mut questions = Vec::with_capacity(settings.depth);
    for level in 0..settings.depth {
        let n_leaves = 1 << level;
        let mut best = (0.0, None);
        for &measure in measures {
            let n_bins = thresholds[measure].len() + 1;
            let mut sums = vec![(0.0, 0.0); n_leaves * n_bins];
            let column = &columns[measure];
            for (&row, &leaf) in sample.iter().zip(&leaves) {
                let (slope, curve) = slopes[row as usize];
                let sum = &mut sums[leaf as usize * n_bins + column[row as usize] as usize];
                sum.0 += slope;
                sum.1 += curve;
            }
            let mut gains = vec![0.0; n_bins.saturating_sub(1)];
            for leaf in sums.chunks(n_bins) {
                let all = leaf.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
                let mut under = (0.0, 0.0);
                for (bin, gain) in gains.iter_mut().enumerate() {
                    under = (under.0 + leaf[bin].0, under.1 + leaf[bin].1);
                    let worth =
                        |(slope, curve): (f64, f64)| slope * slope / (curve + settings.damping);
                    *gain += worth(under) + worth((all.0 - under.0, all.1 - under.1)) - worth(all);
                }
            }
            for (bin, &gain) in gains.iter().enumerate() {
                if gain > best.0 {
                    best = (gain, Some((measure, bin as u8)));
                }
            }
        }
        let (measure, bin) = best.1?;
        questions.push((measure, bin));
        for (leaf, &row) in leaves.iter_mut().zip(sample) {
            *leaf = *leaf * 2 + u8::from(columns[measure][row as usize] > bin);
        }
    }
    let mut sums = vec![(0.0, 0.0); 1 << settings.depth];
    for (&row, &leaf) in sample.iter().zip(&leaves) {
        let (slope, curve) = slopes[row as usize];
        sums[leaf as usize].0 += slope;
        sums[leaf as usize].1 += curve;
    }
    let answer = |&(slope, curve): &(f64, f64)| settings.rate * slope / (curve + settings.damping);
    Some((questions, sums.iter().map(answer).collect()))
}

/// Xorshift, after Marsaglia (Journal of Statistical Software 8(14), 2003).
pub struct Random(pub u64);

impl Random {
    /// A number from 0 to 1, that excluded.
    pub fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Boosted {
    /// The trees as they ship: whole numbers. They live as long as the program.
    pub fn trees(&self) -> Trees {
        let unit = f64::from(self.units);
        let answer = |answer: &f64| (answer * unit).round().clamp(-128.0, 127.0) as i8;
        let questions: Vec<_> = self.trees.iter().flat_map(|tree| tree.0.clone()).collect();
        let answers: Vec<_> = self
            .trees
            .iter()
            .flat_map(|tree| &tree.1)
            .map(answer)
            .collect();
        Trees {
            units: self.units,
            bias: (self.bias * unit).round() as i32,
            depth: self.depth,
            questions: questions.leak(),
            answers: answers.leak(),
        }
    }
}

/// Some values as a line of a list.
fn listed(values: &[impl std::fmt::Debug]) -> String {
    let values: Vec<_> = values.iter().map(|value| format!("{value:?},")).collect();
    format!("        {}", values.join(" "))
}

/// The source of a file that holds trees as constants, each with its name.
pub fn source(header: &str, tables: &[(&str, &Trees)], names: &[&str]) -> String {
    let mut text = format!("// Written by `cargo xtask train`; not to be edited.\n{header}//!\n");
    // Writing to a string can't fail.
    let _ = write!(
        text,
        "//! Measures are numbered in the order of their names:\n//!"
    );
    let mut width = 3;
    for (number, measure) in names.iter().enumerate() {
        let end = if number + 1 < names.len() { ',' } else { '.' };
        let word = format!(" {number} {measure}{end}");
        if width + word.len() > 98 {
            text.push_str("\n//!");
            width = 3;
        }
        width += word.len();
        text.push_str(&word);
    }
    text.push_str("\n\nuse crate::trees::Trees;\n");
    for (name, trees) in tables {
        let n_trees = trees.questions.len() / trees.depth;
        let _ = write!(
            text,
            "\n/// {n_trees} trees.\n#[rustfmt::skip]\npub const {name}: Trees = Trees {{\n    units: {},\n    bias: {},\n    depth: {},\n    \
             questions: &[\n",
            trees.units, trees.bias, trees.depth
        );
        for questions in trees.questions.chunks(trees.depth) {
            let _ = writeln!(text, "{}", listed(questions));
        }
        text.push_str("    ],\n    answers: &[\n");
        for answers in trees.answers.chunks(1 << trees.depth) {
            let _ = writeln!(text, "{}", listed(answers));
        }
        text.push_str("    ],\n};\n");
    }
    text
}
