//! Apache Spark, for the test of `examples/spark`: a Python of its own in `target/spark`, into which pip installs it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::{LONG, apt_install, install, missing};
use crate::{process, project};

const REQUIREMENTS: &str = "examples/spark/requirements.txt";

/// Returns the Python that has Spark. What is installed stays until the requirements change.
pub fn ensure() -> Result<PathBuf> {
    if process::find("java").is_none() {
        apt_install("Java (apt-get)", &["default-jre-headless"]).map_err(|error| {
            let mend =
                "apt-get install default-jre-headless, as root; Spark needs Java 17 or newer";
            missing("Java is", &error, mend)
        })?;
    }
    let venv = project::root().join("target/spark/venv");
    let python = venv.join("bin/python");
    let requirements = project::root().join(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements).context(REQUIREMENTS)?;
    // Written last, so that an installation that broke off is none.
    let stamp = venv.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    make_venv(&venv)?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "-r"])
        .arg(&requirements);
    let what = format!("{} (pip, 456 MB)", wanted.trim());
    install(&what, &mut pip, LONG).map_err(|error| {
        let mend = format!("{} -m pip install -r {REQUIREMENTS}", python.display());
        missing("Apache Spark is", &error, &mend)
    })?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

/// Debian has what makes such a Python in a package of its own.
fn make_venv(venv: &PathBuf) -> Result<()> {
    let make = || {
        let mut python = Command::new("python3");
        python.args(["-m", "venv"]).arg(venv);
        install("a Python for Apache Spark (venv)", &mut python, LONG)
    };
    make().or_else(|error| {
        apt_install("Python (apt-get)", &["python3", "python3-venv"])
            .and_then(|()| make())
            .map_err(|_| {
                let mend = "apt-get install python3-venv, as root";
                missing("Python 3 with venv is", &error, mend)
            })
    })
}
