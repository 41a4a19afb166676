//! Splits a paragraph into sentences.
//!
//! In: one clean paragraph. Out: byte spans that tile it; joined, they give it back, and the blank
//! after a sentence belongs to it. A span also says where the sentence starts being worth showing:
//! after a dateline such as `WASHINGTON (AP) —`.
//!
//! A scanner of our own rather than the boundaries of UAX #29: those break after `Mr.`, and the
//! iterator that finds them takes quadratic time on a full stop before a long run of blanks. The
//! rules are those of Grefenstette and Tapanainen, "What is a word, what is a sentence?" (1994): a
//! stop ends a sentence unless it ends an abbreviation, an initial or an ordinal, or the next word
//! is lower-case. Abbreviations have a class:
//!
//! | class | for instance | ends a sentence |
//! | --- | --- | --- |
//! | `t` | Dr., Gov. | never: a name follows |
//! | `n` | No., Art. | unless a digit follows |
//! | `m` | Jan. | unless a digit follows |
//! | `x` | vs., e.g. | never |
//! | `a` | Inc., U.S., p.m. | if a word follows that opens sentences |
//!
//! Linear: what is looked at around a stop is bounded.

use std::ops::Range;

use crate::characters::Character;
use crate::language::Language;
use crate::normalize::Clean;
use crate::tokens::fold;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The paragraph it is in.
    pub paragraph: usize,
    /// Its bytes in the clean paragraph, the blank after it included.
    pub span: Range<usize>,
    /// The part that is shown: without a dateline before it and the blank after it.
    pub shown: Range<usize>,
}

/// Splits paragraphs into sentences, in reading order. A paragraph for which `is_whole` holds, such
/// as a heading, is one sentence.
pub fn split(
    paragraphs: &[Clean],
    language: &Language,
    is_whole: impl Fn(usize) -> bool,
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (paragraph, clean) in paragraphs.iter().enumerate() {
        let text = &*clean.text;
        let mut start = 0;
        for end in boundaries(text, language) {
            let end = if is_whole(paragraph) { text.len() } else { end };
            sentences.push(Sentence {
                paragraph,
                span: start..end,
                shown: shown(text, start..end),
            });
            start = end;
            if start == text.len() {
                break;
            }
        }
    }
    sentences
}

/// The ends of the sentences of a paragraph, the last being its length.
pub fn boundaries<'a>(text: &'a str, language: &'a Language) -> impl Iterator<Item = usize> + 'a {
    let mut scanner = Scanner {
        text,
        language,
        start: 0,
        at: 0,
        next_item: 0,
    };
    std::iter::from_fn(move || scanner.next_end())
}

struct Scanner<'a> {
    text: &'a str,
    language: &'a Language,
    /// Where the current sentence starts.
    start: usize,
    /// How far the text has been read.
    at: usize,
    /// The number of the next item, in a list that is set as running text.
    next_item: u8,
}

/// The mark of a run of stops that ends nothing.
const GOES_ON: char = ' ';

/// A word looked at around a stop is read no further than this, in bytes.
const MAX_WORD_BYTES: usize = 48;

impl Scanner<'_> {
    fn next_end(&mut self) -> Option<usize> {
        let (item, end) = self.item(self.start);
        self.at = end;
        if item > 0 {
            self.next_item = item + 1;
        }
        while let Some(c) = self.text[self.at..].chars().next() {
            let stop = self.at;
            self.at += c.len_utf8();
            let end = if is_terminator(c) || c == ':' && self.text[..stop].ends_with(is_armenian) {
                let mark = self.end_of_run(stop, c);
                self.end_at(stop, mark)
            } else if c == ' ' && self.next_item > 0 && self.item(self.at).0 == self.next_item {
                Some(self.at)
            } else {
                None
            };
            if let Some(end) = end {
                self.start = end;
                self.at = end;
                return Some(end);
            }
        }
        if self.start == self.text.len() {
            return None;
        }
        self.start = self.text.len();
        Some(self.text.len())
    }

    /// The number of the item of a list that begins at a place, and where its marker ends: `1.`, `2)`,
    /// `3.)`, `a)`, `• 4.`; a letter's number is its code. 0 if none begins there.
    fn item(&self, at: usize) -> (u8, usize) {
        let byte = |at: usize| self.text.as_bytes().get(at).copied().unwrap_or(0);
        let mut end = at;
        if self.text[at..].starts_with(['•', '⁃']) {
            end += 3;
            end += usize::from(byte(end) == b' ');
        }
        let has_bullet = end > at;
        let start = end;
        let mut number = byte(end);
        if number.is_ascii_lowercase() {
            end += 1;
        } else {
            number = 0;
            while byte(end).is_ascii_digit() && end < start + 2 {
                number = number * 10 + byte(end) - b'0';
                end += 1;
            }
        }
        let after_number = end;
        end += usize::from(byte(end) == b'.');
        let is_bracketed = byte(end) == b')';
        end += usize::from(is_bracketed);
        // A number and a stop alone are an ordinal in most languages.
        let is_item = has_bullet || is_bracketed || self.language.tag == "en";
        if is_item && end > after_number && byte(end) == b' ' {
            (number, end)
        } else {
            (0, at)
        }
    }

    /// Reads on over further terminators, blanks between stops included (`. . .`); returns the mark
    /// that tells: `!` or `?` before `…` before a stop.
    fn end_of_run(&mut self, start: usize, first: char) -> char {
        let mut mark = first;
        let mut n_stops = usize::from(first == '.');
        let mut n_spaced = 0;
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                break;
            };
            let is_spaced = c == ' ' && n_stops > 0 && opens_with_stop(&rest[1..]);
            if is_spaced {
                n_spaced += 1;
                n_stops += 1;
                self.at += 2;
            } else if is_terminator(c) {
                n_stops += usize::from(c == '.');
                if mark == '.' || mark == '…' {
                    mark = c;
                }
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        // `the thing is . . . I mean it`: words are left out.
        if n_spaced == 2 && self.text[..start].ends_with(' ') {
            return GOES_ON;
        }
        if mark == '.' && n_stops > 1 {
            '…'
        } else {
            mark
        }
    }

    /// Whether a sentence ends at the terminators from `stop` to where we have read, and where.
    fn end_at(&mut self, stop: usize, mark: char) -> Option<usize> {
        let text = self.text;
        let after_stops = self.at;
        // An ellipsis alone is no sentence.
        let before = &text[self.start..stop];
        if mark == '…'
            && before.len() < MAX_WORD_BYTES
            && !before.contains(char::is_letter_or_number)
        {
            return None;
        }
        let is_wide = matches!(mark, '。' | '！' | '？' | '｡' | '．');
        // `“` closes in German, but opens in Chinese and Japanese.
        let closed = text[after_stops..]
            .find(|c| !is_closer(c) || is_wide && c == '“')
            .map_or(text.len(), |n| after_stops + n);
        // French sets a blank before it.
        let closed = match text[closed..].strip_prefix(" »") {
            Some(rest) if !rest.starts_with(char::is_letter_or_number) => text.len() - rest.len(),
            _ => closed,
        };
        let after = skip_notes(text, closed);
        if after == text.len() {
            return Some(after);
        }
        let rest = &text[after..];
        let goes_on = mark == GOES_ON || mark == '．' && rest.starts_with(char::is_number);
        let is_comma = |c| matches!(c, ',' | '،' | ';' | '؛');
        if goes_on || rest.strip_prefix(' ').unwrap_or(rest).starts_with(is_comma) {
            return None;
        }
        if !rest.starts_with(' ') {
            let next = rest.chars().next()?;
            let ends = if is_wide || is_cjk(next) {
                // 「…。」と彼は言った: a particle takes the quotation into its sentence.
                closed == after_stops || !is_hiragana(next)
            } else {
                !is_ascii_mark(mark)
                    || is_missing_blank(&text[..stop], rest) && closed == after_stops
            };
            return ends.then_some(after);
        }
        let end = after + 1;
        let next = next_word(&text[end..]);
        let opens_low = next.chars().next().is_some_and(char::is_small);
        let is_quoted = closed > after_stops;
        let ends = match mark {
            // Without capitals nothing tells what an ellipsis or a quoted question ends; it mostly is
            // the clause.
            '!' | '?' | '…' | '؟' if next.starts_with(has_no_case) => !is_quoted && mark != '…',
            // A lower-case word goes on; so does `“Snap!” Pete said.`
            '!' | '?' | '…' => !(opens_low || is_quoted && self.is_attribution(&text[end..])),
            '.' if is_quoted => !opens_low,
            '.' | '۔' => !opens_low && !self.is_abbreviation(stop, next, &text[end..]),
            _ => true,
        };
        ends.then_some(end)
    }

    /// Whether the stop at `stop` ends an abbreviation, an initial or an ordinal and no sentence.
    fn is_abbreviation(&self, stop: usize, next: &str, rest: &str) -> bool {
        let before = last_word(&self.text[self.start..stop]);
        let word = before.trim_start_matches(is_opener);
        let opens_sentence = || {
            // `J. A. Silva`: an initial, though `a` is a word too.
            let is_letter = next.chars().nth(1).is_none();
            let is_initial = is_letter
                && rest
                    .strip_prefix(next)
                    .is_some_and(|rest| rest.starts_with('.'));
            let next = fold(next.split('’').next().unwrap_or_default());
            !is_initial
                && (self.language.stop_words.contains(&next)
                    || self.language.dependent_openers.contains(&next))
        };
        let next_is_digit = next.starts_with(|c: char| c.is_ascii_digit());
        let next_is_month = || self.language.months.contains(&fold(next));
        if word.is_empty() {
            return false;
        }
        if word
            .bytes()
            .all(|byte| byte == b'.' || byte.is_ascii_digit())
        {
            // `18. März`, `im 19. Jahrhundert`; and `1. First point`, `2.1. Method` in a list.
            let opens_list = before.len() == stop - self.start && word.len() <= 3;
            let is_ordinal =
                matches!(self.language.tag, "de" | "tr") && word.len() <= 2 && !opens_sentence();
            return opens_list || is_ordinal || word.len() <= 2 && next_is_month();
        }
        let folded = fold(word);
        // `dell'art. 12`, `Lange-Str. 9`: the noun alone.
        let noun = folded.rsplit(['\'', '-']).next();
        let whole = noun.filter(|noun| noun.len() > 2 || !folded.contains('-'));
        let whole = whole.unwrap_or(&folded);
        let class = self.language.abbreviations.class(whole);
        let mut chars = word.chars();
        if let (Some(letter), None) = (chars.next(), chars.next()) {
            // `z. B.`, `т. е.`: the list has them without the blank.
            let earlier = self.text[self.start..stop - before.len()].trim_end();
            let spaced = earlier.strip_suffix('.').map(last_word);
            let is_letter = |word: &&str| word.chars().count() == 1;
            if let Some(first) = spaced.filter(is_letter) {
                let whole = fold(&[first, ".", word].concat());
                if self.language.abbreviations.contains(&whole) {
                    return !opens_sentence();
                }
            }
            // `p. 12`, `c. 1818`
            if has_no_case(letter) || letter.is_small() && next_is_digit {
                return true;
            }
            if letter.is_capital() && (class.is_none() || class == Some("n") && !next_is_digit) {
                // `J. K. Rowling`, `George W. Bush`; but `plan B. Nobody`. `R. — A ideia`, `Q. What is
                // it?`: who speaks in an interview. A letter alone is no sentence.
                return earlier.is_empty() || !next_is_digit && !opens_sentence();
            }
            // `z. B. Berlin`: the first half, with the second to come.
            let rest = rest.trim_start();
            let mut second = rest.chars();
            if let (Some(letter), Some('.')) = (second.next(), second.next()) {
                let whole = fold(&[word, ".", &rest[..letter.len_utf8()]].concat());
                if self.language.abbreviations.contains(&whole) {
                    return true;
                }
            }
        }
        match class {
            // `Main St. The mayor`: no name follows.
            Some("t") => !(word.eq_ignore_ascii_case("st") && opens_sentence()),
            Some("x") => true,
            Some("n") => next_is_digit,
            Some("m") => next_is_digit || rest.starts_with(is_opener) && !opens_sentence(),
            Some(_) => is_clock(word) && next_is_month() || !is_clock(word) && !opens_sentence(),
            None => is_dotted(word) && !opens_sentence(),
        }
    }

    /// Whether a text starts as the attribution of the quotation before it: `Pete Marsh said`.
    fn is_attribution(&self, rest: &str) -> bool {
        for (n, word) in rest.split(' ').take(4).enumerate() {
            // What is said comes next.
            if word.ends_with(':') {
                return false;
            }
            let word = word.trim_end_matches([',', '.']);
            if n == 0 {
                if self.language.stop_words.contains(&fold(word)) {
                    return false;
                }
            } else if word.len() > MAX_WORD_BYTES {
                return false;
            } else if word.starts_with(char::is_small)
                && self.language.speech_verbs.contains(&fold(word))
            {
                return true;
            }
        }
        false
    }
}

/// Whether a text opens with a stop that stands by itself, unlike that of `.NET`.
fn opens_with_stop(text: &str) -> bool {
    text.strip_prefix('.')
        .is_some_and(|rest| !rest.starts_with(char::is_letter_or_number))
}

/// The letters of Arabic, Hindi and others that have one form.
pub(crate) fn has_no_case(c: char) -> bool {
    c.is_letter() && !c.is_small() && !c.is_capital()
}

/// The letters of Armenian, which ends its sentences with a colon.
fn is_armenian(c: char) -> bool {
    matches!(c, '\u{561}'..='\u{587}')
}

fn is_terminator(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '．'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '។'
            | '။'
            | '᙮'
            | '꓿'
    )
}

/// Marks that also stand inside words: `3.5`, `Yahoo!`, `Node.js`.
fn is_ascii_mark(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '］'
            | '】'
            | '〉'
            | '》'
            | '“'
            | '‘'
            | '«'
    )
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '「'
            | '『'
            | '（'
            | '»'
    )
}

/// Han, kana and the marks that they are set with.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}')
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// `U.S`, `p.m`, `z.B`, `J.-P`: letters with stops between them.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut chars = part.trim_start_matches('-').chars();
            chars.next().is_some_and(char::is_letter) && chars.next().is_none()
        })
}

/// A time of day ends a sentence more often than not, unless its weekday follows.
fn is_clock(word: &str) -> bool {
    matches!(word, "a.m" | "p.m" | "A.M" | "P.M")
}

/// `The match ended.The ministers left.`, but not `Node.js` or `Amazon.com`.
fn is_missing_blank(before: &str, rest: &str) -> bool {
    let word = last_word(before);
    let mut next = rest.chars();
    word.len() > 2
        && word.chars().all(|c| c.is_small() || c == '\'')
        && next.next().is_some_and(char::is_capital)
        && next.next().is_some_and(|c| c.is_small() || c == ' ')
}

/// Skips footnote marks after a stop: `2019.[1] She`, `the barrier.1 On`.
fn skip_notes(text: &str, mut at: usize) -> usize {
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let follows_word = text[..at]
        .trim_end_matches(['.', '”', '"'])
        .ends_with(|c: char| c.is_small() || c == ')');
    if (1..3).contains(&digits) && follows_word && text[at + digits..].starts_with(' ') {
        return at + digits;
    }
    loop {
        let rest = &text[at..];
        let Some(note) = rest.strip_prefix(" [").or(rest.strip_prefix('[')) else {
            break;
        };
        let n_digits = note.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if n_digits == 0 || !note[n_digits..].starts_with(']') {
            break;
        }
        at = text.len() - note.len() + n_digits + 1;
    }
    at
}

/// The end of a text back to its last blank, bounded.
fn last_word(text: &str) -> &str {
    let mut from = text.len().saturating_sub(MAX_WORD_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    for (at, c) in tail.char_indices().rev() {
        if matches!(c, ' ' | '—' | '–' | '/') {
            return &tail[at + c.len_utf8()..];
        }
    }
    tail
}

/// The first word of a text, without what opens before it, bounded.
fn next_word(text: &str) -> &str {
    let is_before = |c: char| is_opener(c) || matches!(c, '—' | '–' | '-' | ' ' | '•' | '*');
    let mut start = 0;
    for (n, (at, c)) in text.char_indices().enumerate() {
        if n == 8 {
            break;
        }
        if !is_before(c) {
            start = at;
            break;
        }
    }
    let text = &text[start..];
    let is_end = |c: char| !c.is_letter_or_number() && c != '\'' && c != '’';
    for (n, (at, c)) in text.char_indices().enumerate() {
        if n == MAX_WORD_BYTES || is_end(c) {
            return &text[..at];
        }
    }
    text
}

/// The part of a sentence that is shown.
fn shown(text: &str, span: Range<usize>) -> Range<usize> {
    let sentence = &text[span.clone()];
    let end = span.start + sentence.trim_end().len();
    let lead = if span.start == 0 {
        dateline_len(sentence)
    } else {
        0
    };
    (span.start + lead).min(end)..end
}

/// Longest dateline, in bytes: a city, a state, a date and an agency.
const MAX_DATELINE_BYTES: usize = 80;

/// The length of a dateline that opens a text, blanks after it included: `WASHINGTON (AP) — `,
/// `LONDON, Nov. 3 (Reuters) - `, `(CNN) -- `. A place in capitals or an agency in brackets, before
/// a dash.
fn dateline_len(text: &str) -> usize {
    let mut head = text;
    for (at, _) in text.char_indices() {
        if at > MAX_DATELINE_BYTES {
            break;
        }
        head = &text[..at];
    }
    let Some((place, dash_end)) = split_at_dash(head) else {
        return 0;
    };
    let agency = place.ends_with(')') && place.contains('(');
    let is_capitals = |word: &str| {
        word.chars().filter(|c| c.is_letter()).count() > 2 && !word.chars().any(char::is_small)
    };
    let city = place.split([' ', ',']).next();
    let starts_in_capitals = city.is_some_and(is_capitals);
    let is_short = place.split(' ').count() <= 8;
    // Without an agency, whatever follows the city must be capitals, a date or a state.
    let goes_low = place
        .split(' ')
        .any(|word| word.starts_with(char::is_small));
    if is_short && !goes_low && (agency || starts_in_capitals) {
        dash_end
    } else {
        0
    }
}

/// What stands before the first dash between words, and where the text goes on after it. A long
/// dash may stand without a blank before it.
fn split_at_dash(text: &str) -> Option<(&str, usize)> {
    for (at, c) in text.char_indices() {
        let before = text[..at].trim_end_matches(['-', ' ']);
        let has_blank = text[..at].ends_with(' ') || text[..at].ends_with(" -");
        let after = at + c.len_utf8();
        let is_dash = matches!(c, '—' | '–') || c == '-' && has_blank;
        if is_dash && text[after..].starts_with(' ') {
            return Some((before, after + 1));
        }
    }
    None
}
