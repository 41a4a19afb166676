//! Summarizers of the crate registry, timed on articles. Called by `cargo xtask bench peers`.
//!
//! In: a file of articles, `{ "id", "text" }` a line, and for how many milliseconds each article is read by
//! each of them. Out: `{ "peer", "id", "ns", "sentences" }` a line: the median, and what was chosen. A peer
//! that panics on an article has no line for it.

use std::fs;
use std::num::NonZeroU32;
use std::panic;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// Sentences that each is asked for.
const N: usize = 3;

#[derive(Deserialize)]
struct Article {
    id: usize,
    text: String,
}

#[derive(Serialize)]
struct Line<'a> {
    peer: &'a str,
    id: usize,
    ns: u128,
    sentences: Vec<String>,
}

/// A peer that took longer for an article is given no longer one.
const LIMIT: Duration = Duration::from_secs(4);

type Summarize = fn(&str) -> Vec<String>;

const PEERS: [(&str, Summarize); 2] = [
    ("summary 0.1.0", summary),
    ("simple-summarize 0.2.1", simple_summarize),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(articles), Some(ms)) = (arguments.next(), arguments.next()) else {
        return Err("usage: peers ARTICLES MILLISECONDS".into());
    };
    let budget = Duration::from_millis(ms.parse()?);
    panic::set_hook(Box::new(|_| {}));
    let mut longest = [usize::MAX; PEERS.len()];
    for line in fs::read_to_string(articles)?.lines() {
        let article: Article = serde_json::from_str(line)?;
        for ((peer, summarize), longest) in PEERS.into_iter().zip(&mut longest) {
            if article.text.len() > *longest {
                continue;
            }
            let timed = panic::catch_unwind(|| time(summarize, &article.text, budget));
            if let Ok((ns, sentences)) = timed {
                if ns > LIMIT.as_nanos() {
                    *longest = article.text.len();
                }
                let line = Line {
                    peer,
                    id: article.id,
                    ns,
                    sentences,
                };
                println!("{}", serde_json::to_string(&line)?);
            }
        }
    }
    Ok(())
}

/// The median of as many runs as take so long, three at the least unless one takes longer.
fn time(summarize: Summarize, text: &str, budget: Duration) -> (u128, Vec<String>) {
    let started = Instant::now();
    let mut times = Vec::new();
    loop {
        let before = Instant::now();
        let sentences = summarize(text);
        times.push(before.elapsed().as_nanos());
        let is_over = started.elapsed() > budget;
        if is_over && (times.len() > 2 || started.elapsed() > 3 * budget) {
            times.sort_unstable();
            return (times[times.len() / 2], sentences);
        }
    }
}

fn summary(text: &str) -> Vec<String> {
    let summarizer = summary::Summarizer::new(summary::Language::English);
    let n = NonZeroU32::new(N as u32).expect("three is not zero");
    let sentences = summarizer.summarize_sentences(text, n);
    sentences.into_iter().map(str::to_owned).collect()
}

/// It is told which share of the text to cut; three sentences are 3/n of it.
fn simple_summarize(text: &str) -> Vec<String> {
    let n_sentences = text.matches(['.', '?', '!']).count().max(N + 1);
    let cut = 1.0 - N as f32 / n_sentences as f32;
    match simple_summarize::summarize_text(text, cut) {
        Ok(report) => vec![report.summary],
        Err(_) => Vec::new(),
    }
}
