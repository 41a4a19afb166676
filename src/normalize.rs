//! Paragraphs → clean text, and the way back to the paragraph.
//!
//! In: the paragraphs of an [`Article`], white space folded. Out: for each the text that the later
//! stages read: the same without soft hyphens, zero-width characters and direction marks, which
//! would break words (`sum\u{ad}mary`) and hide sentence ends. What is shown is always cut from
//! the paragraph itself, so those characters are never lost to the reader.

use std::borrow::Cow;
use std::ops::Range;

use crate::article::Article;

/// One paragraph, clean.
#[derive(Clone, Debug)]
pub struct Clean<'a> {
    /// The paragraph as it is.
    pub original: &'a str,
    /// The paragraph without the characters that stand for nothing.
    pub text: Cow<'a, str>,
    /// After which byte of the clean text how many bytes were left out, added up.
    removed: Vec<(usize, usize)>,
}

/// Cleans the paragraphs of an article, in order. Linear; borrows where nothing is to be removed.
pub fn paragraphs(article: &Article) -> Vec<Clean<'_>> {
    article
        .paragraphs
        .iter()
        .map(|paragraph| clean(&paragraph.text))
        .collect()
}

/// Cleans one paragraph.
pub fn clean(original: &str) -> Clean<'_> {
    // All of them start with one of these bytes, and most texts hold none of the three.
    let suspicious = |byte| matches!(byte, 0xc2 | 0xe2 | 0xef);
    if !original.bytes().any(suspicious) || !original.contains(stands_for_nothing) {
        return Clean {
            original,
            text: Cow::Borrowed(original),
            removed: Vec::new(),
        };
    }
    let mut text = String::with_capacity(original.len());
    let mut removed: Vec<(usize, usize)> = Vec::new();
    let mut n_removed = 0;
    for c in original.chars() {
        if stands_for_nothing(c) {
            n_removed += c.len_utf8();
            match removed.last_mut() {
                Some((at, n)) if *at == text.len() => *n = n_removed,
                _ => removed.push((text.len(), n_removed)),
            }
        } else {
            text.push(c);
        }
    }
    Clean {
        original,
        text: Cow::Owned(text),
        removed,
    }
}

impl Clean<'_> {
    /// The span of the paragraph that a span of the clean text was cut from. Characters that were
    /// left out inside it belong to it, those at its ends do not.
    pub fn original_span(&self, span: Range<usize>) -> Range<usize> {
        let n_before = |end: usize| match self.removed.partition_point(|(at, _)| *at < end) {
            0 => 0,
            n => self.removed[n - 1].1,
        };
        // What was removed right before the start lies outside, so it is skipped as well.
        let start = span.start + n_before(span.start + 1);
        let end = span.end + n_before(span.end);
        start.min(end)..end
    }
}

/// Characters that are no part of any word: soft hyphen, zero-width and direction marks.
fn stands_for_nothing(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
