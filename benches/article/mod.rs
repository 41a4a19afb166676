//! What is timed, once for all benches: the stages of the pipeline over an article of any length.
//!
//! The text is that of the demo's English articles, one after the other, as long as asked. An article
//! of a million words has more to say than one of a thousand: each time all of them start over, every
//! seventh word of four letters or more is made one that did not occur before, by the number of the
//! time written in letters (`council`, then `councilb`, `councilc`). So terms and names recur and new
//! ones keep coming, and hardly a sentence is there twice.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use nutgraf::page::{BlockKind, Page};
use nutgraf::{
    Article, Options, Reading, Summary, article, entities, features, html, language, normalize,
    salience, sentences, tokens,
};
use unicode_segmentation::UnicodeSegmentation;

/// The parts of the pipeline in their order, from plain text to the JSON of a summary. The choice of its
/// sentences belongs to `summary`.
pub const STAGES: [&str; 10] = [
    "page",
    "article",
    "normalize",
    "sentences",
    "tokens",
    "entities",
    "features",
    "salience",
    "summary",
    "json",
];
/// All of them, as a caller has them.
pub const PIPELINE: &str = "pipeline";
/// What any reader of words and sentences has to do: one pass of each iterator of the crate
/// unicode-segmentation over the same text.
pub const FLOOR: &str = "floor";

/// Bytes of a thousand words, as most articles have.
pub const N_BYTES: usize = 6_000;

/// A word in this many of those that are long enough is made a new one.
const NEW_EVERY: usize = 7;
const MIN_LETTERS: usize = 4;

/// The demo's articles, from the root.
const DEMO: &str = "www/demo";

/// A text of at most so many bytes and whole words, a line a paragraph. The first line is no title.
pub fn text(n_bytes: usize) -> String {
    let paragraphs = demo_paragraphs();
    assert!(
        !paragraphs.is_empty(),
        "{DEMO} has no English article, and that is what is read here"
    );
    let (mut text, mut n_long) = (String::new(), 0);
    for time in 0.. {
        for paragraph in &paragraphs {
            for word in paragraph.split_whitespace() {
                let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
                let is_long = letters.chars().filter(|c| c.is_alphabetic()).count() >= MIN_LETTERS;
                n_long += usize::from(is_long);
                let ending = if is_long && n_long % NEW_EVERY == 0 {
                    in_letters(time)
                } else {
                    String::new()
                };
                if text.len() + word.len() + ending.len() + 2 > n_bytes {
                    return text;
                }
                text.extend([letters, &ending, &word[letters.len()..], " "]);
            }
            text.push('\n');
        }
    }
    text
}

fn demo_paragraphs() -> Vec<String> {
    // The commands of `xtask/`, one folder down, read the same articles.
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = [Some(ours), ours.parent()].into_iter().flatten();
    let demo = root.map(|root| root.join(DEMO)).find(|demo| demo.is_dir());
    let files = demo.into_iter().flat_map(fs::read_dir).flatten();
    let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    // A folder is listed in any order.
    files.sort();
    let mut paragraphs = Vec::new();
    for file in files {
        let is_page = file
            .extension()
            .is_some_and(|extension| extension == "html");
        if let Some(html) = is_page.then(|| fs::read_to_string(&file).ok()).flatten() {
            let article = article::find(&html::page(&html));
            if article.language == "en" {
                paragraphs.extend(
                    article
                        .paragraphs
                        .into_iter()
                        .map(|paragraph| paragraph.text),
                );
            }
        }
    }
    paragraphs
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

/// A text as a page that does not say its language.
pub fn page(text: &str) -> Page {
    Page::from_text(text, Some("Council votes to close the harbor bridge"))
}

/// The number of sentences that are found in a text.
pub fn n_sentences(text: &str) -> usize {
    Reading::new(&article::find(&page(text))).sentences.len()
}

/// Calls `visit` with the name of each part, then of the whole and of the floor, and with what runs it:
/// a stage from what those before it have found, which was found before.
pub fn each(text: &str, mut visit: impl FnMut(&'static str, &mut dyn FnMut())) {
    let options = Options::default();
    let page = page(text);
    let article = article::find(&page);
    let language = language::of(&article.language);
    let paragraphs = normalize::paragraphs(&article);
    let is_heading = |index: usize| is_heading(&article, index);
    let sentences = sentences::split(&paragraphs, language, is_heading);
    let tokens = tokens::split(&paragraphs, &sentences, language);
    let entities = entities::find(&paragraphs, &sentences, &tokens, language);
    let measure = || {
        features::measure(
            &article,
            &paragraphs,
            &sentences,
            &tokens,
            &entities,
            language,
        )
    };
    let measured = measure();
    let reading = Reading::new(&article);
    let summary = reading.summary(&options);

    let [
        page_,
        article_,
        normalize_,
        sentences_,
        tokens_,
        entities_,
        features_,
        salience_,
        summary_,
        json_,
    ] = STAGES;
    visit(page_, &mut || drop(black_box(self::page(text))));
    visit(article_, &mut || drop(black_box(article::find(&page))));
    visit(normalize_, &mut || {
        drop(black_box(normalize::paragraphs(&article)))
    });
    visit(sentences_, &mut || {
        drop(black_box(sentences::split(
            &paragraphs,
            language,
            is_heading,
        )));
    });
    visit(tokens_, &mut || {
        drop(black_box(tokens::split(&paragraphs, &sentences, language)));
    });
    visit(entities_, &mut || {
        drop(black_box(entities::find(
            &paragraphs,
            &sentences,
            &tokens,
            language,
        )));
    });
    visit(features_, &mut || drop(black_box(measure())));
    visit(salience_, &mut || {
        drop(black_box(salience::score(
            &measured.features,
            &salience::Trees::SHIPPED,
        )));
    });
    visit(summary_, &mut || drop(black_box(reading.summary(&options))));
    visit(json_, &mut || drop(black_box(to_json(&summary))));
    visit(PIPELINE, &mut || drop(black_box(pipeline(text, &options))));
    visit(FLOOR, &mut || {
        black_box(floor(text));
    });
}

fn is_heading(article: &Article, index: usize) -> bool {
    matches!(article.paragraphs[index].kind, BlockKind::Heading(_))
}

/// From plain text to the JSON of its summary.
pub fn pipeline(text: &str, options: &Options) -> String {
    to_json(&nutgraf::summarize(&page(text), options))
}

/// The number of words and sentences by UAX #29.
pub fn floor(text: &str) -> usize {
    text.unicode_words().count() + text.unicode_sentences().count()
}

fn to_json(summary: &Summary) -> String {
    serde_json::to_string(summary).expect("our own types have string keys and no maps")
}
