//! `cargo xtask mutants`: the code of some stages is changed, one place at a time, to see whether a test
//! notices. Which files, and how they are compiled, says `.cargo/mutants.toml`; what came of it, and
//! which changes no test needs to notice, docs/TESTING.md.
//!
//! First asked are the tests of the stages themselves, which takes a second or two a mutant; what they
//! let pass, all tests that know of sentences and choices are asked.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{project, toolchain};

/// The command of crates.io that makes the mutants, kept below `target/`.
const CARGO_MUTANTS: &str = "27.1.0";

/// Asked first, without the command and its HTML parser.
const QUICK: [&str; 2] = ["--no-default-features", "--cargo-arg=--test=mutants"];
/// Asked of those that are left.
const THOROUGH: [&str; 6] = [
    "--iterate",
    // Those that hang are asked again; ten times what these tests take, or they would take an hour.
    "--timeout=180",
    "--cargo-arg=--test=mutants",
    "--cargo-arg=--test=summary",
    "--cargo-arg=--test=pages",
    "--cargo-arg=--test=properties",
];

/// Kilobytes of memory that a program may take, the compiler included. A mutant that never ends may gather
/// all the while: one took 24 GB of a machine that others worked on.
const MAX_MEMORY: &str = "6000000";

/// Makes the mutants and prints what has become of them.
pub fn run() -> Result<()> {
    let cargo_mutants = toolchain::cargo_tool("cargo-mutants", CARGO_MUTANTS)?;
    let folder = project::scratch().join("mutants");
    let mut undone = Vec::new();
    for arguments in [&QUICK[..], &THOROUGH] {
        // The limit goes to whatever is started from here on.
        let mut mutants = Command::new("sh");
        mutants
            .current_dir(project::root())
            .args(["-c", "ulimit -v $0 && exec \"$@\"", MAX_MEMORY])
            .arg(&cargo_mutants)
            .args(["mutants", "--cap-lints=true", "--minimum-test-timeout=20"])
            .arg("--output")
            .arg(&folder)
            .args(arguments)
            .env_remove("CARGO");
        // It fails where a mutant is missed, which is what we want to be told of at the end.
        let status = mutants.status().context("cargo-mutants can't be started")?;
        let lists = Lists::read(folder.join("mutants.out"))
            .with_context(|| format!("cargo-mutants told nothing ({status})"))?;
        println!(
            "{} caught, {} hang, {} do not compile, {} pass",
            lists.caught.len(),
            lists.hang.len(),
            lists.unviable.len(),
            lists.missed.len()
        );
        undone = lists.missed;
    }
    println!("\nNo test notices:");
    for mutant in undone {
        println!("{mutant}");
    }
    Ok(())
}

/// What has become of the mutants.
struct Lists {
    caught: Vec<String>,
    hang: Vec<String>,
    unviable: Vec<String>,
    missed: Vec<String>,
}

impl Lists {
    fn read(folder: PathBuf) -> Result<Lists> {
        let list = |name: &str| -> Result<Vec<String>> {
            let text = fs::read_to_string(folder.join(name))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        Ok(Lists {
            caught: list("caught.txt")?,
            hang: list("timeout.txt")?,
            unviable: list("unviable.txt")?,
            missed: list("missed.txt")?,
        })
    }
}
