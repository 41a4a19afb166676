//! How fast text is read, natively: no text may cost more than linear time, however odd.
//!
//! Each text is one paragraph, once of [`SMALL`] and once of [`LARGE`] bytes: a character repeated,
//! or the texts of a corpus file. It is cut into sentences, and it goes through all stages up to the
//! summary. The exponent says how the time grows: 1 is linear, 2 is quadratic.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use nutgraf::{Options, Reading, inspect, language};
use serde::Deserialize;

use super::report::{Section, short, table};
use crate::corpus;

const SMALL: usize = 1_000_000;
const LARGE: usize = 10 * SMALL;

/// A small text is read this often, and the fastest run counts: it takes but milliseconds.
const N_SMALL_RUNS: usize = 3;

/// How many rows are shown.
const N_SHOWN: usize = 20;

/// What we ask for, in MB a second.
const WANTED: f64 = 10.0;

/// Folders of texts in the corpus.
const FOLDERS: [&str; 4] = ["sentences", "entities", "langid", "words"];

/// Characters that a stage looks at: letters of several scripts, digits, all ends of sentences, quotes,
/// brackets, marks inside words, blanks and breaks, what stands for nothing, what joins with others,
/// pictographs, and the edges of the code.
const CHARACTERS: &str = concat!(
    "aAzZéßİſıΣдЖאعـहกຂ한ქԱա字あアㄅ々ｱａ𠀀",
    "059٣९５½Ⅷ",
    ".!?…。！？｡．؟۔।॥։።፧‼⁇⁈⁉។။᙮꓿",
    "\"'“”‘’„‚«»‹›「」『』",
    "()[]{}（）［］【】〈〉《》",
    ",;:、，：·-–—‐‑/\\_@#&*•⁃¿¡ʼ‧",
    " \u{a0}\u{2009}\u{3000}\t\n\r\u{85}\u{2028}",
    "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2060}\u{feff}",
    "\u{301}\u{64b}\u{93e}\u{fe0f}\u{1f3fd}\u{20e3}",
    "😀❤👩🇫ℹ",
    "\0\u{7f}\u{d7ff}\u{e000}\u{fffd}\u{ffff}\u{10ffff}",
);

/// A row a text and way of reading it, the slowest last.
pub fn run(corpus: &Path) -> Result<Section> {
    let mut texts: Vec<Text> = CHARACTERS.chars().map(Text::repeated).collect();
    for folder in FOLDERS {
        texts.extend(of_files(corpus, folder)?);
    }
    let mut rows = Vec::new();
    for text in &texts {
        eprintln!("reading {}", text.name);
        let (small, large) = (text.of_size(SMALL), text.of_size(LARGE));
        for (way, read) in WAYS {
            let tag = &text.tag;
            let fastest = (0..N_SMALL_RUNS)
                .map(|_| seconds(read, &small, tag))
                .fold(f64::INFINITY, f64::min);
            let seconds = seconds(read, &large, tag);
            rows.push(Row {
                name: &text.name,
                way,
                speed: large.len() as f64 / 1e6 / seconds,
                exponent: (seconds / fastest).ln() / (large.len() as f64 / small.len() as f64).ln(),
            });
        }
    }
    Ok(Section {
        name: "text",
        title: "Odd and long texts",
        body: body(rows),
    })
}

/// A way to read a text in a language.
type Read = fn(&str, &str);

const WAYS: [(&str, Read); 2] = [
    ("sentences", |text, tag| {
        black_box(inspect::sentences(text, tag));
    }),
    ("all stages", |text, tag| {
        black_box(inspect::language(text));
        let article = inspect::article(text.to_owned(), tag.to_owned());
        black_box(Reading::new(&article).summary(&Options::default()));
    }),
];

fn seconds(read: Read, text: &str, tag: &str) -> f64 {
    let started = Instant::now();
    read(text, tag);
    started.elapsed().as_secs_f64()
}

/// What is repeated, and the language that it is read in.
struct Text {
    name: String,
    tag: String,
    piece: String,
}

impl Text {
    /// A character, read as English, which has rules for most.
    fn repeated(c: char) -> Text {
        Text {
            name: format!("{c:?} U+{:04X}", u32::from(c)),
            tag: "en".to_owned(),
            piece: c.to_string(),
        }
    }

    /// As many bytes of it as fit whole characters.
    fn of_size(&self, n_bytes: usize) -> String {
        let mut text = self.piece.repeat(n_bytes.div_ceil(self.piece.len()));
        let mut end = n_bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text
    }
}

/// A line of a corpus.
#[derive(Deserialize)]
struct Item {
    lang: String,
    text: String,
}

/// The files of a folder, each read in its language; one of many languages in that of its first words.
fn of_files(corpus: &Path, folder: &str) -> Result<Vec<Text>> {
    let mut files: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for (set, item) in corpus::items(corpus, folder)? {
        files.entry(set).or_default().push(item);
    }
    let text = |(set, items): (String, Vec<Item>)| {
        let mut piece = String::new();
        for item in &items {
            piece.push_str(&item.text);
            piece.push(' ');
        }
        let tag = match items.first() {
            Some(first) if items.iter().all(|item| item.lang == first.lang) => {
                language::primary_subtag(&first.lang)
            }
            _ => inspect::language(&piece),
        };
        Text {
            name: format!("{folder}/{set}"),
            tag,
            piece,
        }
    };
    Ok(files.into_iter().map(text).collect())
}

struct Row<'a> {
    name: &'a str,
    way: &'static str,
    /// MB a second.
    speed: f64,
    exponent: f64,
}

fn body(mut rows: Vec<Row>) -> String {
    rows.sort_by(|a, b| b.speed.total_cmp(&a.speed));
    let mut body = format!(
        "Each text is one paragraph of {} bytes; the exponent says how the time has grown since {} bytes. Asked are {WANTED} MB a second.\n\n",
        LARGE, SMALL
    );
    for (way, _) in WAYS {
        let speeds = || rows.iter().filter(|row| row.way == way);
        let n_slow = speeds().filter(|row| row.speed < WANTED).count();
        body += &format!(
            "- {way}: {n_slow} of {} below {WANTED} MB/s\n",
            speeds().count()
        );
    }
    let slowest = rows.iter().rev().take(N_SHOWN).map(|row| {
        vec![
            format!("`{}`, {}", row.name.replace('|', "\\|"), row.way),
            short(row.speed),
            format!("{:.2}", row.exponent),
        ]
    });
    body += &format!("\nThe {N_SHOWN} slowest:\n\n");
    body + &table(&["text", "MB/s", "exponent"], &slowest.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_long_as_asked_and_ends_with_a_whole_character() {
        let mut text = Text::repeated('字');
        assert_eq!(text.of_size(9), "字字字");
        assert_eq!(text.of_size(11), "字字字");
        text.piece = "a字 ".to_owned();
        assert_eq!(text.of_size(8), "a字 a");
    }

    #[test]
    fn every_character_is_timed_once() {
        let mut characters: Vec<char> = CHARACTERS.chars().collect();
        let n = characters.len();
        characters.sort_unstable();
        characters.dedup();
        assert_eq!(characters.len(), n);
    }
}
