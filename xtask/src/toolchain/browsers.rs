//! The browsers of the tests, the pictures and the timings, and fonts for the scripts of the demo pages.

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::{apt_install, missing};
use crate::process;

/// What tests run in. Everything else is done in Chromium.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    Chromium,
    Firefox,
    /// As WebKitGTK has it: a driver that starts a small browser, in a window that nobody sees.
    WebKit,
}

/// How an engine is found and installed.
struct Recipe {
    /// The variable that may name the program.
    variable: &'static str,
    /// What the program may be called in `PATH`.
    programs: &'static [&'static str],
    /// What else has to be in `PATH`.
    needs: &'static [&'static str],
    /// Debian's packages.
    packages: &'static [&'static str],
}

impl Engine {
    /// Returns the path of its program: the one that its variable names, else one in `PATH`, else Debian's, newly installed.
    /// For WebKit this is the driver.
    pub fn ensure(self) -> Result<PathBuf> {
        let recipe = self.recipe();
        let named = std::env::var_os(recipe.variable).map(PathBuf::from);
        if let Some(path) = &named
            && !path.is_file()
        {
            bail!(
                "{} names {}, which is no file",
                recipe.variable,
                path.display()
            );
        }
        let find = || named.clone().or_else(|| recipe.find());
        let is_complete = || {
            recipe
                .needs
                .iter()
                .all(|name| process::find(name).is_some())
        };
        if let Some(path) = find()
            && is_complete()
        {
            return Ok(path);
        }
        let packages = recipe.packages.join(" ");
        apt_install(&format!("{self} (apt-get)"), recipe.packages).map_err(|error| {
            let mend = format!(
                "apt-get update && apt-get install {packages}, as root; or let {} name one",
                recipe.variable
            );
            missing(&format!("{self} is"), &error, &mend)
        })?;
        if !is_complete() {
            bail!(
                "{packages} were installed, but {} is not in PATH",
                recipe.needs.join(", ")
            );
        }
        find().with_context(|| {
            format!(
                "{self} was installed but is not in PATH; let {} name it",
                recipe.variable
            )
        })
    }

    fn recipe(self) -> Recipe {
        match self {
            Self::Chromium => Recipe {
                variable: "CHROMIUM",
                programs: &[
                    "chromium",
                    "chromium-browser",
                    "google-chrome-stable",
                    "google-chrome",
                ],
                needs: &[],
                packages: &["chromium"],
            },
            Self::Firefox => Recipe {
                variable: "FIREFOX",
                programs: &["firefox-esr", "firefox"],
                needs: &[],
                packages: &["firefox-esr"],
            },
            Self::WebKit => Recipe {
                variable: "WEBKIT_DRIVER",
                programs: &["WebKitWebDriver"],
                needs: &["Xvfb"],
                packages: &["webkit2gtk-driver", "xvfb"],
            },
        }
    }
}

/// As the tests know it.
impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

impl Recipe {
    fn find(&self) -> Option<PathBuf> {
        self.programs.iter().find_map(|name| process::find(name))
    }
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
