//! `cargo xtask demo`: builds all and serves the demo until Ctrl-C.

use std::process::Command;
use std::sync::mpsc;

use anyhow::{Context, Result, bail};

use crate::serve::Server;
use crate::toolchain::node::Node;
use crate::{bundle, docs, process};

/// Builds, serves on `port` (0 is any free one), and with `open` shows the front page in the reader's own browser.
pub fn run(port: u16, open: bool) -> Result<()> {
    // Before the build, for a port that is taken is told at once then.
    let server = Server::start(port)?;
    bundle::build(&Node::ensure()?)?;
    docs::build()?;
    let address = server.address();
    println!("the demo is at {address}/ (Ctrl-C stops it)");
    if open && let Err(error) = show(&address) {
        println!("{error:#}");
    }
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })?;
    stopped
        .recv()
        .context("nobody is left who could say stop")?;
    drop(server);
    println!("stopped");
    Ok(())
}

fn show(address: &str) -> Result<()> {
    let Some(opener) = ["xdg-open", "open"]
        .iter()
        .find_map(|name| process::find(name))
    else {
        bail!("no program here opens a browser; open the address yourself");
    };
    process::run(Command::new(opener).arg(address))
}
