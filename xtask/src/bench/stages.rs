//! What each stage costs for an article of a thousand words: time, instructions, allocations.
//!
//! In: the benches of `benches/`, run here. Out: a row a stage, the whole, and the floor: one pass of each of
//! the iterators over words and sentences of unicode-segmentation over the same text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::report::{Section, short, table};
use crate::{process, project};

/// How the benches call the whole and the floor: see `benches/article`.
pub const PIPELINE: &str = "pipeline";
pub const FLOOR: &str = "floor";

/// The whole against the floor.
const MOST: f64 = 3.0;

/// A part is run so often under callgrind; what one run takes is the difference.
const RUNS: [u32; 2] = [1, 5];

/// Measures and makes the table.
pub fn run() -> Result<Section> {
    let times = times()?;
    let allocations = allocations()?;
    let names: Vec<&str> = times.iter().map(|(name, _, _)| &**name).collect();
    let instructions = instructions(&names)?;
    let (_, n_bytes, _) = times[0];
    let n_bytes = n_bytes as f64;
    let (_, n_sentences, _) = allocations[allocations.len() - 1];
    let n_sentences = n_sentences as f64;
    let mut rows = Vec::new();
    for (name, _, ns) in &times {
        let mut row = vec![name.clone(), short(ns / n_bytes)];
        row.push(instructions.get(name).map_or_else(
            || "not counted".to_owned(),
            |count| short(*count as f64 / n_bytes),
        ));
        let counted = allocations.iter().find(|(other, _, _)| other == name);
        let (blocks, bytes) = counted.map_or((0, 0), |&(_, blocks, bytes)| (blocks, bytes));
        row.push(short(blocks as f64 / n_sentences));
        row.push(short(bytes as f64 / n_bytes));
        rows.push(row);
    }
    let of = |name: &str| times.iter().find(|(other, _, _)| other == name);
    let (Some((_, _, whole)), Some((_, _, floor))) = (of(PIPELINE), of(FLOOR)) else {
        bail!("the benches have no part {PIPELINE} or {FLOOR}");
    };
    let ratio = whole / floor;
    let mut body = format!(
        "An article of {n_bytes:.0} bytes and {n_sentences} sentences, natively. `{PIPELINE}` is all stages, from plain text to JSON; \
         `{FLOOR}` is one pass each of unicode-segmentation's iterators over words and over sentences. Times are Criterion's medians; \
         instructions are counted by callgrind and don't depend on what else the machine does.\n\n"
    );
    let head = [
        "stage",
        "ns/byte",
        "instructions/byte",
        "allocations/sentence",
        "bytes allocated/byte",
    ];
    body += &table(&head, &rows);
    body += &format!(
        "\nThe whole takes **{ratio:.2} times the floor** in time (asked: at most {MOST:.0}, which {})",
        if ratio <= MOST {
            "holds"
        } else {
            "DOES NOT HOLD"
        }
    );
    if let (Some(whole), Some(floor)) = (instructions.get(PIPELINE), instructions.get(FLOOR)) {
        body += &format!(
            ", {:.2} times in instructions",
            *whole as f64 / *floor as f64
        );
    }
    body += ".\n";
    Ok(Section {
        name: "stages",
        title: "Stages",
        body,
    })
}

/// Name, number, number.
pub type Line = (String, u64, u64);

/// The lines of a bench that prints a name and two numbers a line.
pub fn lines(bench: &str) -> Result<Vec<Line>> {
    println!("running benches/{bench}.rs");
    let mut cargo = process::cargo();
    cargo
        .current_dir(project::root())
        .args(["bench", "--quiet", "--bench", bench]);
    let printed = process::capture(&mut cargo)?;
    let line = |line: &str| {
        let mut words = line.split(' ');
        let name = words.next()?.to_owned();
        Some((
            name,
            words.next()?.parse().ok()?,
            words.next()?.parse().ok()?,
        ))
    };
    Ok(printed.lines().filter_map(line).collect())
}

fn allocations() -> Result<Vec<Line>> {
    let lines = lines("allocations")?;
    if lines.is_empty() {
        bail!("benches/allocations.rs has printed nothing");
    }
    Ok(lines)
}

#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

#[derive(Deserialize)]
struct Benchmark {
    function_id: String,
    throughput: Throughput,
}

#[derive(Deserialize)]
struct Throughput {
    #[serde(rename = "Bytes")]
    bytes: u64,
}

/// The name, the bytes and the median in nanoseconds of each part, in the order in which they are run.
fn times() -> Result<Vec<(String, u64, f64)>> {
    println!("running benches/pipeline.rs");
    let folder = project::root().join("target/criterion/pipeline");
    if folder.exists() {
        // What an earlier version called otherwise would stay.
        fs::remove_dir_all(&folder)?;
    }
    let mut cargo = process::cargo();
    cargo.current_dir(project::root()).args([
        "bench", "--quiet", "--bench", "pipeline", "--", "--noplot", "--quiet",
    ]);
    process::capture(&mut cargo)?;
    let mut times = Vec::new();
    for entry in fs::read_dir(&folder).context("Criterion has written nothing")? {
        let new = entry?.path().join("new");
        if new.is_dir() {
            let benchmark: Benchmark = read(&new.join("benchmark.json"))?;
            let estimates: Estimates = read(&new.join("estimates.json"))?;
            let written = new.join("estimates.json").metadata()?.modified()?;
            times.push((
                written,
                (
                    benchmark.function_id,
                    benchmark.throughput.bytes,
                    estimates.median.point_estimate,
                ),
            ));
        }
    }
    times.sort_by_key(|(written, _)| *written);
    Ok(times.into_iter().map(|(_, time)| time).collect())
}

fn read<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<T> {
    let text = fs::read(file).with_context(|| format!("{} is missing", file.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

/// The instructions of one run of each part; of none where there is no valgrind.
fn instructions(names: &[&str]) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    if process::find("valgrind").is_none() {
        println!(
            "instructions are not counted: valgrind is missing; mend it with: apt-get install valgrind"
        );
        return Ok(counts);
    }
    println!("counting instructions");
    let program = built("instructions")?;
    for &name in names {
        let mut totals = [0; 2];
        for (total, runs) in totals.iter_mut().zip(RUNS) {
            *total = collected(&program, name, runs)?;
        }
        let count = (totals[1] - totals[0]) / u64::from(RUNS[1] - RUNS[0]);
        counts.insert(name.to_owned(), count);
    }
    Ok(counts)
}

fn collected(program: &Path, name: &str, runs: u32) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([name, &runs.to_string()])
        .output()
        .context("valgrind can't be run")?;
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = printed
        .lines()
        .find_map(|line| line.split_once("Collected :"))
        .and_then(|(_, count)| count.trim().parse().ok());
    count.with_context(|| format!("callgrind has counted nothing: {}", printed.trim()))
}

/// Where cargo puts a bench.
fn built(bench: &str) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        executable: Option<PathBuf>,
        target: Option<Target>,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
    }
    let mut cargo = process::cargo();
    cargo.current_dir(project::root()).args([
        "bench",
        "--quiet",
        "--no-run",
        "--message-format=json",
        "--bench",
        bench,
    ]);
    let messages = process::capture(&mut cargo)?;
    let executable = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .filter(|message| {
            message
                .target
                .as_ref()
                .is_some_and(|target| target.name == bench)
        })
        .find_map(|message| message.executable);
    executable.with_context(|| format!("cargo has built no {bench}"))
}
