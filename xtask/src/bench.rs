//! `cargo xtask bench`: how long a summary takes in the browser, on the demo pages.
//!
//! The pages are opened in Chromium by `bench.mjs`, which says what is timed. Figures of a shared machine are rough:
//! compare two runs before believing one.

use std::time::Duration;

use anyhow::Result;

use crate::serve::Server;
use crate::toolchain::chromium;
use crate::toolchain::node::Node;
use crate::{bundle, process, project};

/// A dozen pages, 25 summaries each.
const LIMIT: Duration = Duration::from_secs(300);

/// Builds all and prints the table.
pub fn run() -> Result<()> {
    let node = Node::ensure()?;
    let chromium = chromium::ensure()?;
    bundle::build(&node)?;
    let server = Server::start(0)?;
    let mut script = node.command();
    script
        .arg("xtask/bench.mjs")
        .arg(server.address())
        .arg(chromium)
        .args(project::files("www/demo", ".html")?);
    process::run_within(&mut script, LIMIT)
}
