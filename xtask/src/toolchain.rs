//! What the commands need on the machine: each thing is looked for first, which is cheap, and installed only if it is missing.
//!
//! Every attempt ends: where a server can't be reached, a download may hang for minutes instead of failing.

pub mod browsers;
pub mod deny;
pub mod node;
pub mod python;
pub mod spark;
pub mod wasm;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Error, Result, anyhow, bail};

use crate::{process, project};

/// For a download of a few dozen megabytes.
const SHORT: Duration = Duration::from_secs(120);
/// For the packages of a distribution, unpacked and configured.
const LONG: Duration = Duration::from_secs(600);

/// For a command with all that it depends on, compiled on a machine that does other things as well.
const TOOL: Duration = Duration::from_secs(1800);

/// Runs an installer. Says so in one line; what the installer prints goes to a log.
fn install(what: &str, command: &mut Command, limit: Duration) -> Result<()> {
    println!("installing {what}");
    let program = command.get_program().to_string_lossy();
    let log = project::scratch().join(format!("{program}.log"));
    process::run_logged(command, limit, &log)
}

/// The one line for what is missing and could not be installed: what it is, why, and the command that mends it.
fn missing(what: &str, why: &Error, command: &str) -> Error {
    anyhow!("{what} missing ({why:#}); mend it with: {command}")
}

/// Installs packages of Debian and its kin, which only root may do.
fn apt_install(what: &str, packages: &[&str]) -> Result<()> {
    if process::find("apt-get").is_none() {
        bail!("there is no apt-get here");
    }
    if process::capture(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("apt-get needs root");
    }
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args([
            "-q",
            "-y",
            "-o",
            "Acquire::http::Timeout=30",
            "-o",
            "DPkg::Lock::Timeout=60",
        ]);
        command
    };
    install(
        "the lists of packages (apt-get update)",
        apt_get().arg("update"),
        SHORT,
    )?;
    let install_these = ["install", "--no-install-recommends"];
    install(what, apt_get().args(install_these).args(packages), LONG)
}

/// A command of crates.io, of one version, compiled once and kept in `target/xtask/tools/`. Returns where
/// it is.
pub fn cargo_tool(name: &str, version: &str) -> Result<PathBuf> {
    let folder = project::scratch()
        .join("tools")
        .join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        let mut cargo = process::cargo();
        cargo
            .args(["install", name, "--version", version, "--locked", "--root"])
            .arg(&folder)
            .env("CARGO_TARGET_DIR", project::scratch().join("tools/build"));
        install(
            &format!("{name} {version} (cargo install)"),
            &mut cargo,
            TOOL,
        )
        .map_err(|error| {
            missing(
                &format!("{name} is"),
                &error,
                &format!("cargo install {name}"),
            )
        })?;
    }
    Ok(program)
}

/// Installs a toolchain of rustup, if it is missing.
pub fn ensure_toolchain(name: &str) -> Result<()> {
    let installed = process::capture(Command::new("rustup").args(["toolchain", "list"]))?;
    if installed.lines().any(|line| line.starts_with(name)) {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["toolchain", "install", name, "--profile=minimal"]);
    install(&format!("Rust {name} (rustup)"), &mut rustup, LONG).map_err(|error| {
        let mend = format!("rustup toolchain install {name}");
        missing(&format!("Rust {name} is"), &error, &mend)
    })
}
