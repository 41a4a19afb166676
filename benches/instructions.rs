//! Runs one part of the pipeline so many times and nothing else, for a counter of instructions to watch:
//!
//! ```sh
//! valgrind --tool=callgrind target/release/deps/instructions-… STAGE TIMES
//! ```
//!
//! `cargo xtask bench` does so, twice for each part: the difference is what the part takes, whatever
//! the machine is doing besides.

mod article;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let stage = arguments.next();
    let times = arguments
        .next()
        .and_then(|times| times.parse::<usize>().ok());
    let (Some(stage), Some(times)) = (stage, times) else {
        eprintln!("usage: instructions STAGE TIMES");
        return ExitCode::from(2);
    };
    let text = article::text(article::N_BYTES);
    let mut is_known = false;
    article::each(&text, |name, run| {
        if name == stage {
            is_known = true;
            (0..times).for_each(|_| run());
        }
    });
    if !is_known {
        eprintln!("no stage is called {stage}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}
