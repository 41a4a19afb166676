//! Arguments → what is done with them.

mod arguments;
mod batch;
mod element;
mod input;
mod inspect;
mod single;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let done = match arguments.command {
        None => single::summarize(&arguments.summarize),
        Some(Command::Summarize(arguments)) => single::summarize(&arguments),
        Some(Command::Extract(arguments)) => single::extract(&arguments),
        Some(Command::Batch(arguments)) => batch::run(arguments),
        Some(Command::Inspect(arguments)) => inspect::run(&arguments),
        Some(Command::Completions { shell }) => {
            completions(shell);
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read our output has read enough, as `head` does.
        Err(failure) if failure.is_broken_pipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to be done if standard error is closed as well.
            let _ = writeln!(io::stderr(), "nutgraf: {}", failure.message);
            ExitCode::FAILURE
        }
    }
}

/// Prints what `--help` and `--version` ask for, or says in one line what is wrong with the arguments.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is the reader's choice.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    // What follows an empty line is usage, which `--help` says better.
    let said: Vec<&str> = text
        .lines()
        .take_while(|line| !line.is_empty())
        .map(str::trim)
        .collect();
    let line = said.join(" ");
    let line = line.strip_prefix("error: ").unwrap_or(&line);
    let _ = writeln!(io::stderr(), "nutgraf: {line}; see nutgraf --help");
    ExitCode::from(2)
}

fn completions(shell: clap_complete::Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "nutgraf", &mut script);
    // A closed pipe is the reader's choice.
    let _ = io::stdout().write_all(&script);
}

/// Why a command could not be carried out.
pub struct Failure {
    message: String,
    is_broken_pipe: bool,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure {
            message: message.into(),
            is_broken_pipe: false,
        }
    }

    /// A failure of what we write to.
    fn output(error: &io::Error) -> Failure {
        Failure {
            message: format!("standard output can't be written: {error}"),
            is_broken_pipe: error.kind() == io::ErrorKind::BrokenPipe,
        }
    }
}
