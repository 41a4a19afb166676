//! Text → word boundaries, by UAX #29 of Unicode 17.
//!
//! In: any text. Out: where its words end, and what stands between them.
//!
//! Natively the crate unicode-segmentation finds them. It takes 9 kB of the browser module's 80,
//! compressed, most of it for a table of all characters; so there the table of [`crate::characters`]
//! stands in for it, made from the crate. `tests/word_bounds.rs` compares the two on every character and
//! on random texts.

use crate::characters::{self, CLASS};

/// The classes of characters that the rules speak of. Those that they treat alike are one here:
/// `Format` is `Extend`, `CR` and `LF` are `Newline`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    Other,
    Letter,
    Hebrew,
    Number,
    Katakana,
    /// `_` and the like, which join words.
    Connector,
    /// Joins letters: `:`.
    MidLetter,
    /// Joins digits: `,`.
    MidNumber,
    /// Joins both: `.`.
    MidBoth,
    Blank,
    Newline,
    /// Half of a flag.
    Regional,
    /// Belongs to the character before it.
    Extend,
    /// U+200D, which joins pictographs.
    Joiner,
    Pictograph,
    // The last two are ASCII alone.
    Apostrophe,
    Quote,
}

use Class::*;

/// The classes that the table may name, in its order.
const LISTED: [Class; 15] = [
    Other, Letter, Hebrew, Number, Katakana, Connector, MidLetter, MidNumber, MidBoth, Blank,
    Newline, Regional, Extend, Joiner, Pictograph,
];

/// A set of classes, a bit each.
type Set = u32;

const fn set(classes: &[Class]) -> Set {
    let (mut set, mut at) = (0, 0);
    while at < classes.len() {
        set |= 1 << classes[at] as u32;
        at += 1;
    }
    set
}

const LETTERS: Set = set(&[Letter, Hebrew]);
const WORD: Set = LETTERS | set(&[Number, Connector]);
const MID_LETTERS: Set = set(&[MidLetter, MidBoth, Apostrophe]);
const MID_NUMBERS: Set = set(&[MidNumber, MidBoth, Apostrophe]);

/// What may follow a character without a boundary before it.
fn joined_by(class: Class) -> Set {
    match class {
        Letter => WORD | MID_LETTERS,
        Hebrew => WORD | MID_LETTERS | set(&[Quote]),
        Number => WORD | MID_NUMBERS,
        Katakana => set(&[Katakana, Connector]),
        Connector => WORD | set(&[Katakana]),
        Blank | Regional => set(&[class]),
        _ => 0,
    }
}

/// The boundaries of a text after its start, in bytes: where words end, and what stands between them.
/// Linear in the text.
#[cfg(not(target_arch = "wasm32"))]
pub fn bounds(text: &str) -> impl Iterator<Item = usize> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        // What follows a boundary is bounded as if it stood alone, so the crate may be asked anew.
        at += match plain_bound(rest.as_bytes()) {
            Some(len) => len,
            None => rest.split_word_bounds().next()?.len(),
        };
        Some(at)
    })
}

/// The first boundary of a text that opens with ASCII letters and a mark or blank after them, or with a mark
/// or blank and ASCII after it: three of four words and nearly all that stands between words, in a fifth
/// of the crate's time.
#[cfg(not(target_arch = "wasm32"))]
fn plain_bound(text: &[u8]) -> Option<usize> {
    let n_letters = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let &next = text.get(n_letters.max(1))?;
    // Digits and what joins words are left to the crate, and so is what may belong to the character before.
    let is_letter = n_letters > 0;
    let parts = match next {
        b'0'..=b'9' | b'_' | 0x80.. => false,
        b'.' | b':' | b'\'' => !is_letter,
        _ => true,
    };
    let first = text[0];
    let is_plain_mark =
        matches!(first, b' '..=b'/' | b':'..=b'@' | b'['..=b'^' | b'`' | b'{'..=b'~');
    let is_run = first == b' ' && next == b' ';
    match is_letter {
        true if parts => Some(n_letters),
        false if is_plain_mark && next < 0x80 && !is_run => Some(1),
        _ => None,
    }
}

/// The same by the table, but that the two halves of a line's end are apart, which makes no words.
/// A mark and what extends it may be read twice.
pub fn bounds_by_table(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        at += first_bound(rest);
        (!rest.is_empty()).then_some(at)
    })
}

#[cfg(target_arch = "wasm32")]
pub use bounds_by_table as bounds;

/// The first boundary after the start of a text.
fn first_bound(text: &str) -> usize {
    // Most words are ASCII letters alone.
    let n_letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let skipped = n_letters.saturating_sub(1);
    let mut chars = text[skipped..].char_indices();
    let Some((_, c)) = chars.next() else {
        return 0;
    };
    let mut class = class_of(c);
    if class == Newline {
        return c.len_utf8();
    }
    let mut joined = joined_by(class);
    let mut after_joiner = class == Joiner;
    // A mark within a word is no boundary if more of the word follows. If not, the word ends there.
    let mut mark = None;
    for (at, c) in chars {
        let at = at + skipped;
        let next = class_of(c);
        let joins_pictographs = after_joiner;
        after_joiner = next == Joiner;
        if matches!(next, Extend | Joiner) {
            if class == Blank {
                joined = 0;
            }
            continue;
        }
        if joins_pictographs && is_pictograph(c, next) {
            class = Other;
            joined = 0;
            mark = None;
            continue;
        }
        if joined & 1 << next as u32 == 0 {
            return mark.unwrap_or(at);
        }
        mark = None;
        joined = match next {
            Quote => set(&[Hebrew]),
            Apostrophe | MidLetter | MidNumber | MidBoth if class == Number => set(&[Number]),
            Apostrophe | MidLetter | MidNumber | MidBoth => LETTERS,
            Regional => 0,
            _ => joined_by(next),
        };
        if matches!(next, Quote | Apostrophe | MidLetter | MidNumber | MidBoth)
            && !(class == Hebrew && next == Apostrophe)
        {
            mark = Some(at);
        }
        class = next;
    }
    mark.unwrap_or(text.len())
}

fn class_of(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Letter,
        ' ' => Blank,
        '0'..='9' => Number,
        '_' => Connector,
        ':' => MidLetter,
        ',' | ';' => MidNumber,
        '.' => MidBoth,
        '\'' => Apostrophe,
        '"' => Quote,
        '\n' | '\r' | '\x0b' | '\x0c' => Newline,
        '\0'..='\x7f' => Other,
        _ => {
            let at = characters::byte_of(c) & CLASS;
            LISTED.get(usize::from(at)).copied().unwrap_or(Other)
        }
    }
}

/// Five letters and signs are pictographs as well.
fn is_pictograph(c: char, class: Class) -> bool {
    class == Pictograph || matches!(c, 'ℹ' | '🅰' | '🅱' | '🅾' | '🅿')
}
