//! What the commands need on the machine: each thing is looked for first, which is cheap, and installed only if it is missing.
//!
//! Every attempt ends: where a server can't be reached, a download may hang for minutes instead of failing.

pub mod browsers;
pub mod deny;
pub mod node;
pub mod python;
pub mod wasm;

use std::process::Command;
use std::time::Duration;

use anyhow::{Error, Result, anyhow, bail};

use crate::{process, project};

/// For a download of a few dozen megabytes.
const SHORT: Duration = Duration::from_secs(120);
/// For the packages of a distribution, unpacked and configured.
const LONG: Duration = Duration::from_secs(600);

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
