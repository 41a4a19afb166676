//! What a language brings along: its word lists, and which language a text is in.
//!
//! The lists stand in `language/<tag>/*.txt`, one entry a line; `language/README.md` says what each
//! is and how a language is added. Comments are cut out when the crate is compiled, and a list is
//! searched where it lies: there is nothing to parse at start-up.
//!
//! Natively all lists are compiled in. The module for the browser has only the function words that
//! tell languages apart; a page's language comes as one small file beside the module ([`pack`],
//! [`add`]), since six languages in one take 13 kB of its 80, compressed, and a page needs one.

use std::sync::RwLock;

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
macro_rules! words {
    ($tag:literal, $list:expr) => {{
        const FILE: &str = include_str!(concat!("language/", $tag, "/", $list, ".txt"));
        const LEN: usize = uncommented_len(FILE);
        const TEXT: [u8; LEN] = uncommented(FILE);
        match std::str::from_utf8(&TEXT) {
            Ok(text) => Words(text),
            Err(_) => panic!("cutting whole lines keeps UTF-8 valid"),
        }
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

/// The commonest words of the languages written in Latin letters, to tell them apart.
static FUNCTION_WORDS: [(&str, Words); 4] = [
    ("en", words!("en", "function_words")),
    ("fr", words!("fr", "function_words")),
    ("de", words!("de", "function_words")),
    ("es", words!("es", "function_words")),
];

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

/// Bytes of the lines of a file that are not comments.
const fn uncommented_len(file: &str) -> usize {
    let bytes = file.as_bytes();
    let (mut len, mut at) = (0, 0);
    while at < bytes.len() {
        let is_comment = bytes[at] == b'#';
        loop {
            len += !is_comment as usize;
            at += 1;
            if at == bytes.len() || bytes[at - 1] == b'\n' {
                break;
            }
        }
    }
    len
}

/// The lines of a file that are not comments.
const fn uncommented<const LEN: usize>(file: &str) -> [u8; LEN] {
    let bytes = file.as_bytes();
    let mut text = [0; LEN];
    let (mut len, mut at) = (0, 0);
    while at < bytes.len() {
        let is_comment = bytes[at] == b'#';
        loop {
            if !is_comment {
                text[len] = bytes[at];
                len += 1;
            }
            at += 1;
            if at == bytes.len() || bytes[at - 1] == b'\n' {
                break;
            }
        }
    }
    text
}

/// Finds the language of a text.
///
/// `declared` is what the page says of itself. It holds unless the text speaks against it: by its
/// script, or by the function words of another language that we know. Returns a BCP 47 primary
/// subtag, `und` if unsure. Reads at most the first [`MAX_TOKENS`] words.
pub fn identify(paragraphs: &[&str], declared: Option<&str>) -> String {
    let declared = declared.map(primary_subtag).filter(|tag| !tag.is_empty());
    let mut n_tokens = 0;
    let mut n_hits = [0; FUNCTION_WORDS.len()];
    let mut scripts = Scripts::default();
    'read: for paragraph in paragraphs {
        for word in paragraph
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            if n_tokens == MAX_TOKENS {
                break 'read;
            }
            n_tokens += 1;
            scripts.count(word);
            let word = crate::tokens::fold(word);
            for (n, (_, words)) in n_hits.iter_mut().zip(&FUNCTION_WORDS) {
                *n += usize::from(words.contains(&word));
            }
        }
    }
    let by_script = scripts.language();
    let best = (0..n_hits.len())
        .rev()
        .max_by_key(|&index| n_hits[index])
        .unwrap_or(0);
    let known = |tag: &str| FUNCTION_WORDS.iter().position(|(known, _)| *known == tag);
    match (by_script, declared) {
        (Script::Language(tag), declared) => match declared {
            // Several languages share these scripts, and their speakers know which it is.
            Some(declared) if tag == "ar" && matches!(&*declared, "fa" | "ur" | "ps" | "ckb") => {
                declared
            }
            _ => tag.to_owned(),
        },
        // A third of running text is function words; one word in twelve may be chance, and two in
        // seven are another language than the declared. A quarter of Portuguese looks Spanish.
        (Script::Latin, Some(declared)) => {
            let holds = match known(&declared) {
                Some(own) => n_hits[own] * 2 >= n_hits[best],
                None => n_hits[best] * 7 < n_tokens * 2,
            };
            if holds {
                declared
            } else {
                FUNCTION_WORDS[best].0.to_owned()
            }
        }
        (Script::Latin, None) if n_hits[best] * 12 >= n_tokens.max(12) => {
            FUNCTION_WORDS[best].0.to_owned()
        }
        (_, Some(declared)) => declared,
        (_, None) => "und".to_owned(),
    }
}

/// Function words of a few hundred words tell a language; the rest of a long read adds nothing.
pub const MAX_TOKENS: usize = 600;

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

/// Whether most letters are of a script that marks no sentence ends, so that a text in it can't be
/// cut into sentences: Thai and Lao.
pub fn is_unsegmentable<'a>(paragraphs: impl Iterator<Item = &'a str>) -> bool {
    let mut scripts = Scripts::default();
    for paragraph in paragraphs.take(50) {
        scripts.count(paragraph);
    }
    scripts.unsegmentable * 2 > scripts.total()
}

/// Letters by script.
#[derive(Default)]
struct Scripts {
    latin: usize,
    kana: usize,
    han: usize,
    arabic: usize,
    unsegmentable: usize,
    other: usize,
}

enum Script {
    Latin,
    /// The script belongs to one language, or mostly to one.
    Language(&'static str),
    Other,
}

impl Scripts {
    fn count(&mut self, text: &str) {
        for c in text.chars() {
            *match c {
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => &mut self.latin,
                '\u{3041}'..='\u{30ff}' => &mut self.kana,
                '\u{3400}'..='\u{9fff}' => &mut self.han,
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => &mut self.arabic,
                '\u{e01}'..='\u{eff}' => &mut self.unsegmentable,
                _ if c.is_alphabetic() => &mut self.other,
                _ => continue,
            } += 1;
        }
    }

    fn total(&self) -> usize {
        self.latin + self.kana + self.han + self.arabic + self.unsegmentable + self.other
    }

    fn language(&self) -> Script {
        let half = self.total() / 2;
        if self.latin > half {
            Script::Latin
        } else if self.kana + self.han > half {
            // Japanese writes its grammar in kana; a Chinese text has none.
            Script::Language(if self.kana * 8 > self.han { "ja" } else { "zh" })
        } else if self.arabic > half {
            Script::Language("ar")
        } else {
            Script::Other
        }
    }
}
