//! Hostile and odd pages: `hostile/README.md` says what each is, `hostile/expected.txt` what must come
//! out. `www/hostile.test.mjs` reads the same pages in Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use nutgraf::{Options, article, html, summarize};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

/// Reads a file and carries its recipes out: `{{3}}` is the third line of `story.txt`, and a line
/// `@repeat 9 text` nine lines `text`, in which `{n}` is their number.
fn recipe(file: &str) -> String {
    let read = |file: &str| fs::read_to_string(folder().join(file)).expect("the file is there");
    let mut text = String::new();
    for line in read(file).split_inclusive('\n') {
        let Some((n, rest)) = line
            .strip_prefix("@repeat ")
            .and_then(|rest| rest.split_once(' '))
        else {
            text.push_str(line);
            continue;
        };
        for n in 1..=n.parse().expect("`@repeat` takes a number") {
            let n: usize = n;
            text.push_str(&rest.replace("{n}", &n.to_string()));
        }
    }
    for (index, paragraph) in read("story.txt").lines().enumerate() {
        text = text.replace(&format!("{{{{{}}}}}", index + 1), paragraph);
    }
    text
}

/// What must come out of one page.
struct Expected {
    name: String,
    state: String,
    paragraphs: Vec<String>,
}

fn expected() -> Vec<Expected> {
    let mut pages: Vec<Expected> = Vec::new();
    for line in recipe("expected.txt").lines() {
        let (mark, text) = line.split_once(' ').unwrap_or((line, ""));
        if mark == "#" {
            let (name, state) = text.split_once(' ').expect("a page has a state");
            pages.push(Expected {
                name: name.to_owned(),
                state: state.to_owned(),
                paragraphs: Vec::new(),
            });
            continue;
        }
        let Some(page) = pages.last_mut() else {
            continue;
        };
        match (mark, page.paragraphs.last_mut()) {
            ("=" | "-", _) => page.paragraphs.push(text.to_owned()),
            ("~", Some(last)) => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(text);
            }
            _ => {}
        }
    }
    pages
}

#[test]
fn every_page_of_the_set_is_expected_to_give_something() {
    let mut named: Vec<String> = expected().into_iter().map(|page| page.name).collect();
    let files = fs::read_dir(folder()).expect("the pages are there");
    let mut found: Vec<String> = files
        .flatten()
        .filter_map(|file| {
            let name = file.file_name().into_string().ok()?;
            name.strip_suffix(".html").map(str::to_owned)
        })
        .collect();
    found.sort();
    let readme = fs::read_to_string(folder().join("README.md")).expect("it is there");
    for name in &found {
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md lacks {name}"
        );
    }
    named.sort();
    assert_eq!(found, named);
}

#[test]
fn hostile_and_odd_pages_give_their_article() {
    let mut wrong = Vec::new();
    for Expected {
        name,
        state,
        paragraphs,
    } in expected()
    {
        let source = recipe(&format!("{name}.html"));
        let start = Instant::now();
        let page = html::page(&source);
        let article = article::find(&page);
        let summary = summarize(&page, &Options::default());
        let seconds = start.elapsed().as_secs_f64();
        println!("{name:24} {:>9} bytes {seconds:7.3} s", source.len());
        // Built for tests, this takes some seconds for the largest; square time would be minutes.
        if seconds > 60.0 {
            wrong.push(format!("{name} took {seconds:.0} s"));
        }
        let found = serde_json::to_value(summary.state).expect("a state is a word");
        if found != state {
            wrong.push(format!("{name} is {found}, not {state}"));
        }
        let found: Vec<&str> = article.paragraphs.iter().map(|p| &*p.text).collect();
        if found != paragraphs {
            let differ = |(found, expected): (&&str, &String)| found != expected;
            let at = found.iter().zip(&paragraphs).position(differ);
            let at = at.unwrap_or(found.len().min(paragraphs.len()));
            let short =
                |text: Option<&str>| text.map(|text| text.chars().take(120).collect::<String>());
            wrong.push(format!(
                "{name} has {} paragraphs of {}; paragraph {at} is {:?}, not {:?}",
                found.len(),
                paragraphs.len(),
                short(found.get(at).copied()),
                short(paragraphs.get(at).map(|text| &**text)),
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
