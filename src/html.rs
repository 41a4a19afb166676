//! HTML → a page, natively: what `www/walk.js` does in the browser.
//!
//! In: bytes or text of an HTML document. Out: a [`Page`]. `parser` makes a tree of it; scripting
//! counts as on, as it is where readers are. Linear in the document, whatever is in it.

mod parser;

use std::borrow::Cow;

use ego_tree::iter::Edge;
use scraper::{Node, node::Element};
use serde_json::Value;

use crate::page::{Attributes, Packer, Page, PageBuilder, Walker};

/// Decodes the bytes of an HTML document.
///
/// Valid UTF-8 is UTF-8 whatever the document declares, since many declare something else than
/// they are. Otherwise the byte order mark decides, then the declared character encoding, then
/// windows-1252, as browsers do.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text.trim_start_matches('\u{feff}'));
    }
    let encoding = declared_encoding(bytes).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode(bytes).0
}

/// Text as it stands in HTML, between tags and in quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            _ => html.push(c),
        }
    }
    html
}

/// Browsers look for a declaration in the first 1,024 bytes; pages with long heads declare later.
const MAX_PRESCAN_BYTES: usize = 4_096;

/// Finds `charset=…` in a `meta` element near the start.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head: String = bytes
        .iter()
        .take(MAX_PRESCAN_BYTES)
        .map(|&byte| byte.to_ascii_lowercase() as char)
        .collect();
    head.split("<meta").skip(1).find_map(|meta| {
        let meta = meta.split('>').next()?;
        let (_, value) = meta.split_once("charset")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/');
        let label = value.trim_start_matches(['"', '\'']).split(is_end).next()?;
        encoding_rs::Encoding::for_label(label.as_bytes())
    })
}

/// Reads an HTML document. Markup without `html` or `body` is completed as browsers do.
pub fn page(html: &str) -> Page {
    let mut builder = PageBuilder::default();
    walk(html, &mut builder);
    builder.finish()
}

/// Packs an HTML document instead: for comparing the builds for the browser with native code.
pub fn pack(html: &str) -> Packer {
    let mut packer = Packer::default();
    walk(html, &mut packer);
    packer
}

fn walk(html: &str, walker: &mut impl Walker) {
    let document = parser::parse(html);
    let mut json_ld = Vec::new();
    // An iterator over the edges of the tree, so that depth costs no stack.
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let mut attributes = Attributes::default();
                    for (name, value) in element.attrs() {
                        attributes.add_named(name, value);
                    }
                    walker.open(element.name(), &attributes);
                    if is_json_ld(element) {
                        let texts = node.children().filter_map(|child| child.value().as_text());
                        json_ld.push(texts.map(|text| &**text).collect::<String>());
                    }
                }
                Node::Text(text) => walker.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if node.value().is_element() {
                    walker.close();
                }
            }
        }
    }
    let mut n_facts = 0;
    for (index, script) in json_ld.iter().enumerate() {
        // A script that does not parse says nothing; many pages have one.
        if let Ok(value) = serde_json::from_str(&without_half_characters(script)) {
            add_facts(walker, &mut n_facts, &index.to_string(), &value, 0);
        }
    }
}

fn is_json_ld(element: &Element) -> bool {
    element.name() == "script"
        && element.attr("type").is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default();
            kind.trim().eq_ignore_ascii_case("application/ld+json")
        })
}

/// Replaces escaped surrogates that are no pair, for which serde_json refuses the whole script and
/// `JSON.parse` does not: titles cut within an emoji have them.
fn without_half_characters(json: &str) -> Cow<'_, str> {
    let escape = |at: usize| {
        let escape = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    let mut fixed = String::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = json[at..].find('\\') {
        at += found;
        let n_bytes = match (escape(at), escape(at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                fixed.push_str(&json[start..at]);
                fixed.push('\u{fffd}');
                start = at + 6;
                6
            }
            // The next character is escaped, whatever it is.
            _ => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        at += n_bytes;
    }
    if start == 0 {
        return Cow::Borrowed(json);
    }
    fixed.push_str(&json[start..]);
    Cow::Owned(fixed)
}

/// The same limits as in `www/walk.js`.
const MAX_DEPTH: usize = 16;
const MAX_FACTS: usize = 2_000;
const MAX_UTF16: usize = 1_000;

/// Flattens a JSON value into facts: the path to each string, number and boolean, and its value.
fn add_facts(
    walker: &mut impl Walker,
    n_facts: &mut usize,
    path: &str,
    value: &Value,
    depth: usize,
) {
    let fits = |text: &str| text.encode_utf16().count() <= MAX_UTF16;
    if *n_facts >= MAX_FACTS || !fits(path) {
        return;
    }
    let mut add = |value: &str| {
        if fits(value) {
            *n_facts += 1;
            walker.json_ld(path, value);
        }
    };
    match value {
        Value::Null => {}
        Value::Bool(value) => add(&value.to_string()),
        Value::Number(value) => add(&value.to_string()),
        Value::String(value) => add(value),
        Value::Array(values) if depth < MAX_DEPTH => {
            for (index, value) in values.iter().enumerate() {
                let path = format!("{path}.{index}");
                add_facts(walker, n_facts, &path, value, depth + 1);
            }
        }
        Value::Object(values) if depth < MAX_DEPTH => {
            // The text of the article is read from the page, where the reader sees it.
            let told = values
                .iter()
                .filter(|(key, _)| *key != "articleBody" && *key != "text");
            for (key, value) in told {
                let path = format!("{path}.{key}");
                add_facts(walker, n_facts, &path, value, depth + 1);
            }
        }
        Value::Array(_) | Value::Object(_) => {}
    }
}
