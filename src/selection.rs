//! Scores → chosen sentences.
//!
//! In: the scores of an article's sentences and what was measured of them. Out: one order in which
//! sentences are chosen, so that a longer summary contains the shorter one, and the choice for a
//! budget. By maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each pick is the
//! sentence with the highest score less what it repeats of those picked before and less what it leans
//! on that is not picked.

use crate::Options;
use crate::features::Measured;
use crate::salience::Score;
use crate::sorted;
use crate::tokens::Tokens;

/// Beyond this many candidates, the best by score, repetition is no longer weighed: cost stays
/// linear in the article, and no summary is that long.
const MAX_CANDIDATES: usize = 64;

/// A sentence that shares more than this with a chosen one says it again, and comes last.
const MAX_REDUNDANCY: f64 = 0.9;

/// What a sentence that can't stand alone loses while the one before it is not chosen, by the square of
/// how likely that is: one that may lean loses little, one that does is hardly chosen.
const DEPENDENCE_PENALTY: f64 = 1.8;

/// What a line loses that ends as no sentence does, such as a caption's. The labelled articles have too
/// few to learn it from.
const UNFINISHED_PENALTY: f64 = 0.3;

/// The order in which an article's sentences are chosen; those that may not be are left out.
/// Ties go to the earlier sentence. Each is found when it is asked for: a short summary of a long article
/// asks for few.
pub fn order<'a>(
    tokens: &Tokens,
    measured: &'a Measured,
    scores: &'a [Score],
    options: &Options,
) -> impl Iterator<Item = usize> + use<'a> {
    let mut ranked = Vec::new();
    for (index, is_eligible) in measured.eligible.iter().enumerate() {
        if *is_eligible {
            ranked.push(index);
        }
    }
    sorted::by(&mut ranked, &|a, b| {
        scores[b].worth.total_cmp(&scores[a].worth).then(a.cmp(&b))
    });
    let rest = ranked.split_off(ranked.len().min(MAX_CANDIDATES));
    let mut candidates = Vec::with_capacity(ranked.len());
    for index in sorted::distinct(ranked) {
        candidates.push(Candidate::new(index, tokens, measured));
    }
    let mut queue = Queue {
        measured,
        scores,
        redundancy_penalty: options.redundancy_penalty,
        candidates,
        taken: Vec::new(),
        after: rest.into_iter(),
        repeats: Vec::new(),
    };
    std::iter::from_fn(move || queue.next())
}

/// The chosen sentences for a budget, in reading order.
pub fn choose(
    order: impl Iterator<Item = usize>,
    tokens: &Tokens,
    options: &Options,
) -> Vec<usize> {
    let n_words = |sentence: usize| tokens.n_words[sentence];
    let mut left = options.max_words.unwrap_or(usize::MAX);
    let mut chosen = Vec::new();
    // The shortest, of equally short ones the first, if none fits.
    let mut shortest: Option<usize> = None;
    for sentence in order {
        let by_length = |sentence: usize| (n_words(sentence), sentence);
        if shortest.is_none_or(|other| by_length(sentence) < by_length(other)) {
            shortest = Some(sentence);
        }
        if n_words(sentence) <= left {
            left -= n_words(sentence);
            chosen.push(sentence);
        }
        if chosen.len() >= options.max_sentences {
            break;
        }
    }
    if chosen.is_empty() {
        chosen.extend(shortest);
    }
    sorted::distinct(chosen)
}

/// The sentences that are still to be taken.
struct Queue<'a> {
    measured: &'a Measured,
    scores: &'a [Score],
    redundancy_penalty: f64,
    candidates: Vec<Candidate>,
    /// Those that were taken of the candidates.
    taken: Vec<usize>,
    /// Those that come after all candidates, and those that say again what was taken, which come last.
    after: std::vec::IntoIter<usize>,
    repeats: Vec<usize>,
}

impl Queue<'_> {
    fn next(&mut self) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (at, candidate) in self.candidates.iter().enumerate() {
            let score = &self.scores[candidate.sentence];
            // Sentences of one story share words; those that say the same share nearly all.
            let repeated = candidate.redundancy * candidate.redundancy * candidate.redundancy;
            let mut worth = score.worth
                - self.redundancy_penalty * repeated
                - self.measured.features[candidate.sentence].is_unfinished * UNFINISHED_PENALTY;
            if !self.taken.contains(&candidate.sentence.wrapping_sub(1)) {
                worth -= score.dependence * score.dependence * DEPENDENCE_PENALTY;
            }
            if best.is_none_or(|(_, other)| worth > other) {
                best = Some((at, worth));
            }
        }
        let Some((at, _)) = best else {
            return self.after.next().or_else(|| {
                self.after = std::mem::take(&mut self.repeats).into_iter();
                self.after.next()
            });
        };
        let chosen = self.candidates.remove(at);
        self.taken.push(chosen.sentence);
        self.candidates.retain_mut(|candidate| {
            let overlap = candidate.overlap(&chosen, self.measured);
            candidate.redundancy = candidate.redundancy.max(overlap);
            let is_repeat = candidate.redundancy > MAX_REDUNDANCY;
            if is_repeat {
                self.repeats.push(candidate.sentence);
            }
            !is_repeat
        });
        Some(chosen.sentence)
    }
}

/// A sentence that may be chosen.
struct Candidate {
    sentence: usize,
    /// Its terms that have weight, each once, in order.
    terms: Vec<usize>,
    weight: f64,
    /// The largest overlap with a chosen sentence, `0.0..=1.0`.
    redundancy: f64,
}

impl Candidate {
    fn new(sentence: usize, tokens: &Tokens, measured: &Measured) -> Candidate {
        let mut terms = Vec::new();
        for token in tokens.of(sentence) {
            if measured.term_weights[token.term] > 0.0 {
                terms.push(token.term);
            }
        }
        let terms = sorted::distinct(terms);
        let mut weight = 0.0;
        for &term in &terms {
            weight += measured.term_weights[term];
        }
        Candidate {
            sentence,
            terms,
            weight,
            redundancy: 0.0,
        }
    }

    /// Share of the lighter sentence's term weight that both have.
    fn overlap(&self, other: &Candidate, measured: &Measured) -> f64 {
        let (mut shared, mut at) = (0.0, 0);
        for &term in &self.terms {
            while other.terms.get(at).is_some_and(|&other| other < term) {
                at += 1;
            }
            if other.terms.get(at) == Some(&term) {
                shared += measured.term_weights[term];
            }
        }
        let lighter = self.weight.min(other.weight);
        if lighter > 0.0 { shared / lighter } else { 0.0 }
    }
}
