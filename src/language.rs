//! What a language brings along: its word lists, and which language a text is in.
//!
//! The lists stand in `language/<tag>/*.txt`, one entry a line; `language/README.md` says what each
//! is and how a language is added. Comments are cut out when the crate is compiled, and a list is
//! searched where it lies: there is nothing to parse at start-up.
//!
//! Natively all lists are compiled in. The module for the browser has only the n-grams that tell
//! languages apart; a page's language comes as one small file beside the module ([`pack`],
//! [`add`]), since six languages in one take 13 kB of its 80, compressed, and a page needs one.

mod identify;

use std::sync::RwLock;

pub use identify::{identify, is_unsegmentable};

/// The word lists of one language. A list that a language has no use for is empty.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 primary subtag.
    pub tag: &'static str,
    /// Words too common to tell sentences apart.
    pub stop_words: Words,
    /// Abbreviations with their class: see [`crate::sentences`].
    pub abbreviations: Words,
    /// Names of months and weekdays.
    pub months: Words,
    /// Titles and role words that stand before a person's name.
    pub honorifics: Words,
    /// Words that make a name an organization's.
    pub organizations: Words,
    /// Words that make a name a place's.
    pub places: Words,
    /// Verbs of saying.
    pub speech_verbs: Words,
    /// Openings that lean on the sentence before, with their class: `p` pronoun, `c` connective.
    pub dependent_openers: Words,
    /// Cue phrases of consequence and cause.
    pub consequence: Words,
    /// Openings of lines that are page furniture.
    pub chrome: Words,
}

/// A sorted list, one entry a line; an entry may carry a class after a tab.
#[derive(Clone, Copy, Debug)]
pub struct Words(&'static str);

/// The text of a list, without its comments.
#[cfg(not(all(feature = "web", target_arch = "wasm32")))]
macro_rules! words {
    ($tag:literal, $list:expr) => {{
        const FILES: [&str; 1] = [include_str!(concat!("language/", $tag, "/", $list, ".txt"))];
        const TEXT: [u8; uncommented_len(&FILES)] = uncommented(&FILES);
        Words(as_text(&TEXT))
    }};
}

/// The lists of a language as fields of `Language`, in the order in which they are packed.
macro_rules! lists {
    ($($list:ident),*) => {
        /// A language whose lists are compiled in.
        #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
        macro_rules! language {
            ($tag:literal) => {
                &Language { tag: $tag, $($list: words!($tag, stringify!($list))),* }
            };
        }

        const EMPTY: Language = Language { tag: "und", $($list: Words("")),* };

        /// Puts a language's lists into one text, for [`add`].
        pub fn pack(language: &Language) -> String {
            [$(language.$list.0),*].join("\0")
        }

        fn unpack(tag: &'static str, text: &'static str) -> Language {
            let mut language = Language { tag, ..EMPTY };
            let fields = [$(&mut language.$list),*];
            for (field, list) in fields.into_iter().zip(text.split('\0')) {
                *field = Words(list);
            }
            language
        }
    };
}

lists!(
    stop_words,
    abbreviations,
    months,
    honorifics,
    organizations,
    places,
    speech_verbs,
    dependent_openers,
    consequence,
    chrome
);

/// Any other language: every stage falls back to what holds for all. The abbreviations are those that
/// many languages have.
static UNKNOWN: Language = Language {
    abbreviations: Words(
        "art\tn\nbl.a\tx\nca\tx\ncf\tx\ndna\tt\ndoc\tt\ndr\tt\ndra\tt\nfig\tn\ning\tt\nkl\tn\nmgr\tt\nmudr\tt\nnr\tn\n\
         num\tn\np.ex\tx\npag\tn\npp\tn\nprof\tt\nrndr\tt\nsr\tt\nsra\tt\nst\tt\nsta\tt\nstk\tn\nvol\tn\nбул\tt\nинж\tt\nул\tt\nص\tn\nنک\tx",
    ),
    ..EMPTY
};

/// The languages that have word lists, as far as they are compiled in.
#[cfg(not(all(feature = "web", target_arch = "wasm32")))]
pub static LANGUAGES: &[&Language] = &[
    language!("en"),
    language!("fr"),
    language!("de"),
    language!("es"),
    language!("ar"),
    language!("ja"),
    language!("it"),
    language!("pt"),
    language!("nl"),
    language!("pl"),
    language!("ru"),
    language!("uk"),
    language!("tr"),
    language!("sv"),
    language!("hi"),
    language!("zh"),
];
#[cfg(all(feature = "web", target_arch = "wasm32"))]
static LANGUAGES: &[&Language] = &[];

/// Declares the languages that a text is compared with once: their tags, and their lists.
macro_rules! told {
    ($($tags:literal),*) => {
        const N_TOLD: usize = [$($tags),*].len();

        /// The languages that a text is compared with. Two tags are of languages that are told from
        /// others, but not from each other.
        static TOLD: [&str; N_TOLD] = [$($tags),*];

        /// Their function words and n-grams, list after list.
        static TELLS: &[u8] = {
            const FILES: [&str; 2 * N_TOLD] = [$(
                include_str!(concat!("language/", $tags, "/function_words.txt")),
                include_str!(concat!("language/", $tags, "/ngrams.txt")),
            )*];
            const TEXT: [u8; uncommented_len(&FILES)] = uncommented(&FILES);
            &TEXT
        };
    };
}

// Those of most texts first: see `identify::points_of`.
told!(
    "en", "de", "fr", "es", "it", "pt", "ru", "ar", "nl", "sv", "pl", "tr", "uk", "bg", "ca", "gl",
    "da-no", "cs-sk", "fa-ur"
);

/// The languages that came as files.
static ADDED: RwLock<Vec<&Language>> = RwLock::new(Vec::new());

/// Adds the lists of a language, as [`pack`] packed them. They stay for the life of the program.
pub fn add(tag: &str, lists: &str) {
    let language = unpack(tag.to_owned().leak(), lists.to_owned().leak());
    // A list is complete before it is added, so a lock poisoned elsewhere does no harm.
    let mut added = ADDED
        .write()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    if added.iter().all(|other| other.tag != tag) {
        added.push(Box::leak(Box::new(language)));
    }
}

/// The word lists for a language tag, or empty ones.
pub fn of(tag: &str) -> &'static Language {
    let added = ADDED
        .read()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut known = LANGUAGES.iter().chain(added.iter());
    known
        .find(|language| language.tag == tag)
        .copied()
        .unwrap_or(&UNKNOWN)
}

impl Words {
    /// A list written in the code: sorted entries, a line feed between them.
    pub(crate) const fn sorted(list: &'static str) -> Words {
        Words(list)
    }

    /// Whether the list holds an entry. The list is searched by halves: O(log n).
    pub fn contains(self, entry: &str) -> bool {
        self.class(entry).is_some()
    }

    /// The class of an entry, empty where entries have none, or `None` if it isn't in the list.
    ///
    /// Byte by byte: every token of a page is looked up in several lists, and by way of lines, words
    /// and comparisons of strings that was a third of the time that a page took.
    pub fn class(self, entry: &str) -> Option<&'static str> {
        self.find(entry).ok()
    }

    /// The class of an entry; if it isn't in the list, whether a longer one begins with it. With
    /// nothing none begins, or a run of words that fold to nothing would be read on and on.
    pub fn find(self, entry: &str) -> Result<&'static str, bool> {
        let (list, entry) = (self.0.as_bytes(), entry.as_bytes());
        let (mut low, mut high) = (0, list.len());
        // Whether the entry at `high`, which comes after the one looked for, begins with it.
        let mut is_begun = false;
        while low < high {
            // A line feed is one byte in UTF-8 and part of no other character.
            let mut start = low + (high - low) / 2;
            while start > low && list[start - 1] != b'\n' {
                start -= 1;
            }
            let mut n = 0;
            while n < entry.len() && list.get(start + n) == Some(&entry[n]) {
                n += 1;
            }
            let mut end = start + n;
            let next = list.get(end).copied().unwrap_or(b'\n');
            let is_word = matches!(next, b'\n' | b'\t');
            while list.get(end).is_some_and(|&byte| byte != b'\n') {
                end += 1;
            }
            if n < entry.len() && (is_word || entry[n] > next) {
                low = end + 1;
            } else if n == entry.len() && is_word {
                return Ok(self.0.get(start + n + 1..end).unwrap_or_default());
            } else {
                high = start;
                is_begun = n > 0 && n == entry.len();
            }
        }
        Err(is_begun)
    }

    /// All entries, without their classes.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.lines().map(|line| split_class(line).0)
    }
}

fn split_class(line: &'static str) -> (&'static str, &'static str) {
    // Byte by byte, for lines are short: `split_once` took a tenth of the time of a summary.
    match line.bytes().position(|byte| byte == b'\t') {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => (line, ""),
    }
}

/// Bytes of the lines of some files that are not comments, and of what parts the files.
const fn uncommented_len(files: &[&str]) -> usize {
    let (mut len, mut file) = (files.len() - 1, 0);
    while file < files.len() {
        let (bytes, mut at) = (files[file].as_bytes(), 0);
        while at < bytes.len() {
            let end = line_end(bytes, at);
            if bytes[at] != b'#' {
                len += end - at;
            }
            at = end;
        }
        file += 1;
    }
    len
}

/// The lines of some files that are not comments, U+0000 between the files.
const fn uncommented<const LEN: usize>(files: &[&str]) -> [u8; LEN] {
    let mut text = [0; LEN];
    let (mut len, mut file) = (0, 0);
    while file < files.len() {
        let (bytes, mut at) = (files[file].as_bytes(), 0);
        while at < bytes.len() {
            let end = line_end(bytes, at);
            while at < end {
                if bytes[at] == b'#' {
                    at = end;
                    break;
                }
                text[len] = bytes[at];
                len += 1;
                at += 1;
            }
        }
        len += 1;
        file += 1;
    }
    text
}

/// Where the line that starts at a place ends, its line feed included.
const fn line_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        at += 1;
        if bytes[at - 1] == b'\n' {
            break;
        }
    }
    at
}

#[cfg(not(all(feature = "web", target_arch = "wasm32")))]
const fn as_text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("cutting whole lines keeps UTF-8 valid"),
    }
}

/// `pt` of `pt-BR`, lower case; Norwegian Bokmål and Nynorsk are `no`.
pub fn primary_subtag(tag: &str) -> String {
    let mut primary = String::new();
    for c in tag.trim().chars() {
        if matches!(c, '-' | '_') {
            break;
        }
        primary.push(c.to_ascii_lowercase());
    }
    match &*primary {
        "nb" | "nn" => "no".to_owned(),
        "iw" => "he".to_owned(),
        _ if primary.bytes().all(|byte| byte.is_ascii_lowercase()) && primary.len() <= 3 => primary,
        _ => String::new(),
    }
}
