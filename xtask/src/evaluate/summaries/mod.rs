//! The choice of sentences: what it is worth, what it loses where, and what each part of it adds.
//!
//! In: labelled articles and pages, articles with human summaries. Out: printed tables. Whatever is
//! printed of an article was chosen by trees that were trained without its family.

mod ablation;
mod articles;
mod curve;
mod human;
mod pages;
mod porter;
mod rouge;
mod trials;
mod verdict;
mod worst;

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use nutgraf::{Article, Options, article};
use serde_json::{Value, json};

use self::articles::{Item, fold_trees};
pub use self::verdict::mean;
use self::verdict::{HEADER, Verdict, row};
use crate::corpus::{self, Labelled, TruePage};
use crate::train::salience as train;

/// What three sentences are worth that are chosen from plain texts by trees trained without the text's family:
/// shares of the points that three can have, one a text.
pub fn gains(labels: &[Labelled]) -> Vec<f64> {
    let read = |labelled: &Labelled| train::article(labelled, &article::Trees::SHIPPED);
    let articles: Vec<Article> = labels.iter().map(read).collect();
    let items = Item::all(labels, &articles);
    let chosen = articles::choose(&items, &fold_trees(&items, &[]), &Options::default());
    let verdicts = articles::judge(&items, &chosen);
    verdicts.iter().map(|verdict| verdict.gain).collect()
}

/// What the first three sentences of a text are worth.
pub fn gain_of_lead(labelled: &Labelled) -> f64 {
    Verdict::lead(labelled).gain
}

/// What the first three of some sentences are worth that somebody else has chosen.
pub fn gain(labelled: &Labelled, sentences: &[String]) -> f64 {
    let hits: Vec<Vec<usize>> = sentences.iter().map(|text| labelled.hits(text)).collect();
    Verdict::new(labelled, hits.iter().map(|hits| &**hits)).gain
}

/// Prints all tables; writes what was chosen as the scoring tools read it: of
/// articles with human summaries to `*.human.jsonl` beside the file.
pub fn run(corpus: &Path, predictions: Option<&Path>, n_worst: usize) -> Result<()> {
    let true_pages: Vec<TruePage> = corpus::pages(corpus)?.collect::<Result<_>>()?;
    let labels = corpus::labels(corpus)?;
    let pages = corpus::labelled_pages(corpus, &true_pages)?;

    let extraction = pages::extraction_trees(&true_pages);
    let read = |labelled: &Labelled| train::article(labelled, &article::Trees::SHIPPED);
    let label_articles: Vec<Article> = labels.iter().map(read).collect();
    let label_items = Item::all(&labels, &label_articles);
    let page_articles = pages::articles(&pages, &extraction);
    let page_items = Item::all(&pages, &page_articles);
    println!(
        "read {} labelled articles and {} pages; sentences of the articles stand on {} of the pages",
        labels.len(),
        pages.len(),
        n_sharing(&pages, &labels)
    );

    let options = Options::default();
    let label_trees = fold_trees(&label_items, &page_items);
    let chosen_of_labels = articles::choose(&label_items, &label_trees, &options);
    let label_verdicts = articles::judge(&label_items, &chosen_of_labels);
    print_labels(&label_items, &label_verdicts);

    let page_trees = fold_trees(&page_items, &label_items);
    let chosen_of_pages = articles::choose(&page_items, &page_trees, &options);
    let page_verdicts = articles::judge(&page_items, &chosen_of_pages);
    pages::print(&pages, &page_items, &page_trees, &extraction);

    let humans = corpus::humans(corpus)?;
    let all_items: Vec<&Item> = label_items.iter().chain(&page_items).collect();
    let human_lines = human::print(&humans, &all_items);

    worst::print(
        "labelled articles",
        &label_items,
        &chosen_of_labels,
        &label_verdicts,
        n_worst,
    );
    worst::print(
        "pages",
        &page_items,
        &chosen_of_pages,
        &page_verdicts,
        n_worst,
    );

    let mut lines = lines(&label_items, &chosen_of_labels);
    lines.extend(self::lines(&page_items, &chosen_of_pages));
    write_lines(predictions, &lines)?;
    // Some articles have the same name here and there, and are judged by other trees.
    let path = predictions.map(|path| path.with_extension("human.jsonl"));
    write_lines(path.as_deref(), &human_lines)?;

    // What takes longest comes last.
    let mut items = label_items;
    items.extend(page_items);
    curve::print(&items);
    ablation::print(&items);
    Ok(())
}

/// How many articles share a long sentence with one of the others.
fn n_sharing(articles: &[Labelled], others: &[Labelled]) -> usize {
    let known: HashSet<String> = others.iter().flat_map(Labelled::long_sentences).collect();
    let shares = |labelled: &&Labelled| labelled.long_sentences().any(|text| known.contains(&text));
    articles.iter().filter(shares).count()
}

fn print_labels(items: &[Item], verdicts: &[Verdict]) {
    println!("\nlabelled articles, by trees trained on those of the other folds and on the pages");
    println!("{HEADER}");
    let mut languages: BTreeMap<&str, (Vec<Verdict>, Vec<Verdict>)> = BTreeMap::new();
    for (item, verdict) in items.iter().zip(verdicts) {
        let (ours, lead) = languages.entry(&item.labelled.language).or_default();
        ours.push(*verdict);
        lead.push(Verdict::lead(item.labelled));
    }
    for (language, (ours, lead)) in languages {
        println!("{}", row(language, &ours));
        println!("{}", row(&format!("{language} LEAD-3"), &lead));
    }
}

/// What was chosen, as the scoring tools read it.
fn lines(items: &[Item], chosen: &[Vec<usize>]) -> Vec<Value> {
    let line = |(item, chosen): (&Item, &Vec<usize>)| {
        prediction(
            &item.labelled.id,
            chosen.iter().map(|&at| item.reading.shown(at)),
        )
    };
    items.iter().zip(chosen).map(line).collect()
}

fn prediction<'a>(id: &str, texts: impl Iterator<Item = &'a str>) -> Value {
    let sentences: Vec<Value> = texts.map(|text| json!({ "text": text })).collect();
    json!({ "id": id, "sentences": sentences })
}

fn write_lines(path: Option<&Path>, lines: &[Value]) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let mut file = std::fs::File::create(path)
        .with_context(|| format!("{} can't be written", path.display()))?;
    for line in lines {
        writeln!(file, "{line}")?;
    }
    Ok(())
}
