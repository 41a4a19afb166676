//! The authors and the line that names them.
//!
//! The first source that names a person is believed; others repeat it in other words. A site, an
//! agency or a desk counts as an author only where no source names a person.

use super::date::find_day;
use super::{Metadata, plain};
use crate::characters::Character;
use crate::page::{Block, Visibility, holds_text};
use crate::tokens::{fold, is_unspaced_char};

/// The names that a source holds.
#[derive(Default)]
struct Names {
    persons: Vec<String>,
    /// Sites, agencies, nicknames, first names alone.
    others: Vec<String>,
}

impl<'a> Metadata<'a> {
    /// The authors' names, each once, and the line that names them, or the names in one line.
    pub fn authors(&self) -> (Vec<String>, Option<String>) {
        let lines = self.bylines();
        let authors = self.names(&lines);
        for (block, _) in &lines {
            for author in &authors {
                if holds_text(&block.text, author) {
                    return (authors, Some(block.text.clone()));
                }
            }
        }
        let byline = (!authors.is_empty()).then(|| authors.join(", "));
        (authors, byline)
    }

    fn names(&self, lines: &[(&Block, bool)]) -> Vec<String> {
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
        for &(block, is_near) in lines {
            let names = self.names_in_line(block);
            if self.is_better(block, is_near, &names, &others) {
                return names.persons;
            }
            // Far from the headline stand forms, whose fields are marked as naming an author.
            if others.is_empty() && (is_near || names.others.iter().any(|name| name.contains(' ')))
            {
                others = names.others;
            }
        }
        others
    }

    /// Whether a line names persons, and they tell more than the names that are known. A nickname
    /// is somebody, but a site or an agency is not.
    fn is_better(&self, block: &Block, is_near: bool, names: &Names, known: &[String]) -> bool {
        let is_trusted = is_near || after_by(&block.text).is_some();
        let mut is_better = known.is_empty();
        for name in known {
            let is_nickname = !name.contains(' ') && !self.is_site(name);
            is_better |= !is_nickname && is_trusted;
            // `Ida` is Ida Quist.
            for person in &names.persons {
                is_better |= person.split(' ').next() == Some(name);
            }
        }
        is_better && !names.persons.is_empty()
    }

    /// The names of the JSON-LD nodes that the article's `author` refers to by `@id`.
    fn referred_authors(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for reference in self.json("author.@id").into_iter().take(MAX_SOURCES) {
            for fact in &self.page.facts {
                let Some(path) = fact.key.strip_suffix("@id") else {
                    continue;
                };
                if fact.value != reference || holds_text(path, "author.") {
                    continue;
                }
                for fact in &self.page.facts {
                    if fact.source == "json-ld" && fact.key.strip_prefix(path) == Some("name") {
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
                // Those of an app's advertisement name its maker.
                let is_it = fact.source == "meta"
                    && holds_text(&fact.key, word)
                    && !fact.key.starts_with("twitter")
                    && !fact.key.starts_with("smartbanner");
                if is_it && keys.len() < MAX_SOURCES && !keys.contains(&&*fact.key) {
                    keys.push(&fact.key);
                }
            }
        }
        keys
    }

    /// The lines that may be a byline, and whether they are near the headline: there those that
    /// start as one, lead to an author or are marked as a byline, elsewhere those that are marked.
    fn bylines(&self) -> Vec<(&'a Block, bool)> {
        let mut lines = Vec::new();
        for block in self.around_headline() {
            if block.text.len() < MAX_LINE_BYTES
                && (is_marked(self, block)
                    || after_by(&block.text).is_some()
                    || !self.linked(block).is_empty())
            {
                lines.push((block, true));
            }
        }
        let end = lines.len() + MAX_FAR_LINES;
        for block in &self.page.blocks {
            if lines.len() < end
                && block.visibility == Visibility::Visible
                && block.text.len() < MAX_LINE_BYTES
                && is_marked(self, block)
            {
                lines.push((block, false));
            }
        }
        lines
    }

    /// The texts of the links to authors in a line.
    fn linked(&self, block: &Block) -> Vec<&'a str> {
        let mut linked = Vec::new();
        if block.link_share > 0.0 && !holds_text(&fold(&block.text), "reviewed") {
            for text in self.facts("author", "").into_iter().take(MAX_LINKS) {
                if holds_text(&block.text, text) {
                    linked.push(text);
                }
            }
        }
        linked
    }

    fn names_in_line(&self, block: &Block) -> Names {
        let mut linked = Names::default();
        for text in self.linked(block) {
            self.add_names(text, false, &mut linked);
        }
        // A date ends the names, unless they come after it.
        let mut line = &*block.text;
        let by = after_by(line);
        if by.is_some() || is_marked(self, block) {
            line = by.unwrap_or(line);
            if let Some((_, span)) = find_day(line, self.month_first()) {
                line = &line[..span.start];
            }
            let mut names = Names::default();
            let ends_in_prose = self.add_names(line, true, &mut names);
            if ends_in_prose && by.is_none() {
                return linked;
            }
            if by.is_some() && !line.contains(' ') && is_name(line) && names.persons.is_empty() {
                push(&mut names.others, line.to_owned());
            }
            if linked.persons.is_empty() || linked.persons.len() < names.persons.len() {
                return names;
            }
        }
        linked
    }

    /// Takes a list of names apart. In a line that a reader sees the names end where the first
    /// word stands that can't be of one; says whether that is a word of running text.
    fn add_names(&self, value: &str, is_line: bool, names: &mut Names) -> bool {
        let mut rest = value.trim();
        while let Some(after) = after_by(rest) {
            rest = after;
        }
        if self.is_site(rest) {
            push(&mut names.others, rest.to_owned());
            return false;
        }
        let mut spaced = String::new();
        for c in rest.chars() {
            let is_mark = matches!(c, ',' | ';' | '|' | '&' | '•' | '·' | '、');
            spaced.push_str(if is_mark { " " } else { "" });
            spaced.push(c);
            spaced.push_str(if is_mark { " " } else { "" });
        }
        let mut name: Vec<&str> = Vec::new();
        let mut is_first = true;
        let mut in_brackets = false;
        for word in spaced.split(' ') {
            in_brackets |= word.starts_with('(');
            let is_bracketed = in_brackets;
            in_brackets &= !word.contains(')');
            let mut core = word.trim_end_matches(':');
            // A sentence may end there, where an initial or `Dr.` would be shorter.
            if core.len() > 5 {
                core = core.trim_end_matches('.');
            }
            let is_separator =
                !core.contains(char::is_letter_or_number) || holds(CONJUNCTIONS, core);
            let is_no_name = is_separator || is_bracketed;
            let is_over = is_line && !is_no_name && !is_name_word(core);
            if !is_no_name && !is_over {
                name.push(core);
            }
            if is_separator || is_over || core.len() < word.len() {
                self.add_name(&name, is_first, names);
                is_first &= name.is_empty();
                name.clear();
            }
            if is_over {
                return core.starts_with(char::is_small);
            }
        }
        self.add_name(&name, is_first, names);
        false
    }

    /// Adds a name, less what its bearer is. After the first name in a list may also stand what
    /// its bearer is, or where.
    fn add_name(&self, words: &[&str], is_first: bool, names: &mut Names) {
        let is_role = |word: &str| holds(ROLES, &fold(word));
        let mut person = words;
        while let [before @ .., last] = person
            && is_role(last)
        {
            person = before;
        }
        if !is_first && person.len() < words.len() {
            return;
        }
        let is_shouted = is_upper(&words.concat());
        let mut is_person = (person.len() > 1 || person.concat().contains(is_unspaced_or_hangul))
            && !self.is_site(&words.join(" "));
        for word in person {
            let is_abbreviation = !is_shouted && word.len() > 2 && is_upper(word);
            is_person &= !is_abbreviation && !is_role(word) && !is_organization(&fold(word));
        }
        let name = if is_person { person } else { words }.join(" ");
        if !is_name(&name) {
            return;
        }
        if !is_person {
            push(&mut names.others, name);
        } else if is_shouted {
            push(&mut names.persons, lowered(&name));
        } else {
            push(&mut names.persons, name);
        }
    }
}

/// Adds a name that is not yet there.
fn push(names: &mut Vec<String>, name: String) {
    if names.len() < MAX_NAMES && !names.iter().any(|other| fold(other) == fold(&name)) {
        names.push(name);
    }
}

/// Whether a block or an element around it is marked as naming the author.
fn is_marked(metadata: &Metadata, block: &Block) -> bool {
    let mut is_marked = is_mark(&block.words);
    for element in metadata.page.ancestors(block).take(3) {
        is_marked |= is_mark(&element.words);
    }
    is_marked
}

fn is_mark(words: &str) -> bool {
    words
        .split(' ')
        .any(|word| matches!(word, "byline" | "author" | "authors"))
}

fn is_unspaced_or_hangul(c: char) -> bool {
    is_unspaced_char(c) || matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_upper(text: &str) -> bool {
    text.len() > 2 && text.chars().all(|c| c.is_capital() || !c.is_letter())
}

/// `IDA QUIST` as `Ida Quist`.
fn lowered(name: &str) -> String {
    let mut lowered = String::new();
    let mut starts = true;
    for c in name.chars() {
        if starts {
            lowered.push(c);
        } else {
            lowered.push(lower(c));
        }
        starts = !c.is_letter();
    }
    lowered
}

/// A letter in lower case; letters with accents keep them, as [`fold`] would not let them.
fn lower(c: char) -> char {
    match c {
        'A'..='Z' | 'À'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => {
            char::from_u32(c as u32 + 0x20).unwrap_or(c)
        }
        _ => c,
    }
}

/// A byline has fewer bytes.
const MAX_LINE_BYTES: usize = 120;
/// A page that names authors in more places than these has its first ones read.
const MAX_SOURCES: usize = 8;
const MAX_LINKS: usize = 64;
const MAX_FAR_LINES: usize = 32;
const MAX_NAMES: usize = 64;
/// A byline has fewer words before "by".
const MAX_WORDS_BEFORE: usize = 9;

/// Words that stand between two names.
const CONJUNCTIONS: &str = "and und et y e with mit";

/// Words that say that an author follows, folded.
const BY: &str = "by von por par di door av af text texte texto testo oleh";

/// Words before "by" that say that somebody wrote, folded.
const WRITTEN: &str = "written story words posted published reporting article report created ago analysis \
    opinion review commentary geschrieben escrito";

/// What an author is, folded.
const ROLES: &str = "associated author chief columnist contributing contributor correspondent critic deputy director \
    editor editorial engineer executive expert journalist lead manager managing officer press producer professor \
    reporter research senior specialist staff writer redaktion";

/// What the words in the name of an agency, a desk or a paper end with, folded.
const ORGANIZATIONS: &str = "agency agentur ajansi board bureau business desk \
    international media news project redaktion report reuters sports team times";

/// Words that end the names in a line, and are no name alone, folded.
const NO_NAMES: &str = "about admin administrator anonymous author authors edited follow last of our posted \
    published share unknown updated view";

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

fn is_organization(word: &str) -> bool {
    let mut is_organization = holds(NO_NAMES, word);
    for end in ORGANIZATIONS.split(' ') {
        is_organization |= word.ends_with(end);
    }
    is_organization
}

/// What follows a word as "by", which is the first or comes after "written" or a date.
fn after_by(line: &str) -> Option<&str> {
    let mut before = String::new();
    let mut at = 0;
    for word in line.split(' ').take(MAX_WORDS_BEFORE) {
        at += word.len() + 1;
        let word = fold(word.trim_end_matches(':'));
        if holds(BY, &word) {
            let is_byline = before.is_empty()
                || before.bytes().any(|byte| byte.is_ascii_digit())
                || holds(WRITTEN, &before);
            return if is_byline { line.get(at..) } else { None };
        }
        before = word;
    }
    None
}

/// Whether a word of a line may be part of a name.
fn is_name_word(word: &str) -> bool {
    const PARTICLES: &str = "de la van von der den da dos del di bin al el du";
    let is_word = !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '|'));
    is_word
        && !holds(NO_NAMES, &fold(word))
        && (!word.starts_with(char::is_small) || holds(PARTICLES, word))
}

fn is_name(name: &str) -> bool {
    let mut n_blanks = 0;
    let mut is_name = name.len() > 2 && name.starts_with(char::is_letter);
    for c in name.chars() {
        is_name &= !matches!(c, '0'..='9' | '@' | '/' | ':' | '<');
        n_blanks += usize::from(c == ' ');
    }
    is_name
        && n_blanks < MAX_NAME_WORDS
        && !name.starts_with("www.")
        && !holds(NO_NAMES, &fold(name))
}

/// A name has at most so many words.
const MAX_NAME_WORDS: usize = 5;
