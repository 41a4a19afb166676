//! What once went wrong, in `cases/regressions/`: its README says what each input shows.

mod invariants;

use std::fs;
use std::path::{Path, PathBuf};

use nutgraf::{Options, Page, html};

/// The inputs, in the order of their names.
fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/regressions");
    let entries = fs::read_dir(folder).expect("the inputs are there");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind != "md"));
    paths.sort();
    paths
}

#[test]
fn what_once_went_wrong_goes_well_now() {
    let options = [(1, None), (3, None), (8, Some(40))].map(|(max_sentences, max_words)| Options {
        max_sentences,
        max_words,
        ..Options::default()
    });
    for path in inputs() {
        println!("{}", path.display());
        let bytes = fs::read(&path).expect("the input is there");
        let html = html::decode(&bytes);
        let packed = html::pack(&html);
        let (same, texts) = Page::from_packed(&packed.strings, &packed.events);
        invariants::places_hold(&same, &texts);
        let page = html::page(&html);
        assert_eq!(page.to_string(), same.to_string());
        for options in &options {
            invariants::hold(&page, options);
            for tag in [None, Some("en"), Some("de"), Some("zh"), Some("xx")] {
                let mut page = Page::from_text(&String::from_utf8_lossy(&bytes), None);
                page.language = tag.map(str::to_owned);
                invariants::hold(&page, options);
            }
        }
    }
}

#[test]
fn every_input_is_told_of() {
    let readme = include_str!("cases/regressions/README.md");
    let inputs = inputs();
    assert!(!inputs.is_empty());
    for path in inputs {
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md lacks {name}"
        );
    }
}
