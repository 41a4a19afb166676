//! The commands of this project. Each installs what it needs, says what it is doing, and fails with one plain line.

mod api;
mod bench;
mod browse;
mod bundle;
mod corpus;
mod demo;
mod docs;
mod evaluate;
mod extension;
mod fuzz;
mod glue;
mod integrity;
mod mutants;
mod pack;
mod plain;
mod process;
mod project;
mod reproducible;
#[cfg(test)]
mod requirements;
mod screenshots;
mod script;
mod serve;
mod size;
mod supply;
mod test;
mod toolchain;
mod train;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::toolchain::node::Node;

/// The commands of this project. Each installs what it needs and says what it is doing.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Build all, serve the demo on this machine, and print its address
    Demo {
        /// Port to listen on; 0 is any that is free
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Show the front page in your browser
        #[arg(long)]
        open: bool,
    },
    /// Build the wasm module and the npm package (dist/)
    Build,
    /// Check and test everything, step by step
    Test {
        /// Take only this step; may be given several times
        #[arg(long, value_name = "STEP")]
        only: Vec<test::Step>,
        /// List the steps instead
        #[arg(long)]
        list: bool,
    },
    /// Write the documentation as a site of static files (target/site)
    Docs,
    /// Print what a page loads, against the budgets
    Size {
        /// Print of which stage, crate and file the bytes are, too
        #[arg(long)]
        explain: bool,
    },
    /// Check what the Rust crate exports against what it has promised (tests/public-api.txt)
    Api {
        /// Write it anew instead
        #[arg(long)]
        write: bool,
    },
    /// Write lists of all crates in what is shipped, as CycloneDX (target/sbom)
    Sbom,
    /// Time what we do, beside others, natively and in Chromium
    Bench(bench::Arguments),
    /// Train what is learned from corpora and write the tables of numbers in src/
    Train {
        /// What to train; all, if not said
        #[arg(value_enum)]
        subject: Option<train::Subject>,
        /// Folder of the corpora; else NUTGRAF_CORPUS
        #[arg(long, value_name = "DIR")]
        corpus: Option<PathBuf>,
        /// Write nothing; fail if the weights would differ
        #[arg(long)]
        check: bool,
    },
    /// Measure what the stages are worth
    Evaluate {
        /// What to measure
        #[arg(value_enum)]
        subject: evaluate::Subject,
        /// Folder of the corpora; else NUTGRAF_CORPUS
        #[arg(long, value_name = "DIR")]
        corpus: Option<PathBuf>,
        /// File for the predictions on summaries or extraction, as the scoring tools read them
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Read the pages for extraction as Chromium shows them
        #[arg(long)]
        live: bool,
        /// How many articles to print on which summaries lose most
        #[arg(long, value_name = "N", default_value_t = 10)]
        worst: usize,
    },
    /// Feed every entry of the crate with bytes that nobody would write, and see that nothing gives way
    Fuzz {
        /// How long, all in all
        #[arg(long, value_name = "N", default_value_t = 10)]
        minutes: u64,
        /// Take only this target; may be given several times
        #[arg(long, value_name = "T")]
        target: Vec<fuzz::Target>,
        /// Look for misuse of memory as well, in what we depend on; needs a nightly toolchain
        #[arg(long)]
        address: bool,
    },
    /// Change the code of some stages, one place at a time, and see whether a test notices
    Mutants,
    /// Build the browser extension, for Chromium and Firefox (target/extension/)
    Extension {
        /// Render its icons anew instead
        #[arg(long)]
        icons: bool,
    },
    /// Take pictures of the demo pages with the widget open, and of the widget in all its states
    Screenshots {
        /// Folder for the pictures
        #[arg(long, value_name = "DIR", default_value = "target/screenshots")]
        out: PathBuf,
        /// Take only the picture of the README (docs/widget.png)
        #[arg(long)]
        readme: bool,
        /// Take only the pictures of the documentation (docs/images)
        #[arg(long, conflicts_with = "readme")]
        docs: bool,
    },
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Demo { port, open } => demo::run(port, open)?,
        Command::Build => bundle::build(&Node::ensure()?).map(drop)?,
        Command::Test { list: true, .. } => test::list(),
        Command::Test { only, .. } if !test::run(&only) => return Ok(ExitCode::FAILURE),
        Command::Test { .. } => {}
        Command::Docs => docs::run()?,
        Command::Size { explain } => {
            let node = Node::ensure()?;
            let bundle = bundle::build(&node)?;
            if explain {
                size::explain(&node, &bundle)?;
            }
            size::check(&bundle)?;
        }
        Command::Api { write: true } => api::write()?,
        Command::Api { .. } => api::check()?,
        Command::Sbom => supply::sbom::write()?,
        Command::Bench(arguments) => bench::run(&arguments)?,
        Command::Train {
            subject,
            corpus,
            check,
        } => train::run(subject, corpus, check)?,
        Command::Evaluate {
            subject,
            corpus,
            predictions,
            live,
            worst,
        } => {
            evaluate::run(subject, corpus, predictions.as_deref(), live, worst)?;
        }
        Command::Fuzz {
            minutes,
            target,
            address,
        } => {
            if !fuzz::run(&target, minutes, address)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Mutants => mutants::run()?,
        Command::Extension { icons: true } => extension::render_icons()?,
        Command::Extension { .. } => extension::run()?,
        Command::Screenshots { readme: true, .. } => screenshots::readme()?,
        Command::Screenshots { docs: true, .. } => screenshots::docs()?,
        Command::Screenshots { out, .. } => screenshots::all(&out)?,
    }
    Ok(ExitCode::SUCCESS)
}
