//! What single stages find in a text.
//!
//! In: a text as it is, and the language tag that it is read by. Out: what a stage finds, as spans of that text. The command
//! `nutgraf inspect` prints them and `cargo xtask evaluate` scores them; both must see the same.

use std::ops::Range;

use crate::article::{Article, Paragraph, Shape};
use crate::entities::Kind;
use crate::page::BlockKind;
use crate::{Reading, language, normalize, sentences};

/// The language tag of a text of which nothing else is known.
pub fn language(text: &str) -> String {
    language::identify(&[text], None)
}

/// The sentences of a text, in order, the blank after each included; they tile the text but for
/// characters that stand for nothing.
pub fn sentences(text: &str, tag: &str) -> Vec<Range<usize>> {
    let clean = normalize::clean(text);
    let mut start = 0;
    sentences::boundaries(&clean.text, language::of(tag))
        .map(|end| clean.original_span(std::mem::replace(&mut start, end)..end))
        .collect()
}

/// The names in a text, in the order of their starts: spans in code points, with the label that
/// corpora of named entities give to such a name (`PER`, `ORG`, `LOC`), or none. Linear.
pub fn entities(text: String, tag: String) -> Vec<(Range<usize>, Option<&'static str>)> {
    let article = article(text, tag);
    let reading = Reading::new(&article);
    let clean = &reading.paragraphs[0];
    let mut names = Vec::new();
    for entity in &reading.entities {
        for mention in &entity.mentions {
            names.push((
                clean.original_span(mention.span.clone()),
                label(entity.kind),
            ));
        }
    }
    names.sort_by_key(|(span, _)| span.start);
    let (mut at, mut n_before) = (0, 0);
    for (span, _) in &mut names {
        n_before += clean.original[at..span.start].chars().count();
        at = span.start;
        *span = n_before..n_before + clean.original[span.clone()].chars().count();
    }
    names
}

/// An article of one paragraph, without title or facts.
pub fn article(text: String, tag: String) -> Article {
    let paragraph = Paragraph {
        text,
        kind: BlockKind::Paragraph,
        block: 0,
    };
    Article {
        title: None,
        byline: None,
        authors: Vec::new(),
        published: None,
        language: tag,
        has_standfirst: false,
        excluded: Default::default(),
        paragraphs: vec![paragraph],
        shape: Shape::RunningText,
        is_truncated: false,
    }
}

fn label(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Person => Some("PER"),
        Kind::Organization => Some("ORG"),
        Kind::Place => Some("LOC"),
        Kind::Other => None,
    }
}
