//! Page → article: its title, authors, date, language and paragraphs.
//!
//! In: a [`Page`]. Out: an [`Article`], in reading order, and how many blocks were left out as what.
//! Which blocks are the article is decided here, once, for live pages, HTML and plain text alike:
//! [`body`] by where the prose of the page stands, [`furniture`] by what a line says of itself.
//! What the page claims about itself ([`metadata`]) is evidence, checked against what can be seen.

mod body;
mod furniture;
mod metadata;

use crate::language;
use crate::page::{BlockKind, Page};

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
        let paragraphs: Vec<&str> = self
            .paragraphs
            .iter()
            .map(|paragraph| &*paragraph.text)
            .collect();
        paragraphs.join("\n\n")
    }
}

/// Finds the article on a page. Linear in the page.
///
/// A page that opted out (`<meta name="nutgraf" content="off">`), and one without running text,
/// gives an article without paragraphs or of [`Shape::List`].
pub fn find(page: &Page) -> Article {
    let visible = page
        .blocks
        .iter()
        .filter(|block| block.visibility == crate::page::Visibility::Visible);
    let prose = visible
        .clone()
        .filter(|block| block.link_share < 0.3 && block.text.len() > 80);
    let tag = match &page.language {
        Some(tag) => language::primary_subtag(tag),
        None => {
            let has_prose = prose.clone().next().is_some();
            let declared = metadata::declared_language(page);
            let text = |block: &crate::page::Block| block.text.len() > 80 && block.link_share < 0.3;
            let texts = visible
                .filter(|block| !has_prose || text(block))
                .map(|block| &*block.text);
            language::identify(texts, declared)
        }
    };
    let tag = if tag.is_empty() {
        "und".to_owned()
    } else {
        tag
    };
    let language = language::of(&tag);
    let title = metadata::title(page);
    let authors = metadata::authors(page);
    let opted_out = page
        .facts("meta", "nutgraf")
        .any(|value| value.eq_ignore_ascii_case("off"));
    let found = if opted_out {
        body::Body::default()
    } else {
        body::find(page, title.as_deref(), language)
    };
    let paragraphs: Vec<Paragraph> = found
        .blocks
        .iter()
        .map(|&(block, kind)| Paragraph {
            text: page.blocks[block].text.clone(),
            kind,
            block,
        })
        .collect();
    let shape = if found.is_list || paragraphs.is_empty() {
        Shape::List
    } else {
        Shape::RunningText
    };
    Article {
        byline: metadata::byline(page, &authors),
        published: metadata::published(page),
        is_truncated: metadata::is_truncated(page, &paragraphs),
        has_standfirst: found.has_standfirst,
        language: tag,
        title,
        authors,
        paragraphs,
        shape,
    }
}
