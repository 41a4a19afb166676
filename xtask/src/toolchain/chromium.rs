//! Chromium for the browser tests and the screenshots, and fonts for the scripts of the demo pages.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::{apt_install, missing};
use crate::process;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// Returns the path of a Chromium: `CHROMIUM`, else one in `PATH`, else Debian's, newly installed.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        if !path.is_file() {
            bail!("CHROMIUM names {}, which is no file", path.display());
        }
        return Ok(path);
    }
    if find().is_none() {
        apt_install("chromium (apt-get)", &["chromium"]).map_err(|error| {
            let mend =
                "apt-get update && apt-get install chromium, as root; or let CHROMIUM name one";
            missing("chromium is", &error, mend)
        })?;
    }
    find().context("chromium was installed but is not in PATH; let CHROMIUM name it")
}

/// Installs fonts for Arabic and Japanese if there are none. Without them these pages show boxes, so they are no
/// reason to stop: a failure is told in one line.
pub fn ensure_fonts() {
    let has = |language: &str| {
        let query = format!(":lang={language}");
        let list = process::capture(Command::new("fc-list").arg(query).stderr(Stdio::null()));
        list.is_ok_and(|list| !list.trim().is_empty())
    };
    if has("ar") && has("ja") {
        return;
    }
    let packages = ["fonts-noto-core", "fonts-noto-cjk", "fontconfig"];
    if let Err(error) = apt_install("fonts (apt-get)", &packages) {
        let mend = "apt-get install fonts-noto-core fonts-noto-cjk, as root";
        println!(
            "{}",
            missing("fonts for Arabic or Japanese are", &error, mend)
        );
    }
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| process::find(name))
}
