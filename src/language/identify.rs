//! Which language a text is in.
//!
//! In: the paragraphs of a text, and what the page declares. Out: a BCP 47 primary subtag, `und` if
//! unsure. Scripts that one language owns tell it at once. For the others each language has a list
//! of its commonest words (`<tag>/function_words.txt`) and one of letters and parts of words
//! (`ngrams.txt`), as in Cavnar and Trenkle, "N-Gram-Based Text Categorization" (1994), but few and
//! chosen by hand: their profiles of hundreds of n-grams take ten times the bytes.

use super::{N_TOLD, TELLS, TOLD, primary_subtag};
use crate::characters::Character;
use crate::page::holds_text;

/// So many letters tell a language; the rest of a long read adds nothing.
const MAX_LETTERS: usize = 600;
/// Nor is a text of marks and digits read further than so many characters.
const MAX_READ: usize = 5_000;

/// A text with fewer must have as much to tell its language by as one with so many.
const MIN_LETTERS: usize = 50;

/// A word or n-gram counts at most so often: what stands in the text three times is no chance.
const MAX_COUNT: usize = 3;

/// Points for 100 letters of a language's own text. In Latin letters a text with fewer than the first
/// is in none that we know, and one with more than the second is not in a language of which we know
/// nothing but that the page declares it. Other scripts have few languages, and need few n-grams.
const MIN_POINTS: usize = 50;
const CLEAR_POINTS: usize = 90;
const MIN_POINTS_ELSEWHERE: usize = 26;
/// A text with fewer is no evidence against what the page declares.
const FEW_POINTS: usize = 60;

/// Finds the language of a text.
///
/// `declared` is what the page says of itself. It holds unless the text speaks against it: by its
/// script, or by the n-grams of another language that we know. Returns a BCP 47 primary subtag, `und`
/// if unsure. Reads the first 600 letters.
pub fn identify(paragraphs: &[&str], declared: Option<&str>) -> String {
    let declared = declared.map(primary_subtag).filter(|tag| !tag.is_empty());
    let (text, scripts) = read(paragraphs);
    let points = points_of(&text);
    let mut best = 0;
    for index in 0..points.len() {
        if points[index] > points[best] {
            best = index;
        }
    }
    let n_letters = scripts.total().max(MIN_LETTERS);
    let is_at_least = |share: usize| points[best] * 100 >= share * n_letters;
    let script = scripts.most();
    let min_points = if script == "latin" {
        MIN_POINTS
    } else {
        MIN_POINTS_ELSEWHERE
    };
    let found = match script {
        "ja" | "zh" | "hi" => script,
        // Of two languages that are not told from each other, it may be either.
        _ if TOLD[best].len() > 2 || !is_at_least(min_points) => "und",
        _ => TOLD[best],
    };
    let Some(declared) = declared else {
        return found.to_owned();
    };
    let own = TOLD.iter().position(|tags| holds_text(tags, &declared));
    let holds = match (own, script) {
        (_, "ja" | "zh") => false,
        (Some(_), "hi") => false,
        // Much of a language is in its neighbours as well, and a few words are in any.
        (Some(own), _) => points[own] * 3 >= points[best] * 2 || points[best] < FEW_POINTS,
        (None, "latin") => !is_at_least(CLEAR_POINTS),
        // Several languages share the other scripts, and their speakers know which it is.
        (None, _) => true,
    };
    if holds || found == "und" {
        declared
    } else {
        found.to_owned()
    }
}

/// The first letters of a text, their words parted by `_`, and what scripts they are of.
fn read(paragraphs: &[&str]) -> (Vec<u8>, Scripts) {
    let mut text = "_".to_owned();
    let mut scripts = Scripts::default();
    let (mut n_letters, mut n_read) = (0, 0);
    'read: for paragraph in paragraphs {
        for c in paragraph.chars() {
            if n_letters == MAX_LETTERS || n_read == MAX_READ {
                break 'read;
            }
            n_read += 1;
            if c.is_letter() {
                n_letters += 1;
                text.push(lower(c));
                scripts.count(c);
            } else {
                text.push('_');
            }
        }
        text.push('_');
    }
    text.push('_');
    (text.into_bytes(), scripts)
}

/// A letter in lower case, as far as n-grams need it.
fn lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// The points of each language for a text.
fn points_of(text: &[u8]) -> [usize; N_TOLD] {
    let mut points = [0; N_TOLD];
    for (index, points) in points.iter_mut().enumerate() {
        // Most texts are in the first of them.
        *points = match index {
            0..8 => 12,
            8..13 => 6,
            _ => 0,
        };
    }
    let places = Places::new(text);
    let (mut list, mut start) = (0, 0);
    for (at, &byte) in TELLS.iter().enumerate() {
        // A line feed ends an entry, U+0000 a list.
        if byte <= b'\n' {
            points[list / 2] += points_for(&TELLS[start..at], list % 2 == 0, &places);
            list += usize::from(byte == 0);
            start = at + 1;
        }
    }
    points
}

/// Where each pair of bytes stands in a text: most entries are of languages that it is not in, and have no
/// place to be compared at.
struct Places<'a> {
    text: &'a [u8],
    /// For each pair, by [`Places::slot`], the last place where it stands, plus one.
    last: Vec<u16>,
    /// For each place the one before it of the same slot, plus one.
    before: Vec<u16>,
}

impl Places<'_> {
    fn new(text: &[u8]) -> Places<'_> {
        let mut places = Places {
            text,
            last: vec![0; 1 << 10],
            before: Vec::with_capacity(text.len()),
        };
        for (at, pair) in text.windows(2).enumerate() {
            let last = &mut places.last[Places::slot(pair[0], pair[1])];
            places.before.push(*last);
            *last = at as u16 + 1;
        }
        places
    }

    fn slot(first: u8, second: u8) -> usize {
        (usize::from(first) << 5 ^ usize::from(second)) & 0x3ff
    }

    /// How often an entry stands in the text, [`MAX_COUNT`] at most; a word, between two edges.
    fn count(&self, entry: &[u8], is_word: bool) -> usize {
        let (first, second) = match *entry {
            [first, ..] if is_word => (b'_', first),
            [first, second, ..] => (first, second),
            // A letter alone.
            [letter] => {
                let is_it = |&&byte: &&u8| byte == letter;
                return self.text.iter().filter(is_it).take(MAX_COUNT).count();
            }
            [] => return 0,
        };
        let mut n = 0;
        let mut place = usize::from(self.last[Places::slot(first, second)]);
        while place > 0 && n < MAX_COUNT {
            // A word starts after its edge.
            let from = place - 1 + usize::from(is_word);
            let is_edge = |at: usize| self.text.get(at) == Some(&b'_');
            n += usize::from(
                self.text[from..].starts_with(entry)
                    && (!is_word || is_edge(place - 1) && is_edge(from + entry.len())),
            );
            place = usize::from(self.before[place - 1]);
        }
        n
    }
}

/// The points for a word, or for a part of words: the longer that is, the more.
fn points_for(entry: &[u8], is_word: bool, places: &Places) -> usize {
    // Bytes that begin a letter.
    let begins = |&&byte: &&u8| byte != b'_' && byte & 0xc0 != 0x80;
    places.count(entry, is_word)
        * match entry.iter().filter(begins).count() {
            _ if is_word => 12,
            1 if entry.is_ascii() => 3,
            1 => 8,
            2 => 4,
            3 => 7,
            _ => 9,
        }
}

/// Whether most letters are of a script that marks no sentence ends, so that a text in it can't be
/// cut into sentences: Thai and Lao.
pub fn is_unsegmentable<'a>(paragraphs: impl Iterator<Item = &'a str>) -> bool {
    let mut scripts = Scripts::default();
    for paragraph in paragraphs.take(50) {
        for letter in paragraph.chars().take(MAX_READ).filter(|c| c.is_letter()) {
            scripts.count(letter);
        }
    }
    scripts.unsegmentable * 2 > scripts.total()
}

/// Letters by script.
#[derive(Default)]
struct Scripts {
    latin: usize,
    kana: usize,
    han: usize,
    devanagari: usize,
    unsegmentable: usize,
    other: usize,
}

impl Scripts {
    fn count(&mut self, letter: char) {
        *match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | 'Ạ'..='ỹ' => &mut self.latin,
            '\u{3041}'..='\u{30ff}' => &mut self.kana,
            '\u{3400}'..='\u{9fff}' => &mut self.han,
            '\u{900}'..='\u{97f}' => &mut self.devanagari,
            '\u{e01}'..='\u{eff}' => &mut self.unsegmentable,
            _ => &mut self.other,
        } += 1;
    }

    fn total(&self) -> usize {
        self.latin + self.kana + self.han + self.devanagari + self.unsegmentable + self.other
    }

    /// `latin`, the language that owns the script of most letters, or nothing.
    fn most(&self) -> &'static str {
        let half = self.total() / 2;
        // Japanese writes its grammar in kana; a Chinese text has none.
        match () {
            () if self.latin > half => "latin",
            () if self.kana + self.han <= half => {
                if self.devanagari > half {
                    "hi"
                } else {
                    ""
                }
            }
            () if self.kana * 8 > self.han => "ja",
            () => "zh",
        }
    }
}
