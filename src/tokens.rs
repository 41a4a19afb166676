//! Sentences → tokens.
//!
//! In: the sentences of an article. Out: for each its tokens, in order. A token is a word by UAX #29
//! ([`crate::word_bounds`]); in Chinese, Japanese and Thai, which write no blanks, a character, but for
//! runs of katakana, which are words there.
//! A token's term is what makes two tokens the same word: it is folded, an elided article (`l'`)
//! and an English possessive (`'s`) taken off; a Han or kana token's term is the pair with the
//! character after it, which tells words apart without a dictionary.

use std::ops::Range;

use crate::characters::Character;
use crate::interner::Interner;
use crate::language::{Language, Words};
use crate::normalize::Clean;
use crate::sentences::Sentence;
use crate::word_bounds;

/// One occurrence of a word.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its bytes in the clean paragraph.
    pub span: Range<usize>,
    /// The number of its term: see [`Tokens::term`].
    pub term: usize,
    /// Whether its language counts it as too common to tell sentences apart.
    pub is_stop_word: bool,
    /// Whether it starts with a capital.
    pub is_capitalized: bool,
    /// Whether it is a number: starts with a digit.
    pub is_number: bool,
}

/// The tokens of an article.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The tokens of all sentences, and where those of each end.
    all: Vec<Token>,
    ends: Vec<usize>,
    /// How many words each sentence counts.
    pub n_words: Vec<usize>,
    /// The terms, numbered in the order of their first occurrence.
    interner: Interner,
}

/// Splits the sentences of an article into tokens.
pub fn split(paragraphs: &[Clean], sentences: &[Sentence], language: &Language) -> Tokens {
    let mut tokens = Tokens::default();
    let mut folded = String::new();
    for sentence in sentences {
        let text = &paragraphs[sentence.paragraph].text;
        // What is not shown, such as a dateline, is not counted either.
        let mut n_words = 0;
        for (at, word) in words(&text[sentence.shown.clone()]) {
            let at = sentence.shown.start + at;
            n_words += n_words_in(word);
            let pair = if is_unspaced(word) {
                with_next(&text[at..sentence.shown.end])
            } else {
                word
            };
            folded.clear();
            fold_into(&mut folded, pair);
            let term = stem(&folded, language);
            tokens.all.push(Token {
                span: at..at + word.len(),
                // Whether the term is one, is looked up once for all its tokens below.
                is_stop_word: term.len() < folded.len() && language.stop_words.contains(&folded)
                    || is_unspaced(word) && !pair.chars().any(is_han_or_katakana),
                is_capitalized: word.starts_with(char::is_capital),
                is_number: word.starts_with(char::is_number),
                term: tokens.interner.id(term),
            });
        }
        tokens.ends.push(tokens.all.len());
        tokens.n_words.push(n_words);
    }
    let marks = tokens.marks(&[language.stop_words]);
    for token in &mut tokens.all {
        token.is_stop_word |= marks[token.term] != 0;
    }
    tokens
}

impl Tokens {
    /// The tokens of a sentence.
    pub fn of(&self, sentence: usize) -> &[Token] {
        let start = if sentence == 0 {
            0
        } else {
            self.ends[sentence - 1]
        };
        &self.all[start..self.ends[sentence]]
    }

    /// The tokens of all sentences, in order.
    pub fn all(&self) -> &[Token] {
        &self.all
    }

    /// How many different terms there are: they are numbered in the order of their first occurrence.
    pub fn n_terms(&self) -> usize {
        self.interner.len()
    }

    /// The term of a number.
    pub fn term(&self, number: usize) -> &str {
        self.interner.get(number)
    }

    /// For each term in which of at most 16 lists it is, a bit each, the first list's the lowest; or in which it
    /// is the first word of a phrase. So a list is searched once an article rather than once a token.
    pub(crate) fn marks(&self, lists: &[Words]) -> Vec<u16> {
        let mut marks = vec![0; self.n_terms()];
        for (bit, list) in lists.iter().enumerate() {
            for entry in list.iter() {
                // No term has a blank.
                let first = entry.split(' ').next().unwrap_or(entry);
                if let Some(term) = self.find(first) {
                    marks[term] |= 1 << bit;
                }
            }
        }
        marks
    }

    /// The number of a term that occurs in the article.
    pub fn find(&self, term: &str) -> Option<usize> {
        self.interner.find(term)
    }
}

/// The words of a text with their offsets: UAX #29 words; in scripts without blanks characters, and
/// runs of katakana.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut bounds = word_bounds::bounds(text);
    // What is left of the stretch between two boundaries.
    let (mut start, mut end) = (0, 0);
    std::iter::from_fn(move || {
        while start == end {
            end = bounds.next()?;
            let word = &text[start..end];
            if !word.chars().any(char::is_letter_or_number) {
                start = end;
            } else if !is_unspaced(word) {
                return Some((std::mem::replace(&mut start, end), word));
            }
        }
        let at = start;
        start += text[start..].chars().next()?.len_utf8();
        Some((at, &text[at..start]))
    })
}

/// The number of words in a text. Where characters count as words, those of katakana do so, too.
pub fn count_words(text: &str) -> usize {
    words(text).map(|(_, word)| n_words_in(word)).sum()
}

fn n_words_in(word: &str) -> usize {
    if word.starts_with(is_katakana) {
        word.chars().count()
    } else {
        1
    }
}

/// The terms of a text that is not part of the article, such as its title.
pub fn terms<'a>(text: &'a str, language: &'a Language) -> impl Iterator<Item = String> + 'a {
    words(text).map(move |(at, word)| {
        let pair = if is_unspaced(word) {
            with_next(&text[at..])
        } else {
            word
        };
        stem(&fold(pair), language).to_owned()
    })
}

/// Folds a word: lower case, accents of Latin letters removed, apostrophes and hyphens made ASCII.
///
/// By a table of our own for Latin, Greek, Cyrillic and Armenian, which are the scripts with case:
/// the standard library's conversion takes 7 kB of the module's 80, compressed.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(&mut folded, word);
    folded
}

/// The same, added to what is there.
fn fold_into(folded: &mut String, word: &str) {
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' => folded.push(c),
            '\u{c0}'..='\u{17f}' => fold_latin(c, folded),
            'Α'..='Ω' | 'А'..='Я' => folded.push(shifted(c, 0x20)),
            'Ѐ'..='Џ' => folded.push(shifted(c, 0x50)),
            'Ҋ'..='ԯ' | 'Ѡ'..='ҁ' if !(c as u32).is_multiple_of(2) => folded.push(c),
            'Ҋ'..='ԯ' | 'Ѡ'..='ҁ' => folded.push(shifted(c, 1)),
            'Ա'..='Ֆ' => folded.push(shifted(c, 0x30)),
            'ά' | 'Ά' => folded.push('α'),
            'έ' | 'Έ' => folded.push('ε'),
            'ή' | 'Ή' => folded.push('η'),
            'ί' | 'Ί' | 'ϊ' => folded.push('ι'),
            'ό' | 'Ό' => folded.push('ο'),
            'ύ' | 'Ύ' | 'ϋ' => folded.push('υ'),
            'ώ' | 'Ώ' => folded.push('ω'),
            'ς' => folded.push('σ'),
            // Combining accents, Arabic vowel signs, the Arabic lengthening mark.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => {}
            'أ' | 'إ' | 'آ' => folded.push('ا'),
            'Ạ'..='ỹ' => fold_vietnamese(c, folded),
            '’' | 'ʼ' | '＇' => folded.push('\''),
            '‐' | '‑' => folded.push('-'),
            // Full-width forms.
            '！'..='～' => folded.push(shifted_down(c, 0xfee0).to_ascii_lowercase()),
            _ => folded.push(c),
        }
    }
}

fn shifted(c: char, by: u32) -> char {
    char::from_u32(c as u32 + by).unwrap_or(c)
}

fn shifted_down(c: char, by: u32) -> char {
    char::from_u32(c as u32 - by).unwrap_or(c)
}

/// U+00C0 to U+017F, folded: a letter each, `?` for those that fold to two.
const LATIN: &[u8; 192] = b"\
aaaaaa?ceeeeiiiidnooooo*ouuuuy??\
aaaaaa?ceeeeiiiidnooooo/ouuuuy?y\
aaaaaaccccccccddddeeeeeeeeeegggg\
gggghhhhiiiiiiiiii??jjkkklllllll\
lllnnnnnn?nnoooooo??rrrrrrssssss\
ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn fold_latin(c: char, folded: &mut String) {
    match c {
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ß' => folded.push_str("ss"),
        'þ' | 'Þ' => folded.push_str("th"),
        'ĳ' | 'Ĳ' => folded.push_str("ij"),
        'ŉ' => folded.push('n'),
        _ => folded.push(LATIN[c as usize - 0xc0] as char),
    }
}

/// The Vietnamese letters U+1EA0 to U+1EF9, by their base letters.
fn fold_vietnamese(c: char, folded: &mut String) {
    folded.push(match c {
        'Ạ'..='ặ' => 'a',
        'Ẹ'..='ệ' => 'e',
        'Ỉ'..='ị' => 'i',
        'Ọ'..='ợ' => 'o',
        'Ụ'..='ự' => 'u',
        _ => 'y',
    });
}

/// Takes an elided article, an English possessive or the ending of a Turkish name off a folded word.
fn stem<'a>(folded: &'a str, language: &Language) -> &'a str {
    if language.tag == "en" {
        return folded
            .strip_suffix("'s")
            .filter(|stem| !stem.is_empty())
            .unwrap_or(folded);
    }
    match folded.split_once('\'') {
        // Endings of names: `Ankara'da`.
        Some((name, _)) if language.tag == "tr" => name,
        // Ukrainian has the apostrophe inside words: `п'ять`.
        Some(_) if language.tag == "uk" => folded,
        Some((article, word)) if article.len() <= 5 && word.len() > 1 => word,
        _ => folded,
    }
}

/// The first character of a text and, if it is of a script without blanks too, the second.
fn with_next(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    let mut rest = chars.as_str();
    if chars.next().is_some_and(is_unspaced_char) {
        rest = chars.as_str();
    }
    &text[..text.len() - rest.len()]
}

/// Whether a word is cut into characters.
fn is_unspaced(word: &str) -> bool {
    word.starts_with(is_unspaced_char) && !word.starts_with(is_katakana)
}

pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// Han, kana and Thai letters.
pub(crate) fn is_unspaced_char(c: char) -> bool {
    // Every character of every text is asked, and nearly all come before these.
    c >= '\u{e01}'
        && (is_han_or_katakana(c) || matches!(c, '\u{3041}'..='\u{309f}' | '\u{e01}'..='\u{e5b}'))
}

fn is_han_or_katakana(c: char) -> bool {
    matches!(c, '\u{30a0}'..='\u{30ff}' | '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
