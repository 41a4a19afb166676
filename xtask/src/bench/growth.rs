//! How the time grows with the article, from 1 kB to 10 MB: linear is what is promised.

use anyhow::{Result, bail};

use super::report::{Section, short, table};
use super::stages::{FLOOR, PIPELINE, lines};

/// The largest exponent that is linear in practice.
const MOST: f64 = 1.05;

/// Times a size for a part: its bytes and nanoseconds.
type Point = (f64, f64);

/// Measures, and makes the table.
pub fn run() -> Result<Section> {
    let lines = lines("growth")?;
    // In the order of the stages; all parts have the same sizes.
    let mut parts: Vec<(String, Vec<Point>)> = Vec::new();
    for (name, n_bytes, ns) in lines {
        let point = (n_bytes as f64, ns as f64);
        match parts.iter_mut().find(|(other, _)| *other == name) {
            Some((_, points)) => points.push(point),
            None => parts.push((name, vec![point])),
        }
    }
    let Some((_, points)) = parts.iter().find(|(name, _)| name == PIPELINE) else {
        bail!("benches/growth.rs has printed nothing of {PIPELINE}");
    };
    let mut head = vec!["ns/byte".to_owned()];
    head.extend(points.iter().map(|(n_bytes, _)| in_words(*n_bytes)));
    head.push("exponent".to_owned());
    let rows: Vec<Vec<String>> = parts
        .iter()
        .map(|(name, points)| {
            let mut row = vec![name.clone()];
            row.extend(points.iter().map(|(n_bytes, ns)| short(ns / n_bytes)));
            row.push(format!("{:.2}", exponent(points)));
            row
        })
        .collect();
    let head: Vec<&str> = head.iter().map(|cell| &**cell).collect();
    let found = exponent(points);
    let body = format!(
        "Nanoseconds a byte of one article that is as long as the column says, natively, and the exponent that fits best: 1 is linear, \
         2 quadratic.\n\n{}\nThe exponent of `{PIPELINE}` is **{found:.2}** (asked: at most {MOST}, which {}). `{FLOOR}` touches no more than the text, so \
         what its exponent is off by is the machine's.\n",
        table(&head, &rows),
        if found <= MOST {
            "holds"
        } else {
            "DOES NOT HOLD"
        }
    );
    Ok(Section {
        name: "growth",
        title: "Growth",
        body,
    })
}

/// The slope of a straight line through the logarithms, by least squares.
fn exponent(points: &[Point]) -> f64 {
    let n = points.len() as f64;
    let logs = || points.iter().map(|(n_bytes, ns)| (n_bytes.ln(), ns.ln()));
    let (mean_x, mean_y) = logs().fold((0.0, 0.0), |(x, y), log| (x + log.0 / n, y + log.1 / n));
    let (mut above, mut below) = (0.0, 0.0);
    for (x, y) in logs() {
        above += (x - mean_x) * (y - mean_y);
        below += (x - mean_x) * (x - mean_x);
    }
    above / below
}

/// Bytes as one says them.
pub fn in_words(n_bytes: f64) -> String {
    match n_bytes {
        n if n >= 950_000_000.0 => format!("{:.0} GB", n / 1e9),
        n if n >= 950_000.0 => format!("{:.0} MB", n / 1e6),
        n if n >= 950.0 => format!("{:.0} kB", n / 1e3),
        n => format!("{n:.0} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_by_the_square_has_exponent_two() {
        let points: Vec<Point> = [1.0, 10.0, 100.0].map(|n| (n, 3.0 * n * n)).to_vec();
        assert!((exponent(&points) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn sizes_are_said_as_people_do() {
        assert_eq!(
            [998.0, 9_990.0, 9_999_990.0].map(in_words),
            ["1 kB", "10 kB", "10 MB"]
        );
    }
}
