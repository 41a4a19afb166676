//! What the fuzz targets share: how bytes become texts, pages and options, and what must hold of all.

#[path = "../../tests/invariants/mod.rs"]
pub mod invariants;
pub mod model;
#[cfg(feature = "steps")]
pub mod steps;

use std::borrow::Cow;

use nutgraf::Options;

/// The bytes of an input, taken from the front.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next byte, or 0.
    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        first
    }

    /// Options within their ranges, from two bytes.
    pub fn options(&mut self) -> Options {
        let (length, limit) = (self.byte(), self.byte());
        Options {
            max_sentences: usize::from(length % 16) + 1,
            max_words: (limit > 0).then_some(usize::from(limit)),
            redundancy_penalty: f64::from(length / 16) / 15.0,
        }
    }

    /// All up to a line feed, as text. What is not UTF-8 becomes U+FFFD, as half a pair of
    /// surrogates does on its way from JavaScript.
    pub fn line(&mut self) -> Cow<'a, str> {
        let end = self.0.iter().position(|&byte| byte == b'\n');
        let (line, rest) = match end {
            Some(end) => (&self.0[..end], &self.0[end + 1..]),
            None => (self.0, &self.0[..0]),
        };
        self.0 = rest;
        String::from_utf8_lossy(line)
    }

    /// All that is left, as text.
    pub fn rest(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }
}
