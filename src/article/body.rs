//! Which blocks of a page are its article.
//!
//! The prose of a page is weighed, furniture left aside; from the root of the page we go down as
//! long as one child holds most of it. What stands under the element reached, from the first block
//! of prose to the last, is the article, less what is furniture by its words or the words around
//! it. The weighing follows Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using
//! Shallow Text Features" (WSDM 2010): length and link density tell most of it.

use super::furniture;
use super::metadata::Metadata;
use crate::features::ends_as_sentence;
use crate::language::Language;
use crate::page::{Block, BlockKind, Page, Source, Tag, Visibility};
use crate::tokens::{count_words, fold, is_unspaced_char};

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
pub fn find(page: &Page, metadata: &Metadata, title: Option<&str>, language: &Language) -> Body {
    if page.blocks.is_empty() {
        return Body::default();
    }
    match page.source {
        Source::Markup => in_markup(page, metadata, title, language),
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

/// Letters of a block; those of scripts that write a word with one or two count double.
fn n_letters(text: &str) -> f64 {
    text.chars()
        .map(|c| if is_unspaced_char(c) { 2.0 } else { 1.0 })
        .sum()
}

/// A share of the prose that one element must hold for us to go down into it.
const MAIN_SHARE: f64 = 0.7;
/// What holds this share of all prose is not an aside, whatever it is called.
const TOO_MUCH_FOR_ASIDE: f64 = 0.5;

fn in_markup(page: &Page, metadata: &Metadata, title: Option<&str>, language: &Language) -> Body {
    let weights: Vec<f64> = page
        .blocks
        .iter()
        .map(|block| prose_weight(block, language))
        .collect();
    let all = sums(page, |block| weights[block]);
    let total = all.first().copied().unwrap_or(0.0);
    let has_included = page.blocks.iter().any(|block| block.included);
    let mut aside = vec![false; page.elements.len()];
    for (index, element) in page.elements.iter().enumerate() {
        let is_root = matches!(
            element.tag,
            Tag::Html | Tag::Body | Tag::Main | Tag::Article
        );
        let by_tag = matches!(
            element.tag,
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Dialog
        );
        let own = !is_root
            && (by_tag || furniture::is_aside(&element.words))
            && all[index] < TOO_MUCH_FOR_ASIDE * total;
        aside[index] = own || aside[element.parent];
    }
    let counts = |block: usize| {
        if aside[page.blocks[block].element] {
            0.0
        } else {
            weights[block]
        }
    };
    let mass = sums(page, counts);
    let root = main_element(page, &mass);
    let mut inside = vec![false; page.elements.len()];
    for index in 0..page.elements.len() {
        inside[index] = index == root || inside[page.elements[index].parent];
    }
    let folded_title = title.map(fold).unwrap_or_default();
    let is_part = |index: usize| {
        let block = &page.blocks[index];
        let in_place = if has_included {
            block.included
        } else {
            inside[block.element] && !aside[block.element]
        };
        in_place
            && block.visibility == Visibility::Visible
            && block.kind != BlockKind::Caption
            && !furniture::is_aside(&block.words)
            && !furniture::is_furniture(&block.text, language)
            && !is_link_line(block)
            && fold(&block.text) != folded_title
    };
    let mut blocks: Vec<(usize, BlockKind)> = (0..page.blocks.len())
        .filter(|&index| is_part(index))
        .map(|index| (index, page.blocks[index].kind))
        .collect();
    let is_prose = |&(index, _): &(usize, BlockKind)| weights[index] > 0.0;
    let first = blocks.iter().position(is_prose).unwrap_or(blocks.len());
    let last = blocks.iter().rposition(is_prose).map_or(0, |last| last + 1);
    blocks.truncate(last.max(first));
    blocks.drain(..first);
    drop_trailing_headings(&mut blocks);
    let is_list = is_list(page, metadata, &blocks, &weights);
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
        let is_marked = furniture::is_standfirst(&block.words)
            || around.any(|element| furniture::is_standfirst(&element.words));
        block.visibility == Visibility::Visible
            && block.kind != BlockKind::Caption
            && block.link_share < 0.3
            && STANDFIRST_LETTERS.contains(&n_letters(&block.text))
            && !furniture::is_furniture(&block.text, language)
            && (is_marked || index < first && metadata.describes(&block.text))
    })
}

/// How much prose a block is: its letters outside links.
fn prose_weight(block: &Block, language: &Language) -> f64 {
    let is_heading = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Caption);
    if is_heading || block.visibility != Visibility::Visible || block.link_share > 0.5 {
        return 0.0;
    }
    let n = n_letters(&block.text);
    let own = n * (1.0 - f64::from(block.link_share));
    if n < 25.0 || furniture::is_furniture(&block.text, language) {
        0.0
    } else if ends_as_sentence(&block.text) {
        own
    } else if n > 120.0 {
        own * 0.5
    } else {
        0.0
    }
}

/// For each element the sum over the blocks in it.
fn sums(page: &Page, of: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut sums = vec![0.0; page.elements.len()];
    for (index, block) in page.blocks.iter().enumerate() {
        sums[block.element] += of(index);
    }
    // Parents stand before their children.
    for index in (1..page.elements.len()).rev() {
        let parent = page.elements[index].parent;
        if parent != index {
            sums[parent] += sums[index];
        }
    }
    sums
}

/// The element that holds the prose of the page.
fn main_element(page: &Page, mass: &[f64]) -> usize {
    let mut root = 0;
    let mut best = vec![None; page.elements.len()];
    for index in 1..page.elements.len() {
        let parent = page.elements[index].parent;
        if parent != index && best[parent].is_none_or(|other: usize| mass[index] > mass[other]) {
            best[parent] = Some(index);
        }
    }
    while let Some(child) = best[root] {
        if mass[child] < MAIN_SHARE * mass[root] || mass[child] == 0.0 {
            break;
        }
        root = child;
    }
    // Down to a single paragraph is too far: its siblings are short but belong to it.
    while matches!(page.elements[root].tag, Tag::P | Tag::Li | Tag::Blockquote)
        && page.elements[root].parent != root
    {
        root = page.elements[root].parent;
    }
    root
}

/// A line that is a link and nothing else leads elsewhere.
fn is_link_line(block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) => block.link_share > 0.9,
        BlockKind::Cell => block.link_share > 0.9 && n_letters(&block.text) > 40.0,
        _ => block.link_share > 0.7,
    }
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
