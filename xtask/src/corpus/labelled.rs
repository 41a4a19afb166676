//! Articles in which a reader marked the sentences that make the best summary: plain texts, and whole
//! web pages.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::{TruePage, fnv, packed_items};

/// An article in which a reader marked sentences.
#[derive(Clone)]
pub struct Labelled {
    pub id: String,
    /// BCP 47 primary subtag, `und` if nobody said.
    pub language: String,
    pub title: String,
    /// The true text, a paragraph a line.
    pub text: String,
    /// The page it stands on, which is read instead of title and text.
    pub html: Option<String>,
    /// The labelled sentences, in reading order.
    pub sentences: Vec<Sentence>,
    /// Articles that share a sentence are of one family, as are pages of one site. A family must not be
    /// apart in cross-validation.
    pub family: u64,
}

/// A labelled sentence.
#[derive(Clone)]
pub struct Sentence {
    pub text: String,
    letters: String,
    /// What it is worth in a summary: 2 for the best, 1 for others that would do, else 0.
    pub worth: f64,
    /// Whether it can't stand without the one before.
    pub is_dependent: bool,
    /// Whether it is no part of the article.
    pub is_junk: bool,
}

impl Sentence {
    pub fn is_best(&self) -> bool {
        self.worth > 1.0
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    language: String,
    title: Option<String>,
    text: String,
    sentences: Vec<String>,
    best: Vec<usize>,
    also: Vec<usize>,
    dep: Vec<usize>,
    junk: Vec<usize>,
}

/// Reads `summaries/labels.jsonl.gz`.
pub fn labels(corpus: &Path) -> Result<Vec<Labelled>> {
    let lines: Vec<Line> = packed_items(&corpus.join("summaries/labels.jsonl.gz"))?;
    let families = families(&lines);
    let labelled = |(line, family)| Labelled::new(line, None, family);
    Ok(lines.into_iter().zip(families).map(labelled).collect())
}

/// Reads `summaries/pages.jsonl.gz`, the labels of some of the pages of `extraction/`.
pub fn labelled_pages(corpus: &Path, pages: &[TruePage]) -> Result<Vec<Labelled>> {
    let pages: BTreeMap<&str, &TruePage> = pages.iter().map(|page| (&*page.id, page)).collect();
    let lines: Vec<Line> = packed_items(&corpus.join("summaries/pages.jsonl.gz"))?;
    let labelled = |line: Line| {
        let page = pages
            .get(&*line.id)
            .with_context(|| format!("there is no page {}", line.id))?;
        ensure!(page.is_training(), "{} is not to be learned from", line.id);
        // As `TruePage::fold` has it, so that trees of extraction serve the same folds.
        Ok(Labelled::new(line, Some(page.html.clone()), page.family()))
    };
    lines.into_iter().map(labelled).collect()
}

/// Sentences of as many letters are no phrases that articles share by chance.
const N_LONG: usize = 60;

/// The long ones among sentences, as their letters alone.
pub fn long_sentences<'a>(texts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    texts
        .map(letters)
        .filter(|letters| letters.chars().count() >= N_LONG)
}

/// A number for each article, the same for those that share a long sentence: by this corpus many
/// articles occur twice, with another title, opening or end.
fn families(lines: &[Line]) -> Vec<u64> {
    let mut parents: Vec<usize> = (0..lines.len()).collect();
    let mut first_with: HashMap<String, usize> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        for letters in long_sentences(line.sentences.iter().map(|text| &**text)) {
            let other = *first_with.entry(letters).or_insert(index);
            let (a, b) = (root(&parents, index), root(&parents, other));
            parents[a.max(b)] = a.min(b);
        }
    }
    let opening = |line: &Line| letters(&line.text).chars().take(200).collect::<String>();
    (0..lines.len())
        .map(|index| fnv(opening(&lines[root(&parents, index)]).as_bytes()))
        .collect()
}

fn root(parents: &[usize], mut index: usize) -> usize {
    while parents[index] != index {
        index = parents[index];
    }
    index
}

impl Labelled {
    fn new(line: Line, html: Option<String>, family: u64) -> Labelled {
        let sentence = |(index, text): (usize, &String)| Sentence {
            letters: letters(text),
            text: text.clone(),
            worth: match (line.best.contains(&index), line.also.contains(&index)) {
                (true, _) => 2.0,
                (_, true) => 1.0,
                _ => 0.0,
            },
            is_dependent: line.dep.contains(&index),
            is_junk: line.junk.contains(&index),
        };
        Labelled {
            sentences: line.sentences.iter().enumerate().map(sentence).collect(),
            id: line.id,
            language: line.language,
            title: line.title.unwrap_or_default(),
            text: line.text,
            html,
            family,
        }
    }

    /// The labelled sentences that a sentence is, by its letters; another segmentation than the
    /// labels' is no fault of it.
    pub fn hits(&self, text: &str) -> Vec<usize> {
        let text = letters(text);
        let is_long = |letters: &str| letters.chars().nth(20).is_some();
        let is_it = |label: &str| {
            !label.is_empty()
                && (*label == text
                    || is_long(label) && text.contains(label)
                    || is_long(&text) && label.contains(&*text))
        };
        (0..self.sentences.len())
            .filter(|&index| is_it(&self.sentences[index].letters))
            .collect()
    }

    /// Whether a sentence can't stand alone; `hits` are the labelled ones that it is.
    pub fn is_dependent(&self, hits: &[usize]) -> bool {
        hits.iter().any(|&index| self.sentences[index].is_dependent)
    }

    /// What a sentence is worth: as much as the best of the labelled ones that it is.
    pub fn worth(&self, hits: &[usize]) -> f64 {
        let worth = |&index: &usize| self.sentences[index].worth;
        hits.iter().map(worth).fold(0.0, f64::max)
    }

    /// Its long sentences: see [`long_sentences`].
    pub fn long_sentences(&self) -> impl Iterator<Item = String> {
        long_sentences(self.sentences.iter().map(|sentence| &*sentence.text))
    }
}

/// The letters and digits of a text, lower case: what is left when splits and marks differ.
fn letters(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() && !is_vowel_sign(*c))
        .collect()
}

/// The marks of Arabic and Devanagari that Unicode calls alphabetic, and Python's `\w` does not.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{345}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6e1}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ed}'
        | '\u{900}'..='\u{903}' | '\u{93a}' | '\u{93b}' | '\u{93e}'..='\u{94f}'
        | '\u{955}'..='\u{957}' | '\u{962}' | '\u{963}')
}

#[cfg(test)]
impl Labelled {
    /// An article of so many sentences, with the lists of its labels: best, also, dep, junk.
    pub fn for_test(n_sentences: usize, [best, also, dep, junk]: [&[usize]; 4]) -> Labelled {
        let line = Line {
            id: String::new(),
            language: "en".to_owned(),
            title: None,
            text: String::new(),
            sentences: (0..n_sentences).map(|at| format!("S{at}.")).collect(),
            best: best.to_vec(),
            also: also.to_vec(),
            dep: dep.to_vec(),
            junk: junk.to_vec(),
        };
        Labelled::new(line, None, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sentences: &[&str]) -> Line {
        Line {
            id: String::new(),
            language: "en".to_owned(),
            title: None,
            text: sentences.join(" "),
            sentences: sentences.iter().map(|&text| text.to_owned()).collect(),
            best: vec![0],
            also: vec![1],
            dep: Vec::new(),
            junk: Vec::new(),
        }
    }

    #[test]
    fn a_sentence_is_known_by_its_letters_and_by_a_long_part_of_them() {
        let labelled = Labelled::new(
            line(&["“The harbor bridge will close”, she said.", "Why?"]),
            None,
            0,
        );
        assert_eq!(
            labelled.hits("\"The harbor bridge will close\", she_said"),
            [0]
        );
        assert_eq!(labelled.hits("The harbor bridge will close"), [0]);
        assert_eq!(labelled.hits("The bridge"), [0; 0]);
        assert_eq!(labelled.worth(&labelled.hits("She said: why?")), 0.0);
        assert_eq!(labelled.worth(&labelled.hits("Why")), 1.0);
    }

    #[test]
    fn articles_that_share_a_long_sentence_are_of_one_family() {
        let shared =
            "The city council voted on Tuesday evening to close the old harbor bridge for repairs.";
        let lines = [
            line(&["One.", shared]),
            line(&["Two."]),
            line(&[shared, "Three."]),
            line(&["One."]),
        ];
        let families = families(&lines);
        assert_eq!(families[0], families[2]);
        assert_ne!(families[0], families[1]);
        assert_ne!(families[0], families[3]);
    }
}
