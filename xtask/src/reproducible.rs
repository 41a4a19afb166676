//! Whether who builds `dist/` again gets the same bytes, so that what is published can be checked against its sources.
//!
//! In: a built `dist/`. Out: a failure if a second one, built from nothing in a copy of the sources in another folder, has
//! another file or another byte. The same machine, and so the same compilers; nothing is kept but the npm packages, which are
//! only used.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::{process, project};

/// Builds anew and compares.
pub fn check() -> Result<()> {
    // Its path is longer, and in another place, so that one that is written into a file shows.
    let copy = std::env::temp_dir().join(format!("nutgraf built again {}", std::process::id()));
    let outcome = copy_sources(&copy)
        .and_then(|()| build(&copy))
        .and_then(|()| compare(&project::dist(), &copy.join("dist")));
    fs::remove_dir_all(&copy).with_context(|| format!("cannot remove {}", copy.display()))?;
    outcome
}

fn copy_sources(copy: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.current_dir(project::root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]);
    let files = process::capture(&mut git)?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let from = project::root().join(file);
        // Removed, and not yet told git.
        if !from.is_file() {
            continue;
        }
        let to = copy.join(file);
        fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
        fs::copy(&from, &to).with_context(|| format!("cannot copy {file}"))?;
    }
    let packages = project::www().join("node_modules");
    std::os::unix::fs::symlink(packages, copy.join("www/node_modules"))?;
    // Else they would seem to be older than the lock file, and be installed anew.
    let lock = fs::File::options()
        .write(true)
        .open(copy.join("www/package-lock.json"))?;
    Ok(lock.set_modified(SystemTime::UNIX_EPOCH)?)
}

fn build(copy: &Path) -> Result<()> {
    println!("building again, in {}", copy.display());
    let mut build = Command::new(std::env::current_exe()?);
    build.arg("build").env(project::ELSEWHERE, copy);
    process::run(&mut build)
}

fn compare(first: &Path, second: &Path) -> Result<()> {
    let (first, second) = (contents(first)?, contents(second)?);
    let names: Vec<_> = first.keys().chain(second.keys()).collect();
    let differ: Vec<_> = names
        .into_iter()
        .filter(|name| first.get(*name) != second.get(*name))
        .map(|name| name.display().to_string())
        .collect();
    if !differ.is_empty() {
        bail!(
            "built again, these files have other bytes: {}",
            differ.join(", ")
        );
    }
    let bytes: usize = first.values().map(Vec::len).sum();
    println!("{} files, {bytes} bytes, the same twice", first.len());
    Ok(())
}

/// All files in and below a folder, by their paths below it.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    let mut left = vec![PathBuf::new()];
    while let Some(below) = left.pop() {
        let entries = fs::read_dir(folder.join(&below))
            .with_context(|| format!("cannot read {}", folder.join(&below).display()))?;
        for entry in entries {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                left.push(path);
            } else {
                contents.insert(path, fs::read(entry.path())?);
            }
        }
    }
    Ok(contents)
}
