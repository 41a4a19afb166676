//! What readers and publishers were promised, by number, and that each promise has a test that names it.
//!
//! A test names the requirement that it shows at the beginning of its name, `R2: a sentence leads …`, or in Rust as
//! the first word above it, `/// R12: …`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::project;

/// Numbers, each with its promise in a few words.
const REQUIREMENTS: [(&str, &str); 30] = [
    (
        "R1",
        "every summary sentence is a sentence of the visible article, word for word",
    ),
    (
        "R2",
        "a summary sentence leads to its source, marked and with the focus; the article's DOM stays as it was",
    ),
    (
        "R3",
        "no output sentence begins or ends in the middle of one",
    ),
    ("R4", "after the files have loaded, no request is made"),
    (
        "R5",
        "100 ms from click to first sentence of 1,000 words, no task over 50 ms for 10,000",
    ),
    (
        "R6",
        "the whole article is considered, and the coverage line says so",
    ),
    (
        "R7",
        "length and shape switch at once, without reading the page again",
    ),
    ("R8", "each state that is not ok has a message of its own"),
    (
        "R9",
        "no violation in axe, all by keyboard, status told once",
    ),
    (
        "R10",
        "no summary sentence leans on one that is not shown; quotes keep their speaker",
    ),
    (
        "R11",
        "comments, menus, captions, ads and related links give no sentence",
    ),
    (
        "R12",
        "each sentence has a reason that the article bears out",
    ),
    (
        "R13",
        "people and organizations of the article are listed with their sentences",
    ),
    (
        "R14",
        "a selection can be summarized; copy, share, print, listen",
    ),
    (
        "R15",
        "a preference is remembered; all works with storage, speech, share and clipboard denied",
    ),
    ("P1", "one script tag and one element give a working button"),
    (
        "P2",
        "before intent 6 kB in one request, no layout shift, no long task",
    ),
    ("P3", "a budget for all that is loaded"),
    (
        "P4",
        "works under the strictest policy, with and without wasm",
    ),
    ("P5", "text of the page never becomes elements"),
    ("P6", "hostile pages give a summary or a stated limit, soon"),
    (
        "P7",
        "include, exclude, language, length, label and own words can be set; own words win",
    ),
    ("P8", "the same text gives the same bytes everywhere"),
    (
        "P9",
        "the summary can be written as plain HTML that the widget adopts",
    ),
    (
        "P10",
        "colors, spacing, fonts by custom properties and parts; light, dark, right to left; languages",
    ),
    (
        "P11",
        "entries can be imported in Node; types, exports, manifest",
    ),
    (
        "P12",
        "navigation and live edits refresh or retire the summary",
    ),
    ("P13", "events carry counts and times, no text"),
    (
        "P14",
        "versions, hashes, wrong types and offline are each covered",
    ),
    (
        "P15",
        "the extension works on locked pages with few permissions",
    ),
];

/// Those that a command measures, since it takes a corpus, a clock or the built files.
const MEASURED: [(&str, &str); 6] = [
    ("R3", "cargo xtask evaluate sentences"),
    ("R5", "cargo xtask bench browser"),
    ("R10", "cargo xtask evaluate summaries"),
    ("R11", "cargo xtask evaluate extraction"),
    ("R13", "cargo xtask evaluate entities"),
    ("P3", "cargo xtask size, a step of cargo xtask test"),
];

#[test]
fn every_requirement_has_a_test_or_a_measurement() {
    let mut shown = BTreeSet::new();
    for folder in ["tests", "xtask/src"] {
        collect(&project::root().join(folder), &mut shown);
    }
    for (number, promise) in REQUIREMENTS {
        let is_measured = MEASURED.iter().any(|(other, _)| *other == number);
        assert!(
            shown.contains(number) || is_measured,
            "no test is named {number}: {promise}"
        );
    }
    for number in &shown {
        let is_known = REQUIREMENTS.iter().any(|(known, _)| known == number);
        assert!(
            is_known,
            "a test is named {number}, which is no requirement"
        );
    }
}

/// Adds the numbers that tests in and below a folder name.
fn collect(folder: &Path, shown: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("a file of ours").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // Others test there what we know nothing of.
            if name != "node_modules" {
                collect(&path, shown);
            }
        } else if name.ends_with(".test.mjs") || name.ends_with(".rs") {
            let text = fs::read_to_string(&path).expect("a source is UTF-8");
            shown.extend(text.lines().filter_map(number_in));
        }
    }
}

/// The number that a line names a test by: `test('R2: …`, `'R2: …` where the name has a line of its own, or `/// R2: …`.
fn number_in(line: &str) -> Option<String> {
    let line = line.trim_start();
    let quoted = line
        .trim_start_matches("test(")
        .strip_prefix(['\'', '"', '`']);
    let name = quoted.or_else(|| line.strip_prefix("/// "))?;
    let (number, _) = name.split_once(": ")?;
    let digits = number.strip_prefix(['R', 'P'])?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

#[test]
fn a_number_stands_at_the_beginning_of_a_name() {
    let found = |line| number_in(line);
    assert_eq!(
        found("test('R2: a sentence', async () => {").as_deref(),
        Some("R2")
    );
    assert_eq!(
        found("  test(`P14: ${name}`, async () => {").as_deref(),
        Some("P14")
    );
    assert_eq!(
        found("    /// R12: reasons are true").as_deref(),
        Some("R12")
    );
    assert_eq!(found("test('a sentence, see R2: it leads', () => {"), None);
    assert_eq!(found("// R2: in passing"), None);
}
