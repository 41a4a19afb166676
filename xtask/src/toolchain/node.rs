//! Node and the tools in `www/node_modules`, of the versions in `www/package-lock.json`; the frameworks that the npm package is
//! tried in.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::{LONG, install, missing};
use crate::{process, project};

/// Node itself can't be installed in a way that suits every machine.
const OLDEST_NODE: u32 = 20;

/// Node with its tools installed.
pub struct Node(());

impl Node {
    /// Looks for Node; installs the tools if they are missing or older than the lock file.
    pub fn ensure() -> Result<Self> {
        check_node()?;
        install_packages("www")?;
        Ok(Self(()))
    }

    /// Installs the frameworks, 0.6 GB of them, if they are missing or older than their lock file. Returns where they are.
    pub fn frameworks(&self) -> Result<PathBuf> {
        self.packages("tests/packages")
    }

    /// Installs what the lock file of a folder names, if that is missing or older. Returns the folder.
    pub fn packages(&self, folder: &str) -> Result<PathBuf> {
        install_packages(folder)
    }

    /// Returns a command that runs a tool: a script given by its path below `www/node_modules`.
    pub fn tool(&self, script: &str) -> Command {
        let mut command = self.command();
        command.arg(Path::new("www/node_modules").join(script));
        command
    }

    /// Returns plain `node`, in the folder of the workspace.
    pub fn command(&self) -> Command {
        let mut command = Command::new("node");
        command.current_dir(project::root());
        command
    }
}

/// Installs what the lock file of a folder names, if that has not been done. Returns the folder.
fn install_packages(folder: &str) -> Result<PathBuf> {
    let path = project::root().join(folder);
    // npm writes its own copy of the lock file last: what is half installed has none.
    if !is_newer(
        &path.join("node_modules/.package-lock.json"),
        &path.join("package-lock.json"),
    ) {
        // No tool of ours needs an install script.
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let mut npm = Command::new("npm");
        npm.current_dir(&path).args(arguments);
        let what = format!("npm packages for {folder} (npm ci)");
        install(&what, &mut npm, LONG).map_err(|error| {
            let mend = format!("npm ci --prefix {folder} --ignore-scripts");
            missing("the npm packages are", &error, &mend)
        })?;
    }
    Ok(path)
}

fn check_node() -> Result<()> {
    let mend = format!("install Node {OLDEST_NODE} or newer with npm: https://nodejs.org");
    if process::find("node").is_none() || process::find("npm").is_none() {
        bail!("node or npm is missing; {mend}");
    }
    let version = process::capture(Command::new("node").arg("--version"))?;
    let version = version.trim();
    let major = version.trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()).unwrap_or(0) < OLDEST_NODE {
        bail!("node is {version}; {mend}");
    }
    Ok(())
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|data| data.modified());
    match (modified(file), modified(than)) {
        (Ok(file), Ok(than)) => file >= than,
        _ => false,
    }
}
