//! Golden pages: `pages/<slug>/ORIGIN` names the page, `blocks.txt` holds what a walk makes of it,
//! `summary.txt` every sentence with its score, `*` if chosen. The browser test derives the same
//! `blocks.txt` from the live page. `UPDATE_GOLDEN=1 cargo test` rewrites both; nothing else does.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use nutgraf::{Options, Page, Reading, article, html};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of the golden pages.
fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/pages")).expect("the pages are there");
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    assert!(
        folders.len() >= 10,
        "only {} pages were found",
        folders.len()
    );
    folders
}

/// The page that a folder is about.
fn page(folder: &Path) -> Page {
    let origin = fs::read_to_string(folder.join("ORIGIN")).expect("every page has its ORIGIN");
    let source = origin
        .lines()
        .find_map(|line| line.strip_prefix("source: "));
    let source = root().join(source.expect("ORIGIN names the source"));
    html::page(&html::decode(
        &fs::read(source).expect("the source is there"),
    ))
}

fn check(path: &Path, found: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, found).expect("golden files can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let differs = found
        .lines()
        .zip(expected.lines())
        .find(|(found, expected)| found != expected);
    assert!(
        found == expected,
        "{} differs; if the change is meant, UPDATE_GOLDEN=1 cargo test rewrites it\nfirst: {differs:#?}",
        path.display()
    );
}

#[test]
fn the_blocks_of_a_page_stay_as_they_are() {
    for folder in folders() {
        check(&folder.join("blocks.txt"), &page(&folder).to_string());
    }
}

#[test]
fn the_summary_of_a_page_stays_as_it_is() {
    for folder in folders() {
        check(&folder.join("summary.txt"), &summary(&page(&folder)));
    }
}

fn summary(page: &Page) -> String {
    let article = article::find(page);
    let reading = Reading::new(&article);
    let summary = reading.summary(&Options::default());
    let mut text = format!("{:?}, {}\n", summary.state, summary.language);
    for (name, value) in [
        ("title", &summary.title),
        ("byline", &summary.byline),
        ("published", &summary.published),
    ] {
        writeln!(text, "{name}: {}", value.as_deref().unwrap_or("-")).expect("strings take all");
    }
    let names = |limit: usize| summary.entities.iter().take(limit);
    for entity in names(12) {
        writeln!(
            text,
            "{:?} {} x{}",
            entity.kind, entity.name, entity.mentions
        )
        .expect("strings take all");
    }
    for (index, score) in reading.scores.iter().enumerate() {
        let chosen = summary
            .sentences
            .iter()
            .any(|sentence| sentence.sentence == index);
        let mark = if chosen { '*' } else { ' ' };
        let (worth, dependence) = (score.worth, score.dependence);
        let shown = reading.shown(index);
        writeln!(text, "{mark} {worth:.2} {dependence:.2} {shown}").expect("strings take all");
    }
    text
}
