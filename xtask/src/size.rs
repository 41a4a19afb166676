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
    for file in [&bundle.languages, &bundle.strings].into_iter().flatten() {
        print(file)?;
    }
    println!("of each of these kinds a page loads one, of which the largest counts:");
    let parts = parts(bundle)?;
    for (_, file, _) in &parts {
        print(file)?;
    }
    let before = parts[0].2;
    let all: usize = parts.iter().map(|(_, _, size)| size).sum();
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

/// What a page can load in all, as what it is, the file, and bytes, compressed: first what it loads before intent. Of
/// word lists and of strings a page loads one, and the largest counts.
pub fn parts(bundle: &Bundle) -> Result<Vec<(&'static str, PathBuf, usize)>> {
    let sized = |file: &PathBuf| Ok((file.clone(), of_file(file)?));
    let mut parts = Vec::new();
    let mut add = |what, (file, size): (PathBuf, usize)| parts.push((what, file, size));
    add("the button", sized(&bundle.at_once)?);
    for file in &bundle.on_intent {
        let is_core = file == Path::new(wasm::PACKED);
        add(if is_core { "the core" } else { "the panel" }, sized(file)?);
    }
    for (what, files) in [
        ("the largest word list", &bundle.languages),
        ("the largest strings", &bundle.strings),
    ] {
        let sized = files.iter().map(sized).collect::<Result<Vec<_>>>()?;
        if let Some(largest) = sized.into_iter().max_by_key(|(_, size)| *size) {
            add(what, largest);
        }
    }
    Ok(parts)
}

/// Prints one line of the table and returns the compressed size.
fn print(file: &Path) -> Result<usize> {
    let compressed = of_file(file)?;
    let n_bytes = project::dist().join(file).metadata()?.len();
    println!("{n_bytes:>9} {compressed:>9}  {}", file.display());
    Ok(compressed)
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
