//! `nutgraf batch` as it stands in a release, on an archive that is made while it runs: how many articles
//! a second, how much memory, and whether every answer comes in its turn.
//!
//! In: how many articles. They are made of the paragraphs of the demo's articles, in seven languages, as
//! small pages of 80 to 1,600 words with a title, a menu and a footer: [`N_DISTINCT`] of them, over and
//! over, each with its number as `id`. One line in [`BAD_EVERY`] breaks off, and must cost itself alone.
//! Out: [`Figures`].

use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nutgraf::{article, html};
use serde_json::json;

use super::report::median;
use crate::{process, project};

/// Well under a minute, all runs together.
pub const N_ARTICLES: u64 = 30_000;

/// Pages that differ; each is several times as long as what a core's cache holds of it.
const N_DISTINCT: usize = 2_000;
/// One line in so many breaks off.
const BAD_EVERY: u64 = 1_000;
/// How often memory is looked at. The peak is the system's own, so none is missed.
const SAMPLE: Duration = Duration::from_millis(20);

/// One job against two: so many times each, by turns, each on a tenth of the articles, but no more than
/// this. Medians count.
const N_ROUNDS: usize = 3;
const MAX_SHARE: u64 = 5_000;

/// Memory is steady if no tenth of the run has more of it than the second, by this factor: at the start
/// the allocator has not seen the longest lines.
const STEADY: f64 = 1.25;

/// What was measured.
#[derive(Clone, Debug)]
pub struct Figures {
    pub n_articles: u64,
    pub n_jobs: usize,
    /// Bytes of all lines.
    pub n_bytes: u64,
    pub seconds: f64,
    /// The most memory that was resident at any time, in bytes; 0 where the system does not tell.
    pub peak_bytes: u64,
    /// The most that was seen in each tenth of the articles.
    pub tenths: [u64; 10],
    /// Articles a second with one job and with two, medians.
    pub one_job: f64,
    pub two_jobs: f64,
    /// Share of the time that the threads of two jobs ran or were ready to run, the median: what keeps
    /// them from 1 is waiting for one another. A machine that has other things to do does not change it
    /// as it changes the rates. 0 where the system does not tell.
    pub busy: f64,
}

impl Figures {
    pub fn per_second(&self) -> f64 {
        self.n_articles as f64 / self.seconds
    }

    /// How many times as fast two jobs are as one.
    pub fn scaling(&self) -> f64 {
        self.two_jobs / self.one_job
    }

    pub fn is_steady(&self) -> bool {
        let limit = self.tenths[1] as f64 * STEADY;
        self.tenths.iter().all(|&bytes| bytes as f64 <= limit)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        writeln!(
            f,
            "{} articles of {:.1} kB in {:.1} s with {} jobs: {:.0} a second, {:.1} MB a second; each answered in its turn",
            self.n_articles,
            self.n_bytes as f64 / 1e3 / self.n_articles as f64,
            self.seconds,
            self.n_jobs,
            self.per_second(),
            mb(self.n_bytes) / self.seconds
        )?;
        let tenths = self.tenths.map(|bytes| format!("{:.1}", mb(bytes)));
        let verdict = if self.is_steady() {
            "steady"
        } else {
            "NOT STEADY"
        };
        writeln!(
            f,
            "memory: at most {:.1} MB; by tenths of the articles {} MB, {verdict}",
            mb(self.peak_bytes),
            tenths.join(" ")
        )?;
        write!(
            f,
            "one job {:.0} a second, two jobs {:.0}: {:.2} times as many; they ran or were ready to run {:.1} % of the time",
            self.one_job,
            self.two_jobs,
            self.scaling(),
            100.0 * self.busy
        )
    }
}

/// Measures, and tells how far it is; fails if an answer is missing or comes out of turn.
pub fn run(n_articles: u64) -> Result<Figures> {
    ensure!(n_articles > 0, "articles is 0, needs at least 1");
    println!("building the command as for a release");
    let build = ["build", "--release", "--quiet", "--package=nutgraf"];
    process::run(process::cargo().current_dir(project::root()).args(build))?;
    let lines = Arc::new(lines()?);
    let n_jobs = thread::available_parallelism()?.get();

    println!("one job and two, by turns, from file to file");
    let files = Files::write(&lines, (n_articles / 10).clamp(1, MAX_SHARE))?;
    let mut runs = [Vec::new(), Vec::new()];
    for _ in 0..N_ROUNDS {
        for (n_jobs, runs) in (1..).zip(&mut runs) {
            runs.push(files.run(n_jobs)?);
        }
    }
    let rate = |runs: &[(f64, f64)]| median(runs.iter().map(|&(rate, _)| rate).collect());
    let busy = median(runs[1].iter().map(|&(_, busy)| busy).collect());

    println!("{n_articles} articles with {n_jobs} jobs");
    let finished = Run::start(&lines, n_articles, n_jobs)?.finish(|tenth, per_second| {
        println!("  {} %, {per_second:.0} a second", 10 * tenth);
    })?;
    Ok(Figures {
        n_articles,
        n_jobs,
        n_bytes: finished.n_bytes,
        seconds: finished.seconds,
        peak_bytes: finished.peak_bytes,
        tenths: finished.tenths,
        one_job: rate(&runs[0]),
        two_jobs: rate(&runs[1]),
        busy,
    })
}

/// What follows `{"id":N` in each line, and its line break.
fn lines() -> Result<Vec<String>> {
    let mut articles = Vec::new();
    for page in project::files("www/demo", ".html")? {
        let page = fs::read_to_string(project::root().join(page))?;
        let article = article::find(&html::page(&page));
        let paragraphs: Vec<String> = article
            .paragraphs
            .iter()
            .map(|paragraph| html::escaped(&paragraph.text))
            .collect();
        if paragraphs.len() >= 2 {
            articles.push((article.language, paragraphs));
        }
    }
    ensure!(!articles.is_empty(), "no demo page has an article");
    let mut lines = Vec::with_capacity(N_DISTINCT);
    for n in 0..N_DISTINCT {
        let (language, paragraphs) = &articles[n % articles.len()];
        // Lengths from 2 to 32 paragraphs, short ones more often; the first is another one each time.
        let n_paragraphs = 2 + (n * 7919 % 31) * (n * 104_729 % 31) / 30;
        let mut body = String::new();
        for k in 0..n_paragraphs {
            let paragraph = &paragraphs[(n / articles.len() + k) % paragraphs.len()];
            body += &format!("<p>{paragraph}</p>\n");
        }
        let title: Vec<&str> = paragraphs[n % paragraphs.len()]
            .split_whitespace()
            .take(8)
            .collect();
        let title = title.join(" ");
        let page = format!(
            "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\n\
             <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/world\">World</a></li></ul></nav>\n\
             <main><article><h1>{title}</h1>\n{body}</article></main>\n\
             <footer><p>All rights reserved.</p></footer></body></html>\n"
        );
        lines.push(format!(",\"html\":{}}}\n", json!(page)));
    }
    Ok(lines)
}

/// A part of the archive as a file, and its answers as another: with pipes, a machine that has much to do
/// would be measured by how seldom it lets us fill and empty them.
struct Files {
    input: PathBuf,
    output: PathBuf,
    n_articles: u64,
}

impl Files {
    fn write(lines: &[String], n_articles: u64) -> Result<Files> {
        let folder = project::scratch();
        fs::create_dir_all(&folder)?;
        let input = folder.join("batch.in.jsonl");
        let mut file = BufWriter::new(File::create(&input)?);
        feed(&mut file, lines, n_articles);
        file.flush()?;
        Ok(Files {
            input,
            output: folder.join("batch.out.jsonl"),
            n_articles,
        })
    }

    /// Returns articles a second, and how busy the workers were.
    fn run(&self, n_jobs: usize) -> Result<(f64, f64)> {
        let started = Instant::now();
        let mut child = command(n_jobs)
            .stdin(File::open(&self.input)?)
            .stdout(File::create(&self.output)?)
            .spawn()
            .context("the command does not start")?;
        let mut busy = 0.0;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            let seconds = started.elapsed().as_secs_f64();
            let wanted = wanted_seconds(child.id());
            // In the last moments some of them have ended.
            if wanted.len() == n_jobs {
                busy = wanted.iter().sum::<f64>() / seconds / n_jobs as f64;
            }
            thread::sleep(SAMPLE);
        };
        let seconds = started.elapsed().as_secs_f64();
        ensure!(status.success(), "the command failed ({status})");
        let answers = BufReader::new(File::open(&self.output)?);
        let n_answers = check_all(answers, |_| ())?;
        ensure!(
            n_answers == self.n_articles,
            "{} articles got {n_answers} answers",
            self.n_articles
        );
        Ok((self.n_articles as f64 / seconds, busy))
    }
}

/// Seconds that each worker of a process ran or was ready to run, by the scheduler's own count.
fn wanted_seconds(process: u32) -> Vec<f64> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let mut seconds = Vec::new();
    for thread in threads.into_iter().flatten().flatten() {
        let read = |name: &str| fs::read_to_string(thread.path().join(name)).unwrap_or_default();
        if read("comm").trim() == "worker" {
            let ns = read("schedstat");
            let ns = ns.split_whitespace().take(2);
            seconds.push(ns.filter_map(|ns| ns.parse::<f64>().ok()).sum::<f64>() / 1e9);
        }
    }
    seconds
}

fn command(n_jobs: usize) -> Command {
    let mut command = Command::new(project::root().join("target/release/nutgraf"));
    command.args(["batch", "--jobs", &n_jobs.to_string()]);
    command
}

/// A run of the command, between two pipes.
struct Run {
    child: Child,
    n_articles: u64,
    started: Instant,
    writer: thread::JoinHandle<u64>,
    sampler: thread::JoinHandle<(u64, [u64; 10])>,
    n_answers: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

/// What came of it.
struct Finished {
    seconds: f64,
    n_bytes: u64,
    peak_bytes: u64,
    tenths: [u64; 10],
}

impl Run {
    fn start(lines: &Arc<Vec<String>>, n_articles: u64, n_jobs: usize) -> Result<Run> {
        let mut child = command(n_jobs)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the command does not start")?;
        let input = child.stdin.take().context("its input is piped")?;
        let lines = Arc::clone(lines);
        let (n_answers, is_over) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let sampler = thread::spawn({
            let status = PathBuf::from(format!("/proc/{}/status", child.id()));
            let (n_answers, is_over) = (Arc::clone(&n_answers), Arc::clone(&is_over));
            move || sample(&status, n_articles, &n_answers, &is_over)
        });
        Ok(Run {
            child,
            n_articles,
            started: Instant::now(),
            writer: thread::spawn(move || feed(input, &lines, n_articles)),
            sampler,
            n_answers,
            is_over,
        })
    }

    /// Reads all answers. Calls `tell` at each tenth of the articles with its number and the rate so far.
    fn finish(mut self, tell: impl Fn(u64, f64)) -> Result<Finished> {
        let output = self.child.stdout.take().context("its output is piped")?;
        let output = BufReader::with_capacity(1 << 16, output);
        let n_read = check_all(output, |n_read| {
            self.n_answers.store(n_read, Ordering::Relaxed);
            let tenth = |n: u64| n * 10 / self.n_articles;
            if tenth(n_read) > tenth(n_read - 1) {
                let seconds = self.started.elapsed().as_secs_f64();
                tell(tenth(n_read), n_read as f64 / seconds);
            }
        })?;
        let seconds = self.started.elapsed().as_secs_f64();
        let status = self.child.wait()?;
        self.is_over.store(true, Ordering::Relaxed);
        ensure!(status.success(), "the command failed ({status})");
        ensure!(
            n_read == self.n_articles,
            "{} articles got {n_read} answers",
            self.n_articles
        );
        let (Ok(n_bytes), Ok((peak_bytes, tenths))) = (self.writer.join(), self.sampler.join())
        else {
            bail!("a thread of the bench broke off");
        };
        Ok(Finished {
            seconds,
            n_bytes,
            peak_bytes,
            tenths,
        })
    }
}

/// Writes the lines; returns their bytes. A command that ends before its input is found out elsewhere.
fn feed(mut input: impl Write, lines: &[String], n_articles: u64) -> u64 {
    let mut n_bytes = 0;
    for id in 0..n_articles {
        let rest = &lines[id as usize % lines.len()];
        let rest = if is_bad(id) { ",\"html\n" } else { rest };
        let line = format!("{{\"id\":{id}{rest}");
        if input.write_all(line.as_bytes()).is_err() {
            break;
        }
        n_bytes += line.len() as u64;
    }
    n_bytes
}

fn is_bad(id: u64) -> bool {
    id % BAD_EVERY == BAD_EVERY - 1
}

/// Reads all answers, and tells how many after each. Fails at one that is out of turn.
fn check_all(mut output: impl BufRead, mut tell: impl FnMut(u64)) -> Result<u64> {
    let mut answer = Vec::new();
    let mut id = 0;
    loop {
        answer.clear();
        if output.read_until(b'\n', &mut answer)? == 0 {
            return Ok(id);
        }
        check(id, &answer)?;
        id += 1;
        tell(id);
    }
}

/// Whether it is the answer to this article: its turn, and a summary, unless the line is a bad one.
fn check(id: u64, answer: &[u8]) -> Result<()> {
    let start = match is_bad(id) {
        true => "{\"id\":null,\"error\":{\"code\":\"bad-json\"".to_owned(),
        false => format!("{{\"id\":{id},\"state\":\""),
    };
    if !answer.starts_with(start.as_bytes()) {
        let begin = String::from_utf8_lossy(&answer[..answer.len().min(80)]);
        bail!("article {id} was answered with {begin}");
    }
    Ok(())
}

/// Looks at the memory of a process until it ends: the peak, and the most in each tenth of the articles.
fn sample(
    status: &PathBuf,
    n_articles: u64,
    n_answers: &AtomicU64,
    is_over: &AtomicBool,
) -> (u64, [u64; 10]) {
    let (mut peak, mut tenths) = (0, [0; 10]);
    while !is_over.load(Ordering::Relaxed) {
        let text = fs::read_to_string(status).unwrap_or_default();
        let bytes = |name: &str| -> u64 {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            1_024 * number.and_then(|kb| kb.parse().ok()).unwrap_or(0)
        };
        peak = peak.max(bytes("VmHWM:"));
        let tenth = (n_answers.load(Ordering::Relaxed) * 10 / n_articles).min(9) as usize;
        tenths[tenth] = tenths[tenth].max(bytes("VmRSS:"));
        thread::sleep(SAMPLE);
    }
    (peak, tenths)
}
