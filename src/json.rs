//! The one wire form, for the browser and the command alike.
//!
//! In: a [`Summary`](crate::Summary) or an [`Article`]. Out: what serde makes of it: keys in the
//! order of the fields, numbers rounded to 3 decimals and written as JavaScript writes them. The
//! TypeScript declarations of the same stand beside it.

mod text;

use serde::{Serialize, Serializer};

pub use text::write;

use crate::article::{Article, Excluded};

/// Serializes a number rounded to 3 decimals; a whole one without a point, as JavaScript does.
pub(crate) fn rounded<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = (number * 1000.0).round() / 1000.0;
    if rounded.fract() == 0.0 {
        serializer.serialize_i32(rounded as i32)
    } else {
        serializer.serialize_f64(rounded)
    }
}

/// What `extract` gives: the body of a page and what is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Extract<'a> {
    title: Option<&'a str>,
    byline: Option<&'a str>,
    authors: &'a [String],
    published: Option<&'a str>,
    language: &'a str,
    standfirst: Option<&'a str>,
    paragraphs: Vec<&'a str>,
    text: String,
    excluded: Excluded,
}

impl<'a> From<&'a Article> for Extract<'a> {
    fn from(article: &'a Article) -> Extract<'a> {
        let mut paragraphs = Vec::with_capacity(article.paragraphs.len());
        for paragraph in &article.paragraphs {
            paragraphs.push(&*paragraph.text);
        }
        Extract {
            title: article.title.as_deref(),
            byline: article.byline.as_deref(),
            authors: &article.authors,
            published: article.published.as_deref(),
            language: &article.language,
            standfirst: article.standfirst(),
            paragraphs,
            text: article.text(),
            excluded: article.excluded,
        }
    }
}

/// The declarations for TypeScript.
pub const TYPESCRIPT: &str = r#"
/** What a summary is worth; the first that holds, in this order. */
export type State =
  | 'unsupported-language' | 'not-an-article' | 'truncated' | 'too-short' | 'too-little-saved' | 'ok';

/** Why a sentence was chosen; `words` is the evidence, in the article's own words. */
export interface Reason {
  code: 'opens-article' | 'matches-headline' | 'key-terms' | 'names-key-entities' | 'first-mention'
    | 'central' | 'consequence' | 'has-number' | 'has-quote';
  words: string[];
}

/** A sentence of the article, word for word. Numbers are 0 to 1. */
export interface SummarySentence {
  text: string;
  /** Index into the `paragraphs` of the article. */
  paragraph: number;
  /** Which sentence of the article it is, from 0. */
  sentence: number;
  /** What selection ranks by. */
  score: number;
  /** Share of the article's key-term weight that the sentence carries. */
  salience: number;
  /** Entity mentions per token. */
  entityDensity: number;
  entities: string[];
  reasons: Reason[];
}

/** Something that the article names, and the sentences that name it. */
export interface Entity {
  name: string;
  kind: 'person' | 'organization' | 'place' | 'other';
  mentions: number;
  sentences: number[];
}

/** The few sentences that tell an article's story, in reading order. */
export interface Summary {
  state: State;
  title: string | null;
  byline: string | null;
  authors: string[];
  /** Day of publication, `YYYY-MM-DD`. */
  published: string | null;
  /** BCP 47 primary subtag, `und` if unsure. */
  language: string;
  sentences: SummarySentence[];
  /** Most mentioned first. */
  entities: Entity[];
  nSentences: number;
  nWords: number;
  nSummaryWords: number;
}

/** The body of a page and what is known of it. */
export interface Article {
  title: string | null;
  byline: string | null;
  authors: string[];
  published: string | null;
  language: string;
  standfirst: string | null;
  paragraphs: string[];
  /** The paragraphs, joined by an empty line. */
  text: string;
  /** How many blocks of text can be seen that are not the article's, by what they are. */
  excluded: Excluded;
}

/** Numbers of blocks of text, by what they are. */
export type Excluded = Record<
  'ads' | 'author' | 'captions' | 'comments' | 'navigation' | 'offers' | 'related' | 'other', number>;

/** What `read` gives: a summary for each length, and where the article's sentences stand. */
export interface PageSummaries {
  summaries: Summary[];
  /** Five numbers a stretch: sentence, start node, start offset, end node, end offset (UTF-16). */
  spans: number[];
  excluded: Excluded;
  /** Changes with any paragraph of the article. */
  hash: string;
}
"#;
