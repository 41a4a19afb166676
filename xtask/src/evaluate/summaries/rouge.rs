//! ROUGE-1, -2 and -L of a summary against a reference, after Lin, "ROUGE: A Package for Automatic
//! Evaluation of Summaries" (2004).
//!
//! In: both as sentences. Out: F1 of each, `0.0..=1.0`. ROUGE-L is that of whole summaries (Lsum): for each
//! sentence of the reference the union of its longest common subsequences with the sentences of the
//! summary, no token counted oftener than it occurs. As the package `rouge-score` has it.

use std::collections::HashMap;

use super::porter;

/// Gives tokens their numbers, the same for words of one stem.
pub struct Tokenizer {
    stems: bool,
    numbers: HashMap<String, u32>,
    /// The numbers of words as they stand.
    seen: HashMap<String, u32>,
}

impl Tokenizer {
    /// English words are stemmed if they have more than three letters, others are left as they are.
    pub fn new(language: &str) -> Tokenizer {
        Tokenizer {
            stems: language == "en",
            numbers: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    /// Takes the sentences of a text apart.
    pub fn text<'a>(&mut self, sentences: impl IntoIterator<Item = &'a str>) -> Text {
        let mut tokenize = |sentence: &str| {
            let sentence = sentence.to_lowercase();
            let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '_');
            let words = words.filter(|word| !word.is_empty());
            words.map(|word| self.number(word)).collect::<Vec<u32>>()
        };
        let sentences: Vec<Vec<u32>> = sentences.into_iter().map(&mut tokenize).collect();
        let all = sentences.concat();
        Text {
            unigrams: counts(all.iter().map(|&token| [token, 0])),
            bigrams: counts(all.windows(2).map(|pair| [pair[0], pair[1]])),
            sentences,
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.seen.get(word) {
            return number;
        }
        let token = if self.stems && word.chars().nth(3).is_some() {
            porter::stem(word)
        } else {
            word.to_owned()
        };
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(token).or_insert(next);
        self.seen.insert(word.to_owned(), number);
        number
    }
}

type Counts = HashMap<[u32; 2], usize>;

fn counts(grams: impl Iterator<Item = [u32; 2]>) -> Counts {
    let mut counts = Counts::new();
    for gram in grams {
        *counts.entry(gram).or_default() += 1;
    }
    counts
}

/// A text, taken apart. Sentences are the lines of ROUGE-L; runs of two tokens reach across them.
pub struct Text {
    sentences: Vec<Vec<u32>>,
    unigrams: Counts,
    bigrams: Counts,
}

/// F1 of ROUGE-1, -2 and -L.
pub fn score(reference: &Text, summary: &Text) -> [f64; 3] {
    [
        overlap(&reference.unigrams, &summary.unigrams),
        overlap(&reference.bigrams, &summary.bigrams),
        longest(reference, summary),
    ]
}

fn f1(shared: usize, reference: usize, summary: usize) -> f64 {
    2.0 * shared as f64 / (reference + summary).max(1) as f64
}

fn overlap(reference: &Counts, summary: &Counts) -> f64 {
    let shared = |(gram, n): (&[u32; 2], &usize)| *n.min(summary.get(gram).unwrap_or(&0));
    let n_shared = reference.iter().map(shared).sum();
    f1(n_shared, reference.values().sum(), summary.values().sum())
}

fn longest(reference: &Text, summary: &Text) -> f64 {
    let mut left = [reference, summary].map(|text| text.unigrams.clone());
    let mut n_hits = 0;
    for sentence in &reference.sentences {
        let mut is_common = vec![false; sentence.len()];
        for other in &summary.sentences {
            mark_common(sentence, other, &mut is_common);
        }
        for (token, _) in sentence
            .iter()
            .zip(is_common)
            .filter(|(_, is_common)| *is_common)
        {
            let [ours, theirs] = left.each_mut().map(|left| left.get_mut(&[*token, 0]));
            if let (Some(ours @ 1..), Some(theirs @ 1..)) = (ours, theirs) {
                n_hits += 1;
                *ours -= 1;
                *theirs -= 1;
            }
        }
    }
    let n_tokens = |text: &Text| text.unigrams.values().sum();
    f1(n_hits, n_tokens(reference), n_tokens(summary))
}

/// Marks the tokens of `ours` that are of a longest common subsequence with another sentence. Of several
/// it is the one that the package reads out.
fn mark_common(ours: &[u32], other: &[u32], is_common: &mut [bool]) {
    let width = other.len() + 1;
    let mut lengths = vec![0_u32; (ours.len() + 1) * width];
    for (i, a) in ours.iter().enumerate() {
        for (j, b) in other.iter().enumerate() {
            lengths[(i + 1) * width + j + 1] = if a == b {
                lengths[i * width + j] + 1
            } else {
                lengths[i * width + j + 1].max(lengths[(i + 1) * width + j])
            };
        }
    }
    let (mut i, mut j) = (ours.len(), other.len());
    while i > 0 && j > 0 {
        if ours[i - 1] == other[j - 1] {
            is_common[i - 1] = true;
            (i, j) = (i - 1, j - 1);
        } else if lengths[i * width + j - 1] > lengths[(i - 1) * width + j] {
            j -= 1;
        } else {
            i -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, reference: &[&str], summary: &[&str], expected: [f64; 3]) {
        let mut tokenizer = Tokenizer::new(language);
        let reference = tokenizer.text(reference.iter().copied());
        let summary = tokenizer.text(summary.iter().copied());
        for (found, expected) in score(&reference, &summary).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        }
    }

    #[test]
    fn the_same_text_has_all_and_another_nothing() {
        check("en", &["A b c."], &["a, b – c"], [1.0, 1.0, 1.0]);
        check("en", &["A b c."], &["d e"], [0.0, 0.0, 0.0]);
        check("en", &["A b c."], &[], [0.0, 0.0, 0.0]);
    }

    #[test]
    fn order_counts_for_runs_and_subsequences_alone() {
        // No run of two is shared; of the subsequences one token is left.
        check(
            "en",
            &["police kill gunman"],
            &["gunman kill police"],
            [1.0, 0.0, 1.0 / 3.0],
        );
    }

    #[test]
    fn rouge_l_unites_what_is_common_with_each_sentence() {
        // The case of Lin's paper: w1 w2 and w1 w3 w5 make four of five. The summary has ten tokens.
        check(
            "fr",
            &["w1 w2 w3 w4 w5"],
            &["w1 w2 w6 w7 w8", "w1 w3 w8 w9 w5"],
            [8.0 / 15.0, 2.0 / 13.0, 8.0 / 15.0],
        );
    }

    #[test]
    fn a_token_is_hit_no_oftener_than_it_occurs() {
        check("fr", &["a b", "a c"], &["a d"], [2.0 / 6.0, 0.0, 2.0 / 6.0]);
    }

    #[test]
    fn english_words_are_compared_by_their_stems() {
        check(
            "en",
            &["bridges closed"],
            &["bridge closes"],
            [1.0, 1.0, 1.0],
        );
        check(
            "fr",
            &["bridges closed"],
            &["bridge closes"],
            [0.0, 0.0, 0.0],
        );
    }
}
