//! Tokens → entity mentions.
//!
//! In: the tokens of an article. Out: the people, organizations, places and other things it names,
//! each with its mentions. By capitals in context: a run of capitalized tokens is a name unless it
//! is one word that only opens a sentence and that the article nowhere writes with a capital
//! elsewhere; months, weekdays, function words, nationalities, numerals and a bare `Bank` are none.
//! A title before a name says that a person follows; else the words in it and beside it tell what it
//! is. In German, where every noun is capitalized, one word alone must be an acronym,
//! follow a title or belong to a longer name. Scripts without capitals degrade: a word after a
//! title, and a run of katakana, are names there.
//!
//! Mentions that are part of a longer name in the same article (`Austin` of `Lloyd Austin`), or its
//! initials, are mentions of that entity.

use std::ops::Range;

use crate::characters::Character;
use crate::interner::Interner;
use crate::language::{Language, Words};
use crate::normalize::Clean;
use crate::sentences::{Sentence, has_no_case};
use crate::sorted;
use crate::tokens::{Token, Tokens, fold, is_katakana};

/// What an entity is, as far as its context tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, authority, party, club and the like.
    Organization,
    /// A city, country, region and the like.
    Place,
    /// Something else, or unknown.
    Other,
}

/// Something that the article names.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its longest name, as the article writes it first.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its mentions, in reading order.
    pub mentions: Vec<Mention>,
}

/// One occurrence of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The sentence it is in.
    pub sentence: usize,
    /// Its tokens in that sentence.
    pub tokens: Range<usize>,
    /// Its bytes in the clean paragraph.
    pub span: Range<usize>,
}

/// Finds the entities of an article, in the order of their first mention.
pub fn find(
    paragraphs: &[Clean],
    sentences: &[Sentence],
    tokens: &Tokens,
    language: &Language,
) -> Vec<Entity> {
    let finder = Finder {
        paragraphs,
        sentences,
        tokens,
        language,
        uses: uses(tokens),
        marks: tokens.marks(&[
            language.months,
            language.honorifics,
            language.organizations,
            language.places,
            language.speech_verbs,
            CONNECTORS,
            BEFORE_PLACES,
            BEFORE_PEOPLE,
            AFTER_SUBJECTS,
        ]),
    };
    let mut found = Vec::new();
    for sentence in 0..sentences.len() {
        finder.names_in(sentence, &mut found);
    }
    finder.drop_nouns(&mut found);
    finder.join(found)
}

/// How a term is written over the whole article.
#[derive(Clone, Copy, Default)]
struct Uses {
    capitalized_inside: usize,
    lower: usize,
}

fn uses(tokens: &Tokens) -> Vec<Uses> {
    let mut uses = vec![Uses::default(); tokens.n_terms()];
    for sentence in 0..tokens.n_words.len() {
        for (index, token) in tokens.of(sentence).iter().enumerate() {
            let seen = &mut uses[token.term];
            if !token.is_capitalized {
                seen.lower += 1;
            } else if index > 0 {
                seen.capitalized_inside += 1;
            }
        }
    }
    uses
}

struct Finder<'a> {
    paragraphs: &'a [Clean<'a>],
    sentences: &'a [Sentence],
    tokens: &'a Tokens,
    language: &'a Language,
    uses: Vec<Uses>,
    /// For each term which lists it is in.
    marks: Vec<u16>,
}

/// The bits of [`Finder::marks`].
const MONTH: u16 = 1;
const HONORIFIC: u16 = 1 << 1;
const ORGANIZATION: u16 = 1 << 2;
const PLACE: u16 = 1 << 3;
const SPEECH_VERB: u16 = 1 << 4;
const CONNECTOR: u16 = 1 << 5;
const BEFORE_PLACE: u16 = 1 << 6;
const BEFORE_PERSON: u16 = 1 << 7;
const AFTER_SUBJECT: u16 = 1 << 8;

/// A mention before it is known which entity it names.
struct Name {
    mention: Mention,
    kind: Kind,
    /// Whether a title stands before it.
    has_title: bool,
}

/// Words that join capitalized words into one name: `Bank of England`, `Ursula von der Leyen`.
const CONNECTORS: Words = Words::sorted(
    "al\nbin\nda\nde\ndel\ndella\nden\nder\ndes\ndi\ndo\ndos\ndu\nel\nibn\nla\nle\nof\nvan\nvon",
);

/// Words after which a name is most often a place's, …
const BEFORE_PLACES: Words = Words::sorted(
    "a\nacross\nat\naus\nem\nen\nfrom\nin\nnach\nnear\noutside\nthroughout\nto\nv\nw\nв",
);
/// … and after which a person's.
const BEFORE_PEOPLE: Words =
    Words::sorted("and\nbut\nby\npar\npor\nsays\nthat\nwhen\nwhich\nwhile\nwith");
/// Acronyms of things that have no name, and what is written like one.
const COMMON_ACRONYMS: Words = Words::sorted(
    "a.d\nad\nai\naids\nb.c\nbc\nbce\ncd\nceo\ncfo\ndj\ndna\ndvd\nep\ngdp\ngps\nhiv\nid\njr\nko\nlp\nmp\nmps\nph.d\nphd\npr\nsr\n\
     suv\ntv\nvip",
);
/// Words that say what the one before them does or is.
const AFTER_SUBJECTS: Words =
    Words::sorted("also\nate\ndid\ndoes\ngot\nhad\nhas\nis\nlater\nnow\nwas\nwho\nwill\nwould");

impl Finder<'_> {
    fn text_of(&self, sentence: usize) -> &str {
        &self.paragraphs[self.sentences[sentence].paragraph].text
    }

    fn names_in(&self, sentence: usize, found: &mut Vec<Name>) {
        let tokens = self.tokens.of(sentence);
        // A heading in capitals, or in title case, says nothing about names; a sentence full of names
        // ends with a stop.
        let mut n_capitalized = 0;
        for token in tokens {
            n_capitalized += usize::from(token.is_capitalized);
        }
        let shown = &self.text_of(sentence)[self.sentences[sentence].shown.clone()];
        let all_capitalized =
            tokens.len() > 4 && n_capitalized * 5 > tokens.len() * 4 && !shown.ends_with('.');
        let mut at = 0;
        while at < tokens.len() {
            let start = at;
            at += 1;
            let name = if self.is_name_like(tokens, start) && !all_capitalized {
                self.run_from(sentence, start)
            } else {
                self.uncased_name(sentence, start)
            };
            if let Some(name) = name {
                at = name.mention.tokens.end.max(at);
                found.push(name);
            }
        }
    }

    /// Whether a token's term is in one of the lists that are marked.
    fn is(&self, token: &Token, mark: u16) -> bool {
        self.marks[token.term] & mark != 0
    }

    /// Whether a token may be part of a name.
    fn is_name_like(&self, tokens: &[Token], index: usize) -> bool {
        let token = &tokens[index];
        if !token.is_capitalized || token.is_stop_word || self.is(token, MONTH) {
            return false;
        }
        let term = self.tokens.term(token.term);
        let next_is_number = tokens.get(index + 1).is_some_and(|next| next.is_number);
        if next_is_number && self.language.abbreviations.class(term) == Some("m") {
            return false;
        }
        let uses = self.uses[token.term];
        // `Bank of England`, but not `Friends of Quist`.
        let joins = |next: &Token| {
            self.is(next, CONNECTOR)
                && (self.is(token, ORGANIZATION) || self.tokens.term(next.term) != "of")
        };
        let mut next = index + 1;
        while next < index + 3 && tokens.get(next).is_some_and(joins) {
            next += 1;
        }
        let goes_on = tokens
            .get(next)
            .is_some_and(|next| next.is_capitalized && !next.is_stop_word);
        // `Snoke received`, `Bobick was`: one thing, without an article, that does something.
        let is_subject = !term.ends_with('s')
            && tokens
                .get(index + 1)
                .is_some_and(|next| self.is(next, AFTER_SUBJECT | SPEECH_VERB));
        index > 0 || uses.capitalized_inside > 0 || uses.lower == 0 && (goes_on || is_subject)
    }

    /// The name that starts at a token.
    fn run_from(&self, sentence: usize, first: usize) -> Option<Name> {
        let tokens = self.tokens.of(sentence);
        let text = self.text_of(sentence);
        let is_title = |index: usize| self.is(&tokens[index], HONORIFIC);
        let mut end = first + 1;
        loop {
            let joins = |a: usize, b: usize| {
                b < tokens.len() && is_joint(&text[tokens[a].span.end..tokens[b].span.start])
            };
            if joins(end - 1, end) && self.is_name_like(tokens, end) {
                end += 1;
                continue;
            }
            // One or two connectors, if a capital follows them.
            let mut next = end;
            while next < tokens.len().min(end + 2)
                && self.is(&tokens[next], CONNECTOR)
                && joins(next - 1, next)
            {
                next += 1;
            }
            if next == end || !joins(next - 1, next) || !self.is_name_like(tokens, next) {
                break;
            }
            end = next + 1;
        }
        // Titles that open the run are no part of the name.
        let mut start = first;
        while start + 1 < end && is_title(start) {
            start += 1;
        }
        let has_title = start > first || start > 0 && is_title(start - 1);
        if end - start == 1 && is_title(start) {
            return None;
        }
        let kind = self.kind_of(sentence, start..end, has_title);
        Some(self.name(sentence, start..end, kind, has_title))
    }

    fn name(&self, sentence: usize, range: Range<usize>, kind: Kind, has_title: bool) -> Name {
        let tokens = self.tokens.of(sentence);
        let mut end = tokens[range.end - 1].span.end;
        // The possessive is not part of the name.
        let last = &self.text_of(sentence)[tokens[range.end - 1].span.clone()];
        if let Some(stem) = last.strip_suffix("'s").or_else(|| last.strip_suffix("’s")) {
            end = tokens[range.end - 1].span.start + stem.len();
        }
        let span = tokens[range.start].span.start..end;
        Name {
            mention: Mention {
                sentence,
                tokens: range,
                span,
            },
            kind,
            has_title,
        }
    }

    /// What a name is, by the words in it and around it.
    fn kind_of(&self, sentence: usize, range: Range<usize>, has_title: bool) -> Kind {
        let tokens = self.tokens.of(sentence);
        let text = self.text_of(sentence);
        let before = range.start.checked_sub(1).map(|before| &tokens[before]);
        let is_after = |mark: u16| before.is_some_and(|before| self.is(before, mark));
        let is_before = |mark: u16| {
            tokens
                .get(range.end)
                .is_some_and(|after| self.is(after, mark))
        };
        let has = |mark: u16| {
            tokens[range.clone()]
                .iter()
                .any(|token| self.is(token, mark))
        };
        if has_title {
            Kind::Person
        } else if has(ORGANIZATION) {
            Kind::Organization
        } else if has(PLACE) {
            Kind::Place
        } else if range.len() == 1 && is_acronym(&text[tokens[range.start].span.clone()]) {
            Kind::Organization
        } else if is_before(SPEECH_VERB) || is_after(SPEECH_VERB) {
            Kind::Person
        } else if is_after(BEFORE_PLACE) {
            Kind::Place
        } else if range.len() > 1
            && before.is_some_and(|before| self.tokens.term(before.term) == "the")
        {
            Kind::Organization
        } else if (2..=3).contains(&range.len()) || is_after(BEFORE_PERSON) || range.start == 0 {
            Kind::Person
        } else {
            Kind::Other
        }
    }

    /// A name in a script without capitals: after a title, or in katakana.
    fn uncased_name(&self, sentence: usize, first: usize) -> Option<Name> {
        let tokens = self.tokens.of(sentence);
        let text = self.text_of(sentence);
        let word = |index: usize| &text[tokens[index].span.clone()];
        if word(first).starts_with(is_katakana) {
            let is_long = word(first).len() >= 3 * 4;
            return is_long.then(|| self.name(sentence, first..first + 1, Kind::Other, false));
        }
        let follows_title = first > 0
            && !tokens[first].is_stop_word
            && word(first).starts_with(has_no_case)
            && self.is(&tokens[first - 1], HONORIFIC)
            && !self.is(&tokens[first], HONORIFIC);
        if !follows_title || crate::tokens::is_unspaced_char(word(first).chars().next()?) {
            return None;
        }
        let second = first + 1;
        let has_second = second < tokens.len()
            && !tokens[second].is_stop_word
            && &text[tokens[first].span.end..tokens[second].span.start] == " ";
        Some(self.name(
            sentence,
            first..second + usize::from(has_second),
            Kind::Person,
            true,
        ))
    }

    /// Takes single words out again that are no names unless something says that they are: those of a
    /// nationality or a faith, numerals, a bare `Bank` or `River`; in German all nouns.
    fn drop_nouns(&self, found: &mut Vec<Name>) {
        let term = |name: &Name, index: usize| self.tokens.of(name.mention.sentence)[index].term;
        let mut in_names = vec![false; self.tokens.n_terms()];
        for name in found.iter() {
            if name.mention.tokens.len() > 1 || name.has_title {
                for index in name.mention.tokens.clone() {
                    in_names[term(name, index)] = true;
                }
            }
        }
        let is_german = self.language.tag == "de";
        found.retain(|name| {
            let single = name.mention.tokens.len() == 1 && !name.has_title;
            let text = &self.text_of(name.mention.sentence)[name.mention.span.clone()];
            let term = term(name, name.mention.tokens.start);
            if !single || in_names[term] {
                return true;
            }
            let word = self.tokens.term(term);
            let is_generic = self.marks[term] & (ORGANIZATION | PLACE) != 0;
            let is_noun = !is_acronym(text) && (is_german || is_generic || is_demonym(word));
            !is_noun && !is_numeral(text) && !COMMON_ACRONYMS.contains(word)
        });
    }

    /// Joins the mentions of one entity.
    fn join(&self, found: Vec<Name>) -> Vec<Entity> {
        // Longer names first, so that `Austin` finds `Lloyd Austin` even where it stands before it.
        let mut order = sorted::indices(found.len());
        let n_tokens = |index: usize| found[index].mention.tokens.len();
        sorted::by(&mut order, &|a, b| n_tokens(b).cmp(&n_tokens(a)));
        let mut groups: Vec<Group> = Vec::new();
        let mut keys = Interner::default();
        // The group that each key stands for.
        let mut group_of: Vec<usize> = Vec::new();
        for index in order {
            let name = &found[index];
            let text = &self.text_of(name.mention.sentence)[name.mention.span.clone()];
            let key = fold(text);
            let id = keys.id(&key);
            if id < group_of.len() {
                groups[group_of[id]].names.push(index);
                continue;
            }
            group_of.push(groups.len());
            // The last word of a name, and its initials, stand for it from here on.
            let (mut n_words, mut last, mut initials) = (0, "", String::new());
            for word in key.split([' ', '-']) {
                if !CONNECTORS.contains(word) {
                    n_words += 1;
                    last = word;
                    initials.extend(word.chars().next());
                }
            }
            for (n_least, short) in [(2, last), (3, &initials)] {
                if n_words >= n_least && keys.id(short) == group_of.len() {
                    group_of.push(groups.len());
                }
            }
            groups.push(Group {
                first: index,
                names: vec![index],
            });
        }
        for group in &mut groups {
            group.names = sorted::distinct(std::mem::take(&mut group.names));
        }
        let mut order = sorted::indices(groups.len());
        sorted::by(&mut order, &|a, b| {
            groups[a].names[0].cmp(&groups[b].names[0])
        });
        let mut entities = Vec::with_capacity(groups.len());
        for group in order {
            entities.push(self.entity(&found, &groups[group]));
        }
        entities
    }

    fn entity(&self, found: &[Name], group: &Group) -> Entity {
        let first = &found[group.first].mention;
        let name = self.text_of(first.sentence)[first.span.clone()].to_owned();
        let mut mentions = Vec::with_capacity(group.names.len());
        let (mut n_people, mut n_organizations, mut n_places) = (0, 0, 0);
        let mut has_title = false;
        for &index in &group.names {
            let name = &found[index];
            mentions.push(name.mention.clone());
            has_title |= name.has_title;
            n_people += usize::from(name.kind == Kind::Person);
            n_organizations += usize::from(name.kind == Kind::Organization);
            n_places += usize::from(name.kind == Kind::Place);
        }
        // A title is worth more than any guess from the words around.
        // One word of which nothing tells what it names is a place's name most often.
        let is_unknown = n_people + n_organizations + n_places == 0;
        let is_long = first.tokens.len() > 1;
        // The whole name tells more than its last word in other places.
        let whole = found[group.first].kind;
        let kind = if is_unknown && !is_long {
            Kind::Place
        } else if is_long && !has_title && whole == Kind::Organization {
            whole
        } else if has_title || n_people >= n_organizations.max(n_places) {
            Kind::Person
        } else if n_organizations >= n_places {
            Kind::Organization
        } else {
            Kind::Place
        };
        Entity {
            name,
            kind,
            mentions,
        }
    }
}

/// Names that are the same entity's.
struct Group {
    /// The longest, and of those the earliest.
    first: usize,
    /// All of them, in reading order.
    names: Vec<usize>,
}

/// What may stand between two words of a name.
fn is_joint(between: &str) -> bool {
    matches!(between, " " | "-" | ". " | "'" | "’" | ".-" | "–" | " & ")
}

/// `American`, `Iraqis`, `Islamic`: by how they end, if they are longer than `Brian` and `Reese`.
fn is_demonym(word: &str) -> bool {
    let stem = word.strip_suffix('s').unwrap_or(word);
    let ends = |ending: &str| stem.ends_with(ending);
    SHORT_DEMONYMS.contains(stem) || stem.len() > 5 && DEMONYM_ENDINGS.split(' ').any(ends)
}

const SHORT_DEMONYMS: Words = Words::sorted("arab\ndutch\ngreek\niraqi\njew\nsaudi\nswis\nthai");
const DEMONYM_ENDINGS: &str = "ian ean ese dish kish lish nish rish tish wish lamic rabic ican erman french uslim raeli stani fghan stant";

/// `IV`, `X`.
fn is_numeral(word: &str) -> bool {
    word.len() == 1 || word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

fn is_acronym(word: &str) -> bool {
    let mut n_letters = 0;
    for c in word.chars() {
        if c.is_letter() {
            if !c.is_capital() {
                return false;
            }
            n_letters += 1;
        }
    }
    n_letters > 1
}
