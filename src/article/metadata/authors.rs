//! The authors and the line that names them.
//!
//! The first source that names a person is believed; others repeat it in other words. A site, an
//! agency or a desk counts as an author only where no source names a person.

use super::{Metadata, plain};
use crate::page::{Block, Visibility};
use crate::tokens::{fold, is_unspaced_char};

/// Names taken out of a source.
#[derive(Default)]
struct Names {
    persons: Vec<String>,
    /// Sites, agencies, first names alone.
    others: Vec<String>,
}

impl Names {
    fn add(names: &mut Vec<String>, name: String) {
        if !names.iter().any(|other| fold(other) == fold(&name)) {
            names.push(name);
        }
    }
}

impl<'a> Metadata<'a> {
    /// The authors' names, each once.
    pub fn authors(&self) -> Vec<String> {
        let mut sources = Vec::new();
        for node in &self.nodes {
            for path in ["author.name", "author", "creator.name", "creator"] {
                sources.push(self.values(node, path));
            }
        }
        sources.push(self.referred_authors());
        for word in ["author", "byl", "creator"] {
            sources.push(self.author_meta(word));
        }
        for key in ["author.name", "author.url.name", "author"] {
            sources.push(self.facts("microdata", key));
        }
        let mut others = Vec::new();
        for values in &sources {
            let mut names = Names::default();
            for value in values {
                self.add_names(&plain(value), false, &mut names);
            }
            if !names.persons.is_empty() {
                return names.persons;
            }
            if others.is_empty() {
                others = names.others;
            }
        }
        for block in self.byline_blocks() {
            let names = self.names_in_line(block);
            if !names.persons.is_empty() {
                return names.persons;
            }
            if others.is_empty() {
                others = names.others;
            }
        }
        others
    }

    /// The names of the JSON-LD nodes that the article's `author` refers to by `@id`.
    fn referred_authors(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for reference in self.json("author.@id").into_iter().take(MAX_REFERENCES) {
            for fact in &self.page.facts {
                let Some(path) = fact.key.strip_suffix("@id") else {
                    continue;
                };
                if fact.source != "json-ld" || fact.value != reference || path.contains("author.") {
                    continue;
                }
                for fact in &self.page.facts {
                    if fact.key.strip_prefix(path) == Some("name") {
                        names.push(&*fact.value);
                    }
                }
                break;
            }
        }
        names
    }

    /// The values of the first meta tag whose name holds a word.
    fn author_meta(&self, word: &str) -> Vec<&'a str> {
        let mut values = Vec::new();
        let mut key = "";
        for fact in &self.page.facts {
            let is_it = fact.source == "meta"
                && fact.key.contains(word)
                && !fact.key.starts_with("twitter");
            if is_it && (key.is_empty() || fact.key == key) {
                key = &fact.key;
                values.push(&*fact.value);
            }
        }
        values
    }

    /// The line that names the authors.
    pub fn byline(&self, authors: &[String]) -> Option<String> {
        for block in self.byline_blocks() {
            for author in authors {
                if block.text.contains(&**author) {
                    return Some(block.text.clone());
                }
            }
        }
        (!authors.is_empty()).then(|| authors.join(", "))
    }

    /// The blocks that may be a byline: near the headline those that start as one or are marked as
    /// one, then any that is marked.
    fn byline_blocks(&self) -> Vec<&'a Block> {
        let mut blocks = Vec::new();
        for block in self.around_headline() {
            if self.is_marked_byline(block) || after_by(&block.text).is_some() {
                blocks.push(block);
            }
        }
        for block in &self.page.blocks {
            if block.visibility == Visibility::Visible && self.is_marked_byline(block) {
                blocks.push(block);
            }
        }
        blocks
    }

    fn is_marked_byline(&self, block: &Block) -> bool {
        let is_mark = |words: &str| {
            words
                .split(' ')
                .any(|word| matches!(word, "byline" | "author" | "authors"))
        };
        let mut around = self.page.ancestors(block).take(3);
        block.text.len() < MAX_BYLINE_BYTES
            && (is_mark(&block.words) || around.any(|element| is_mark(&element.words)))
    }

    fn names_in_line(&self, block: &Block) -> Names {
        let mut names = Names::default();
        if block.text.len() < MAX_BYLINE_BYTES {
            self.add_names(&block.text, true, &mut names);
        }
        names
    }

    /// Takes a list of names apart. In a line that a reader sees the names end where the first
    /// thing stands that can't be one.
    fn add_names(&self, value: &str, is_line: bool, names: &mut Names) {
        let mut rest = value.trim();
        while let Some(after) = after_by(rest) {
            rest = after;
        }
        if self.is_site(rest) {
            Names::add(&mut names.others, rest.to_owned());
            return;
        }
        let mut name: Vec<&str> = Vec::new();
        let mut in_brackets = false;
        let mut n_before = 0;
        for word in rest.split_whitespace().chain([","]) {
            in_brackets |= word.starts_with('(');
            if in_brackets {
                in_brackets = !word.contains(')');
                continue;
            }
            let core = word.trim_end_matches([',', ';', ':', '、']);
            let is_separator = core.chars().all(|c| !c.is_alphanumeric()) || CONJUNCTIONS.contains(&core);
            let is_name_word = is_name_word(core);
            let ends = is_line && !is_name_word && !is_separator;
            if !is_separator && !ends {
                name.push(core);
            }
            if is_separator || ends || core.len() < word.len() {
                self.add_name(&name, n_before, names);
                n_before += usize::from(!name.is_empty());
                name.clear();
            }
            if ends {
                break;
            }
        }
    }

    fn add_name(&self, words: &[&str], n_before: usize, names: &mut Names) {
        let mut words = words;
        let is_role = |word: &str| ROLES.contains(&&*fold(word));
        while let [before @ .., last] = words
            && !before.is_empty()
            && is_role(last)
        {
            words = before;
        }
        let name = words.join(" ");
        if !is_name(&name) {
            return;
        }
        let is_person = (words.len() > 1 || !name.is_ascii() && name.contains(is_unspaced_or_hangul))
            && !self.is_site(&name)
            && !words.iter().any(|word| is_role(word) || ORGANIZATIONS.contains(&&*fold(word)));
        // After a name stand what the author is and where: an office, a degree, an agency.
        if is_person {
            Names::add(&mut names.persons, name);
        } else if n_before == 0 || words.len() > 1 {
            Names::add(&mut names.others, name);
        }
    }
}

fn is_unspaced_or_hangul(c: char) -> bool {
    is_unspaced_char(c) || matches!(c, '\u{ac00}'..='\u{d7a3}')
}

const MAX_BYLINE_BYTES: usize = 120;

/// More authors than this are not looked up.
const MAX_REFERENCES: usize = 16;

/// Words that stand between two names.
const CONJUNCTIONS: [&str; 7] = ["and", "und", "et", "y", "e", "with", "mit"];

/// Words that say that an author follows, folded.
const BY: [&str; 13] = [
    "by", "von", "por", "par", "di", "door", "av", "af", "text", "texte", "texto", "testo", "oleh",
];

/// Words before "by" that say that somebody else follows.
const NOT_BY: [&str; 7] = ["reviewed", "edited", "photo", "checked", "foto", "updated", "powered"];

/// What an author is, folded.
const ROLES: [&str; 22] = [
    "author", "chief", "columnist", "contributing", "contributor", "correspondent", "deputy", "director",
    "editor", "editorial", "executive", "journalist", "lead", "managing", "officer", "producer", "reporter",
    "research", "senior", "staff", "writer", "redaktion",
];

/// Words in the name of an agency, a desk or a paper, folded.
const ORGANIZATIONS: [&str; 12] = [
    "press", "news", "times", "media", "reuters", "afp", "dpa", "report", "of", "board", "team", "for",
];

/// What follows a word as "by", which is one of the first three.
fn after_by(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for _ in 0..3 {
        let end = rest.find([' ', ':']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let word = fold(word);
        if NOT_BY.contains(&&*word) {
            return None;
        }
        rest = after.trim_start_matches([' ', ':']);
        if BY.contains(&&*word) && !rest.is_empty() {
            return Some(rest);
        }
    }
    None
}

/// Whether a word of a line may be part of a name.
fn is_name_word(word: &str) -> bool {
    const PARTICLES: [&str; 14] = [
        "de", "la", "van", "von", "der", "den", "da", "dos", "del", "di", "bin", "al", "el", "du",
    ];
    let is_word = !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '|'));
    is_word && (!word.starts_with(char::is_lowercase) || PARTICLES.contains(&word))
}

fn is_name(name: &str) -> bool {
    let n_words = name.split(' ').count();
    let is_address = name.contains(['@', '/', ':', '<']) || name.starts_with("www.");
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    (1..=5).contains(&n_words)
        && name.len() > 2
        && !is_address
        && !has_digit
        && name.contains(char::is_alphabetic)
}
