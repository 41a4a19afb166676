//! Which blocks of a page are its article.
//!
//! The prose of a page is weighed, furniture left aside; from the root of the page we go down as
//! long as one child holds most of it. What stands under the element reached, from the first block
//! of prose to the last, is the article, less what is furniture by its words or the words around
//! it. The weighing follows Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using
//! Shallow Text Features" (WSDM 2010): length and link density tell most of it.

use super::evidence::{Evidence, OUTSIDE, Survey, TITLE, n_letters};
use super::metadata::Metadata;
use super::{furniture, markup};
use crate::features::ends_as_sentence;
use crate::language::Language;
use crate::page::{Block, BlockKind, Page, Source, Visibility};
use crate::tokens::count_words;
use crate::trees::Trees;

/// The blocks of an article.
#[derive(Debug, Default)]
pub struct Body {
    /// The blocks and what each is, in reading order.
    pub blocks: Vec<(usize, BlockKind)>,
    /// Whether the first is the standfirst.
    pub has_standfirst: bool,
    /// Whether the page lists articles and is none.
    pub is_list: bool,
}

/// Finds the article's blocks.
pub fn find(
    page: &Page,
    metadata: &Metadata,
    title: Option<&str>,
    language: &Language,
    trees: &Trees,
) -> Body {
    if page.blocks.is_empty() {
        return Body::default();
    }
    match page.source {
        Source::Markup => in_markup(page, metadata, title, language, trees),
        Source::PlainText => in_plain_text(page, language),
    }
}

/// A line this long without an end mark, between paragraphs, is another story's headline; a shorter
/// one is a heading.
const MIN_HEADLINE_WORDS: usize = 7;
/// A line with more words is running text, even if it doesn't end as a sentence does.
const MAX_LINE_WORDS: usize = 40;
/// This many lines of furniture in a row, past half of the text, are the page's foot.
const N_FOOT_LINES: usize = 2;

fn in_plain_text(page: &Page, language: &Language) -> Body {
    let is_prose = |block: &Block| {
        let n_words = count_words(&block.text);
        n_words > MAX_LINE_WORDS || n_words > 0 && ends_as_sentence(&block.text)
    };
    let furniture: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| furniture::is_furniture(&block.text, language))
        .collect();
    let n_bytes: usize = page.blocks.iter().map(|block| block.text.len()).sum();
    let mut blocks = Vec::new();
    let (mut n_read, mut n_furniture) = (0, 0);
    for (index, block) in page.blocks.iter().enumerate() {
        n_read += block.text.len();
        if furniture[index] {
            n_furniture += 1;
            if n_furniture >= N_FOOT_LINES && n_read * 2 > n_bytes {
                break;
            }
        } else if is_prose(block) {
            n_furniture = 0;
            blocks.push((index, BlockKind::Paragraph));
        } else if count_words(&block.text) < MIN_HEADLINE_WORDS {
            blocks.push((index, BlockKind::Heading(2)));
        }
    }
    drop_trailing_headings(&mut blocks);
    // Words that no line ends as a sentence does are a list, or too few to be a text.
    let is_list = !blocks.iter().any(|(_, kind)| *kind == BlockKind::Paragraph);
    if is_list {
        blocks.clear();
    }
    Body {
        blocks,
        has_standfirst: false,
        is_list,
    }
}

/// A heading that nothing follows heads something that was left out.
fn drop_trailing_headings(blocks: &mut Vec<(usize, BlockKind)>) {
    let is_heading = |(_, kind): &(usize, BlockKind)| matches!(kind, BlockKind::Heading(_));
    while blocks.last().is_some_and(is_heading) {
        blocks.pop();
    }
}

/// A text of fewer letters may stand twice in an article.
const MIN_COPY_LETTERS: f64 = 40.0;

fn in_markup(
    page: &Page,
    metadata: &Metadata,
    title: Option<&str>,
    language: &Language,
    trees: &Trees,
) -> Body {
    let survey = Survey::new(page, metadata, title, language);
    let has_included = page.blocks.iter().any(|block| block.included);
    let mut blocks: Vec<(usize, BlockKind)> = Vec::new();
    let mut has_text = vec![false; survey.n_texts()];
    let evidence = survey.evidence();
    let scores = scores(&survey, &evidence, trees);
    for ((evidence, score), &index) in evidence.iter().zip(scores).zip(&survey.visible) {
        let block = &page.blocks[index];
        let is_part = if has_included {
            block.included
        } else {
            score > 0.0
        };
        if is_part && evidence.repeats != TITLE {
            // Pages that lay their text out anew for every width have it several times.
            let is_long = n_letters(&block.text) >= MIN_COPY_LETTERS;
            let has_it = std::mem::replace(&mut has_text[survey.text(index)], true);
            if !(is_long && has_it) {
                blocks.push((index, block.kind));
            }
        }
    }
    drop_trailing_headings(&mut blocks);
    let is_list = is_list(page, metadata, &blocks, &survey.prose);
    let standfirst = blocks
        .first()
        .and_then(|&(first, _)| standfirst(page, metadata, first, language));
    if let Some(block) = standfirst.filter(|&block| block != blocks[0].0) {
        blocks.insert(0, (block, BlockKind::Paragraph));
    }
    Body {
        blocks,
        has_standfirst: standfirst.is_some(),
        is_list,
    }
}

/// What the trees say of each block that can be seen, over 0 if it is the article's.
///
/// Prose of the main element is judged half by what looks like it: the entries of a live blog are
/// the story, or they are not.
fn scores(survey: &Survey, evidence: &[Evidence], trees: &Trees) -> Vec<f64> {
    let mut scores: Vec<f64> = Vec::with_capacity(evidence.len());
    for row in evidence {
        scores.push(f64::from(trees.score(&row.values())));
    }
    let is_judged =
        |at: usize| survey.prose[survey.visible[at]] > 0.0 && evidence[at].levels < OUTSIDE;
    // By look the scores of its blocks, each by its letters, and these.
    let mut sums = vec![(0.0, 0.0); survey.n_looks];
    for at in 0..scores.len() {
        if is_judged(at) {
            let index = survey.visible[at];
            let (sum, letters) = &mut sums[survey.look(index)];
            *sum += scores[at] * survey.prose[index];
            *letters += survey.prose[index];
        }
    }
    for at in 0..scores.len() {
        if is_judged(at) {
            let (sum, letters) = sums[survey.look(survey.visible[at])];
            scores[at] = (scores[at] + sum / letters) / 2.0;
        }
    }
    scores
}

/// How far above the body its standfirst may stand, in blocks: byline, date and share bar between.
const MAX_STANDFIRST_BLOCKS: usize = 12;
/// Letters of a standfirst: a sentence or three.
const STANDFIRST_LETTERS: std::ops::RangeInclusive<f64> = 40.0..=450.0;

/// The standfirst: a block between the headline and the body, or the body's first, that is marked
/// as one; or one above the body that is the page's description of itself.
fn standfirst(
    page: &Page,
    metadata: &Metadata,
    first: usize,
    language: &Language,
) -> Option<usize> {
    let from = (first.saturating_sub(MAX_STANDFIRST_BLOCKS)..first)
        .rev()
        .find(|&index| page.blocks[index].kind == BlockKind::Heading(1))?;
    (from + 1..=first).find(|&index| {
        let block = &page.blocks[index];
        let mut around = page.ancestors(block).take(2);
        let is_marked = markup::is_standfirst(&block.words)
            || around.any(|element| markup::is_standfirst(&element.words));
        block.visibility == Visibility::Visible
            && block.kind != BlockKind::Caption
            && block.link_share < 0.3
            && STANDFIRST_LETTERS.contains(&n_letters(&block.text))
            && !furniture::is_furniture(&block.text, language)
            && (is_marked || index < first && metadata.describes(&block.text))
    })
}

/// A page with this many linked headings may be a list of articles.
const MIN_TEASERS: usize = 6;
/// In a list no more paragraphs than this follow one another without a heading between them.
const MAX_TEASER_PARAGRAPHS: usize = 2;

fn is_list(
    page: &Page,
    metadata: &Metadata,
    blocks: &[(usize, BlockKind)],
    weights: &[f64],
) -> bool {
    let is_teaser = |block: &&Block| {
        block.visibility == Visibility::Visible
            && matches!(block.kind, BlockKind::Heading(_))
            && block.link_share > 0.8
    };
    let n_teasers = page.blocks.iter().filter(is_teaser).count();
    let mut longest_run = 0;
    let (mut run, mut before) = (0, 0);
    for &(index, _) in blocks.iter().filter(|(index, _)| weights[*index] > 0.0) {
        run = if index == before + 1 { run + 1 } else { 1 };
        longest_run = longest_run.max(run);
        before = index;
    }
    let mass: f64 = blocks.iter().map(|(index, _)| weights[*index]).sum();
    n_teasers >= MIN_TEASERS
        && longest_run <= MAX_TEASER_PARAGRAPHS
        && mass < n_teasers as f64 * 200.0
        && !metadata.claims_article()
}
