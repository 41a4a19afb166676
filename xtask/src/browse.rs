//! Scripts that look at the demo in a browser.
//!
//! In: a script of `xtask/` and what it is told. It gets the demo's address and Chromium's path before that.

use std::ffi::OsStr;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::serve::Server;
use crate::toolchain::browsers::Engine;
use crate::toolchain::node::Node;
use crate::{bundle, process};

/// Builds all, serves the demo, and runs the script to its end, within a limit.
pub fn run(
    script: &str,
    limit: Duration,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<()> {
    with(script, arguments, |command| {
        process::run_within(command, limit)
    })
}

/// The same, but returns what the script prints.
pub fn capture(
    script: &str,
    limit: Duration,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<String> {
    with(script, arguments, |command| {
        process::capture_within(command, limit)
    })
}

fn with<T>(
    script: &str,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    run: impl FnOnce(&mut Command) -> Result<T>,
) -> Result<T> {
    let node = Node::ensure()?;
    let chromium = Engine::Chromium.ensure()?;
    bundle::build(&node)?;
    let server = Server::start(0)?;
    let mut command = node.command();
    command
        .args([script, &server.address()])
        .arg(chromium)
        .args(arguments);
    run(&mut command)
}
