//! Node and the tools in `www/node_modules`, of the versions in `www/package-lock.json`.

use std::path::Path;
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
        let www = project::www();
        // npm writes its own copy of the lock file last: what is half installed has none.
        if !is_newer(
            &www.join("node_modules/.package-lock.json"),
            &www.join("package-lock.json"),
        ) {
            // No tool of ours needs an install script.
            let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
            let mut npm = Command::new("npm");
            npm.current_dir(&www).args(arguments);
            install("npm packages for www (npm ci)", &mut npm, LONG).map_err(|error| {
                missing(
                    "the npm packages are",
                    &error,
                    "npm ci --prefix www --ignore-scripts",
                )
            })?;
        }
        Ok(Self(()))
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
