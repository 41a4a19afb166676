//! Other summarizers on the same articles: how long they take, how that grows, and what they choose.
//!
//! In: the demo's articles, and with a corpus its labelled English ones. Out: a table and two pictures. All peers
//! are asked for three sentences of a plain text, and time runs from the text to the sentences, within one process
//! that has been started before. What they choose is worth what the labels say: the share of the points that
//! three sentences can have.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nutgraf::{Options, language};
use serde::Deserialize;
use serde_json::json;

use super::growth::in_words;
use super::plot::{self, Axes, Series};
use super::report::{Section, median, short, table};
use crate::corpus::{self, Labelled};
use crate::evaluate::summaries::{self, mean};
use crate::toolchain::node::Node;
use crate::toolchain::python;
use crate::{bundle, process, project, size};

#[path = "../../../benches/article/mod.rs"]
mod article;

/// Where the peers are called from.
const FOLDER: &str = "xtask/bench/peers";
/// Milliseconds that each article is read by each of them: short ones many times.
const BUDGET_MS: u64 = 10;
/// Bytes of the texts that show how the time grows.
const SIZES: [usize; 7] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
/// So many labelled articles are read, of all parts of the corpus.
const MAX_LABELLED: usize = 400;
/// All articles by all peers.
const LIMIT: Duration = Duration::from_secs(3_600);

/// Our names.
const NATIVE: &str = "nutgraf (native)";
const WASM: &str = "nutgraf (wasm, Node)";
const LEAD: &str = "the first three sentences";

/// What a runner prints.
#[derive(Deserialize)]
struct Line {
    peer: String,
    id: usize,
    ns: u64,
    sentences: Vec<String>,
}

/// Runs all peers, and draws.
pub fn run(corpus: Option<&Path>) -> Result<Section> {
    let node = Node::ensure()?;
    let parts = size::parts(&bundle::build(&node)?)?;
    let all_bytes = size::in_all(&parts);
    let labels: Vec<Labelled> = match corpus {
        Some(corpus) => corpus::labels(corpus)?,
        None => Vec::new(),
    };
    let english: Vec<Labelled> = labels
        .into_iter()
        .filter(|labelled| labelled.language == "en")
        .collect();
    // Trained on all of them, judged on those that the peers read.
    let every = english.len().div_ceil(MAX_LABELLED).max(1);
    let own_gains: Vec<f64> = if english.is_empty() {
        Vec::new()
    } else {
        let gains = summaries::gains(&english);
        gains.into_iter().step_by(every).collect()
    };
    let labels: Vec<Labelled> = english.into_iter().step_by(every).collect();
    let mut texts: Vec<String> = labels
        .iter()
        .map(|labelled| labelled.text.clone())
        .collect();
    let first_grown = texts.len();
    texts.extend(SIZES.map(article::text));
    let file = write(&texts)?;
    let mut lines = native(&texts);
    lines.extend(read(&mut crates()?, &file)?);
    node.packages(FOLDER)?;
    lines.extend(read(
        node.command().arg(format!("{FOLDER}/peers.mjs")),
        &file,
    )?);
    let python = python::environment(
        "peers",
        &project::root().join(FOLDER).join("requirements.txt"),
    )?;
    let mut sumy = Command::new(python);
    lines.extend(read(
        sumy.current_dir(project::root())
            .arg(format!("{FOLDER}/sumy_peer.py")),
        &file,
    )?);

    let mut peers: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in &lines {
        peers.entry(&line.peer).or_default().push(line);
    }
    let ns_per_byte = |line: &&&Line| line.ns as f64 / texts[line.id].len() as f64;
    // At 10 kB, which all of them reach.
    let typical = first_grown + 2;
    let ours = lines
        .iter()
        .find(|line| line.peer == NATIVE && line.id == typical)
        .context("we have not read our own articles")?;
    let mut order: Vec<(&str, Vec<&Line>)> = peers.into_iter().collect();
    let at_typical = |lines: &[&Line]| {
        let line = lines.iter().find(|line| line.id == typical);
        line.map_or(f64::INFINITY, |line| line.ns as f64)
    };
    order.sort_by(|a, b| at_typical(&a.1).total_cmp(&at_typical(&b.1)));

    let mut rows = Vec::new();
    let mut speed: Vec<Series> = Vec::new();
    let mut quality: Vec<Series> = Vec::new();
    for (peer, lines) in &order {
        let typical_ns = at_typical(lines);
        let grown: Vec<(f64, f64)> = lines
            .iter()
            .filter(|line| line.id >= first_grown)
            .map(|line| (texts[line.id].len() as f64, line.ns as f64 / 1e6))
            .collect();
        let largest = grown.last().copied().unwrap_or_default();
        let is_ours = [NATIVE, WASM].contains(peer);
        let gains: Vec<f64> = if is_ours {
            own_gains.clone()
        } else {
            let labelled = lines.iter().filter(|line| line.id < first_grown);
            labelled
                .map(|line| summaries::gain(&labels[line.id], &line.sentences))
                .collect()
        };
        let gain = (!gains.is_empty()).then(|| mean(&gains));
        let labelled = lines.iter().filter(|line| line.id < first_grown);
        rows.push(vec![
            (*peer).to_owned(),
            if labels.is_empty() {
                "not measured".to_owned()
            } else {
                short(median(labelled.map(|line| ns_per_byte(&line)).collect()))
            },
            short(typical_ns / texts[typical].len() as f64),
            format!("{}×", short(typical_ns / ours.ns as f64)),
            format!("{} ms ({})", short(largest.1), in_words(largest.0)),
            gain.map_or_else(
                || "not measured".to_owned(),
                |gain| format!("{:.1}", 100.0 * gain),
            ),
        ]);
        if !grown.is_empty() {
            speed.push(((*peer).to_owned(), grown));
        }
        let bytes = match *peer {
            WASM => Some(all_bytes as f64),
            other if other.starts_with("lexrank.js") => Some(bundled(&node, "lexrank.js")? as f64),
            other if other.starts_with("sumy") => Some(python::size("peers")? as f64),
            _ => None,
        };
        if let (Some(bytes), Some(gain)) = (bytes, gain) {
            let name = if is_ours { "nutgraf" } else { peer };
            quality.push((name.to_owned(), vec![(bytes, 100.0 * gain)]));
        }
    }
    // Ours first, in our color.
    speed.sort_by_key(|(name, _)| name != NATIVE);
    let mut body = format!(
        "Three sentences of a plain text, all peers in one run. The first column is the median of {} labelled English articles, the second and third one \
         article of {}, the fourth the longest that was read: a peer that takes over 4 s is given none that is longer.\n\n{}",
        labels.len(),
        in_words(texts[typical].len() as f64),
        table(
            &[
                "",
                "ns/byte, labelled",
                "ns/byte",
                "against ours",
                "longest",
                "gain"
            ],
            &rows
        )
    );
    if labels.is_empty() {
        body += "\nWithout a corpus (`--corpus DIR`) nothing says what the sentences are worth.\n";
    } else {
        let lead: Vec<f64> = labels.iter().map(summaries::gain_of_lead).collect();
        body += &format!(
            "\n`gain` is the share of the points that three sentences can have: 2 for each of an article's best, 1 for one that would do as well. The article's \
             first three have {:.1}. Ours is cross-validated: each article's is chosen by trees that were trained without it and all that share a sentence with it.\n",
            100.0 * mean(&lead)
        );
        quality.push((LEAD.to_owned(), vec![(100.0, 100.0 * mean(&lead))]));
        quality.sort_by_key(|(name, _)| name != "nutgraf");
        plot::points(
            "bench-quality.svg",
            &Axes {
                title: "What the sentences are worth, against what has to be loaded",
                x: "bytes to load, compressed (sumy: as installed, with NumPy and NLTK)",
                y: "gain, percent",
                x_words: &|n| in_words(*n),
                y_words: &|gain| format!("{gain:.0}"),
            },
            &quality,
        )?;
    }
    plot::lines(
        "bench-speed.svg",
        &Axes {
            title: "Time for three sentences, against the length of the article",
            x: "bytes of text",
            y: "milliseconds",
            x_words: &|n| in_words(*n),
            y_words: &|ms| short(*ms),
        },
        &speed,
    )?;
    body += "\n![Time against length](docs/images/bench-speed.svg)\n";
    if !labels.is_empty() {
        body += "\n![Quality against bytes](docs/images/bench-quality.svg)\n";
    }
    body += "\nsumy is called with its own tokenizer where NLTK's data is on the machine, else with a regular expression, which is quicker. pithy, a third crate, \
             does not build with what it depends on today.\n";
    Ok(Section {
        name: "peers",
        title: "Beside others",
        body,
    })
}

/// The articles as the runners read them.
fn write(texts: &[String]) -> Result<PathBuf> {
    let file = project::scratch().join("peers.jsonl");
    let mut out = BufWriter::new(File::create(&file)?);
    for (id, text) in texts.iter().enumerate() {
        writeln!(out, "{}", json!({ "id": id, "text": text }))?;
    }
    out.flush()?;
    Ok(file)
}

/// Ours, in this very process.
fn native(texts: &[String]) -> Vec<Line> {
    println!("reading {} articles with {NATIVE}", texts.len());
    let budget = Duration::from_millis(BUDGET_MS);
    let options = Options::default();
    // Lists are part of the program, and looked up once.
    language::of("en");
    let line = |(id, text): (usize, &String)| {
        let started = Instant::now();
        let mut times = Vec::new();
        while times.len() < 3 || started.elapsed() < budget {
            let before = Instant::now();
            article::pipeline(text, &options);
            times.push(before.elapsed().as_nanos() as f64);
        }
        Line {
            peer: NATIVE.to_owned(),
            id,
            ns: median(times) as u64,
            sentences: Vec::new(),
        }
    };
    texts.iter().enumerate().map(line).collect()
}

/// The program of the crates, built for it alone.
fn crates() -> Result<Command> {
    println!("building the crates of {FOLDER}");
    let folder = project::root().join(FOLDER);
    let target = project::root().join("target/peers");
    let mut cargo = process::cargo();
    cargo
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .args(["build", "--release", "--quiet", "--locked"]);
    process::run(&mut cargo)?;
    Ok(Command::new(target.join("release/peers")))
}

/// Runs a runner, and reads what it prints.
fn read(runner: &mut Command, articles: &Path) -> Result<Vec<Line>> {
    runner.arg(articles).arg(BUDGET_MS.to_string());
    println!("running {}", process::shown(runner));
    let lines = process::capture_within(runner, LIMIT)?;
    lines
        .lines()
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("not a line of a peer: {line}"))
        })
        .collect()
}

/// Bytes, compressed, of a package of npm as a page would load it.
fn bundled(node: &Node, package: &str) -> Result<usize> {
    let out = project::scratch().join("peer.js");
    let mut esbuild = node.tool("esbuild/bin/esbuild");
    esbuild
        .arg(format!("./{FOLDER}/node_modules/{package}"))
        .args(["--bundle", "--minify", "--format=esm", "--log-level=error"])
        .arg(format!("--outfile={}", out.display()));
    process::run(&mut esbuild)?;
    size::compressed(&fs::read(&out)?)
}
