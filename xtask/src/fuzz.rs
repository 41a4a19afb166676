//! `cargo xtask fuzz`: bytes that nobody would write, for as long as you like. What is fuzzed stands in
//! `fuzz/`, what must hold of it in `tests/invariants/`.
//!
//! In: minutes and targets. Out: the runs of each target in turns, what code they reached, and every
//! crash, hang and input that costs more than it should, with how to see it again. What was found
//! interesting stays in `target/fuzz/corpus/`, and the next run begins with it.

mod seeds;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{process, project, toolchain};

/// A way into the crate.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Target {
    /// Bytes of HTML, character encoding and all
    Html,
    /// Plain text with options
    Text,
    /// The browser walk's packed page, whatever numbers are in it
    Packed,
    /// Structured pages, by all three ways
    Pages,
    /// Word lists given by JavaScript
    Lists,
    /// Lines of `nutgraf batch`
    Batch,
    /// Single stages
    Inspect,
    /// The JSON writer
    Json,
    /// Cost against length: what grows faster than its input
    Growth,
}

/// The command that runs cargo-fuzz's share, kept below `target/`.
const CARGO_FUZZ: &str = "0.13.2";

/// How the targets are compiled.
struct Way {
    /// Below `target/`.
    folder: &'static str,
    arguments: &'static [&'static str],
    flags: &'static str,
    toolchain: Option<&'static str>,
}

/// Our own code has no `unsafe`, so nothing is looked for in memory: twice as fast, and any toolchain
/// will do. Debug assertions and overflow checks are on.
const PLAIN: Way = Way {
    folder: "fuzz/plain",
    arguments: &["--sanitizer=none"],
    flags: "",
    toolchain: None,
};

/// Steps are counted; libFuzzer has a function of the same name, which counts something else.
const COUNTING: Way = Way {
    folder: "fuzz/counting",
    arguments: &["--sanitizer=none", "--features=steps", "growth"],
    flags: "-Cllvm-args=-sanitizer-coverage-trace-pc -Clink-arg=-Wl,-z,muldefs",
    toolchain: None,
};

/// For the unsafe code of what we depend on. Only nightly toolchains have it.
const ADDRESS: Way = Way {
    folder: "fuzz/address",
    arguments: &["--sanitizer=address"],
    flags: "",
    toolchain: Some("nightly"),
};

/// Shortest and longest turn of a target, in seconds. What a turn found, the next one begins with, which
/// takes a while.
const TURN: (u64, u64) = (10, 600);

/// A run that takes longer is a hang: most take milliseconds, but machines may be busy.
const MAX_SECONDS: u32 = 60;
/// Megabytes that a target may take.
const MAX_MEMORY: u32 = 2048;
/// Bytes of the longest input. Longer ones are read slowly and hold nothing new; `growth` makes its own.
const MAX_BYTES: u32 = 32 << 10;

/// Whether the targets still compile, for `cargo xtask test`.
pub fn check() -> Result<()> {
    let mut clippy = process::cargo();
    clippy
        .current_dir(project::root())
        .args([
            "clippy",
            "--manifest-path=fuzz/Cargo.toml",
            "--features=steps",
        ])
        .args(["--target-dir=target/fuzz/check", "--", "-D", "warnings"])
        // Nothing is linked, so libFuzzer itself need not be compiled.
        .env("CUSTOM_LIBFUZZER_PATH", "none/libfuzzer.a");
    process::run(&mut clippy)
}

/// Runs the given targets, or all, for so many minutes. Returns whether nothing was found.
pub fn run(targets: &[Target], minutes: u64, address: bool) -> Result<bool> {
    let targets: Vec<Target> = Target::value_variants()
        .iter()
        .copied()
        .filter(|target| targets.is_empty() || targets.contains(target))
        // Under another sanitizer steps cost something else.
        .filter(|target| !address || *target != Target::Growth)
        .collect();
    let plain = if address { &ADDRESS } else { &PLAIN };
    if targets.iter().any(|target| *target != Target::Growth) {
        build(plain)?;
    }
    if targets.contains(&Target::Growth) {
        build(&COUNTING)?;
    }
    seeds::write(&folder("seeds"))?;

    let mut runs: Vec<Run> = targets
        .into_iter()
        .map(|target| Run::new(target, plain))
        .collect();
    let n_runs = runs.len().max(1) as u64;
    let (start, all) = (Instant::now(), Duration::from_secs(minutes * 60));
    let turn = (all.as_secs() / n_runs).clamp(TURN.0, TURN.1);
    while start.elapsed() < all {
        for run in &mut runs {
            let left = all.saturating_sub(start.elapsed()).as_secs();
            if left > 0 {
                run.turn(turn.min(left))?;
            }
        }
    }
    let mut found = Vec::new();
    println!(
        "\n{:<8} {:>11} {:>8} {:>9} {:>8} {:>7} {:>6}",
        "target", "runs", "seconds", "processor", "places", "inputs", "found"
    );
    for run in &runs {
        println!(
            "{:<8} {:>11} {:>8} {:>9.0} {:>8} {:>7} {:>6}",
            name(run.target),
            run.n_runs,
            run.seconds,
            run.processor,
            run.n_places,
            run.n_inputs,
            run.found.len()
        );
        found.extend(&run.found);
    }
    let n_runs: u64 = runs.iter().map(|run| run.n_runs).sum();
    let seconds: u64 = runs.iter().map(|run| run.seconds).sum();
    let processor: f64 = runs.iter().map(|run| run.processor).sum();
    println!(
        "{n_runs} runs in {seconds} s, of which they had a processor for {processor:.0} s; places are edges \
         of the program that were reached"
    );
    for found in &found {
        println!("\n{found}");
    }
    Ok(found.is_empty())
}

/// What has become of a target.
struct Run {
    target: Target,
    program: PathBuf,
    n_runs: u64,
    seconds: u64,
    /// Seconds of a processor that it had of these.
    processor: f64,
    n_places: u64,
    n_inputs: u64,
    found: Vec<String>,
}

impl Run {
    fn new(target: Target, plain: &Way) -> Run {
        let way = if target == Target::Growth {
            &COUNTING
        } else {
            plain
        };
        Run {
            target,
            program: program(way, target),
            n_runs: 0,
            seconds: 0,
            processor: 0.0,
            n_places: 0,
            n_inputs: 0,
            found: Vec::new(),
        }
    }

    /// Lets the target run for some seconds.
    fn turn(&mut self, seconds: u64) -> Result<()> {
        let name = name(self.target);
        let (corpus, found) = (folder("corpus").join(&name), folder("found").join(&name));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&found)?;
        let dictionary = match self.target {
            Target::Html | Target::Pages | Target::Batch => "html",
            _ => "text",
        };
        let dictionary = project::root().join(format!("fuzz/dictionaries/{dictionary}.dict"));
        let mut program = Command::new(&self.program);
        program
            .args([&corpus, &folder("seeds").join(&name)])
            .arg(format!("-dict={}", dictionary.display()))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-timeout={MAX_SECONDS}"))
            .arg(format!("-rss_limit_mb={MAX_MEMORY}"))
            .arg(format!("-max_len={MAX_BYTES}"))
            .args([
                "-print_final_stats=1",
                "-detect_leaks=0",
                "-report_slow_units=120",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let start = Instant::now();
        let mut child = program
            .spawn()
            .with_context(|| format!("{} can't be started", self.program.display()))?;
        let output = child.stderr.take().context("libFuzzer writes to stderr")?;
        let (mut last, mut said) = (String::new(), Vec::new());
        let (mut n_runs, mut processor) = (0, 0.0);
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            processor = processor_seconds(child.id()).unwrap_or(processor);
            if let Some(n) = line.strip_prefix("stat::number_of_executed_units:") {
                n_runs = n.trim().parse().unwrap_or(0);
            } else if line.starts_with('#') && line.contains(" cov: ") {
                last = line;
            } else if tells(&line) {
                said.push(line);
            }
        }
        let status = child.wait()?;
        self.n_runs += n_runs;
        self.seconds += start.elapsed().as_secs();
        self.processor += processor;
        self.n_places = number_after(&last, "cov: ").unwrap_or(self.n_places);
        self.n_inputs = number_after(&last, "corp: ").unwrap_or(self.n_inputs);
        println!(
            "{name:<8} {n_runs:>9} runs, {} places, {} inputs",
            self.n_places, self.n_inputs
        );
        if !status.success() {
            let artifact = said
                .iter()
                .find_map(|line| line.split("Test unit written to ").nth(1));
            let again = match artifact {
                Some(input) => format!("see it again: {} {input}", self.program.display()),
                None => format!(
                    "no input was kept; {} ended with {status}",
                    self.program.display()
                ),
            };
            let found = format!("{name}: {}\n{again}", said.join("\n"));
            println!("{found}");
            self.found.push(found);
        }
        Ok(())
    }
}

/// How long a process has had a processor, in seconds, as Linux tells it.
fn processor_seconds(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // After the name, which may hold blanks; hundredths of a second in the program and in the kernel.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut hundredths = || fields.next()?.parse::<f64>().ok();
    Some((hundredths()? + hundredths()?) / 100.0)
}

/// Whether a line of libFuzzer says what went wrong.
fn tells(line: &str) -> bool {
    let signs = [
        "panicked at",
        "==ERROR",
        "ERROR: ",
        "SUMMARY",
        "Test unit written to",
        "assertion",
        "left:",
        "right:",
    ];
    signs.iter().any(|sign| line.contains(sign))
        || line.starts_with("thread '")
        || line.contains("grows faster")
}

/// The number after a label: `corp: 109/861b` has 109.
fn number_after(line: &str, label: &str) -> Option<u64> {
    let rest = line.split(label).nth(1)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn build(way: &Way) -> Result<()> {
    let cargo_fuzz = toolchain::cargo_tool("cargo-fuzz", CARGO_FUZZ)?;
    if let Some(toolchain) = way.toolchain {
        toolchain::ensure_toolchain(toolchain)?;
    }
    println!("building the targets in target/{}", way.folder);
    let mut build = Command::new(cargo_fuzz);
    build
        .current_dir(project::root())
        .args(["fuzz", "build", "--fuzz-dir=fuzz"])
        .arg(format!("--target-dir={}", target_folder(way).display()))
        .args(way.arguments)
        .env("RUSTFLAGS", way.flags)
        // Cargo sets these for what it runs; cargo-fuzz is to find its own.
        .env_remove("CARGO")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    if let Some(toolchain) = way.toolchain {
        build.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    let has_compiler = ["c++", "g++", "clang++"]
        .iter()
        .any(|name| process::find(name).is_some());
    process::run(&mut build).context(if has_compiler {
        "the fuzz targets can't be built"
    } else {
        "the fuzz targets need a C++ compiler, for libFuzzer: apt-get install g++"
    })
}

fn target_folder(way: &Way) -> PathBuf {
    project::root().join("target").join(way.folder)
}

/// Where a target's program is, which cargo puts into a folder named after the host.
fn program(way: &Way, target: Target) -> PathBuf {
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    target_folder(way)
        .join(host)
        .join("release")
        .join(name(target))
}

/// A folder of ours: `seeds`, `corpus` or `found`.
fn folder(name: &str) -> PathBuf {
    project::root().join("target/fuzz").join(name)
}

fn name(target: Target) -> String {
    let value = target.to_possible_value().expect("no target is skipped");
    value.get_name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_of_the_fuzz_crate_is_run() {
        let manifest =
            fs::read_to_string(project::root().join("fuzz/Cargo.toml")).expect("it is there");
        for target in Target::value_variants() {
            let name = name(*target);
            assert!(
                manifest.contains(&format!("name = \"{name}\"")),
                "{name} is not in fuzz/Cargo.toml"
            );
        }
        assert_eq!(
            manifest.matches("[[bin]]").count(),
            Target::value_variants().len()
        );
    }

    #[test]
    fn the_figures_are_read_off_a_line_of_libfuzzer() {
        let line = "#141\tDONE   cov: 3931 ft: 9415 corp: 109/861b lim: 22 exec/s: 1 rss: 37Mb";
        assert_eq!(number_after(line, "cov: "), Some(3931));
        assert_eq!(number_after(line, "corp: "), Some(109));
        assert_eq!(number_after(line, "none: "), None);
    }
}
