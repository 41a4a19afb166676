//! The article found on real pages, against its true text.
//!
//! The trees that judge a page were trained without the pages of its site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use nutgraf::{Page, article, html};
use serde_json::json;

use super::N_FOLDS;
use crate::corpus::{self, TruePage};
use crate::train::extraction::{self as train, Example};
use crate::{browse, project};

/// Worst pages that are printed, and lines of each.
const N_WORST: usize = 12;
const N_LINES: usize = 6;

/// Most that Chromium may take to read the pages.
const PACK_LIMIT: Duration = Duration::from_secs(900);

/// Prints the table; writes the predictions as the scoring tools read them. With `live` the pages are
/// read as Chromium shows them, their scripts off, by trees that were trained on their HTML all the same.
pub fn run(corpus: &Path, predictions: Option<&Path>, live: bool) -> Result<()> {
    let packed = live.then(|| pack(corpus)).transpose()?;
    let pages: Vec<TruePage> = corpus::pages(corpus)?.collect::<Result<_>>()?;
    let examples: Vec<Example> = pages.iter().map(train::example).collect();
    println!("measured {} pages", pages.len());
    let models = models(&pages, &examples);
    let fold_of = |page: &TruePage| page.fold(N_FOLDS);
    let mut rows: Vec<(&TruePage, Row)> = Vec::new();
    let mut pasted: Vec<Row> = Vec::new();
    let mut out = serde_json::Map::new();
    for page in &pages {
        let read = match &packed {
            Some(folder) => unpack(&folder.join(format!("{}.json", page.id)))?,
            None => html::page(&page.html),
        };
        let found = article::find_with(&read, &models[fold_of(page) as usize]);
        let text = found.text();
        let row = Row::new(page, &text, &found);
        out.insert(page.id.clone(), json!({
            "articleBody": text, "title": found.title, "authors": found.authors, "date": found.published,
        }));
        rows.push((page, row));
        if page.is_training() {
            let plain = train::pasted(&html::page(&page.html));
            let found = article::find_with(&plain, &models[fold_of(page) as usize]);
            pasted.push(Row::new(page, &found.text(), &found));
        }
    }
    print_table(&rows);
    print_row("as plain text", &pasted.iter().collect::<Vec<_>>());
    print_worst(&mut rows);
    if let Some(path) = predictions {
        std::fs::write(path, serde_json::Value::from(out).to_string())
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok(())
}

/// For each fold the trees that were trained on the pages of the others. Set `moz` holds another
/// extractor's output, which is not learned from.
pub fn models(pages: &[TruePage], examples: &[Example]) -> Vec<article::Trees> {
    let mut models = Vec::new();
    for fold in 0..N_FOLDS {
        let others: Vec<&Example> = pages
            .iter()
            .zip(examples)
            .filter(|(page, _)| page.is_training() && page.fold(N_FOLDS) != fold)
            .map(|(_, example)| example)
            .collect();
        println!(
            "extraction, fold {} of {N_FOLDS}: trained on {} pages",
            fold + 1,
            others.len()
        );
        models.push(train::fit(&others));
    }
    models
}

/// Has `www/walk.js` pack the pages in Chromium, and returns the folder of the files.
fn pack(corpus: &Path) -> Result<PathBuf> {
    let folder = project::scratch().join("packed");
    std::fs::create_dir_all(&folder)?;
    let pages = corpus.canonicalize()?.join("extraction/html");
    browse::run("xtask/pack.mjs", PACK_LIMIT, [&pages, &folder])?;
    Ok(folder)
}

fn unpack(file: &Path) -> Result<Page> {
    let packed: serde_json::Value = serde_json::from_slice(
        &std::fs::read(file).with_context(|| format!("{} can't be read", file.display()))?,
    )?;
    let text = |key: &str| packed[key].as_str().unwrap_or_default();
    let events: Vec<u32> = serde_json::from_value(packed["events"].clone())?;
    Ok(Page::from_packed(text("strings"), &events).0)
}

/// One page, scored.
struct Row {
    body: Overlap,
    /// Sentences, and those of which less than half is in the truth.
    n_sentences: usize,
    n_wrong: usize,
    title: Option<bool>,
    authors: Option<f64>,
    date: Option<bool>,
    extra: Vec<String>,
    missing: Vec<String>,
}

impl Row {
    fn new(page: &TruePage, text: &str, found: &nutgraf::Article) -> Row {
        let overlaps = page
            .texts
            .iter()
            .map(|truth| (Overlap::of(truth, text), truth));
        let (body, truth) = overlaps
            .max_by(|a, b| a.0.f1().total_cmp(&b.0.f1()))
            .map(|(overlap, truth)| (overlap, truth.as_str()))
            .unwrap_or_default();
        let runs: BTreeSet<Vec<String>> = page
            .texts
            .iter()
            .flat_map(|truth| shingles(truth).into_keys())
            .collect();
        let found_runs = shingles(text).into_keys().collect();
        let sentences: Vec<&str> = text
            .lines()
            .flat_map(sentences)
            .filter(|sentence| corpus::words(sentence).len() >= 4)
            .collect();
        let set = |names: &[String]| -> BTreeSet<String> {
            names.iter().map(|name| normal(name)).collect()
        };
        Row {
            body,
            n_sentences: sentences.len(),
            n_wrong: sentences
                .iter()
                .filter(|sentence| !is_in(sentence, &runs))
                .count(),
            title: page
                .title
                .as_ref()
                .map(|title| normal(title) == normal(found.title.as_deref().unwrap_or_default())),
            authors: (!page.authors.is_empty()).then(|| {
                let (truth, found) = (set(&page.authors), set(&found.authors));
                2.0 * truth.intersection(&found).count() as f64 / (truth.len() + found.len()) as f64
            }),
            date: page
                .date
                .as_ref()
                .map(|date| found.published.as_deref() == date.get(..10)),
            extra: lines_outside(text, &runs),
            missing: lines_outside(truth, &found_runs),
        }
    }
}

fn lines_outside(text: &str, runs: &BTreeSet<Vec<String>>) -> Vec<String> {
    let is_outside = |line: &&str| !corpus::words(line).is_empty() && !is_in(line, runs);
    text.lines().filter(is_outside).map(str::to_owned).collect()
}

/// Whether half of the runs of a text are among others.
fn is_in(text: &str, runs: &BTreeSet<Vec<String>>) -> bool {
    let own = shingles(text);
    let n_in: usize = own
        .iter()
        .filter(|(run, _)| runs.contains(*run))
        .map(|(_, n)| n)
        .sum();
    n_in * 2 >= own.values().sum()
}

/// Cuts a line after marks that end sentences.
fn sentences(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) =
        rest.char_indices()
            .zip(rest.chars().skip(1))
            .find_map(|((at, c), next)| {
                (matches!(c, '.' | '!' | '?' | '。' | '！' | '？') && next.is_whitespace())
                    .then_some(at + c.len_utf8())
            })
    {
        parts.push(&rest[..at]);
        rest = rest[at..].trim_start();
    }
    parts.push(rest);
    parts
}

fn normal(text: &str) -> String {
    corpus::words(&text.to_lowercase()).join(" ")
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn print_table(rows: &[(&TruePage, Row)]) {
    println!(
        "\nset        pages  precision  recall     F1  wrong sentences  title  authors   date"
    );
    let sets: BTreeSet<&str> = rows.iter().map(|(page, _)| &*page.set).collect();
    let of_set = |set: &str| {
        rows.iter()
            .filter(|(page, _)| page.set == set)
            .map(|(_, row)| row)
            .collect()
    };
    print_row(
        "all but moz",
        &rows
            .iter()
            .filter(|(page, _)| page.is_training())
            .map(|(_, row)| row)
            .collect::<Vec<_>>(),
    );
    for set in sets {
        print_row(set, &of_set(set) as &Vec<&Row>);
    }
}

fn print_row(name: &str, rows: &[&Row]) {
    let precision = mean(rows.iter().filter_map(|row| row.body.precision()));
    let recall = mean(rows.iter().filter_map(|row| row.body.recall()));
    let n_sentences: usize = rows.iter().map(|row| row.n_sentences).sum();
    let n_wrong: usize = rows.iter().map(|row| row.n_wrong).sum();
    let share = |of: fn(&Row) -> Option<f64>| mean(rows.iter().filter_map(|row| of(row)));
    println!(
        "{name:12} {:4} {precision:10.3} {recall:7.3} {:6.4} {:15.1}% {:6.3} {:8.3} {:6.3}",
        rows.len(),
        2.0 * precision * recall / (precision + recall),
        100.0 * n_wrong as f64 / n_sentences.max(1) as f64,
        share(|row| row.title.map(|is_right| f64::from(u8::from(is_right)))),
        share(|row| row.authors),
        share(|row| row.date.map(|is_right| f64::from(u8::from(is_right)))),
    );
}

fn print_worst(rows: &mut [(&TruePage, Row)]) {
    rows.sort_by(|a, b| a.1.body.f1().total_cmp(&b.1.body.f1()));
    println!("\nworst pages: lines that the truth lacks (+), lines that are lacking (-)");
    for (page, row) in rows
        .iter()
        .filter(|(page, _)| page.is_training())
        .take(N_WORST)
    {
        println!("{:6.3} {}", row.body.f1(), page.id);
        for (sign, lines) in [('+', &row.extra), ('-', &row.missing)] {
            for line in lines.iter().take(N_LINES) {
                println!(
                    "       {sign} {}",
                    line.chars().take(120).collect::<String>()
                );
            }
            if lines.len() > N_LINES {
                println!("       {sign} and {} more", lines.len() - N_LINES);
            }
        }
    }
}

/// How many runs of four words two texts share.
#[derive(Default)]
struct Overlap {
    shared: usize,
    truth: usize,
    found: usize,
}

impl Overlap {
    fn of(truth: &str, found: &str) -> Overlap {
        let (truth, found) = (shingles(truth), shingles(found));
        let shared = truth
            .iter()
            .map(|(run, n)| n.min(found.get(run).unwrap_or(&0)))
            .sum();
        Overlap {
            shared,
            truth: truth.values().sum(),
            found: found.values().sum(),
        }
    }

    fn precision(&self) -> Option<f64> {
        (self.found > 0).then(|| self.shared as f64 / self.found as f64)
    }

    fn recall(&self) -> Option<f64> {
        (self.truth > 0).then(|| self.shared as f64 / self.truth as f64)
    }

    fn f1(&self) -> f64 {
        2.0 * self.shared as f64 / (self.truth + self.found).max(1) as f64
    }
}

/// The runs of four words of a text, counted; of a shorter text the one run it is.
fn shingles(text: &str) -> BTreeMap<Vec<String>, usize> {
    let words = corpus::words(text);
    let mut shingles = BTreeMap::new();
    for run in words.windows(words.len().clamp(1, 4)) {
        *shingles.entry(run.to_vec()).or_default() += 1;
    }
    shingles
}
