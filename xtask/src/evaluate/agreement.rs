//! Whether native code, wasm and plain JavaScript give the same answers, byte for byte.
//!
//! In: pages, packed natively as `www/walk.js` packs them, and plain texts. Each is read natively and by
//! the two builds for browsers, which run in Node through `www/core.js`. Compared are summaries of one
//! and of three sentences and one of all that may be chosen, with their scores, names and reasons; the
//! article; what the two builds answer, character by character; and whether the places that the
//! browser is to mark hold the very sentences. Nothing of it is rendered: what the browser knows beyond
//! the markup, the tests of the walk look at.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context, Result, bail};
use nutgraf::json::Extract;
use nutgraf::{Options, Page, Reading, article, html, language};
use serde::{Deserialize, Serialize};

use crate::corpus;
use crate::toolchain::node::Node;
use crate::{bundle, project};

/// How many sentences are asked for: few, and all.
const LENGTHS: [u32; 3] = [1, 3, u32::MAX];

/// Differences that are printed.
const N_SHOWN: usize = 5;
/// Characters around a difference that are printed.
const N_AROUND: usize = 60;

/// Compares the project's own pages and cases, then all of a corpus.
pub fn run(corpus: &Path) -> Result<()> {
    let node = Node::ensure()?;
    bundle::build(&node)?;
    let mut trial = Trial::start(&node)?;
    own(&mut trial)?;
    for page in corpus::pages(corpus)? {
        let page = page?;
        trial.page("extraction", &page.id, &page.html)?;
    }
    for article in corpus::labels(corpus)? {
        trial.text(
            "summaries",
            &article.id,
            &article.text,
            Some(&article.title),
            None,
        )?;
    }
    for article in corpus::humans(corpus)? {
        let title = article.title.as_deref();
        trial.text(
            "summaries",
            &article.id,
            &article.text,
            title,
            Some(&article.language),
        )?;
    }
    for folder in ["sentences", "words", "entities", "langid"] {
        for (number, (set, item)) in corpus::items::<Item>(corpus, folder)?
            .into_iter()
            .enumerate()
        {
            let tag = item.lang.as_deref().filter(|_| folder != "langid");
            trial.text(folder, &format!("{set} {number}"), &item.text, None, tag)?;
        }
    }
    trial.end()
}

/// Compares the project's own pages and cases, once all is built.
pub fn own_alone(node: &Node) -> Result<()> {
    let mut trial = Trial::start(node)?;
    own(&mut trial)?;
    trial.end()
}

/// A text of a corpus.
#[derive(Deserialize)]
struct Item {
    lang: Option<String>,
    text: String,
}

fn own(trial: &mut Trial) -> Result<()> {
    let read = |path: &str| {
        std::fs::read(project::root().join(path)).with_context(|| format!("{path} can't be read"))
    };
    for folder in ["www/demo", "tests/hostile", "tests/cases/regressions"] {
        for path in project::files(folder, ".html")? {
            trial.page("our pages", &path, &html::decode(&read(&path)?))?;
        }
    }
    for path in project::files("tests/cases/regressions", ".txt")? {
        let text = String::from_utf8_lossy(&read(&path)?).into_owned();
        trial.text("our texts", &path, &text, None, None)?;
    }
    for path in project::files("tests/cases", ".txt")? {
        let cases = String::from_utf8(read(&path)?)?;
        for (number, line) in cases.lines().enumerate() {
            if let Some((tag, sentences)) = line.split_once(" | ") {
                let text = sentences.replace('‖', "");
                trial.text(
                    "our texts",
                    &format!("{path}, line {}", number + 1),
                    &text,
                    None,
                    Some(tag),
                )?;
            }
        }
    }
    Ok(())
}

/// The two builds, and how they have done so far.
struct Trial {
    wasm: Core,
    plain: Core,
    /// Languages whose word lists can be had.
    languages: String,
    /// Compared and equal, by where the texts are from.
    rows: Vec<(&'static str, usize, usize)>,
    differences: Vec<String>,
}

impl Trial {
    fn start(node: &Node) -> Result<Trial> {
        let tags: Vec<&str> = language::LANGUAGES
            .iter()
            .map(|language| language.tag)
            .collect();
        Ok(Trial {
            wasm: Core::start(node, "wasm")?,
            plain: Core::start(node, "plain")?,
            languages: tags.join(" "),
            rows: Vec::new(),
            differences: Vec::new(),
        })
    }

    fn page(&mut self, row: &'static str, id: &str, html: &str) -> Result<()> {
        let packed = html::pack(html);
        let mut page = html::page(html);
        page.language = None;
        let fields = [&self.languages, "", "", &packed.strings].join("\0");
        self.compare(row, id, &page, &fields, &packed.events, &packed.strings)
    }

    fn text(
        &mut self,
        row: &'static str,
        id: &str,
        text: &str,
        title: Option<&str>,
        language: Option<&str>,
    ) -> Result<()> {
        let title = title.filter(|title| !title.is_empty());
        let mut page = Page::from_text(text, title);
        page.language = language.map(str::to_owned);
        let fields = [
            &*self.languages,
            title.unwrap_or(""),
            language.unwrap_or(""),
            text,
        ]
        .join("\0");
        self.compare(row, id, &page, &fields, &[], "")
    }

    fn compare(
        &mut self,
        row: &'static str,
        id: &str,
        page: &Page,
        strings: &str,
        events: &[u32],
        table: &str,
    ) -> Result<()> {
        let question = Question {
            strings,
            events,
            lengths: LENGTHS,
        };
        self.wasm.ask(&question)?;
        self.plain.ask(&question)?;
        let article = article::find(page);
        let reading = Reading::new(&article);
        let mut written = Vec::new();
        for max_sentences in LENGTHS {
            let options = Options {
                max_sentences: max_sentences as usize,
                ..Options::default()
            };
            written.push(serde_json::to_string(&reading.summary(&options))?);
        }
        written.push(serde_json::to_string(&Extract::from(&article))?);

        let wasm = self
            .wasm
            .answer()
            .with_context(|| format!("wasm fails at {id}"))?;
        let plain = self
            .plain
            .answer()
            .with_context(|| format!("plain JavaScript fails at {id}"))?;
        let mut differs = None;
        for (ours, theirs) in written.iter().zip(&wasm.written) {
            differs = differs.or_else(|| difference("native", ours, "wasm", theirs));
        }
        for (ours, theirs) in wasm.answers.iter().zip(&plain.answers) {
            differs = differs.or_else(|| difference("wasm", ours, "plain JavaScript", theirs));
        }
        differs = differs
            .or_else(|| difference("native", &article.hash(), "wasm", &wasm.hash))
            .or_else(|| {
                (written.len() != wasm.written.len()).then(|| "summaries are missing".to_owned())
            })
            .or_else(|| misplaced(&reading, table, events, &wasm.spans));

        if self.rows.last().is_none_or(|(last, ..)| *last != row) {
            self.rows.push((row, 0, 0));
            println!("comparing {row}");
        }
        if let Some((_, n, n_equal)) = self.rows.last_mut() {
            *n += 1;
            *n_equal += usize::from(differs.is_none());
        }
        if let Some(differs) = differs {
            self.differences.push(format!("{row}, {id}: {differs}"));
        }
        Ok(())
    }

    /// Prints the counts; fails if anything differs.
    fn end(self) -> Result<()> {
        self.wasm.end()?;
        self.plain.end()?;
        println!("{:<12} {:>9} {:>9}", "of", "compared", "equal");
        let (mut n, mut n_equal) = (0, 0);
        for (row, n_row, n_row_equal) in &self.rows {
            println!("{row:<12} {n_row:>9} {n_row_equal:>9}");
            n += n_row;
            n_equal += n_row_equal;
        }
        println!("{:<12} {n:>9} {n_equal:>9}", "all");
        for difference in self.differences.iter().take(N_SHOWN) {
            println!("\n{difference}");
        }
        if n_equal < n {
            bail!(
                "native code, wasm and plain JavaScript differ on {} of {n}",
                n - n_equal
            );
        }
        Ok(())
    }
}

/// What a build is asked.
#[derive(Serialize)]
struct Question<'a> {
    strings: &'a str,
    events: &'a [u32],
    lengths: [u32; 3],
}

/// What it says.
#[derive(Deserialize)]
struct Answer {
    /// As they cross the boundary: the summaries and the article.
    answers: Vec<String>,
    /// The same as `JSON.stringify` writes them, one by one.
    written: Vec<String>,
    /// Five numbers a stretch; see `PageSummaries`.
    spans: Vec<u32>,
    hash: String,
}

/// A build that runs.
struct Core {
    process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Core {
    fn start(node: &Node, build: &str) -> Result<Core> {
        let mut process = node
            .command()
            .args(["xtask/agree.mjs", build])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("node can't be started")?;
        let input = process.stdin.take().context("node reads from a pipe")?;
        let output = process.stdout.take().context("node writes to a pipe")?;
        Ok(Core {
            process,
            input,
            output: BufReader::new(output).lines(),
        })
    }

    fn ask(&mut self, question: &Question) -> Result<()> {
        let mut line = serde_json::to_vec(question)?;
        line.push(b'\n');
        self.input.write_all(&line).context("node has ended")
    }

    fn answer(&mut self) -> Result<Answer> {
        let line = self.output.next().context("node has ended")??;
        Ok(serde_json::from_str(&line)?)
    }

    fn end(mut self) -> Result<()> {
        drop(self.input);
        let status = self.process.wait()?;
        if !status.success() {
            bail!("node failed ({status})");
        }
        Ok(())
    }
}

/// The first place where two texts differ, if they do.
fn difference(one: &str, left: &str, other: &str, right: &str) -> Option<String> {
    if left == right {
        return None;
    }
    let same = left
        .chars()
        .zip(right.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| -> String {
        text.chars()
            .skip(same.saturating_sub(N_AROUND))
            .take(2 * N_AROUND)
            .collect()
    };
    Some(format!(
        "from character {same} on\n  {one}: {}\n  {other}: {}",
        around(left),
        around(right)
    ))
}

/// The first sentence whose places in the page's texts don't hold it, if there is one. White space is not
/// looked at: it is folded, and part of no place where something hidden follows it. Between its first and
/// its last character a place may hold what is no text of the sentence, such as how a word is pronounced.
fn misplaced(reading: &Reading, table: &str, events: &[u32], spans: &[u32]) -> Option<String> {
    if events.is_empty() {
        return (!spans.is_empty()).then(|| "plain text has places in a page".to_owned());
    }
    let nodes = texts(table, events);
    for sentence in 0..reading.sentences.len() {
        let mut placed = String::new();
        for span in spans
            .chunks_exact(5)
            .filter(|span| span[0] as usize == sentence)
        {
            for node in span[1]..=span[3] {
                let units: Vec<u16> = nodes.get(node as usize)?.encode_utf16().collect();
                let from = if node == span[1] { span[2] as usize } else { 0 };
                let to = if node == span[3] {
                    span[4] as usize
                } else {
                    units.len()
                };
                placed += &String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
            }
        }
        let shown = reading.shown(sentence);
        if !holds(&placed, shown) {
            return Some(format!(
                "sentence {sentence} is {shown:?}, its places hold {placed:?}"
            ));
        }
    }
    None
}

/// Whether the characters of a sentence stand in a text, in order, and nothing before or after them.
fn holds(text: &str, sentence: &str) -> bool {
    let characters = |text: &'_ str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<Vec<_>>()
    };
    let (text, sentence) = (characters(text), characters(sentence));
    let mut rest = text.iter();
    sentence.iter().all(|c| rest.any(|other| other == c))
        && text.first() == sentence.first()
        && text.last() == sentence.last()
}

/// The text nodes of a packed page, in order.
fn texts<'a>(table: &'a str, events: &[u32]) -> Vec<&'a str> {
    let strings: Vec<&str> = table.split('\0').collect();
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(op) = events.get(at) {
        at += match op {
            1 => {
                texts.push(strings[events[at + 1] as usize]);
                2
            }
            2 => 4 + 2 * events[at + 3] as usize,
            3 => 3,
            _ => 1,
        };
    }
    texts
}
