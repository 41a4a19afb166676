//! Python programs, each in an environment of its own below `target/`, with the packages that a file names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{LONG, SHORT, install, missing};
use crate::project;

/// Makes the environment `name` if it is missing or was made from other requirements. Returns its Python.
pub fn environment(name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = folder(name);
    let python = folder.join("bin/python");
    let wanted = fs::read(requirements)
        .with_context(|| format!("{} can't be read", requirements.display()))?;
    // Written last: what is half installed has none.
    let made_from = folder.join("requirements.txt");
    if fs::read(&made_from).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let made = make(name, &folder, requirements);
    made.map_err(|error| {
        let mend = "apt-get install python3 python3-venv";
        missing(
            &format!("Python with what {} names is", requirements.display()),
            &error,
            mend,
        )
    })?;
    fs::write(&made_from, &wanted)?;
    Ok(python)
}

fn make(name: &str, folder: &Path, requirements: &Path) -> Result<()> {
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    install(
        &format!("a Python environment for {name}"),
        &mut venv,
        SHORT,
    )?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ])
    .arg(requirements);
    let what = format!(
        "Python packages for {name} (pip install -r {})",
        requirements.display()
    );
    install(&what, &mut pip, LONG)
}

/// Bytes of what is installed in an environment besides pip itself.
pub fn size(name: &str) -> Result<u64> {
    let mut total = 0;
    let mut folders = vec![folder(name).join("lib")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_pip = ["pip", "setuptools", "__pycache__"]
                .iter()
                .any(|ours| name.to_string_lossy().starts_with(ours));
            let kind = entry.metadata()?;
            if kind.is_dir() && !is_pip {
                folders.push(entry.path());
            } else if kind.is_file() {
                total += kind.len();
            }
        }
    }
    Ok(total)
}

fn folder(name: &str) -> PathBuf {
    project::root().join("target/python").join(name)
}
