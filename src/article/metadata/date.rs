//! The day of publication.
//!
//! A page says it in JSON-LD, in meta tags, microdata and `<time>`, in its address and in a line
//! near the headline. All are read by one function, which finds a day in any text.

use std::ops::Range;

use super::Metadata;
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

    /// The values of the meta tags whose name holds one of some words, but no word that tells of
    /// another day than that of publication.
    fn dated_meta(&self, words: &str) -> Vec<&str> {
        let mut values = Vec::new();
        for word in words.split(' ') {
            for fact in &self.page.facts {
                let is_other = ["mod", "upd", "exp", "valid", "event"]
                    .iter()
                    .any(|other| fact.key.contains(other));
                if fact.source == "meta" && fact.key.contains(word) && !is_other {
                    values.push(&*fact.value);
                }
            }
        }
        values
    }

    fn day_of(&self, value: &str) -> Option<Day> {
        let is_date = value.len() < 64 && !value.contains("//");
        let found = if is_date {
            find_day(value, self.month_first())
        } else {
            None
        };
        found.map(|(day, _)| day).or_else(|| since_epoch(value))
    }

    /// Whether `3/4/2024` is the fourth of March.
    pub(super) fn month_first(&self) -> bool {
        self.language()
            .is_none_or(|tag| matches!(&*tag.to_ascii_lowercase(), "en" | "en-us" | "en_us"))
    }

    /// Many pages tell the time in UTC and show the day where they are.
    fn in_own_offset(&self, value: &str, day: Day) -> Day {
        let is_utc = value.ends_with('Z') || value.ends_with("+00:00") || value.ends_with("+0000");
        let hour = value.get(11..13).and_then(|hour| hour.parse::<u32>().ok());
        let (true, Some(hour)) = (is_utc, hour) else {
            return day;
        };
        let near = if hour < 12 { day - 1 } else { day + 1 };
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
                if !UPDATED.iter().any(|word| before.contains(word)) {
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

    /// `…/2024/07/27/…`.
    fn day_in_address(&self) -> Option<Day> {
        let mut rest = self.address;
        while let Some((_, path)) = rest.split_once('/') {
            if path.starts_with("19") || path.starts_with("20") {
                let end = path.char_indices().nth(11).map_or(path.len(), |(at, _)| at);
                if let Some((day, span)) = find_day(&path[..end], true)
                    && span.start == 0
                {
                    return Some(day);
                }
            }
            rest = path;
        }
        None
    }
}

/// A line with a date has at most so many bytes.
const MAX_LINE_BYTES: usize = 120;

/// Words before the day of an update, folded.
const UPDATED: [&str; 7] = [
    "updat",
    "modif",
    "aktualis",
    "stand",
    "mis a jour",
    "actualiz",
    "aggiorn",
];

/// What the names of the months start with, folded, for each month: English, German, French,
/// Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech, Turkish, Indonesian,
/// Russian.
const MONTHS: [&str; 12] = [
    "jan gen ene янв sty led oca",
    "feb fev фев lut uno sub",
    "mar mae maa mrt мар bre",
    "apr avr abr апр kwi dub nis",
    "may mai maj mag mei mae май мая kve",
    "jun juin giu июн cze cerven haz",
    "jul juil lug июл lip cervenec tem",
    "aug aou ago agu авг sie srp",
    "sep set сен wrz zar eyl",
    "oct okt ott out окт paz rij eki",
    "nov ноя lis kas",
    "dec dez dic des дек gru pro ara",
];

/// The month that a word names, from 1.
fn month(word: &str) -> Option<u32> {
    let word = fold(word);
    let mut found = None;
    let mut len = 0;
    for (index, starts) in MONTHS.iter().enumerate() {
        for start in starts.split(' ') {
            // `juillet` starts as `juin` does, but for its last letter.
            if start.len() > len && word.starts_with(start) && word.chars().count() < 13 {
                len = start.len();
                found = Some(index as u32 + 1);
            }
        }
    }
    found
}

/// A run of digits or of letters in a text.
struct Run<'a> {
    text: &'a str,
    at: usize,
}

impl Run<'_> {
    fn span(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn number(&self) -> Option<u32> {
        self.text.parse().ok()
    }

    /// Whether it may stand between the parts of a date: `de`, `th`, `年`.
    fn is_filler(&self) -> bool {
        self.number().is_none() && self.text.chars().count() < 4 && month(self.text).is_none()
    }
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run> = Vec::new();
    let mut start = 0;
    let mut before = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let class = if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            0
        };
        // Lines run together where elements do: `PublishedOctober`.
        let is_hump = class == 2 && c.is_uppercase() && text[..at].ends_with(char::is_lowercase);
        if class != before || is_hump {
            if before != 0 {
                runs.push(Run {
                    text: &text[start..at],
                    at: start,
                });
            }
            start = at;
            before = class;
        }
    }
    runs
}

/// The first day in a text, and the bytes where it stands.
pub(super) fn find_day(text: &str, month_first: bool) -> Option<(Day, Range<usize>)> {
    let runs = runs(text);
    for (index, run) in runs.iter().enumerate() {
        let Some(number) = run.number() else {
            continue;
        };
        if run.text.len() == 8 {
            let day = day(number / 10_000, number / 100 % 100, number % 100);
            if let Some(day) = day {
                return Some((day, run.span()));
            }
        }
        if run.text.len() != 4 {
            continue;
        }
        let next = |mut index: usize| {
            index += 1;
            if runs.get(index).is_some_and(Run::is_filler) {
                index += 1;
            }
            index
        };
        let previous = |index: usize| {
            let index = index.checked_sub(1)?;
            if runs[index].is_filler() {
                index.checked_sub(1)
            } else {
                Some(index)
            }
        };
        if let Some(second) = previous(index)
            && let Some(first) = previous(second)
        {
            let (one, two) = (&runs[first], &runs[second]);
            let found = match (one.number(), two.number()) {
                (Some(date), None) => (date, month(two.text)),
                (None, Some(date)) => (date, month(one.text)),
                (Some(one_), Some(two_)) => {
                    let mark = &text[one.span().end..two.at];
                    let is_date = matches!(mark, "." | "/" | "-" | ". ");
                    let swap = mark == "/" && two_ <= 12 && one_ <= 12 && month_first || two_ > 12;
                    let (date, month) = if swap { (two_, one_) } else { (one_, two_) };
                    (date, is_date.then_some(month))
                }
                _ => (0, None),
            };
            if let (date, Some(month)) = found
                && let Some(day) = day(number, month, date)
            {
                return Some((day, one.at..run.span().end));
            }
        }
        let second = next(index);
        let third = next(second);
        if let (Some(two), Some(three)) = (runs.get(second), runs.get(third))
            && let Some(month) = two.number().or_else(|| month(two.text))
            && let Some(date) = three.number()
            && three.text.len() <= 2
            && let Some(day) = day(number, month, date)
        {
            return Some((day, run.at..three.span().end));
        }
    }
    None
}

/// The day of a number of seconds or milliseconds since 1970.
fn since_epoch(value: &str) -> Option<Day> {
    let seconds: i64 = match value.len() {
        10 => value.parse().ok()?,
        13 => value.parse::<i64>().ok()? / 1_000,
        _ => return None,
    };
    Some((seconds / 86_400) as Day)
}

/// The day of a date. After Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
fn day(year: u32, month: u32, date: u32) -> Option<Day> {
    let is_day =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    if !is_day {
        return None;
    }
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    Some((365 * year + year / 4 - year / 100 + year / 400 + of_year) as Day - 719_468)
}

/// A day as `YYYY-MM-DD`. The inverse of [`day`], by the same author.
fn written(day: Day) -> String {
    let day = (day + 719_468) as u32;
    let of_era = day % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = day / 146_097 * 400 + year_of_era + u32::from(month < 3);
    let mut written = String::new();
    for (number, tens) in [(year, 1_000), (month, 10), (date, 10)] {
        if !written.is_empty() {
            written.push('-');
        }
        let mut tens = tens;
        while tens > 0 {
            written.push((b'0' + (number / tens % 10) as u8) as char);
            tens /= 10;
        }
    }
    written
}
