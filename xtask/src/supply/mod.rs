//! What we are made of: may we use it, is it what we think it is, and who may want to know.
//!
//! In: `Cargo.lock`, the lock files of npm, `deny.toml`. Out: a failure, or the lists of all that is shipped in
//! `target/sbom/`. Nothing is asked of the network but for cargo-deny itself, if it is missing.

pub mod sbom;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::toolchain::deny;
use crate::{process, project};

/// The folder of a database of advisories: a clone of RustSec's.
const DATABASE: &str = "NUTGRAF_ADVISORY_DB";

/// As cargo-deny calls the clone of RustSec's database, and looks for it where it may not fetch one.
const CLONE: &str = "advisory-db-3157b0e258782691";

/// The folders with a lock file of npm, and whether the licenses of what it names are ours to judge: the frameworks are only ever
/// tried, on the machine of whoever runs the tests.
const LOCKS: [(&str, bool); 2] = [("www", true), ("tests/packages", false)];

/// Licenses of the tools in `www`, none of which is in what we ship: see `bundle.rs`.
const LICENSES: [&str; 7] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT OR Apache-2.0",
];

/// Packages with another one: the tests ask axe-core what is wrong with the widget.
const EXCEPTIONS: [(&str, &str); 1] = [("node_modules/axe-core", "MPL-2.0")];

/// Checks all of it, and writes the lists.
pub fn check() -> Result<()> {
    check_cargo_lock()?;
    for (folder, judged) in LOCKS {
        let lock = project::root().join(folder).join("package-lock.json");
        let lock = serde_json::from_slice(&fs::read(&lock)?)
            .with_context(|| format!("cannot read {}", lock.display()))?;
        let n =
            check_npm_lock(&lock, judged).with_context(|| format!("{folder}/package-lock.json"))?;
        println!("{folder}/package-lock.json: {n} packages, each with its hash");
    }
    deny()?;
    sbom::write()
}

/// Fails if Cargo.lock is not what Cargo.toml asks for.
fn check_cargo_lock() -> Result<()> {
    let mut metadata = process::cargo();
    metadata
        .current_dir(project::root())
        .args(["metadata", "--locked", "--format-version=1"]);
    process::capture(&mut metadata)
        .context("Cargo.lock is not current; mend it with: cargo update --workspace")?;
    Ok(())
}

/// Returns how many packages a lock file of npm names. Fails if one has no hash, comes from elsewhere than a registry, or has a
/// license that we don't know. That it is what `package.json` asks for is checked by `npm ci`, with which all is installed.
fn check_npm_lock(lock: &Value, judged: bool) -> Result<usize> {
    let packages = lock["packages"]
        .as_object()
        .context("it lists no packages")?;
    let others = packages.iter().filter(|(path, _)| !path.is_empty());
    let mut n = 0;
    for (path, package) in others {
        n += 1;
        if !package["integrity"].is_string() {
            bail!("{path} has no hash");
        }
        let from = package["resolved"].as_str().unwrap_or("https:");
        if !from.starts_with("https:") {
            bail!("{path} comes from {from}, and not from a registry");
        }
        let license = package["license"].as_str().unwrap_or("none");
        if judged && !LICENSES.contains(&license) && !EXCEPTIONS.contains(&(path, license)) {
            bail!("{path} has the license {license}, which xtask/src/supply/mod.rs does not know");
        }
    }
    Ok(n)
}

fn deny() -> Result<()> {
    let program = deny::ensure()?;
    let run = |config: &Path, checks: &[&str]| {
        let mut deny = Command::new(&program);
        deny.current_dir(project::root())
            .args(["--workspace", "--locked", "--offline", "--config"])
            .arg(config)
            // Which of our crates brings two versions of another is long to tell: `cargo deny check bans` does.
            .args(["check", "--hide-inclusion-graph"])
            .args(checks);
        process::run(&mut deny)
    };
    let config = project::root().join("deny.toml");
    run(&config, &["licenses", "bans", "sources"])?;
    let Some(database) = std::env::var_os(DATABASE) else {
        println!("advisories: passed over, since {DATABASE} names no database of them");
        return Ok(());
    };
    run(
        &with_database(&config, Path::new(&database))?,
        &["advisories"],
    )
}

/// Returns a copy of `deny.toml` that has a database where cargo-deny looks for it.
fn with_database(config: &Path, database: &Path) -> Result<PathBuf> {
    if !database.join(".git").exists() {
        bail!(
            "{DATABASE} names {}, which is no clone of https://github.com/RustSec/advisory-db",
            database.display()
        );
    }
    let folder = project::scratch().join("advisories");
    fs::create_dir_all(&folder)?;
    let clone = folder.join(CLONE);
    if clone.is_symlink() {
        fs::remove_file(&clone)?;
    }
    std::os::unix::fs::symlink(database.canonicalize()?, &clone)?;
    // Its last section is that of the advisories.
    let text = format!(
        "{}\ndb-path = {:?}\n",
        fs::read_to_string(config)?,
        folder.display().to_string()
    );
    let copy = folder.join("deny.toml");
    fs::write(&copy, text)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lock(package: Value) -> Value {
        json!({ "packages": { "": {}, "node_modules/a": package } })
    }

    #[test]
    fn a_package_of_npm_has_a_hash_a_registry_and_a_license_that_we_know() {
        let good = json!({ "integrity": "sha512-x", "license": "MIT" });
        assert_eq!(check_npm_lock(&lock(good.clone()), true).ok(), Some(1));
        for (key, value) in [
            ("integrity", Value::Null),
            ("resolved", json!("git+ssh://git@example.org/a.git")),
            ("license", json!("GPL-3.0-only")),
        ] {
            let mut bad = good.clone();
            bad[key] = value;
            assert!(check_npm_lock(&lock(bad), true).is_err(), "{key}");
        }
    }
}
