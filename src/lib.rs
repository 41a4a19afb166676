//! nutgraf finds the article on a web page and shows the few sentences that tell its story, word
//! for word.
//!
//! The core is one function of a page: no browser, no clock, no randomness, no input or output, and
//! the same answer on every machine. It reads as a pipeline of stages; each is a module named after
//! what it yields, uses the stages before it and never those after:
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`page`] | elements and text, or plain text | blocks and facts of a page |
//! | [`article`] | page | title, authors, date, language, paragraphs |
//! | [`normalize`] | paragraphs | clean text, and the way back |
//! | [`sentences`] | clean text | sentence spans |
//! | [`tokens`] | sentences | tokens |
//! | [`entities`] | tokens | entity mentions |
//! | [`features`] | sentences, tokens, entities | features of each sentence |
//! | [`salience`] | features | a score for each sentence |
//! | [`selection`] | scores | chosen sentences |
//! | [`summary`] | chosen sentences | [`Summary`], with its state |
//!
//! Around it stand the two walks that yield pages, `html` natively and `www/walk.js` in the browser,
//! the command line, `inspect`, which shows single stages, and `web`, the boundary to JavaScript.
//! [`language`] holds the word lists, [`word_bounds`] says where words end, [`characters`] what a
//! character is, [`trees`] how learned decisions are asked.
//!
//! ```
//! use nutgraf::{Options, page::Page, summarize};
//!
//! let text = "The harbor bridge will close for a year.\n\
//!     The city council voted on Tuesday to close the harbor bridge for repairs. Mayor Ida Quist \
//!     said the work would cost 12 million crowns. Ferries will run every ten minutes until the \
//!     bridge opens again. Shopkeepers on the north side fear for their trade. Work starts in May.";
//! let page = Page::from_text(text, None);
//! let summary = summarize(&page, &Options { max_sentences: 1, ..Options::default() });
//! assert!(text.contains(&summary.sentences[0].text));
//! ```

#![allow(
    clippy::manual_pattern_char_comparison,
    reason = "an array of characters is compiled once more for every length it has"
)]

pub mod article;
pub mod characters;
pub mod entities;
mod error;
pub mod features;
#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod inspect;
mod interner;
#[cfg(feature = "serde")]
pub mod json;
pub mod language;
pub mod normalize;
mod options;
pub mod page;
pub mod salience;
pub mod selection;
pub mod sentences;
mod sorted;
pub mod summary;
pub mod tokens;
pub mod trees;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod web;
pub mod word_bounds;

pub use article::Article;
pub use error::Error;
pub use options::Options;
pub use page::Page;
pub use summary::{State, Summary};

use entities::Entity;
use features::Measured;
use language::Language;
use normalize::Clean;
use page::BlockKind;
use salience::Score;
use sentences::Sentence;
use tokens::Tokens;

/// Summarizes the article on a page.
///
/// Any page gives a summary; what it is worth says its [`State`]. Linear in the page.
pub fn summarize(page: &Page, options: &Options) -> Summary {
    Reading::new(&article::find(page)).summary(options)
}

/// An article in tokens: half of the work of reading it. Where nothing may take long, as on a phone, the
/// other half is done later.
#[derive(Debug)]
pub struct Tokenized<'a> {
    article: &'a Article,
    language: &'static Language,
    paragraphs: Vec<Clean<'a>>,
    sentences: Vec<Sentence>,
    tokens: Tokens,
}

/// An article that has been read: what all stages up to the scores found. Summaries of several
/// lengths are made from one reading.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its language's word lists.
    pub language: &'static Language,
    /// Its paragraphs, clean.
    pub paragraphs: Vec<Clean<'a>>,
    /// Its sentences, in reading order.
    pub sentences: Vec<Sentence>,
    /// Their tokens.
    pub tokens: Tokens,
    /// What it names.
    pub entities: Vec<Entity>,
    /// What was measured of its sentences.
    pub measured: Measured,
    /// Their scores.
    pub scores: Vec<Score>,
}

impl<'a> Tokenized<'a> {
    /// Cuts an article into sentences and these into tokens. Linear in its length.
    pub fn new(article: &'a Article) -> Tokenized<'a> {
        let language = language::of(&article.language);
        let paragraphs = normalize::paragraphs(article);
        let is_heading =
            |index: usize| matches!(article.paragraphs[index].kind, BlockKind::Heading(_));
        let sentences = sentences::split(&paragraphs, language, is_heading);
        let tokens = tokens::split(&paragraphs, &sentences, language);
        Tokenized {
            article,
            language,
            paragraphs,
            sentences,
            tokens,
        }
    }

    /// Finds out the rest.
    pub fn read(self) -> Reading<'a> {
        let Tokenized {
            article,
            language,
            paragraphs,
            sentences,
            tokens,
        } = self;
        let entities = entities::find(&paragraphs, &sentences, &tokens, language);
        let measured = features::measure(
            article,
            &paragraphs,
            &sentences,
            &tokens,
            &entities,
            language,
        );
        let scores = salience::score(&measured.features, &salience::Trees::SHIPPED);
        Reading {
            article,
            language,
            paragraphs,
            sentences,
            tokens,
            entities,
            measured,
            scores,
        }
    }
}

impl<'a> Reading<'a> {
    /// Reads an article. Linear in its length.
    pub fn new(article: &'a Article) -> Reading<'a> {
        Tokenized::new(article).read()
    }

    /// A summary of the article.
    pub fn summary(&self, options: &Options) -> Summary {
        let order = selection::order(&self.tokens, &self.measured, &self.scores, options);
        Summary::new(self, &selection::choose(order, &self.tokens, options))
    }

    /// The text of a sentence as it is shown: a part of its paragraph, word for word.
    pub fn shown(&self, sentence: usize) -> &str {
        let span = self.shown_span(sentence);
        &self.paragraph(sentence).original[span]
    }

    /// The bytes of the paragraph that a sentence is shown from.
    pub fn shown_span(&self, sentence: usize) -> std::ops::Range<usize> {
        self.paragraph(sentence)
            .original_span(self.sentences[sentence].shown.clone())
    }

    fn paragraph(&self, sentence: usize) -> &Clean<'a> {
        &self.paragraphs[self.sentences[sentence].paragraph]
    }
}

/// The samples of the guide, which run along with those of the documentation.
#[cfg(all(doctest, feature = "cli"))]
#[doc = include_str!("../docs/RUST.md")]
struct Guide;
