//! Chosen sentences → the summary, with its state and the reasons for each choice.
//!
//! In: everything the stages before found out. Out: a [`Summary`], which borrows nothing.

use crate::Reading;
use crate::article::Shape;
use crate::entities::{Entity, Kind, Mention};
use crate::features;
use crate::language;
use crate::sorted;
use crate::tokens::{Token, count_words};

/// The few sentences that tell an article's story, word for word.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct Summary {
    /// What the summary is worth.
    pub state: State,
    /// The article's headline.
    pub title: Option<String>,
    /// The line that names its authors.
    pub byline: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Its day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// BCP 47 primary subtag, `und` if unsure.
    pub language: String,
    /// The chosen sentences, in reading order.
    pub sentences: Vec<SummarySentence>,
    /// What the article names, most mentioned first.
    pub entities: Vec<SummaryEntity>,
    /// Number of sentences in the article, headings included.
    pub n_sentences: usize,
    /// Number of words in the article.
    pub n_words: usize,
    /// Number of words in the summary.
    pub n_summary_words: usize,
}

/// What a summary is worth. The first that holds, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum State {
    /// No language we can cut into sentences.
    UnsupportedLanguage,
    /// No running text: a list, search or index page.
    NotAnArticle,
    /// The text breaks off; this is a summary of what is there.
    Truncated,
    /// Fewer than 5 sentences: reading them is quicker.
    TooShort,
    /// At the asked length under 60% of the words are saved.
    TooLittleSaved,
    /// A summary worth having.
    Ok,
}

/// One chosen sentence.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct SummarySentence {
    /// The sentence, word for word: a part of its paragraph.
    pub text: String,
    /// Its paragraph, counted from 0.
    pub paragraph: usize,
    /// Which sentence of the article it is, counted from 0.
    pub sentence: usize,
    /// What selection ranks by, `0.0..=1.0`.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::rounded"))]
    pub score: f64,
    /// Share of the article's key-term weight that it carries.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::rounded"))]
    pub salience: f64,
    /// Entity mentions per token, `0.0..=1.0`.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::rounded"))]
    pub entity_density: f64,
    /// The names of the entities in it.
    pub entities: Vec<String>,
    /// Why it was chosen.
    pub reasons: Vec<Reason>,
}

/// Why a sentence was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Reason {
    /// What speaks for the sentence.
    pub code: ReasonCode,
    /// The evidence, in the article's own words.
    pub words: Vec<String>,
}

/// What can speak for a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum ReasonCode {
    /// It is the first sentence of the text.
    OpensArticle,
    /// It has words of the headline.
    MatchesHeadline,
    /// It has words that recur in the article.
    KeyTerms,
    /// It names who or what the article is about.
    NamesKeyEntities,
    /// It names one of them for the first time.
    FirstMention,
    /// Its words are nearest to those of the whole article.
    Central,
    /// It tells of a consequence or a cause.
    Consequence,
    /// It has a number.
    HasNumber,
    /// It has a quotation.
    HasQuote,
}

/// Something that the article names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SummaryEntity {
    /// Its longest name in the article.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How often it is mentioned.
    pub mentions: usize,
    /// The sentences that mention it.
    pub sentences: Vec<usize>,
}

/// Fewer sentences than this are read as quickly as any summary.
const MIN_SENTENCES: usize = 5;
/// A summary longer than this share of the article saves too little.
const MAX_SUMMARY_SHARE: f64 = 0.4;

impl Summary {
    /// Puts the chosen sentences of an article together.
    pub(crate) fn new(reading: &Reading, chosen: &[usize]) -> Summary {
        let article = &reading.article;
        let n_words = reading.n_words();
        let mut n_summary_words = 0;
        for &sentence in chosen {
            n_summary_words += reading.tokens.n_words[sentence];
        }
        let state = state(reading, n_words, n_summary_words);
        let shows = !matches!(state, State::UnsupportedLanguage | State::NotAnArticle);
        let mut sentences = Vec::new();
        if shows {
            for &sentence in chosen {
                sentences.push(shown(reading, sentence));
            }
        }
        Summary {
            state,
            title: article.title.clone(),
            byline: article.byline.clone(),
            authors: article.authors.clone(),
            published: article.published.clone(),
            language: article.language.clone(),
            sentences,
            entities: if shows { entities(reading) } else { Vec::new() },
            n_sentences: reading.sentences.len(),
            n_words,
            n_summary_words: if shows { n_summary_words } else { 0 },
        }
    }
}

fn state(reading: &Reading, n_words: usize, n_summary_words: usize) -> State {
    let texts = || {
        reading
            .article
            .paragraphs
            .iter()
            .map(|paragraph| &*paragraph.text)
    };
    if language::is_unsegmentable(texts()) {
        State::UnsupportedLanguage
    } else if reading.article.shape == Shape::List {
        State::NotAnArticle
    } else if reading.article.is_truncated {
        State::Truncated
    } else if reading.sentences.len() < MIN_SENTENCES {
        State::TooShort
    } else if n_summary_words as f64 > MAX_SUMMARY_SHARE * n_words as f64 {
        State::TooLittleSaved
    } else {
        State::Ok
    }
}

fn shown(reading: &Reading, sentence: usize) -> SummarySentence {
    let features = &reading.measured.features[sentence];
    SummarySentence {
        text: reading.shown(sentence).to_owned(),
        paragraph: reading.sentences[sentence].paragraph,
        sentence,
        score: reading.scores[sentence].worth,
        salience: features.salience,
        entity_density: features.entity_density,
        entities: names(reading, sentence),
        reasons: reasons(reading, sentence),
    }
}

/// The names of the entities in a sentence.
fn names(reading: &Reading, sentence: usize) -> Vec<String> {
    let mut names = Vec::new();
    for &entity in &reading.measured.entities[sentence] {
        names.push(reading.entities[entity].name.clone());
    }
    names
}

fn entities(reading: &Reading) -> Vec<SummaryEntity> {
    let mut order = sorted::indices(reading.entities.len());
    let n_mentions = |entity: usize| reading.entities[entity].mentions.len();
    // Stable: of entities mentioned equally often the earlier one stands first.
    sorted::by(&mut order, &|a, b| n_mentions(b).cmp(&n_mentions(a)));
    let mut entities = Vec::with_capacity(order.len());
    for index in order {
        let entity = &reading.entities[index];
        let mut sentences = Vec::with_capacity(entity.mentions.len());
        for mention in &entity.mentions {
            sentences.push(mention.sentence);
        }
        entities.push(SummaryEntity {
            name: entity.name.clone(),
            kind: entity.kind,
            mentions: entity.mentions.len(),
            sentences: sorted::distinct(sentences),
        });
    }
    entities
}

/// How many words of evidence a reason gives at most.
const MAX_EVIDENCE: usize = 5;
/// A sentence is central when at most this share of the others is nearer to the whole.
const CENTRAL_SHARE: usize = 5;
/// From this share of a sentence in quotation marks on, the quotation is a reason.
const MIN_QUOTE_SHARE: f64 = 0.3;

fn reasons(reading: &Reading, sentence: usize) -> Vec<Reason> {
    let measured = &reading.measured;
    let features = &measured.features[sentence];
    let tokens = reading.tokens.of(sentence);
    let text = &*reading.paragraph(sentence).text;
    let mut reasons = Vec::new();
    let mut add = |holds: bool, code: ReasonCode, words: Vec<String>| {
        if holds {
            reasons.push(Reason { code, words });
        }
    };
    // Words of the sentence, as it writes them, for which something holds; the weightiest first.
    let evidence = |holds: &dyn Fn(usize) -> bool| {
        let weight = |index: usize| measured.term_weights[tokens[index].term];
        let mut indices: Vec<usize> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            let is_new = indices
                .iter()
                .all(|&other| tokens[other].term != token.term);
            if is_new && weight(index) > 0.0 && holds(token.term) {
                indices.push(index);
            }
        }
        sorted::by(&mut indices, &|a, b| weight(b).total_cmp(&weight(a)));
        indices.truncate(MAX_EVIDENCE);
        written(text, tokens, &indices)
    };
    let of_title = evidence(&|term| measured.in_title[term]);
    let recurring = evidence(&|term| measured.term_weights[term] > 1.0);
    let is_key = |entity: &Entity| entity.mentions.len() > 1;
    let is_first = |entity: &Entity| {
        is_key(entity)
            && entity
                .mentions
                .first()
                .is_some_and(|first| first.sentence == sentence)
    };
    // The first entities for which something holds, as the sentence calls them.
    let called = |holds: &dyn Fn(&Entity) -> bool| {
        let mut called = Vec::new();
        for &entity in &measured.entities[sentence] {
            let entity = &reading.entities[entity];
            let is_here = |mention: &&Mention| mention.sentence == sentence;
            if called.len() < MAX_EVIDENCE
                && holds(entity)
                && let Some(mention) = entity.mentions.iter().find(is_here)
            {
                called.push(text[mention.span.clone()].to_owned());
            }
        }
        called
    };
    let (keys, firsts) = (called(&is_key), called(&is_first));
    let mut numbers = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.is_number && numbers.len() < MAX_EVIDENCE {
            numbers.push(index);
        }
    }
    let numbers = written(text, tokens, &numbers);
    let mut n_nearer = 0;
    for other in &measured.features {
        n_nearer += usize::from(other.centrality > features.centrality);
    }
    let is_central = n_nearer * CENTRAL_SHARE < measured.features.len();

    add(
        features.nearness == 1.0,
        ReasonCode::OpensArticle,
        Vec::new(),
    );
    add(!of_title.is_empty(), ReasonCode::MatchesHeadline, of_title);
    add(!keys.is_empty(), ReasonCode::NamesKeyEntities, keys);
    add(
        features.first_mention > 0.0 && !firsts.is_empty(),
        ReasonCode::FirstMention,
        firsts,
    );
    add(recurring.len() > 1, ReasonCode::KeyTerms, recurring.clone());
    add(
        is_central && !recurring.is_empty(),
        ReasonCode::Central,
        recurring,
    );
    add(
        features.consequence > 0.0,
        ReasonCode::Consequence,
        consequence(reading, sentence),
    );
    add(!numbers.is_empty(), ReasonCode::HasNumber, numbers);
    add(
        features.quote_share >= MIN_QUOTE_SHARE,
        ReasonCode::HasQuote,
        Vec::new(),
    );
    if reasons.is_empty() {
        // Every choice has a reason; with nothing else to say for it, its own words speak.
        reasons.push(Reason {
            code: ReasonCode::KeyTerms,
            words: evidence(&|_| true),
        });
    }
    reasons
}

/// Some tokens of a paragraph, as it writes them.
fn written(text: &str, tokens: &[Token], indices: &[usize]) -> Vec<String> {
    let mut words = Vec::with_capacity(indices.len());
    for &index in indices {
        words.push(text[tokens[index].span.clone()].to_owned());
    }
    words
}

/// The cue of consequence or cause in a sentence, as the sentence writes it.
fn consequence(reading: &Reading, sentence: usize) -> Vec<String> {
    let tokens = reading.tokens.of(sentence);
    let text = &*reading.paragraph(sentence).text;
    let cue = features::consequence(tokens, &reading.tokens, reading.language, &|_| true);
    match cue {
        Some(cue) => {
            let span = tokens[cue.start].span.start..tokens[cue.end - 1].span.end;
            vec![text[span].to_owned()]
        }
        None => Vec::new(),
    }
}

impl Reading<'_> {
    /// The number of words in the article, those before a shown sentence's start included.
    fn n_words(&self) -> usize {
        let mut n_words = 0;
        for (sentence, n_shown) in self.sentences.iter().zip(&self.tokens.n_words) {
            let text = &self.paragraphs[sentence.paragraph].text;
            n_words += count_words(&text[sentence.span.start..sentence.shown.start]) + n_shown;
        }
        n_words
    }
}
