//! How long the choice of sentences takes, natively: what comes after the names are found.
//!
//! In: the English articles of the demo, one after the other, as one text that is as long as asked. An
//! article of a million words has more to say than one of a thousand: each time all of them start over,
//! every seventh word of four letters or more is made one that did not occur before, by the number of
//! the time written in letters (`council`, then `councilb`, `councilc`). So terms and names recur and new
//! ones keep coming, and hardly a sentence is there twice. Out: a table. The exponent says how the time
//! grows from one size to the next: 1 is linear, 2 is quadratic.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, bail};
use nutgraf::{
    Options, article, entities, features, html, language, normalize, page::BlockKind, salience,
    selection, sentences, tokens,
};

use crate::project;
use crate::train::salience::text_page;

/// Words of each article, and how often it is read: the median counts.
const SIZES: [(usize, usize); 4] = [(1_000, 201), (10_000, 51), (100_000, 11), (1_000_000, 3)];

/// What we ask for: milliseconds for the shortest article, and a time that grows as the article does.
const WANTED_MS: f64 = 1.0;
const WANTED_EXPONENT: f64 = 1.1;

/// A word in this many of those that are long enough is made a new one.
const NEW_EVERY: usize = 7;
const MIN_LETTERS: usize = 4;

/// Prints a row an article.
pub fn run() -> Result<()> {
    let source = Source::demo()?;
    println!(
        "milliseconds, medians; before: from a page of plain text to its names; choice: all after that"
    );
    println!(
        "    words  sentences   terms  names     before  measure    score   choose    choice  of all  exponent"
    );
    let mut times: Vec<f64> = Vec::new();
    let mut exponents: Vec<f64> = Vec::new();
    for (n_words, n_runs) in SIZES {
        let row = time(&source.text(n_words), &source.title, n_runs);
        let [before, measure, score, choose, choice] = row.ms;
        let exponent = times.last().map(|time| (choice / time).log10());
        println!(
            "{n_words:9} {:10} {:7} {:6} {before:10.2} {measure:8.3} {score:8.3} {choose:8.3} {choice:9.3} {:6.1}% {}",
            row.n_sentences,
            row.n_terms,
            row.n_names,
            100.0 * choice / (before + choice),
            exponent.map_or(String::new(), |exponent| format!("{exponent:9.2}")),
        );
        times.push(choice);
        exponents.extend(exponent);
    }
    let verdict = |holds: bool| if holds { "holds" } else { "DOES NOT HOLD" };
    let largest = exponents.iter().copied().fold(f64::MIN, f64::max);
    println!(
        "{} words within {WANTED_MS} ms: {:.3} ms, {}",
        SIZES[0].0,
        times[0],
        verdict(times[0] <= WANTED_MS)
    );
    println!(
        "linear, no exponent over {WANTED_EXPONENT}: {largest:.2}, {}",
        verdict(largest <= WANTED_EXPONENT)
    );
    Ok(())
}

struct Row {
    /// Before, measure, score, choose, and the last three together.
    ms: [f64; 5],
    n_sentences: usize,
    n_terms: usize,
    n_names: usize,
}

/// Reads a text as [`nutgraf::Reading`] does, stage by stage.
fn time(text: &str, title: &str, n_runs: usize) -> Row {
    let page = text_page(text, Some(title), "en");
    let options = Options::default();
    let mut runs: [Vec<f64>; 5] = Default::default();
    let mut counts = (0, 0, 0);
    for _ in 0..n_runs {
        let started = Instant::now();
        let article = article::find(&page);
        let language = language::of(&article.language);
        let paragraphs = normalize::paragraphs(&article);
        let is_heading =
            |index: usize| matches!(article.paragraphs[index].kind, BlockKind::Heading(_));
        let sentences = sentences::split(&paragraphs, language, is_heading);
        let tokens = tokens::split(&paragraphs, &sentences, language);
        let entities = entities::find(&paragraphs, &sentences, &tokens, language);
        let found = Instant::now();
        let measured = features::measure(
            &article,
            &paragraphs,
            &sentences,
            &tokens,
            &entities,
            language,
        );
        let measured_at = Instant::now();
        let scores = salience::score(&measured.features, &salience::Trees::SHIPPED);
        let scored = Instant::now();
        let order = selection::order(&tokens, &measured, &scores, &options);
        black_box(selection::choose(order, &tokens, &options));
        let chosen = Instant::now();
        let spans = [
            (started, found),
            (found, measured_at),
            (measured_at, scored),
            (scored, chosen),
            (found, chosen),
        ];
        for (times, (from, to)) in runs.iter_mut().zip(spans) {
            times.push((to - from).as_secs_f64() * 1e3);
        }
        counts = (sentences.len(), tokens.n_terms(), entities.len());
    }
    let (n_sentences, n_terms, n_names) = counts;
    Row {
        ms: runs.map(median),
        n_sentences,
        n_terms,
        n_names,
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What texts are made of.
struct Source {
    /// The title of the first article.
    title: String,
    paragraphs: Vec<String>,
}

impl Source {
    fn demo() -> Result<Source> {
        let (mut title, mut paragraphs) = (None, Vec::new());
        for file in project::files("www/demo", ".html")? {
            let html = fs::read_to_string(project::root().join(file))?;
            let article = article::find(&html::page(&html));
            if article.language == "en" {
                title = title.or(article.title);
                paragraphs.extend(
                    article
                        .paragraphs
                        .into_iter()
                        .map(|paragraph| paragraph.text),
                );
            }
        }
        match title {
            Some(title) => Ok(Source { title, paragraphs }),
            None => bail!("the demo has no English article with a title"),
        }
    }

    /// A text of so many words, a line a paragraph; the last may break off.
    fn text(&self, n_words: usize) -> String {
        let (mut text, mut n, mut n_long) = (String::new(), 0, 0);
        for time in 0.. {
            for paragraph in &self.paragraphs {
                for word in paragraph.split_whitespace() {
                    if n == n_words {
                        return text;
                    }
                    n += 1;
                    let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
                    let is_long =
                        letters.chars().filter(|c| c.is_alphabetic()).count() >= MIN_LETTERS;
                    n_long += usize::from(is_long);
                    text.push_str(letters);
                    if is_long && n_long % NEW_EVERY == 0 {
                        text.push_str(&in_letters(time));
                    }
                    text.push_str(&word[letters.len()..]);
                    text.push(' ');
                }
                text.push('\n');
            }
        }
        text
    }
}

/// A number in letters, the lowest digit first; nothing for 0.
fn in_letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_as_many_words_as_asked_and_new_ones_each_time() {
        let source = Source {
            title: String::new(),
            paragraphs: vec![
                "The harbor bridge, it closes.".to_owned(),
                "Why?".to_owned(),
            ],
        };
        let text = source.text(14);
        assert_eq!(text.split_whitespace().count(), 14);
        assert_eq!(
            text,
            "The harbor bridge, it closes. \nWhy? \nThe harbor bridge, it closes. \nWhy? \n\
             The harborc "
        );
        assert!(source.text(0).is_empty());
    }

    #[test]
    fn numbers_in_letters_are_all_different() {
        let mut all: Vec<String> = (0..2_000).map(in_letters).collect();
        assert_eq!([&*all[0], &*all[1], &*all[26]], ["", "b", "ab"]);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2_000);
    }
}
