//! JSON lines in, JSON lines out, in the same order.
//!
//! One thread reads portions of whole lines, as many threads as there are jobs answer them, and the
//! main thread writes the answers in the order of the lines. So no core waits for reading, writing or
//! a slow neighbor, unless that neighbor holds up [`MAX_WEIGHT`] of lines behind it. Memory holds what
//! is in flight between reader and writer, however many lines there are: at most [`MAX_WEIGHT`] a job,
//! and a line a job beyond that, with what reading an article takes, which grows with its line.

mod line;
mod progress;
mod queue;
mod reader;
mod stop;

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::Failure;
use super::arguments::Batch;
use line::Answers;
use progress::Progress;
use queue::Queue;
use reader::Portion;
use stop::Stop;

/// What may be in flight a job: bytes of lines, and [`LINE_WEIGHT`] a line besides. It is worked off
/// in a few tenths of a second, so that a run that is told to stop does so soon.
const MAX_WEIGHT: usize = 4 << 20;
/// What the answer to the shortest line takes, about.
const LINE_WEIGHT: usize = 256;

/// `nutgraf batch`.
pub fn run(arguments: Batch) -> Result<(), Failure> {
    let n_jobs = arguments
        .jobs
        .or_else(|| thread::available_parallelism().ok());
    let n_jobs = n_jobs.map_or(1, NonZeroUsize::get);
    let queue = Arc::new(Queue::new(n_jobs, MAX_WEIGHT.saturating_mul(n_jobs)));
    // The time left is known from where the input stands before anything is read.
    let progress = Progress::start();
    let stop = Stop::listen(&queue)?;
    let reader = start("reader", {
        let queue = Arc::clone(&queue);
        move || read(&queue)
    })?;
    let arguments = Arc::new(arguments);
    for _ in 0..n_jobs {
        let (queue, arguments) = (Arc::clone(&queue), Arc::clone(&arguments));
        start("worker", move || {
            queue.work(|portion| line::answers(&portion, &arguments));
        })?;
    }
    let n_lines = write(&queue, progress).map_err(|error| Failure::output(&error))?;
    // If we were told to stop, the reader may wait for input that never comes.
    stop.end_if_told(n_lines);
    let is_read = reader.join().unwrap_or_else(|_| {
        let reason = "the thread that reads it broke off";
        Err(io::Error::other(reason))
    });
    is_read.map_err(|error| {
        let line = n_lines + 1;
        Failure::new(format!(
            "standard input can't be read from line {line} on: {error}"
        ))
    })
}

/// Starts a thread. Nothing waits for it where nobody reads any more what we write, or we are told to
/// stop: it ends with the process.
fn start<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, Failure> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map_err(|error| {
        Failure::new(format!(
            "no thread can be started: {error}; give fewer --jobs"
        ))
    })
}

/// Puts the input into the queue, until it ends or the queue is closed.
fn read(queue: &Queue<Portion, Answers>) -> io::Result<()> {
    let is_read = reader::portions(io::stdin().lock(), |portion| {
        let weight = portion.n_bytes() + LINE_WEIGHT * portion.n_lines();
        queue.put(portion, weight)
    });
    queue.close();
    is_read
}

/// Writes the answers as they come; returns the number of lines that are answered, blank ones
/// included. Nothing is kept back: whoever sends a line into a pipe gets its answer.
fn write(queue: &Queue<Portion, Answers>, progress: Option<Progress>) -> io::Result<u64> {
    let mut output = io::stdout().lock();
    let mut n_lines = 0;
    while let Some(answers) = queue.next() {
        output.write_all(&answers.json)?;
        output.flush()?;
        n_lines += answers.n_lines as u64;
        if let Some(progress) = &progress {
            progress.advance(n_lines, answers.n_bytes);
        }
    }
    if let Some(progress) = progress {
        progress.finish();
    }
    Ok(n_lines)
}
