//! What a walk over a page yields: its blocks of text, the elements they hang in, and its facts.
//!
//! In: a stream of elements and text, from the DOM walk in `www/walk.js`, from the HTML walk in
//! [`crate::html`], or plain text. Out: a [`Page`]. Both walks feed one [`PageBuilder`], so what
//! is a block, what is hidden and what is a fact is decided here and nowhere else.
//!
//! A block is a maximal run of inline content between block boundaries. Boundaries go by a table
//! of element names ([`Tag`]) and never by computed style; two `<br>` are a boundary, one is a
//! space. A run of white space is folded to one U+0020 and nothing else is changed.

mod attribute;
mod builder;
mod packed;
mod plain;
mod tag;

use std::fmt;
use std::ops::Range;

pub use attribute::{Attribute, Attributes};
pub use builder::{Flags, PageBuilder};
#[cfg(feature = "cli")]
pub use packed::Packer;
pub use tag::Tag;
#[cfg(feature = "cli")]
pub(crate) use tag::ends_block;

/// What takes down a walk over HTML: elements and text as they come, and at the end what JSON-LD says.
#[cfg(feature = "cli")]
pub(crate) trait Walker {
    fn open(&mut self, name: &str, attributes: &Attributes);
    fn text(&mut self, text: &str);
    fn close(&mut self);
    fn json_ld(&mut self, path: &str, value: &str);
}

/// One page as the reader has it before them, in document order.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The text of the page, hidden text included and marked as such.
    pub blocks: Vec<Block>,
    /// The block-level elements; a parent stands before its children, the first is its own parent.
    pub elements: Vec<Element>,
    /// The title that was given from outside, or found in plain text.
    pub title: Option<String>,
    /// The language that was given from outside: a BCP 47 tag.
    pub language: Option<String>,
    /// What the page says about itself.
    pub facts: Vec<Fact>,
    /// How the page came to us.
    pub source: Source,
}

/// How a page came to us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Elements with names and attributes.
    #[default]
    Markup,
    /// Lines of plain text: no markup to go by.
    PlainText,
}

/// A maximal run of inline content between block boundaries.
#[derive(Clone, Debug)]
pub struct Block {
    /// What the nearest telling element around it makes of it.
    pub kind: BlockKind,
    /// Its text, white space folded, without blanks at its ends; never empty.
    pub text: String,
    /// Share of its letters that stand in links, `0.0..=1.0`.
    pub link_share: f32,
    /// Whether the reader can see it and may be quoted from it.
    pub visibility: Visibility,
    /// The innermost block-level element around it, as an index into [`Page::elements`].
    pub element: usize,
    /// Lower-case words of the attributes of the inline elements in it, separated by blanks.
    pub words: String,
    /// Whether a caller's `include` selector matches an element around it.
    pub included: bool,
    /// The way back: where each stretch of `text` stood in the text nodes it came from.
    pub origins: Vec<Origin>,
}

/// What a block is, by the elements around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text, and any text that nothing else claims.
    Paragraph,
    /// `h1` to `h6`, with the level.
    Heading(u8),
    /// `li`, `dt` or `dd`.
    ListItem,
    /// `td` or `th`.
    Cell,
    /// `figcaption` or a table's `caption`.
    Caption,
    /// `blockquote`.
    Quote,
    /// `pre`.
    Preformatted,
}

/// Whether a block may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The reader can see it.
    Visible,
    /// Not rendered, or hidden by an attribute.
    Hidden,
    /// The publisher does not want it quoted: `data-nosnippet`.
    OptedOut,
    /// A caller's `exclude` selector matches it.
    Excluded,
}

/// A block-level element.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name.
    pub tag: Tag,
    /// The block-level element around it, as an index into [`Page::elements`].
    pub parent: usize,
    /// Number of elements around it, inline ones included.
    pub depth: u32,
    /// Lower-case words of its class, id, role, `itemprop`, label and test attributes, separated
    /// by blanks; `camelCase`, `kebab-case` and `snake_case` are taken apart.
    pub words: String,
}

/// Where a stretch of a block's text came from. The stretch reaches to the next origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where it starts in the block's text, in bytes.
    pub at: u32,
    /// Which text node it came from, counted over the whole walk.
    pub node: u32,
    /// Where it starts in the text node, in bytes.
    pub start: u32,
    /// Whether text that is not part of the block stood between it and the stretch before.
    pub gap: bool,
}

/// Something the page says about itself, for instance (`meta`, `og:title`, `…`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// `html`, `title`, `meta`, `link`, `time`, `author` (a link that leads to one), `microdata` or
    /// `json-ld`.
    pub source: &'static str,
    /// Its name there. For JSON-LD the path to the value, for instance `0.@graph.2.author.0.name`.
    pub key: String,
    /// Its value, white space folded.
    pub value: String,
}

impl Block {
    /// Where a part of the text, `span` in bytes, stood on the page: one stretch, or several where
    /// something that is not part of the block interrupts it. Empty for plain text.
    pub fn stretches(&self, span: Range<usize>) -> Vec<Stretch> {
        let first = self
            .origins
            .partition_point(|origin| origin.at as usize <= span.start);
        let mut stretches: Vec<Stretch> = Vec::new();
        for (index, origin) in self
            .origins
            .iter()
            .enumerate()
            .skip(first.saturating_sub(1))
        {
            let at = origin.at as usize;
            if at >= span.end {
                break;
            }
            let next = self
                .origins
                .get(index + 1)
                .map_or(usize::MAX, |next| next.at as usize);
            let from = span.start.max(at);
            // A blank before the next stretch may stand in that one's text node, or be two bytes in this
            // one: it is part of neither.
            let told = self.text[from..span.end.min(next)].trim_end_matches(' ');
            if told.is_empty() {
                continue;
            }
            let to = from + told.len();
            let place = |offset: usize| (origin.node, origin.start + (offset - at) as u32);
            match stretches.last_mut() {
                Some(last) if !origin.gap => last.end = place(to),
                _ => stretches.push(Stretch {
                    start: place(from),
                    end: place(to),
                }),
            }
        }
        stretches
    }
}

/// A stretch of the page: from a place in a text node to a place in the same or a later one. A
/// place is the number of the text node and a byte in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte.
    pub start: (u32, u32),
    /// The byte after its last.
    pub end: (u32, u32),
}

impl Page {
    /// The values that `source` gives for `key`, in document order.
    pub fn facts<'a>(
        &'a self,
        source: &'a str,
        key: &'a str,
    ) -> impl Iterator<Item = &'a str> + 'a {
        let hits = move |fact: &&Fact| fact.source == source && fact.key == key;
        self.facts.iter().filter(hits).map(|fact| &*fact.value)
    }

    /// The elements around a block from the innermost outwards, at most [`Page::MAX_ANCESTORS`].
    pub fn ancestors(&self, block: &Block) -> impl Iterator<Item = &Element> {
        self.lineage(block.element)
            .map(|index| &self.elements[index])
    }

    /// The indices of an element and of those around it, outwards.
    pub fn lineage(&self, element: usize) -> impl Iterator<Item = usize> {
        let mut next = self.elements.get(element).map(|_| element);
        std::iter::from_fn(move || {
            let here = next?;
            let parent = self.elements[here].parent;
            next = (parent != here).then_some(parent);
            Some(here)
        })
        .take(Self::MAX_ANCESTORS)
    }

    /// How far up the tree a classifier looks. A page that nests deeper is read in linear time all
    /// the same.
    pub const MAX_ANCESTORS: usize = 64;
}

/// Whether a text holds another. The standard library's search is faster on long texts and weighs
/// half a kilobyte; these are short.
pub(crate) fn holds_text(text: &str, part: &str) -> bool {
    text.as_bytes()
        .windows(part.len().max(1))
        .any(|window| window == part.as_bytes())
}

/// One line a fact, then one line a block: for comparing walks and for looking at a page.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Fact { source, key, value } in &self.facts {
            writeln!(f, "{source} {key}: {value}")?;
        }
        for block in &self.blocks {
            let element = &self.elements[block.element];
            writeln!(
                f,
                "{:?} {:?} {:?}@{} {:.2} | {}",
                block.visibility,
                block.kind,
                element.tag,
                element.depth,
                block.link_share,
                block.text
            )?;
        }
        Ok(())
    }
}
