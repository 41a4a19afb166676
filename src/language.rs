//! What a language brings along: its word lists, and which language a text is in.
//!
//! The lists stand in `language/<tag>/*.txt`, one entry a line; `language/README.md` says what each
//! is and how a language is added. Comments are cut out when the crate is compiled, and a list is
//! searched where it lies: there is nothing to parse at start-up.

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

/// A sorted list, one entry a line; an entry may carry a class after a tab or its last blank.
#[derive(Clone, Copy, Debug)]
pub struct Words(&'static str);

macro_rules! words {
    ($tag:literal, $list:literal) => {{
        const FILE: &str = include_str!(concat!("language/", $tag, "/", $list, ".txt"));
        const LEN: usize = uncommented_len(FILE);
        const TEXT: [u8; LEN] = uncommented(FILE);
        match std::str::from_utf8(&TEXT) {
            Ok(text) => Words(text),
            Err(_) => panic!("cutting whole lines keeps UTF-8 valid"),
        }
    }};
}

macro_rules! language {
    ($name:ident, $tag:literal) => {
        static $name: Language = Language {
            tag: $tag,
            stop_words: words!($tag, "stop_words"),
            abbreviations: words!($tag, "abbreviations"),
            months: words!($tag, "months"),
            honorifics: words!($tag, "honorifics"),
            organizations: words!($tag, "organizations"),
            places: words!($tag, "places"),
            speech_verbs: words!($tag, "speech_verbs"),
            dependent_openers: words!($tag, "dependent_openers"),
            consequence: words!($tag, "consequence"),
            chrome: words!($tag, "chrome"),
        };
    };
}

language!(ARABIC, "ar");
language!(ENGLISH, "en");
language!(FRENCH, "fr");
language!(GERMAN, "de");
language!(JAPANESE, "ja");
language!(SPANISH, "es");

/// The languages that have word lists.
pub static LANGUAGES: [&Language; 6] = [&ENGLISH, &FRENCH, &GERMAN, &SPANISH, &ARABIC, &JAPANESE];

/// Any other language: every stage falls back to what holds for all.
static UNKNOWN: Language = Language {
    tag: "und",
    stop_words: Words(""),
    abbreviations: Words(""),
    months: Words(""),
    honorifics: Words(""),
    organizations: Words(""),
    places: Words(""),
    speech_verbs: Words(""),
    dependent_openers: Words(""),
    consequence: Words(""),
    chrome: Words(""),
};

/// The word lists for a language tag, or empty ones.
pub fn of(tag: &str) -> &'static Language {
    LANGUAGES
        .iter()
        .find(|language| language.tag == tag)
        .copied()
        .unwrap_or(&UNKNOWN)
}

impl Words {
    /// Whether the list holds an entry. The list is searched by halves: O(log n).
    pub fn contains(self, entry: &str) -> bool {
        self.class(entry).is_some()
    }

    /// The class of an entry, empty where entries have none, or `None` if it isn't in the list.
    pub fn class(self, entry: &str) -> Option<&'static str> {
        let mut rest = self.0;
        while !rest.is_empty() {
            let (line, before, after) = middle_line(rest);
            let (word, class) = split_class(line);
            match entry.cmp(word) {
                std::cmp::Ordering::Less => rest = before,
                std::cmp::Ordering::Greater => rest = after,
                std::cmp::Ordering::Equal => return Some(class),
            }
        }
        None
    }

    /// All entries, without their classes.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.lines().map(|line| split_class(line).0)
    }
}

/// The line in the middle of a text, what stands before it and what after it.
fn middle_line(text: &'static str) -> (&'static str, &'static str, &'static str) {
    // A line feed is one byte in UTF-8 and part of no other character.
    let bytes = text.as_bytes();
    let middle = bytes.len() / 2;
    let is_end = |&byte: &u8| byte == b'\n';
    let start = bytes[..middle]
        .iter()
        .rposition(is_end)
        .map_or(0, |at| at + 1);
    let end = bytes[middle..]
        .iter()
        .position(is_end)
        .map_or(bytes.len(), |at| middle + at);
    (
        &text[start..end],
        &text[..start],
        text.get(end + 1..).unwrap_or_default(),
    )
}

fn split_class(line: &'static str) -> (&'static str, &'static str) {
    line.split_once("\t").unwrap_or((line, ""))
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
    let mut n_hits = [0; LANGUAGES.len()];
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
            for (n, language) in n_hits.iter_mut().zip(LANGUAGES) {
                *n += usize::from(language.stop_words.contains(&word));
            }
        }
    }
    let by_script = scripts.language();
    let best = (0..LANGUAGES.len())
        .rev()
        .max_by_key(|&index| n_hits[index])
        .unwrap_or(0);
    let known = |tag: &str| LANGUAGES.iter().position(|language| language.tag == tag);
    match (by_script, declared) {
        (Script::Language(tag), declared) => match declared {
            // Several languages share these scripts, and their speakers know which it is.
            Some(declared) if tag == "ar" && matches!(&*declared, "fa" | "ur" | "ps" | "ckb") => {
                declared
            }
            _ => tag.to_owned(),
        },
        // A third of running text is function words; one word in twelve may be chance.
        (Script::Latin, Some(declared)) => {
            let holds = match known(&declared) {
                Some(own) => n_hits[own] * 2 >= n_hits[best],
                None => n_hits[best] * 10 < n_tokens * 3,
            };
            if holds {
                declared
            } else {
                LANGUAGES[best].tag.to_owned()
            }
        }
        (Script::Latin, None) if n_hits[best] * 12 >= n_tokens.max(12) => {
            LANGUAGES[best].tag.to_owned()
        }
        (_, Some(declared)) => declared,
        (_, None) => "und".to_owned(),
    }
}

/// Function words of a few hundred words tell a language; the rest of a long read adds nothing.
pub const MAX_TOKENS: usize = 600;

/// `pt` of `pt-BR`, lower case; Norwegian Bokmål and Nynorsk are `no`.
pub fn primary_subtag(tag: &str) -> String {
    let primary = tag
        .trim()
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
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
