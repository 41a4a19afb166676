//! What a page loads, as a table and a picture.

use anyhow::Result;

use super::plot::{self, Axes};
use super::report::{Section, table};
use crate::toolchain::node::Node;
use crate::{bundle, size};

/// The aim.
const AIM: usize = 64_000;

/// Builds all, and weighs it.
pub fn run() -> Result<Section> {
    let parts = size::parts(&bundle::build(&Node::ensure()?)?)?;
    let all = size::in_all(&parts);
    let mut bars: Vec<(String, f64)> = Vec::new();
    for part in parts.iter().filter(|part| part.counts) {
        match bars.iter_mut().find(|(other, _)| other == part.what) {
            Some((_, sum)) => *sum += part.size as f64,
            None => bars.push((part.what.to_owned(), part.size as f64)),
        }
    }
    bars.push(("all that a page can load".to_owned(), all as f64));
    let rows = bars
        .iter()
        .map(|(what, size)| vec![what.clone(), format!("{size:.0}")]);
    let mut body = table(&["bytes, gzip -9", ""], &rows.collect::<Vec<_>>());
    let kb = |size: &f64| format!("{:.1} kB", size / 1e3);
    plot::bars(
        "bench-size.svg",
        &Axes {
            title: "What a page loads, compressed",
            x: "",
            y: "",
            x_words: &kb,
            y_words: &kb,
        },
        &bars,
        &[
            ("aim 64 kB", AIM as f64),
            ("promise 80 kB", size::IN_ALL as f64),
        ],
    )?;
    body += "\n![What a page loads](docs/images/bench-size.svg)\n\n`cargo xtask size --explain` prints which stage, crate and file the bytes are of.\n";
    Ok(Section {
        name: "size",
        title: "Size",
        body,
    })
}
