//! Sentences → features: what can be measured of a sentence without a model.
//!
//! In: an article's sentences, tokens and entities. Out: [`Measured`]: for each sentence its
//! [`Features`], and what they were measured against. All are computed in time linear in the
//! article; none looks at pairs of sentences.

use crate::article::Article;
use crate::entities::Entity;
use crate::language::Language;
use crate::normalize::Clean;
use crate::page::BlockKind;
use crate::sentences::Sentence;
use crate::sorted;
use crate::tokens::{self, Token, Tokens};

/// Declares the features once: the struct, their names, and how to walk over them in order.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What was measured of one sentence, each `0.0..=1.0`.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Features {
            $($(#[$doc])* pub $name: f64,)*
        }

        impl Features {
            /// The names of the features, in the order of [`Features::measures`].
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The features in order, a byte each, as trees ask for them: square roots, since most
            /// shares of an article are small.
            pub fn measures(&self) -> Vec<u8> {
                let mut measures = Vec::with_capacity(Features::NAMES.len());
                for value in [$(self.$name),*] {
                    measures.push((value.sqrt() * 255.0).round() as u8);
                }
                measures
            }
        }
    };
}

features! {
    /// 1 / (1 + index): falls steeply, as news is written.
    nearness,
    /// 1 if the sentence opens its paragraph.
    opens_paragraph,
    /// 1 if it closes its paragraph.
    closes_paragraph,
    /// Share of the article's key-term weight that it carries.
    salience,
    /// Cosine between its terms and the article's.
    centrality,
    /// Share of the title's terms in it.
    title_overlap,
    /// Share of its terms that stand neither in the title nor in a sentence before.
    novelty,
    /// Entity mentions per token.
    entity_density,
    /// Share of all mentions that belong to the entities it names.
    entity_weight,
    /// 1 if one of the three most mentioned entities occurs in it for the first time.
    first_mention,
    /// 1 if it holds a number.
    has_number,
    /// Share of its characters in quotation marks, those of a quotation that began before it included.
    quote_share,
    /// 1 if it starts inside a quotation that began before it.
    starts_in_quotation,
    /// 1 if it opens with a quotation mark.
    opens_with_quote,
    /// 1 if it ends inside a quotation that goes on after it.
    ends_in_quotation,
    /// Its length against 25 words, at most 2, halved.
    length,
    /// Its length against the article's mean, at most 2, halved.
    relative_length,
    /// Length of the article: its paragraphs against 50, at most 1.
    n_paragraphs,
    /// Length of the article: its sentences against 100, at most 1.
    n_sentences,
    /// 1 / (1 + the number of words before the first pronoun or demonstrative): 1 if it opens with one.
    pronoun_nearness,
    /// 1 if it opens with a connective such as `however`.
    opens_with_connective,
    /// 1 if it holds a cue of consequence or cause.
    consequence,
    /// 1 if it asks.
    is_question,
    /// 1 if it ends as no sentence does.
    is_unfinished,
}

/// The features of an article's sentences and what selection needs besides.
#[derive(Clone, Debug)]
pub struct Measured {
    /// One for each sentence.
    pub features: Vec<Features>,
    /// Whether a sentence may be chosen: it has words, says what no sentence before it says in the
    /// same words, and is no heading and no part of the standfirst or of the key points above the
    /// running text, which the reader has seen.
    pub eligible: Vec<bool>,
    /// The weight of each term, by its number, 0 for stop words.
    pub term_weights: Vec<f64>,
    /// For each term whether it stands in the title.
    pub in_title: Vec<bool>,
    /// For each sentence the entities it names, by index, in the order of first mention in it.
    pub entities: Vec<Vec<usize>>,
}

/// Measures an article. Linear in its length.
pub fn measure(
    article: &Article,
    paragraphs: &[Clean],
    sentences: &[Sentence],
    tokens: &Tokens,
    entities: &[Entity],
    language: &Language,
) -> Measured {
    let in_title = in_title(article, tokens, language);
    let term_weights = term_weights(tokens, &in_title);
    let named = entities_by_sentence(entities, sentences.len());
    let measure = Measure {
        article,
        paragraphs,
        sentences,
        tokens,
        entities,
        language,
        in_title: &in_title,
        term_weights: &term_weights,
        named: &named,
        marks: &marks(tokens, language),
        totals: Totals::new(
            article,
            sentences,
            tokens,
            entities,
            &term_weights,
            &in_title,
        ),
    };
    let mut features = Vec::with_capacity(sentences.len());
    let mut eligible = Vec::with_capacity(sentences.len());
    let mut before = Before::default();
    for index in 0..sentences.len() {
        features.push(measure.sentence(index, &mut before));
        eligible.push(measure.is_eligible(index));
    }
    let mut by_text = sorted::indices(sentences.len());
    sorted::by(&mut by_text, &|a, b| measure.shown(a).cmp(measure.shown(b)));
    for pair in by_text.windows(2) {
        // The sort is stable, so the second is the later one.
        eligible[pair[1]] &= measure.shown(pair[0]) != measure.shown(pair[1]);
    }
    Measured {
        features,
        eligible,
        in_title,
        entities: named,
        term_weights,
    }
}

fn in_title(article: &Article, tokens: &Tokens, language: &Language) -> Vec<bool> {
    let mut in_title = vec![false; tokens.n_terms()];
    let title = article.title.as_deref().unwrap_or_default();
    for term in tokens::terms(title, language) {
        if let Some(term) = tokens.find(&term) {
            in_title[term] = true;
        }
    }
    in_title
}

/// A term weighs as much as it recurs, by the square root so that one word does not drown the rest
/// (Luhn, "The Automatic Creation of Literature Abstracts", 1958, counted all alike); a term of the
/// title counts double (Edmundson, "New Methods in Automatic Extracting", 1969).
fn term_weights(tokens: &Tokens, in_title: &[bool]) -> Vec<f64> {
    let mut counts = vec![0u32; tokens.n_terms()];
    let mut is_stop_word = vec![false; tokens.n_terms()];
    for token in tokens.all() {
        counts[token.term] += 1;
        is_stop_word[token.term] |= token.is_stop_word;
    }
    let mut weights = vec![0.0; counts.len()];
    for (term, weight) in weights.iter_mut().enumerate() {
        if !is_stop_word[term] {
            let recurs = if counts[term] > 1 || in_title[term] {
                1.0
            } else {
                0.25
            };
            let title = if in_title[term] { 2.0 } else { 1.0 };
            *weight = f64::from(counts[term]).sqrt() * recurs * title;
        }
    }
    weights
}

fn entities_by_sentence(entities: &[Entity], n_sentences: usize) -> Vec<Vec<usize>> {
    let mut named: Vec<Vec<usize>> = Vec::with_capacity(n_sentences);
    named.resize_with(n_sentences, Vec::new);
    for (index, entity) in entities.iter().enumerate() {
        for mention in &entity.mentions {
            let ours = &mut named[mention.sentence];
            if ours.last() != Some(&index) {
                ours.push(index);
            }
        }
    }
    named
}

/// Sums over the whole article.
struct Totals {
    n_sentences: usize,
    term_weight: f64,
    /// How often each term occurs, 0 for stop words, and the sum of their squares.
    counts: Vec<f64>,
    squares: f64,
    n_tokens: f64,
    n_mentions: f64,
    /// Mentions in each sentence: looked up among all mentions of an entity, they cost the square.
    mentions: Vec<f64>,
    n_title_terms: f64,
    /// The first mention of each main entity, by sentence.
    first_mentions: Vec<usize>,
    /// The first sentence that is neither a heading nor of the standfirst or the key points.
    first_running: usize,
}

/// How many entities count as the main ones.
const N_MAIN_ENTITIES: usize = 3;

impl Totals {
    fn new(
        article: &Article,
        sentences: &[Sentence],
        tokens: &Tokens,
        entities: &[Entity],
        term_weights: &[f64],
        in_title: &[bool],
    ) -> Totals {
        let mut totals = Totals {
            n_sentences: sentences.len(),
            term_weight: 0.0,
            counts: vec![0.0; term_weights.len()],
            squares: 0.0,
            n_tokens: 0.0,
            n_mentions: 0.0,
            mentions: Vec::new(),
            n_title_terms: 0.0,
            first_mentions: Vec::new(),
            first_running: 0,
        };
        totals.n_tokens = tokens.all().len() as f64;
        for token in tokens.all() {
            if !token.is_stop_word {
                totals.counts[token.term] += 1.0;
            }
        }
        for (term, weight) in term_weights.iter().enumerate() {
            totals.term_weight += weight;
            totals.squares += totals.counts[term] * totals.counts[term];
            if in_title[term] && *weight > 0.0 {
                totals.n_title_terms += 1.0;
            }
        }
        let mut main = sorted::indices(entities.len());
        let n_mentions = |entity: usize| entities[entity].mentions.len();
        // A stable sort: of entities mentioned equally often the earlier one counts.
        sorted::by(&mut main, &|a, b| n_mentions(b).cmp(&n_mentions(a)));
        for (rank, &entity) in main.iter().enumerate() {
            totals.n_mentions += n_mentions(entity) as f64;
            if rank < N_MAIN_ENTITIES
                && let Some(first) = entities[entity].mentions.first()
            {
                totals.first_mentions.push(first.sentence);
            }
        }
        totals.mentions = vec![0.0; sentences.len()];
        for entity in entities {
            for mention in &entity.mentions {
                totals.mentions[mention.sentence] += 1.0;
            }
        }
        let is_running = |sentence: &Sentence| {
            let kind = article.paragraphs[sentence.paragraph].kind;
            let is_standfirst = article.has_standfirst && sentence.paragraph == 0;
            !is_standfirst && !matches!(kind, BlockKind::Heading(_) | BlockKind::ListItem)
        };
        totals.first_running = sentences.iter().position(is_running).unwrap_or(0);
        totals
    }
}

/// What stands before a sentence.
#[derive(Default)]
struct Before {
    /// Number of different terms: they are numbered as they come, so a term from this number on is new.
    n_terms: usize,
    /// Whether a quotation is open.
    is_quotation_open: bool,
}

struct Measure<'a> {
    article: &'a Article,
    paragraphs: &'a [Clean<'a>],
    sentences: &'a [Sentence],
    tokens: &'a Tokens,
    entities: &'a [Entity],
    language: &'a Language,
    in_title: &'a [bool],
    term_weights: &'a [f64],
    named: &'a [Vec<usize>],
    /// What each term is, as [`marks`] says.
    marks: &'a [u16],
    totals: Totals,
}

/// Set for a term with which a cue of consequence begins.
const OPENS_CONSEQUENCE: u16 = 1;
/// Set for a pronoun.
const PRONOUN: u16 = 2;

/// What each term is.
fn marks(tokens: &Tokens, language: &Language) -> Vec<u16> {
    let mut marks = tokens.marks(&[language.consequence, language.dependent_openers]);
    for (term, mark) in marks.iter_mut().enumerate() {
        let is_pronoun = || language.dependent_openers.find(tokens.term(term)) == Ok("p");
        if *mark & PRONOUN != 0 && !is_pronoun() {
            *mark -= PRONOUN;
        }
    }
    marks
}

impl Measure<'_> {
    fn kind(&self, index: usize) -> BlockKind {
        self.article.paragraphs[self.sentences[index].paragraph].kind
    }

    fn shown(&self, index: usize) -> &str {
        let sentence = &self.sentences[index];
        &self.paragraphs[sentence.paragraph].text[sentence.shown.clone()]
    }

    fn is_eligible(&self, index: usize) -> bool {
        index >= self.totals.first_running
            && !matches!(self.kind(index), BlockKind::Heading(_))
            && !self.tokens.of(index).is_empty()
    }

    fn sentence(&self, index: usize, before: &mut Before) -> Features {
        let totals = &self.totals;
        let sentence = &self.sentences[index];
        let tokens = self.tokens.of(index);
        let text = self.shown(index);
        let flag = |holds: bool| f64::from(u8::from(holds));
        let neighbor = |step: isize| {
            let other = index
                .checked_add_signed(step)
                .and_then(|other| self.sentences.get(other));
            other.is_some_and(|other| other.paragraph == sentence.paragraph)
        };
        let n_tokens = tokens.len() as f64;
        let (weight, count, title, n_new, n_terms) = self.terms(index, before.n_terms);
        for token in tokens {
            before.n_terms = before.n_terms.max(token.term + 1);
        }
        // A quotation that is never closed must not swallow the article.
        let starts_in_quotation = before.is_quotation_open && neighbor(-1);
        let (quote_share, ends_in_quotation) = quotation(text, starts_in_quotation);
        before.is_quotation_open = ends_in_quotation;
        let n_mentions = totals.mentions[index];
        // Mentions of all entities named here.
        let mut n_all_mentions = 0.0;
        for &entity in &self.named[index] {
            n_all_mentions += self.entities[entity].mentions.len() as f64;
        }
        let opener = opener_class(self.language, tokens, self.tokens);
        Features {
            nearness: 1.0 / (1.0 + index.saturating_sub(totals.first_running) as f64),
            opens_paragraph: flag(!neighbor(-1)),
            closes_paragraph: flag(!neighbor(1)),
            salience: ratio(weight, totals.term_weight),
            centrality: ratio(count, (totals.squares * n_terms).sqrt()),
            title_overlap: ratio(title, totals.n_title_terms),
            novelty: ratio(n_new, n_terms),
            entity_density: ratio(n_mentions, n_tokens).min(1.0),
            entity_weight: ratio(n_all_mentions, totals.n_mentions),
            first_mention: flag(totals.first_mentions.contains(&index)),
            has_number: flag(tokens.iter().any(|token| token.is_number)),
            quote_share,
            starts_in_quotation: flag(starts_in_quotation),
            opens_with_quote: flag(text.starts_with(is_quote)),
            ends_in_quotation: flag(ends_in_quotation),
            length: (n_tokens / 25.0).min(2.0) / 2.0,
            relative_length: ratio(n_tokens * totals.n_sentences as f64, totals.n_tokens).min(2.0)
                / 2.0,
            n_paragraphs: (self.paragraphs.len() as f64 / 50.0).min(1.0),
            n_sentences: (totals.n_sentences as f64 / 100.0).min(1.0),
            pronoun_nearness: self.pronoun_nearness(tokens),
            opens_with_connective: flag(opener == Some("c")),
            consequence: flag(self.has_consequence(tokens)),
            is_question: flag(text.ends_with(['?', '？', '؟'])),
            is_unfinished: flag(!ends_as_sentence(text)),
        }
    }

    fn has_consequence(&self, tokens: &[Token]) -> bool {
        let may_open = |token: &Token| self.marks[token.term] & OPENS_CONSEQUENCE != 0;
        consequence(tokens, self.tokens, self.language, &may_open).is_some()
    }

    /// 1 / (1 + the number of words before the first pronoun), 0 without one.
    fn pronoun_nearness(&self, tokens: &[Token]) -> f64 {
        for (index, token) in tokens.iter().enumerate() {
            if token.is_stop_word && self.marks[token.term] & PRONOUN != 0 {
                return 1.0 / (1.0 + index as f64);
            }
        }
        0.0
    }

    /// Of the different terms in a sentence that are no stop words: their weight, the sum of their
    /// frequencies in the article, how many stand in the title, how many neither there nor among the
    /// first `n_before` terms, and how many there are.
    fn terms(&self, index: usize, n_before: usize) -> (f64, f64, f64, f64, f64) {
        let mut terms = Vec::new();
        for token in self.tokens.of(index) {
            if !token.is_stop_word {
                terms.push(token.term);
            }
        }
        let terms = sorted::distinct(terms);
        let (mut weight, mut count, mut title, mut new) = (0.0, 0.0, 0.0, 0.0);
        for &term in &terms {
            new += f64::from(u8::from(term >= n_before && !self.in_title[term]));
            weight += self.term_weights[term];
            count += self.totals.counts[term];
            title += f64::from(u8::from(self.in_title[term]));
        }
        (weight, count, title, new, terms.len() as f64)
    }
}

/// The first cue of consequence or cause among tokens: which tokens it is. `may_open` says of a token whether
/// a cue may begin with it: where that is known, few are looked up.
pub(crate) fn consequence(
    tokens: &[Token],
    all: &Tokens,
    language: &Language,
    may_open: &dyn Fn(&Token) -> bool,
) -> Option<std::ops::Range<usize>> {
    let mut phrase = String::new();
    for first in 0..tokens.len() {
        if !may_open(&tokens[first]) {
            continue;
        }
        phrase.clear();
        for (n, token) in tokens[first..].iter().enumerate() {
            add_term(&mut phrase, token, all);
            match language.consequence.find(&phrase) {
                Ok(_) => return Some(first..first + n + 1),
                Err(true) => {}
                // No cue goes on like this: most tokens are looked up once.
                Err(false) => break,
            }
        }
    }
    None
}

/// Makes a phrase longer by the term of a token.
fn add_term(phrase: &mut String, token: &Token, all: &Tokens) {
    if !phrase.is_empty() {
        phrase.push(' ');
    }
    phrase.push_str(all.term(token.term));
}

/// The class of the phrase that opens a sentence, if it leans on the one before; the longest counts.
pub(crate) fn opener_class(
    language: &Language,
    tokens: &[Token],
    all: &Tokens,
) -> Option<&'static str> {
    let (mut phrase, mut class) = (String::new(), None);
    for token in tokens {
        add_term(&mut phrase, token, all);
        match language.dependent_openers.find(&phrase) {
            Ok(found) => class = Some(found),
            Err(true) => {}
            Err(false) => break,
        }
    }
    class
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '»' | '‹' | '「' | '『' | '‘')
}

/// The share of a sentence that stands in quotation marks, and whether a quotation is open at its end.
fn quotation(text: &str, is_open: bool) -> (f64, bool) {
    let (mut inside, mut n_inside, mut n) = (is_open, 0u32, 0u32);
    for c in text.chars() {
        match c {
            '"' => inside = !inside,
            '“' | '„' | '«' | '「' | '『' if !inside => inside = true,
            '”' | '“' | '»' | '」' | '』' => inside = false,
            _ => n_inside += u32::from(inside),
        }
        n += 1;
    }
    (ratio(f64::from(n_inside), f64::from(n)), inside)
}

/// Whether a text ends with a mark that ends sentences, closing marks after it aside.
pub(crate) fn ends_as_sentence(text: &str) -> bool {
    for c in text.chars().rev() {
        match c {
            '"' | '\'' | '”' | '’' | '“' | '»' | '›' | ')' | ']' | '」' | '』' | '）' | ' ' =>
                {}
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '։' => {
                return true;
            }
            _ => return false,
        }
    }
    false
}
