//! Title, authors, date and language, from what the page says and what it shows.
//!
//! In: the facts and blocks of a [`Page`]. Out: answers. What a page says of itself is evidence:
//! where it names several articles, the one whose address or headline is the page's counts, and
//! what can be seen around the headline speaks as well.

mod authors;
mod date;
mod title;

use super::Paragraph;
use crate::characters::Character;
use crate::page::{Block, Fact, Page, Visibility, holds_text};
use crate::tokens::{count_words, fold};
use std::ops::Range;

/// JSON-LD types that are articles; a type that ends so is one as well (`ReportageNewsArticle`,
/// `LiveBlogPosting`).
const ARTICLE_TYPES: [&str; 3] = ["Article", "BlogPosting", "Report"];

/// A page that describes more articles than this has its first ones read.
const MAX_NODES: usize = 64;
/// Titles and names of the site beyond these repeat the others.
const MAX_TITLES: usize = 4;
const MAX_SITES: usize = 8;

/// What a page says about itself, ready to be asked. The answers are plain lists, gathered by one
/// function each: chains of iterators took a fifth of the module's code.
pub struct Metadata<'a> {
    page: &'a Page,
    /// The JSON-LD nodes that are about this article.
    nodes: Vec<Node<'a>>,
    /// The names of the site, folded to letters.
    sites: Vec<String>,
    /// The page's own address, without scheme and parameters.
    address: &'a str,
    /// The block that is the headline.
    headline: Option<usize>,
    /// The headline without what is not part of it.
    title: Option<String>,
    /// The letters of the title, …
    title_letters: String,
    /// … and of the page's descriptions of itself.
    descriptions: Vec<String>,
}

/// What a text may repeat of what a page says of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// Nothing.
    Nothing,
    /// The title.
    Title,
    /// A description, whole or cut short.
    Description,
}

/// A JSON-LD object: its path, with a point at its end, and the facts in it, which stand together.
struct Node<'a> {
    path: &'a str,
    facts: Range<usize>,
}

impl<'a> Metadata<'a> {
    /// Reads what a page says about itself. Linear in the page.
    pub fn new(page: &'a Page) -> Metadata<'a> {
        let mut metadata = Metadata {
            page,
            nodes: article_nodes(&page.facts),
            sites: Vec::new(),
            address: "",
            headline: None,
            title: None,
            title_letters: String::new(),
            descriptions: Vec::new(),
        };
        let mut addresses = metadata.facts("link", "canonical");
        addresses.extend(metadata.meta("og:url"));
        if let Some(address) = addresses.first() {
            metadata.address = bare(address);
        }
        metadata.choose_nodes();
        let mut sites = metadata.meta("og:site_name application-name");
        sites.extend(metadata.json("publisher.name"));
        sites.truncate(MAX_SITES);
        for site in sites {
            metadata.sites.push(letters(site));
        }
        metadata.find_title();
        metadata.title_letters = letters(metadata.title.as_deref().unwrap_or_default());
        for description in metadata.meta("og:description description twitter:description") {
            metadata.descriptions.push(letters(description));
        }
        metadata
    }

    /// Keeps of the JSON-LD nodes those that are about this page, if any says so.
    fn choose_nodes(&mut self) {
        let mut titles = self.meta("og:title");
        titles.extend(self.facts("title", ""));
        titles.truncate(MAX_TITLES);
        let mut about = Vec::new();
        let mut others = Vec::new();
        for node in std::mem::take(&mut self.nodes) {
            let mut is_about = false;
            for path in ["url", "@id", "mainEntityOfPage", "mainEntityOfPage.@id"] {
                for address in self.values(&node, path) {
                    is_about |= bare(address) == self.address;
                }
            }
            for headline in self.values(&node, "headline") {
                for title in &titles {
                    is_about |= title::says_the_same(headline, title);
                }
            }
            if is_about { &mut about } else { &mut others }.push(node);
        }
        self.nodes = if about.is_empty() { others } else { about };
    }

    /// The values at a path below a JSON-LD node; indices in it don't count.
    fn values(&self, node: &Node, path: &str) -> Vec<&'a str> {
        let mut values = Vec::new();
        for fact in &self.page.facts[node.facts.clone()] {
            if is_path(&fact.key[node.path.len()..], path) {
                values.push(&*fact.value);
            }
        }
        values
    }

    /// The values at a path below the JSON-LD nodes that are this article.
    fn json(&self, path: &str) -> Vec<&'a str> {
        let mut values = Vec::new();
        for node in &self.nodes {
            values.extend(self.values(node, path));
        }
        values
    }

    fn facts(&self, source: &str, keys: &str) -> Vec<&'a str> {
        facts(self.page, source, keys)
    }

    fn meta(&self, keys: &str) -> Vec<&'a str> {
        self.facts("meta", keys)
    }

    /// Whether the publisher does not want the page summarized.
    pub fn opted_out(&self) -> bool {
        self.meta("nutgraf")
            .iter()
            .any(|value| value.eq_ignore_ascii_case("off"))
    }

    /// Whether the page says that it is one article.
    pub fn claims_article(&self) -> bool {
        self.meta("og:type")
            .iter()
            .any(|value| value.eq_ignore_ascii_case("article"))
            || !self.json("headline").is_empty()
    }

    /// The headline: the visible heading that says what the page's own title says, or that title
    /// without the site's name.
    pub fn title(&self) -> Option<String> {
        self.title.clone()
    }

    /// The block that is the headline, if one is.
    pub fn headline(&self) -> Option<usize> {
        self.headline
    }

    /// What of the page's own words a text repeats.
    pub fn repeated_by(&self, text: &str) -> Repeats {
        // Most texts differ in their first letters already.
        let start = match text.char_indices().nth(START_CHARS) {
            Some((end, _)) => letters(&text[..end]),
            None => letters(text),
        };
        let may_be = |claim: &String| claim.starts_with(&start) || start.starts_with(&**claim);
        let is_candidate = may_be(&self.title_letters) || self.descriptions.iter().any(may_be);
        if start.is_empty() || text.len() > MAX_REPEATED_BYTES || !is_candidate {
            return Repeats::Nothing;
        }
        let text = letters(text);
        if text == self.title_letters {
            return Repeats::Title;
        }
        for description in &self.descriptions {
            let is_enough = description.len() * 2 > text.len();
            if is_enough && (text.starts_with(&**description) || description.starts_with(&*text)) {
                return Repeats::Description;
            }
        }
        Repeats::Nothing
    }

    /// Whether a text is a name of the site.
    fn is_site(&self, text: &str) -> bool {
        let text = letters(text);
        let host = self.address.split('/').next().unwrap_or_default();
        self.sites.contains(&text) || text.len() > 2 && letters(host).starts_with(&text)
    }

    /// The visible blocks around the headline, where date and byline stand: those after it up to
    /// the running text and a little into it, then the few before it, where a site may show its own.
    fn around_headline(&self) -> Vec<&'a Block> {
        let blocks = &self.page.blocks;
        let is_prose = |block: &Block| block.text.len() > MIN_PROSE_BYTES;
        let anchor = match self.headline {
            Some(headline) => headline,
            None => blocks.iter().position(is_prose).unwrap_or(0),
        };
        let mut around = Vec::new();
        let mut n_prose = 0;
        for (index, block) in blocks.iter().enumerate().skip(anchor) {
            if block.visibility != Visibility::Visible || self.headline == Some(index) {
                continue;
            }
            n_prose += usize::from(is_prose(block));
            if n_prose > MAX_PROSE || around.len() == N_AFTER {
                break;
            }
            around.push(block);
        }
        let mut n_before = 0;
        for block in blocks[..anchor].iter().rev() {
            if n_before < N_BEFORE && block.visibility == Visibility::Visible {
                n_before += 1;
                around.push(block);
            }
        }
        around
    }

    /// Whether the text breaks off.
    pub fn is_truncated(&self, paragraphs: &[Paragraph]) -> bool {
        let Some(last) = paragraphs.last() else {
            return false;
        };
        let mut tiers = self.json("isAccessibleForFree");
        tiers.extend(self.meta("article:content_tier"));
        let not_free = |tier: &&str| tier.eq_ignore_ascii_case("false") || *tier == "locked";
        let breaks_off = ["…", "...", "[…]"]
            .iter()
            .any(|end| last.text.ends_with(end));
        let n_words = || {
            paragraphs
                .iter()
                .map(|paragraph| count_words(&paragraph.text))
                .sum::<usize>()
        };
        (breaks_off || tiers.iter().any(not_free)) && n_words() < MAX_STUB_WORDS
    }
}

/// The values that a source gives for the first of some keys, then for the next and so on. The
/// keys stand in one text, with blanks between them, since a list of texts takes more bytes.
fn facts<'a>(page: &'a Page, source: &str, keys: &str) -> Vec<&'a str> {
    let mut values = Vec::new();
    for key in keys.split(' ') {
        for fact in &page.facts {
            if fact.source == source && fact.key == key {
                values.push(&*fact.value);
            }
        }
    }
    values
}

/// The language that a page declares.
pub fn declared_language(page: &Page) -> Option<&str> {
    let mut declared = facts(page, "html", "lang");
    declared.extend(facts(
        page,
        "meta",
        "og:locale content-language language inlanguage",
    ));
    declared.first().copied()
}

/// A page that says that it is not free shows the start of a text; more words than this and it is
/// the whole.
const MAX_STUB_WORDS: usize = 350;

/// Characters that tell most texts apart.
const START_CHARS: usize = 12;
/// A text with more bytes is neither title nor description.
const MAX_REPEATED_BYTES: usize = 800;

/// A block with more bytes is running text.
const MIN_PROSE_BYTES: usize = 200;
/// How far around the headline date and byline are looked for: visible blocks before it, after it,
/// and among those running text.
const N_BEFORE: usize = 6;
const N_AFTER: usize = 30;
const MAX_PROSE: usize = 2;

/// The JSON-LD nodes that are articles and not within one that is. Linear: a node's facts stand
/// together, so that its extent is found from its type outwards.
fn article_nodes(facts: &[Fact]) -> Vec<Node<'_>> {
    let mut nodes: Vec<Node> = Vec::new();
    // A node may have several types: `0.@type.1`.
    let is_index = |c: char| c.is_ascii_digit() || c == '.';
    for (index, Fact { source, key, value }) in facts.iter().enumerate() {
        let is_inner = nodes.last().is_some_and(|node| index < node.facts.end);
        if *source != "json-ld"
            || is_inner
            || !ARTICLE_TYPES.iter().any(|kind| value.ends_with(kind))
        {
            continue;
        }
        let Some(path) = key.trim_end_matches(is_index).strip_suffix("@type") else {
            continue;
        };
        let is_in = |fact: &Fact| fact.source == "json-ld" && fact.key.starts_with(path);
        let mut around = index..index + 1;
        while around.start > 0 && is_in(&facts[around.start - 1]) {
            around.start -= 1;
        }
        while around.end < facts.len() && is_in(&facts[around.end]) {
            around.end += 1;
        }
        while nodes
            .last()
            .is_some_and(|node| node.facts.start >= around.start)
        {
            nodes.pop();
        }
        nodes.push(Node {
            path,
            facts: around,
        });
        if nodes.len() == MAX_NODES {
            break;
        }
    }
    nodes
}

/// Whether a path is `author.name`, indices aside: `author.0.name`.
fn is_path(found: &str, path: &str) -> bool {
    let is_key = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
    found.split('.').filter(is_key).eq(path.split('.'))
}

/// The letters and digits of a text, folded.
fn letters(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|c| c.is_letter_or_number())
        .collect()
}

/// An address without scheme, `www.`, parameters and the stroke at its end.
fn bare(address: &str) -> &str {
    let mut bare = address;
    for start in ["https:", "http:", "//", "www."] {
        bare = bare.strip_prefix(start).unwrap_or(bare);
    }
    let end = bare.find(['?', '#']).unwrap_or(bare.len());
    let bare = &bare[..end];
    bare.strip_suffix('/').unwrap_or(bare)
}

/// Whether a text holds one of some words, which stand in one text with blanks between them.
fn holds_any(text: &str, words: &str) -> bool {
    let mut holds = false;
    for word in words.split(' ') {
        holds |= holds_text(text, word);
    }
    holds
}

/// A value as a reader would see it, its character references resolved. Many pages escape twice.
fn plain(value: &str) -> String {
    let mut text = String::new();
    for piece in value.split('&') {
        let mut rest = piece;
        while let Some(inner) = rest.strip_prefix("amp;") {
            rest = inner;
        }
        let end = rest.find(';').unwrap_or(0);
        match referred(&rest[..end]) {
            Some(c) => {
                text.push(c);
                rest = &rest[end + 1..];
            }
            // What stands before the first `&`.
            None if text.is_empty() => {}
            None => text.push('&'),
        }
        text.push_str(rest);
    }
    text
}

/// The character that a reference stands for, without `&` and `;`.
fn referred(name: &str) -> Option<char> {
    let digits = match name {
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some(' '),
        _ => name.strip_prefix('#')?,
    };
    let (digits, base) = match digits.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    let mut code = 0;
    for byte in digits.bytes() {
        code = (code * base + char::from(byte).to_digit(base)?) & 0x1f_ffff;
    }
    char::from_u32(code)
}
