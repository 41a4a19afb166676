//! The day of publication.
//!
//! A page says it in JSON-LD, in meta tags, microdata and `<time>`, in its address and in a line
//! near the headline. All are read by one function, which finds a day in any text.

use std::ops::Range;

use super::{Metadata, declared_language, holds_any};
use crate::characters::Character;
use crate::page::holds_text;
use crate::tokens::fold;

/// A day, counted from 1970-01-01.
type Day = i32;

impl Metadata<'_> {
    /// The day of publication, `YYYY-MM-DD`.
    pub fn published(&self) -> Option<String> {
        let mut values = self.json("datePublished");
        values.extend(self.dated_meta("published_time"));
        values.extend(self.facts("microdata", "datePublished"));
        values.extend(self.dated_meta("publi pubdate pub-date pub_date issued date created"));
        values.extend(self.json("dateCreated"));
        for value in values {
            let Some(day) = self.day_of(value) else {
                continue;
            };
            return Some(written(self.in_own_offset(value, day)));
        }
        let (seen, updated) = self.seen_days();
        // A page that shows no other day than its last update's has that.
        seen.or_else(|| self.other_day()).or(updated).map(written)
    }

    /// The values of the meta tags whose name holds the first of some words, then the next and so
    /// on, but no word that tells of another day than that of publication.
    fn dated_meta(&self, words: &str) -> Vec<&str> {
        let mut values = Vec::new();
        for word in words.split(' ') {
            for fact in &self.page.facts {
                if fact.source == "meta"
                    && holds_text(&fact.key, word)
                    && !holds_any(&fact.key, "mod upd exp valid event")
                {
                    values.push(&*fact.value);
                }
            }
        }
        values
    }

    fn day_of(&self, value: &str) -> Option<Day> {
        if value.len() > MAX_VALUE_BYTES || holds_text(value, "//") {
            return None;
        }
        match find_day(value, self.month_first()) {
            Some((day, _)) => Some(day),
            None => since_epoch(value),
        }
    }

    /// Whether `3/4/2024` is the fourth of March.
    pub(super) fn month_first(&self) -> bool {
        let language = declared_language(self.page).unwrap_or("en");
        ["en", "en-US", "en_US"].contains(&language)
    }

    /// Many pages tell the time in UTC and show the day where they are.
    fn in_own_offset(&self, value: &str, day: Day) -> Day {
        let is_utc = value.ends_with('Z') || value.ends_with("+00:00") || value.ends_with("+0000");
        let hour = number(value.get(11..13).unwrap_or_default());
        let near = if hour < 12 { day - 1 } else { day + 1 };
        if !is_utc {
            return day;
        }
        if self.seen_days().0 == Some(near) || self.day_in_address() == Some(near) {
            return near;
        }
        day
    }

    /// The first day that a line near the headline shows, and the first that it says is an
    /// update's.
    fn seen_days(&self) -> (Option<Day>, Option<Day>) {
        let mut updated = None;
        for block in self.around_headline() {
            if block.text.len() > MAX_LINE_BYTES {
                continue;
            }
            let mut rest = &*block.text;
            while let Some((day, span)) = find_day(rest, self.month_first()) {
                let before = fold(&rest[..span.start]);
                if !holds_any(&before, UPDATED) {
                    return (Some(day), updated);
                }
                updated = updated.or(Some(day));
                rest = &rest[span.end..];
            }
        }
        (None, updated)
    }

    /// The day that an element `time`, the page's address or its JSON-LD names.
    fn other_day(&self) -> Option<Day> {
        for value in self.facts("time", "") {
            if let Some(day) = self.day_of(value) {
                return Some(day);
            }
        }
        if let Some(day) = self.day_in_address() {
            return Some(day);
        }
        for fact in &self.page.facts {
            if fact.source == "json-ld"
                && fact.key.ends_with(".datePublished")
                && let Some(day) = self.day_of(&fact.value)
            {
                return Some(day);
            }
        }
        None
    }

    /// The day in the page's address: `…/2024/07/27/…`.
    fn day_in_address(&self) -> Option<Day> {
        find_day(self.address, true).map(|(day, _)| day)
    }
}

/// A line with a date has at most so many bytes.
const MAX_LINE_BYTES: usize = 120;
/// A value that is a date has at most so many bytes.
const MAX_VALUE_BYTES: usize = 64;

/// Words before the day of an update, folded.
const UPDATED: &str = "updat modif aktualis stand jour actualiz aggiorn";

/// What the names of the months start with, folded, for each month: English, German, French,
/// Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech, Turkish, Indonesian,
/// Russian.
const MONTHS: [&str; 12] = [
    "jan gen ene янв sty led oca",
    "feb fev фев lut uno sub",
    "mar mae maa mrt мар bre",
    "apr avr abr апр kwi dub nis",
    "may mai maj mag mei mae май мая kve",
    "jun juin giu июн cze cerv haz",
    "jul juil lug июл lip cervene cervenc tem",
    "aug aou ago agu авг sie srp",
    "sep set сен wrz zar eyl",
    "oct okt ott out окт paz rij eki",
    "nov ноя lis kas",
    "dec dez dic des дек gru pro ara",
];

/// The month that a word names, from 1; 0 if none.
fn month(word: &str) -> u32 {
    let word = fold(word);
    let mut found = 0;
    let mut longest = 0;
    let mut number = 0;
    for starts in MONTHS {
        number += 1;
        for start in starts.split(' ') {
            // `červenec` starts as `červen` does, which is the month before.
            if start.len() > longest && word.starts_with(start) && word.len() < MAX_MONTH_BYTES {
                longest = start.len();
                found = number;
            }
        }
    }
    found
}

/// No month's name is longer.
const MAX_MONTH_BYTES: usize = 24;

/// A number, a month's name or another word in a text.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    /// The number, or the month; 0 for a word that is none.
    value: u32,
    is_number: bool,
}

impl Part {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// The parts of a text, without short words such as `de`, `th`, `年`, which stand between them.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (end, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // Lines run together where elements do: `PublishedOctober`.
        let continues = c.is_ascii_digit() == before.is_ascii_digit()
            && c.is_letter() == before.is_letter()
            && !(c.is_capital() && before.is_small());
        if !continues {
            let word = &text[start..end];
            let mut part = Part {
                start,
                end,
                value: number(word),
                is_number: before.is_ascii_digit(),
            };
            if before.is_letter() {
                part.value = month(word);
            }
            let is_long = before.is_letter() && word.len() > MAX_FILLER_BYTES;
            if part.value > 0 || is_long {
                parts.push(part);
            }
            start = end;
        }
        before = c;
    }
    parts
}

/// No word between the parts of a date is longer.
const MAX_FILLER_BYTES: usize = 3;

/// The number that a text is, 0 if it is none, or one too large.
fn number(text: &str) -> u32 {
    let mut number: u32 = 0;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() || number > u32::MAX / 10 - 1 {
            return 0;
        }
        number = number * 10 + u32::from(byte - b'0');
    }
    number
}

/// The first day in a text, and the bytes where it stands.
pub(super) fn find_day(text: &str, month_first: bool) -> Option<(Day, Range<usize>)> {
    // No day without a year, and few lines have one: the names of the months need not be looked for.
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    if !text
        .as_bytes()
        .windows(4)
        .any(|four| four.iter().all(is_digit))
    {
        return None;
    }
    let parts = parts(text);
    for (index, &one) in parts.iter().enumerate() {
        if one.len() == 8 {
            let all = one.value;
            if let Some(day) = day(all / 10_000, all / 100 % 100, all % 100) {
                return Some((day, one.start..one.end));
            }
        }
        let (Some(&two), Some(&three)) = (parts.get(index + 1), parts.get(index + 2)) else {
            continue;
        };
        let mark = &text[one.end..two.start];
        let (mut month, mut date) = (two, one);
        let mut year = three;
        if one.len() == 4 && one.is_number {
            (year, date) = (one, three);
        } else if two.is_number && one.is_number {
            if !matches!(mark, "." | "/" | "-" | ". ") {
                continue;
            }
            if two.value > 12 || month_first && mark == "/" && one.value <= 12 {
                (month, date) = (one, two);
            }
        } else if two.is_number {
            (month, date) = (one, two);
        }
        if date.is_number
            && date.len() < 3
            && year.is_number
            && let Some(day) = day(year.value, month.value, date.value)
        {
            return Some((day, one.start..three.end));
        }
    }
    None
}

/// The day of a number of seconds or milliseconds since 1970.
fn since_epoch(value: &str) -> Option<Day> {
    let is_time = matches!(value.len(), 10 | 13) && value.starts_with('1');
    let seconds = number(value.get(..9)?);
    // Tens of seconds: the last digits don't matter.
    (is_time && seconds > 0).then_some((seconds / 8_640) as Day)
}

/// The day of a date, if it is one.
fn day(year: u32, month: u32, date: u32) -> Option<Day> {
    let is_day =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    is_day.then(|| day_number(year, month, date))
}

/// After Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
fn day_number(year: u32, month: u32, date: u32) -> Day {
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    (365 * year + year / 4 - year / 100 + year / 400 + of_year) as Day - 719_468
}

/// A day as `YYYY-MM-DD`.
fn written(day: Day) -> String {
    let (mut year, mut month) = (1900, 1);
    while day_number(year + 1, 1, 1) <= day {
        year += 1;
    }
    while month < 12 && day_number(year, month + 1, 1) <= day {
        month += 1;
    }
    let date = (day - day_number(year, month, 1) + 1) as u32;
    let mut written = String::new();
    let mut tens = 10_000_000;
    while tens > 0 {
        if tens == 1_000 || tens == 10 {
            written.push('-');
        }
        let digit = (year * 10_000 + month * 100 + date) / tens % 10;
        written.push((b'0' + digit as u8) as char);
        tens /= 10;
    }
    written
}
