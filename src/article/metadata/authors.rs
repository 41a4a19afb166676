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
        for key in self.author_keys() {
            sources.push(self.meta(key));
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

    /// The names of the meta tags that name authors, each once.
    fn author_keys(&self) -> Vec<&'a str> {
        let mut keys: Vec<&str> = Vec::new();
        for word in ["author", "byl", "creator"] {
            for fact in &self.page.facts {
                let is_it = fact.source == "meta"
                    && fact.key.contains(word)
                    && !fact.key.starts_with("twitter");
                if is_it && keys.len() < MAX_KEYS && !keys.contains(&&*fact.key) {
                    keys.push(&fact.key);
                }
            }
        }
        keys
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
                self.add_name(&name, names);
                name.clear();
            }
            if ends {
                break;
            }
        }
    }

    fn add_name(&self, words: &[&str], names: &mut Names) {
        let is_role = |word: &str| ROLES.contains(&&*fold(word));
        let mut person = words;
        while let [before @ .., last] = person
            && is_role(last)
        {
            person = before;
        }
        let is_other = |word: &&str| is_role(word) || ORGANIZATIONS.contains(&&*fold(word));
        let is_person = (person.len() > 1 || person.concat().contains(is_unspaced_or_hangul))
            && !self.is_site(&words.join(" "))
            && !person.iter().any(is_other);
        let name = if is_person { person } else { words }.join(" ");
        if !is_name(&name) {
        } else if is_person {
            Names::add(&mut names.persons, name);
        } else {
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

/// More meta tags that name authors are not read.
const MAX_KEYS: usize = 8;

/// Words that stand between two names.
const CONJUNCTIONS: [&str; 7] = ["and", "und", "et", "y", "e", "with", "mit"];

/// Words that say that an author follows, folded.
const BY: [&str; 13] = [
    "by", "von", "por", "par", "di", "door", "av", "af", "text", "texte", "texto", "testo", "oleh",
];

/// Words before "by" that say that somebody wrote.
const WRITTEN: [&str; 12] = [
    "written", "story", "words", "posted", "published", "reporting", "article", "report", "created", "ago",
    "geschrieben", "escrito",
];

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

/// What follows a word as "by", which is the first or comes after "written" or a date.
fn after_by(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    let mut before = String::new();
    for _ in 0..MAX_WORDS_BEFORE {
        let end = rest.find([' ', ':']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let word = fold(word);
        rest = after.trim_start_matches([' ', ':']);
        if BY.contains(&&*word) && !rest.is_empty() {
            let is_byline = before.is_empty()
                || before.contains(|c: char| c.is_ascii_digit())
                || WRITTEN.contains(&&*before);
            return is_byline.then_some(rest);
        }
        before = word;
    }
    None
}

/// A byline has fewer words before "by".
const MAX_WORDS_BEFORE: usize = 9;

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
