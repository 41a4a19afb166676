//! The boundary to JavaScript: convert in, call, convert out.
//!
//! The only file to name wasm-bindgen, web-sys or serde-wasm-bindgen. The DOM is read by
//! `www/walk.js`, not from here: its getters are taken once from prototypes, so that no form field
//! can stand in for them; it crosses the boundary once instead of once a node; and what it packs can
//! be posted to another thread or an extension's page. What comes back is JSON text, one string
//! instead of a thousand keys and values.

use std::sync::{Mutex, PoisonError};

use mini_alloc::MiniAlloc;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::article::{self, Article, Excluded};
use crate::json::{self, Extract};
use crate::page::Page;
use crate::{Options, Reading, Summary};

/// Memory is only ever taken. The stages take three times what they would take at most at once: half a
/// megabyte for an article in the median, 7 for the longest of 412 pages; and `www/core.js`
/// starts a new instance once the old one has grown, which gives a page all of it back. talc, and the
/// calls to free, took 2.6 kB of a page's 80, compressed.
#[global_allocator]
static ALLOCATOR: MiniAlloc = MiniAlloc::INIT;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = json::TYPESCRIPT;

/// Adds the word lists of a language: its tag, U+0000, the text of its file.
#[wasm_bindgen(js_name = addLanguage)]
pub fn add_language(lists: &str) {
    if let Some((tag, lists)) = lists.split_once('\0') {
        crate::language::add(tag, lists);
    }
}

/// An article that has been found and waits to be read.
struct Found {
    page: Page,
    nodes: Vec<&'static str>,
    article: Article,
}

static FOUND: Mutex<Option<Found>> = Mutex::new(None);

/// Summarizes a page at up to three lengths, or extracts its article where no length is asked.
///
/// `strings` starts with three fields, each ended by U+0000 and empty where there is nothing to say:
/// the languages whose word lists can be had, a blank between them; the title and the language that
/// the caller knows. After them come the strings of a packed page, or, without
/// `events`, plain text. 0 stands for no limit of words, and for no summary. One function with few
/// arguments: the glue for each text that crosses the boundary is 100 bytes of a page's 80 kB.
///
/// Returns the JSON of `PageSummaries` or of `Article`. If the page is in a language whose lists can be
/// had and have not been added, that language's tag is returned, which is no JSON, and nothing else
/// is done. Summaries come in two steps, so that a browser on a slow phone can do something else between them: the first
/// call finds the article and returns nothing, the second, with nothing for `strings`, goes on.
#[wasm_bindgen]
pub fn read(
    strings: &str,
    events: &[u32],
    max_words: u32,
    short: u32,
    medium: u32,
    long: u32,
) -> String {
    let mut waiting = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = waiting.take().filter(|_| strings.is_empty()) {
        return summaries(&found, max_words, [short, medium, long]);
    }
    // Kept for the second step. The allocator never frees, so nothing is lost.
    let mut fields = strings.to_owned().leak().splitn(4, '\0');
    let mut field = || fields.next().unwrap_or_default();
    let (can_be_had, title, language, strings) = (field(), field(), field(), field());
    let given = |field| Some(field).filter(|field: &&str| !field.is_empty());
    let title = given(title);
    let (mut page, nodes) = if events.is_empty() {
        (Page::from_text(strings, title), Vec::new())
    } else {
        Page::from_packed(strings, events)
    };
    if let Some(title) = title {
        page.title = Some(title.to_owned());
    }
    page.language = given(language).map(str::to_owned);
    let tag = article::language_of(&page);
    let is_known = crate::language::of(&tag).tag == tag;
    if !is_known && can_be_had.split(' ').any(|other| other == tag) {
        return tag;
    }
    page.language = Some(tag);
    let article = article::find(&page);
    if short == 0 {
        return to_json(&Extract::from(&article));
    }
    *waiting = Some(Found {
        page,
        nodes,
        article,
    });
    String::new()
}

/// Reads an article that has been found.
fn summaries(found: &Found, max_words: u32, lengths: [u32; 3]) -> String {
    let reading = Reading::new(&found.article);
    let mut summaries = Vec::new();
    for max_sentences in lengths {
        if max_sentences > 0 {
            summaries.push(reading.summary(&Options {
                max_sentences: max_sentences as usize,
                max_words: (max_words > 0).then_some(max_words as usize),
                ..Options::default()
            }));
        }
    }
    to_json(&PageSummaries {
        summaries,
        spans: spans(&reading, &found.page, &found.nodes),
        excluded: found.article.excluded,
        hash: found.article.hash(),
    })
}

/// In builds with debug assertions, a panic says what happened on the browser's console. Release
/// builds have no panic messages: there a trap ends the call, and the caller starts a new instance, for
/// which the glue needs something to start.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&JsValue::from_str(&panic.to_string()));
    }));
}

#[derive(Serialize)]
struct PageSummaries {
    summaries: Vec<Summary>,
    spans: Vec<u32>,
    excluded: Excluded,
    hash: String,
}

/// The JSON of a value. In builds with debug assertions the browser's console shows the value as an
/// object; in release builds building one key by key would take 2 kB of the module's 80, compressed.
fn to_json(value: &impl Serialize) -> String {
    #[cfg(debug_assertions)]
    if let Ok(object) = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) {
        web_sys::console::debug_1(&object);
    }
    json::write(value)
}

/// Where the sentences of the article stand in the text nodes: five numbers a stretch, see
/// `PageSummaries`. Linear in the page.
fn spans(reading: &Reading, page: &Page, nodes: &[&str]) -> Vec<u32> {
    let mut spans = Vec::new();
    // The place that was counted last, in bytes and in UTF-16 units. Counting goes on from there:
    // from the start of the node each time, one text of 5 MB took minutes.
    let mut last = (0, 0, 0);
    let mut count = |(node, at): (u32, u32)| {
        let (last_node, mut from, mut n_units) = last;
        if node != last_node || at < from {
            (from, n_units) = (0, 0);
        }
        let text = nodes.get(node as usize).copied().unwrap_or_default();
        let between = text.get(from as usize..at as usize).unwrap_or_default();
        n_units += between.encode_utf16().count() as u32;
        last = (node, at, n_units);
        [node, n_units]
    };
    for sentence in 0..reading.sentences.len() {
        let paragraph = reading.sentences[sentence].paragraph;
        let block = &page.blocks[reading.article.paragraphs[paragraph].block];
        for stretch in block.stretches(reading.shown_span(sentence)) {
            spans.push(sentence as u32);
            spans.extend_from_slice(&count(stretch.start));
            spans.extend_from_slice(&count(stretch.end));
        }
    }
    spans
}
