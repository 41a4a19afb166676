//! The boundary to JavaScript: convert in, call, convert out.
//!
//! The only file to name wasm-bindgen, web-sys or serde-wasm-bindgen. The DOM is read by
//! `www/walk.js`, not from here: its getters are taken once from prototypes, so that no form field
//! can stand in for them; it crosses the boundary once instead of once a node; and what it packs can
//! be posted to another thread or an extension's page.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::article::{self, Article};
use crate::json::{self, Extract};
use crate::page::Page;
use crate::{Options, Reading, Summary};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = json::TYPESCRIPT;

/// Summarizes a packed page at each of the asked lengths.
#[wasm_bindgen(js_name = summarizePage, unchecked_return_type = "PageSummaries")]
pub fn summarize_page(
    strings: &str,
    events: &[u32],
    facts: &str,
    title: Option<String>,
    language: Option<String>,
    sentences: &[u32],
    words: Option<u32>,
) -> Result<JsValue, JsValue> {
    let page = page(Page::from_packed(strings, events, facts), title, language);
    let article = article::find(&page);
    let reading = Reading::new(&article);
    let summaries = summaries(&reading, sentences, words);
    to_js(&PageSummaries {
        summaries,
        spans: spans(&reading, &page, strings, events),
    })
}

/// Summarizes plain text at each of the asked lengths.
#[wasm_bindgen(js_name = summarizeText, unchecked_return_type = "{ summaries: Summary[] }")]
pub fn summarize_text(
    text: &str,
    title: Option<String>,
    language: Option<String>,
    sentences: &[u32],
    words: Option<u32>,
) -> Result<JsValue, JsValue> {
    let page = page(Page::from_text(text, title.as_deref()), title, language);
    let article = article::find(&page);
    let summaries = summaries(&Reading::new(&article), sentences, words);
    to_js(&PageSummaries {
        summaries,
        spans: Vec::new(),
    })
}

/// Extracts the article of a packed page.
#[wasm_bindgen(js_name = extractPage, unchecked_return_type = "Article")]
pub fn extract_page(
    strings: &str,
    events: &[u32],
    facts: &str,
    title: Option<String>,
    language: Option<String>,
) -> Result<JsValue, JsValue> {
    extract(&page(
        Page::from_packed(strings, events, facts),
        title,
        language,
    ))
}

/// Extracts the article from plain text.
#[wasm_bindgen(js_name = extractText, unchecked_return_type = "Article")]
pub fn extract_text(
    text: &str,
    title: Option<String>,
    language: Option<String>,
) -> Result<JsValue, JsValue> {
    extract(&page(
        Page::from_text(text, title.as_deref()),
        title,
        language,
    ))
}

/// In builds with debug assertions, a panic says what happened on the browser's console. Release
/// builds have no panic messages: there a trap ends the call, and the caller starts a new instance.
#[cfg(debug_assertions)]
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&JsValue::from_str(&panic.to_string()));
    }));
}

#[derive(Serialize)]
struct PageSummaries {
    summaries: Vec<Summary>,
    spans: Vec<u32>,
}

fn page(mut page: Page, title: Option<String>, language: Option<String>) -> Page {
    page.title = title.or(page.title);
    page.language = language;
    page
}

fn summaries(reading: &Reading, sentences: &[u32], words: Option<u32>) -> Vec<Summary> {
    let options = |&max_sentences: &u32| Options {
        max_sentences: max_sentences as usize,
        max_words: words.map(|words| words as usize),
        ..Options::default()
    };
    sentences
        .iter()
        .map(options)
        .map(|options| reading.summary(&options))
        .collect()
}

fn extract(page: &Page) -> Result<JsValue, JsValue> {
    let article: Article = article::find(page);
    to_js(&Extract::from(&article))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// Where each sentence stands in the text nodes: five numbers a stretch, see `PageSummaries`.
fn spans(reading: &Reading, page: &Page, strings: &str, events: &[u32]) -> Vec<u32> {
    let nodes = Page::packed_texts(strings, events);
    let mut spans = Vec::new();
    for sentence in 0..reading.sentences.len() {
        let paragraph = reading.sentences[sentence].paragraph;
        let block = &page.blocks[reading.article.paragraphs[paragraph].block];
        for stretch in block.stretches(reading.shown_span(sentence)) {
            let utf16 = |(node, at): (u32, u32)| {
                let text = nodes.get(node as usize).copied().unwrap_or_default();
                let before = text.get(..at as usize).unwrap_or(text);
                [node, before.encode_utf16().count() as u32]
            };
            spans.push(sentence as u32);
            spans.extend(utf16(stretch.start));
            spans.extend(utf16(stretch.end));
        }
    }
    spans
}
