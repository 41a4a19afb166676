//! `cargo xtask size`: what a page loads, against the budgets.

mod cost;
mod explain;
mod source_map;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

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
pub const IN_ALL: usize = 80_000;

/// Bytes, compressed, of the core in plain JavaScript, which a page loads instead of the wasm where wasm is not allowed.
const PLAIN: usize = 120_000;

/// Crates of the command line that must never come into the browser.
const NATIVE_ONLY: [&str; 4] = ["html5ever", "scraper", "serde_json", "clap"];

/// Prints the sizes of `dist/`. Fails if a budget is exceeded, or the wasm build holds what it must not.
pub fn check(bundle: &Bundle) -> Result<()> {
    println!("{:>9} {:>9}  what a page loads", "bytes", "gzip -9");
    let parts = parts(bundle)?;
    for part in &parts {
        print(&part.file, part.size)?;
    }
    let (before, all) = (parts[0].size, in_all(&parts));
    println!("not counted, since a page that loads one of these loads it instead:");
    let plain = of_file(&bundle.plain)?;
    print(&bundle.plain, plain)?;
    for file in [Path::new(wasm::MODULE), &bundle.single] {
        print(file, of_file(file)?)?;
    }
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

/// A file that a page can load.
pub struct Part {
    /// What it is to a reader.
    pub what: &'static str,
    pub file: PathBuf,
    /// Bytes, compressed.
    pub size: usize,
    /// Whether it is counted: of word lists and of strings a page loads one, and the largest counts.
    pub counts: bool,
}

/// What a page can load, first what it loads before intent.
pub fn parts(bundle: &Bundle) -> Result<Vec<Part>> {
    let part = |what, file: &PathBuf| {
        Ok::<Part, anyhow::Error>(Part {
            what,
            file: file.clone(),
            size: of_file(file)?,
            counts: true,
        })
    };
    let mut parts = vec![part("the button", &bundle.at_once)?];
    for file in &bundle.on_intent {
        let is_core = file == Path::new(wasm::PACKED);
        parts.push(part(if is_core { "the core" } else { "the panel" }, file)?);
    }
    for (what, files) in [
        ("the largest word list", &bundle.languages),
        ("the largest strings", &bundle.strings),
    ] {
        let files = files.iter().map(|file| part(what, file));
        let mut files: Vec<Part> = files.collect::<Result<_>>()?;
        let largest = files.iter().map(|part| part.size).max();
        let mut is_found = false;
        for part in &mut files {
            part.counts = !is_found && Some(part.size) == largest;
            is_found |= part.counts;
        }
        parts.extend(files);
    }
    Ok(parts)
}

/// Bytes, compressed, of all that one page can load.
pub fn in_all(parts: &[Part]) -> usize {
    let counted = parts.iter().filter(|part| part.counts);
    counted.map(|part| part.size).sum()
}

/// Prints one line of the table.
fn print(file: &Path, compressed: usize) -> Result<()> {
    let n_bytes = project::dist().join(file).metadata()?.len();
    println!("{n_bytes:>9} {compressed:>9}  {}", file.display());
    Ok(())
}

fn of_file(file: &Path) -> Result<usize> {
    compressed(&fs::read(project::dist().join(file))?)
}

/// Bytes of something as a server sends it.
pub fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// As [`compressed`] counts, but for the header.
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
