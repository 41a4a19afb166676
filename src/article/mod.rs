//! Page → article: its title, authors, date, language and paragraphs.
//!
//! In: a [`Page`]. Out: an [`Article`], its paragraphs in reading order. Which blocks are the article
//! is decided here, once, for live pages, HTML and plain text alike: `evidence` measures each block,
//! `markup` and `furniture` say what its element and its words call it, `body` decides by the trees of
//! `model`. What the page claims about itself (`metadata`) is evidence, checked against what can be
//! seen.

mod body;
pub mod evidence;
mod furniture;
pub mod markup;
mod metadata;
pub mod model;

use crate::language;
use crate::page::{Block, BlockKind, Page, Source, Visibility};
use crate::trees;
pub use body::Excluded;
use metadata::Metadata;

/// The article of a page.
#[derive(Clone, Debug)]
pub struct Article {
    /// The headline, without the site's name.
    pub title: Option<String>,
    /// The line that names the authors, as the page has it, or the authors.
    pub byline: Option<String>,
    /// The authors' names.
    pub authors: Vec<String>,
    /// The day of publication, `YYYY-MM-DD`, in the page's own offset.
    pub published: Option<String>,
    /// BCP 47 primary subtag, `und` if unsure.
    pub language: String,
    /// Whether the first paragraph is the standfirst.
    pub has_standfirst: bool,
    /// The body: headings, running text, list items, quotations and table cells.
    pub paragraphs: Vec<Paragraph>,
    /// What kind of page it is.
    pub shape: Shape,
    /// How many blocks can be seen that are not the article's, by what they are.
    pub excluded: Excluded,
    /// Whether the text breaks off: a paywall's stub, a feed's excerpt.
    pub is_truncated: bool,
}

/// A paragraph of the body.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its text, white space folded.
    pub text: String,
    /// What it is. A heading is one sentence and never part of a summary.
    pub kind: BlockKind,
    /// The block it is, as an index into [`Page::blocks`].
    pub block: usize,
}

/// What kind of page an article was looked for on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// There is running text.
    RunningText,
    /// A list, search or index page, or no text at all.
    List,
}

impl Article {
    /// The standfirst, where the page shows one.
    pub fn standfirst(&self) -> Option<&str> {
        self.paragraphs
            .first()
            .filter(|_| self.has_standfirst)
            .map(|first| &*first.text)
    }

    /// The body as one text, paragraphs joined by an empty line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if index > 0 {
                text.push_str("\n\n");
            }
            text.push_str(&paragraph.text);
        }
        text
    }

    /// Sixteen hexadecimal digits that change with any paragraph: the FNV-1a hash of 64 bits over their
    /// texts. It tells whether a summary made earlier is one of this text; it is no protection against
    /// somebody who wants two texts to be taken for one.
    pub fn hash(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for paragraph in &self.paragraphs {
            // White space was folded, so no paragraph has a line break of its own.
            for byte in paragraph.text.bytes().chain([b'\n']) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
        let digit =
            |place: u32| char::from(b"0123456789abcdef"[(hash >> (60 - 4 * place)) as usize & 15]);
        (0..16).map(digit).collect()
    }
}

/// Finds the article on a page. Linear in the page.
///
/// A page that opted out (`<meta name="nutgraf" content="off">`), and one without running text,
/// gives an article without paragraphs or of [`Shape::List`].
pub fn find(page: &Page) -> Article {
    find_with(page, &Trees::SHIPPED)
}

/// The trees that say which blocks are the article.
#[derive(Clone, Copy, Debug)]
pub struct Trees {
    /// For pages.
    pub markup: trees::Trees,
    /// For plain text, where much less can be measured.
    pub plain_text: trees::Trees,
}

impl Trees {
    /// Those that `cargo xtask train` has written.
    pub const SHIPPED: Trees = Trees {
        markup: model::MARKUP,
        plain_text: model::PLAIN_TEXT,
    };
}

/// The same with other trees than those that ship: for training.
pub fn find_with(page: &Page, trees: &Trees) -> Article {
    let metadata = Metadata::new(page);
    let tag = language_of(page);
    let title = metadata.title();
    let trees = match page.source {
        Source::Markup => &trees.markup,
        Source::PlainText => &trees.plain_text,
    };
    let mut body = if metadata.opted_out() {
        body::Body::default()
    } else {
        body::find(page, &metadata, language::of(&tag), trees)
    };
    let (authors, byline) = metadata.authors();
    let mut paragraphs = Vec::with_capacity(body.blocks.len());
    for &(block, kind) in &body.blocks {
        let text = &page.blocks[block].text;
        // A line that is an author's name and nothing else, as over each entry of a live blog.
        if authors.contains(text) {
            body.excluded.author += 1;
            continue;
        }
        paragraphs.push(Paragraph {
            text: text.clone(),
            kind,
            block,
        });
    }
    let is_list = body.is_list || paragraphs.is_empty();
    Article {
        byline,
        published: metadata.published(),
        is_truncated: metadata.is_truncated(&paragraphs),
        has_standfirst: body.has_standfirst,
        excluded: body.excluded,
        shape: if is_list {
            Shape::List
        } else {
            Shape::RunningText
        },
        language: tag,
        title,
        authors,
        paragraphs,
    }
}

/// Measures the blocks of a page.
pub fn survey(page: &Page) -> evidence::Survey<'_> {
    let metadata = Metadata::new(page);
    let tag = language_of(page);
    evidence::Survey::new(page, &metadata, language::of(&tag))
}

/// The language of a page: as given from outside, or by its prose, or by all its text where it has
/// no prose. A BCP 47 primary subtag, `und` if unsure.
pub fn language_of(page: &Page) -> String {
    if let Some(tag) = &page.language {
        let tag = language::primary_subtag(tag);
        return if tag.is_empty() {
            "und".to_owned()
        } else {
            tag
        };
    }
    let is_prose = |block: &Block| block.link_share < 0.3 && block.text.len() > 80;
    let (mut prose, mut visible) = (Vec::new(), Vec::new());
    for block in &page.blocks {
        if block.visibility == Visibility::Visible {
            visible.push(&*block.text);
            if is_prose(block) {
                prose.push(&*block.text);
            }
        }
    }
    let texts = if prose.is_empty() { visible } else { prose };
    language::identify(&texts, metadata::declared_language(page))
}
