//! Lines and elements that are page furniture, by what they say of themselves.

use crate::characters::Character;
use crate::features::ends_as_sentence;
use crate::language::Language;
use crate::tokens::{count_words, fold, is_unspaced_char};

/// A line of furniture is short: what runs on is somebody's text.
const MAX_FURNITURE_WORDS: usize = 30;
const MAX_FURNITURE_BYTES: usize = MAX_FURNITURE_WORDS * 16;

/// How lines of furniture open in a language.
pub struct Openings(Vec<&'static str>);

impl Openings {
    /// Takes the list of a language apart, once for a page.
    pub fn new(language: &Language) -> Openings {
        let mut openings = Vec::new();
        for opening in language.chrome.iter() {
            openings.push(opening);
        }
        Openings(openings)
    }

    /// Whether a block's text, of so many words, is furniture: an advertisement's label, a link to
    /// another story, a newsletter's offer, hashtags, a time stamp.
    pub fn is_furniture(&self, text: &str, n_words: usize) -> bool {
        text.len() <= MAX_FURNITURE_BYTES
            && n_words <= MAX_FURNITURE_WORDS
            && (self.open(text) || is_hashtags(text) || is_time_stamp(text))
    }

    fn open(&self, text: &str) -> bool {
        let folded = fold(text);
        let folded = folded.trim_start_matches(|c: char| !c.is_letter_or_number());
        let first = folded.bytes().next();
        for opening in &self.0 {
            // Most differ in their first byte.
            if opening.bytes().next() != first {
                continue;
            }
            let Some(rest) = folded.strip_prefix(opening) else {
                continue;
            };
            let next = rest.chars().next().unwrap_or(' ');
            let is_whole_word = opening.ends_with(|c: char| !c.is_letter_or_number())
                || !next.is_letter_or_number()
                || is_unspaced_char(next);
            // One word may open a sentence too; then it must be all there is, or a label.
            let is_phrase = opening.contains([' ', ':']) || opening.chars().count() > 12;
            if is_whole_word && (is_phrase || is_label(rest)) {
                return true;
            }
        }
        false
    }
}

/// Whether what follows the first word shows that it was a label: nothing, or a colon.
fn is_label(rest: &str) -> bool {
    rest.starts_with([':', '：', '|', '»', '>']) || count_words(rest) < 2 || !ends_as_sentence(rest)
}

/// Hashtags, with nothing but marks between them.
fn is_hashtags(text: &str) -> bool {
    let mut n_hashtags = 0;
    for word in text.split(' ') {
        if !word.starts_with(['#', '|', '·', ',']) {
            return false;
        }
        n_hashtags += usize::from(word.starts_with('#'));
    }
    n_hashtags > 0
}

/// A date and a time, or a time alone, and hardly a word beside.
fn is_time_stamp(text: &str) -> bool {
    let (mut n_digits, mut n_letters, mut n_colons) = (0, 0, 0);
    let mut has_mark = false;
    for c in text.chars() {
        match c {
            '0'..='9' => n_digits += 1,
            ':' | '.' => n_colons += 1,
            '/' | '-' => has_mark = true,
            _ => n_letters += usize::from(c.is_letter()),
        }
        if n_letters > 12 {
            return false;
        }
    }
    let is_date = n_digits >= 6 && (has_mark || n_colons > 0) && !ends_as_sentence(text);
    // `2:05 p.m.`, `14.30 Uhr`
    let is_time = matches!(n_digits, 3..=4) && n_letters <= 4 && n_colons > 0;
    is_date || is_time
}
