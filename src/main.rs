//! The command: the core in a terminal, over files and archives.
//!
//! Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 a file
//! that can't be read and the like, 2 bad arguments.

#![forbid(unsafe_code)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
