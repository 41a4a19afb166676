//! `cargo xtask size`: what a page loads, against the budgets.

mod cost;
mod explain;
mod source_map;

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use crate::bundle::Bundle;
use crate::{process, project, wasm};

pub use explain::print as explain;

/// Bytes, compressed, that a page loads before the reader shows intent. The contract with publishers.
const BEFORE_INTENT: usize = 6_000;

/// Bytes, compressed, of everything that one page can load, that included: what is promised to publishers. The aim
/// is 64,000.
const IN_ALL: usize = 80_000;

/// Bytes, compressed, of the core in plain JavaScript, which a page loads instead of the wasm where wasm is not allowed.
const PLAIN: usize = 120_000;

/// Crates of the command line that must never come into the browser.
const NATIVE_ONLY: [&str; 4] = ["html5ever", "scraper", "serde_json", "clap"];

/// Prints the sizes of `dist/`. Fails if a budget is exceeded, or the wasm build holds what it must not.
pub fn check(bundle: &Bundle) -> Result<()> {
    println!("{:>9} {:>9}  what a page loads", "bytes", "gzip -9");
    let before = print(&bundle.at_once)?;
    let mut all = before;
    for file in &bundle.on_intent {
        all += print(file)?;
    }
    // Of each of these a page loads one: count the largest.
    for files in [&bundle.languages, &bundle.strings] {
        let mut largest = 0;
        for file in files {
            largest = largest.max(print(file)?);
        }
        all += largest;
    }
    println!("not counted, since a page that loads one of these loads it instead:");
    let plain = print(&bundle.plain)?;
    print(Path::new(wasm::MODULE))?;
    print(&bundle.single)?;
    println!("{:>9} {before:>9}  before intent, of {BEFORE_INTENT}", "");
    println!(
        "{:>9} {all:>9}  in all, with the largest language and strings, of {IN_ALL}",
        ""
    );

    if before > BEFORE_INTENT {
        bail!(
            "before intent a page loads {before} bytes, {} too many",
            before - BEFORE_INTENT
        );
    }
    if all > IN_ALL {
        bail!("in all a page loads {all} bytes, {} too many", all - IN_ALL);
    }
    if plain > PLAIN {
        bail!(
            "the core in plain JavaScript is {plain} bytes, {} too many",
            plain - PLAIN
        );
    }
    check_crates()
}

/// Prints one line of the table and returns the compressed size.
fn print(file: &Path) -> Result<usize> {
    let bytes = fs::read(project::dist().join(file))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    let compressed = encoder.finish()?.len();
    println!("{:>9} {compressed:>9}  {}", bytes.len(), file.display());
    Ok(compressed)
}

/// As [`print`] counts, but for the header.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn check_crates() -> Result<()> {
    let mut tree = process::cargo();
    tree.current_dir(project::root())
        .args([
            "tree",
            "--package=nutgraf",
            "--target=wasm32-unknown-unknown",
        ])
        .args(["--no-default-features", "--features=web", "--edges=normal"])
        .args(["--prefix=none", "--format={p}"]);
    let tree = process::capture(&mut tree)?;
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    if let Some(name) = names.into_iter().find(|name| NATIVE_ONLY.contains(name)) {
        bail!("the wasm build holds {name}, which is for the command line only");
    }
    Ok(())
}
