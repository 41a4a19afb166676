//! Which blocks of a page are its article.
//!
//! In: a page. Out: the article's blocks and what each is. Each block that can be seen is measured
//! (`evidence`) and judged by trained trees; prose is judged together with its kin, headings and
//! tables by what they stand between. A few rules, which cost nothing on real pages, keep out what no
//! reader would forgive. Markup and plain text go the same way, by trees of their own.

use super::evidence::{
    ALIKE, CAPTION, CELL, DESCRIPTION, Evidence, HEADINGS, LIST_ITEM, NO_ENDING, OUTSIDE,
    SAME_PARENT, Survey, TITLE,
};
use super::markup::{self, FAR, Role};
use super::metadata::Metadata;
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
    /// What can be seen and is not the article's.
    pub excluded: Excluded,
}

/// How many blocks can be seen that are not the article's, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Excluded {
    /// Advertisements.
    pub ads: usize,
    /// About the author.
    pub author: usize,
    /// Captions and credits of pictures.
    pub captions: usize,
    /// Readers' comments.
    pub comments: usize,
    /// Menus, buttons, dates, tags, the foot of the page.
    pub navigation: usize,
    /// Newsletters, subscriptions, appeals for money, consent to cookies.
    pub offers: usize,
    /// Other stories.
    pub related: usize,
    /// Anything else.
    pub other: usize,
}

impl Excluded {
    /// Counts a block by the nearest thing around it that tells what it is, or by its links.
    fn add(&mut self, evidence: &Evidence) {
        let near = |role: Role| evidence.near[role as usize];
        let is_caption = evidence.kind == CAPTION;
        let about_page = near(Role::Navigation)
            .min(near(Role::Share))
            .min(near(Role::Footer))
            .min(near(Role::Meta));
        let offer = near(Role::Offer)
            .min(near(Role::Modal))
            .min(near(Role::Paywall));
        let is_link = evidence.link_share > MIN_LINK_SHARE;
        let is_headline = evidence.n_words >= MIN_HEADLINE_WORDS;
        // Of things equally near the first counts; links alone tell less than anything else.
        let told = [
            (
                if is_caption { 0 } else { near(Role::Caption) },
                &mut self.captions,
            ),
            (near(Role::Comments), &mut self.comments),
            (near(Role::Ad), &mut self.ads),
            (offer, &mut self.offers),
            (near(Role::Related), &mut self.related),
            (near(Role::Author), &mut self.author),
            (about_page, &mut self.navigation),
        ];
        let mut nearest = FAR;
        let mut count = None;
        for (distance, told) in told {
            if distance < nearest {
                nearest = distance;
                count = Some(told);
            }
        }
        *match count {
            Some(count) => count,
            None if is_link && is_headline => &mut self.related,
            None if is_link => &mut self.navigation,
            None => &mut self.other,
        } += 1;
    }
}

/// Letters in links, in percent: more is a link and nothing else.
const MIN_LINK_SHARE: u8 = 70;
/// A link of fewer words leads to a section rather than a story.
const MIN_HEADLINE_WORDS: u8 = 5;

/// Finds the article's blocks.
pub fn find(page: &Page, metadata: &Metadata, language: &Language, trees: &Trees) -> Body {
    if page.blocks.is_empty() {
        return Body::default();
    }
    let survey = Survey::new(page, metadata, language);
    let evidence = survey.evidence();
    let scores = scores(&survey, &evidence, trees);
    let has_included = page.blocks.iter().any(|block| block.included);
    let mut body = Body::default();
    let mut has_text = vec![false; survey.n_texts()];
    for ((evidence, score), &index) in evidence.iter().zip(scores).zip(&survey.visible) {
        let block = &page.blocks[index];
        let is_part = if has_included {
            block.included
        } else {
            score > 0.0 && !is_never_part(evidence, page.source)
        };
        // Pages that lay their text out anew for every width have it several times.
        let is_long = survey.letters(index) >= MIN_COPY_LETTERS;
        let is_copy = is_long && has_text[survey.text(index)];
        if is_part && evidence.repeats != TITLE && !is_copy {
            has_text[survey.text(index)] = true;
            body.blocks.push((index, kind(page, block)));
        } else if evidence.repeats != TITLE {
            body.excluded.add(evidence);
        }
    }
    drop_trailing_headings(&mut body.blocks);
    // What stands over the whole body is the title, in whatever words.
    if let Some((_, BlockKind::Heading(1))) = body.blocks.first() {
        body.blocks.remove(0);
    }
    body.is_list = match page.source {
        Source::Markup => is_list(page, metadata, &body.blocks, &survey.prose),
        // Lines of which none ends as a sentence does are a list, or too few to be a text.
        Source::PlainText => !body
            .blocks
            .iter()
            .any(|(_, kind)| *kind == BlockKind::Paragraph),
    };
    let first = body.blocks.first().map(|&(first, _)| first);
    if let Some(first) = first
        && let Some(standfirst) = standfirst(&survey, page, &body.blocks)
    {
        body.has_standfirst = true;
        if standfirst != first {
            body.blocks.insert(0, (standfirst, BlockKind::Paragraph));
        }
    }
    body
}

/// A block of which this share is links, in percent, is a link and nothing else.
const LINK_ALONE: u8 = 90;
/// Words of a line of plain text that doesn't end as a sentence does and is another story's
/// headline: a shorter one is a heading, a longer one running text.
const OTHER_HEADLINE_WORDS: std::ops::RangeInclusive<u8> = 7..=40;

/// Whether a block is not the article's whatever the trees say, because no reader would forgive it:
/// one without words; a line in words of furniture; a link alone, unless it is an item of a list or a table; what
/// stands in an element that calls itself furniture. On real pages these rules cost nothing.
fn is_never_part(evidence: &Evidence, source: Source) -> bool {
    let near = |role: Role| evidence.near[role as usize];
    let is_item = matches!(evidence.kind, LIST_ITEM | CELL);
    let around = [
        near(Role::Aside),
        near(Role::Modal),
        near(Role::Ad),
        near(Role::Footer),
        near(Role::Share),
    ];
    evidence.n_words == 0
        || evidence.is_furniture == 1
        || evidence.link_share > LINK_ALONE && !is_item
        || evidence.kind == CAPTION
        || near(Role::Navigation) < NEAR
        || near(Role::Offer) < NEAR
        || near(Role::Comments) < NEAR
        || around.iter().any(|&distance| distance < FAR)
        || source == Source::PlainText
            && evidence.ending == NO_ENDING
            && OTHER_HEADLINE_WORDS.contains(&evidence.n_words)
}

/// Menus, offers and comments count up to this many elements up: their words (`search`, `promo`,
/// `discussion`) stand around articles as well.
const NEAR: u8 = 3;

/// A text of fewer letters may stand twice in an article.
const MIN_COPY_LETTERS: f64 = 40.0;
/// A line of plain text with more words is running text, even if it doesn't end as a sentence does.
const MAX_LINE_WORDS: usize = 40;

/// What a block of the article is. In plain text a line that doesn't end as a sentence does is a
/// heading.
fn kind(page: &Page, block: &Block) -> BlockKind {
    let is_prose = page.source == Source::Markup
        || ends_as_sentence(&block.text)
        || count_words(&block.text) > MAX_LINE_WORDS;
    if is_prose {
        block.kind
    } else {
        BlockKind::Heading(2)
    }
}

/// A heading that nothing follows heads something that was left out.
fn drop_trailing_headings(blocks: &mut Vec<(usize, BlockKind)>) {
    let is_heading = |(_, kind): &(usize, BlockKind)| matches!(kind, BlockKind::Heading(_));
    while blocks.last().is_some_and(is_heading) {
        blocks.pop();
    }
}

/// What the trees say of each block that can be seen, over 0 if it is the article's.
///
/// Prose of the main element is judged half by its kin, which looks like it and hangs as deep: the
/// entries of a live blog are the story, or they are not.
fn scores(survey: &Survey, evidence: &[Evidence], trees: &Trees) -> Vec<f64> {
    let mut scores: Vec<f64> = Vec::with_capacity(evidence.len());
    for row in evidence {
        scores.push(trees.score(&row.values()));
    }
    let is_judged =
        |at: usize| survey.prose[survey.visible[at]] > 0.0 && evidence[at].levels < OUTSIDE;
    let kin = |at: usize| {
        let levels = (evidence[at].levels as usize).min(MAX_KIN_LEVELS - 1);
        survey.look(survey.visible[at]) * MAX_KIN_LEVELS + levels
    };
    // The scores of all that are kin, each by its letters, and these letters.
    let mut sums = vec![(0.0, 0.0); survey.n_looks() * MAX_KIN_LEVELS];
    for at in 0..scores.len() {
        if is_judged(at) {
            let letters = survey.prose[survey.visible[at]];
            let sum = &mut sums[kin(at)];
            sum.0 += scores[at] * letters;
            sum.1 += letters;
        }
    }
    for at in 0..scores.len() {
        if is_judged(at) {
            let (sum, letters) = sums[kin(at)];
            scores[at] = (scores[at] + sum / letters) / 2.0;
        }
    }
    admit_parts_between(evidence, &mut scores);
    scores
}

/// Headings and cells are told from furniture by what is around them: a heading over a paragraph of
/// the article, and a table between two of them, are the article's unless the trees are sure that
/// they are not.
fn admit_parts_between(evidence: &[Evidence], scores: &mut [f64]) {
    let is_part = |score: &f64| *score > 0.0;
    let (Some(first), Some(last)) = (
        scores.iter().position(is_part),
        scores.iter().rposition(is_part),
    ) else {
        return;
    };
    // From the end, so that a heading over a heading follows it.
    for at in (0..last).rev() {
        let row = &evidence[at];
        let is_followed = scores[at] > SURE_OF_HEADING && scores[at + 1] > 0.0;
        // The first of several key points, a sentence as the others.
        let is_item = is_followed
            && row.kind == LIST_ITEM
            && row.ending == 1
            && row.after_is_near == ALIKE
            && evidence[at + 1].kind == LIST_ITEM;
        let is_over_part =
            HEADINGS.contains(&row.kind) && is_followed && row.after_is_near & SAME_PARENT != 0;
        let is_fact = row.kind == CELL
            && scores[at] > SURE_OF_CELL
            && row.levels < OUTSIDE
            && row.link_share < LINKED_CELL;
        if is_item || at > first && (is_over_part || is_fact) {
            scores[at] = scores[at].max(JUST_IN);
        }
    }
}

/// At this score the trees are sure that a heading or an item is not the article's, …
const SURE_OF_HEADING: f64 = -2.0;
/// … and a cell.
const SURE_OF_CELL: f64 = -4.0;
/// The score of what is taken in for its place.
const JUST_IN: f64 = 0.125;
/// A cell of which this share is links, in percent, leads elsewhere.
const LINKED_CELL: u8 = 50;

/// Blocks deeper than this below the main element count as equally deep.
const MAX_KIN_LEVELS: usize = 8;

/// How far above the body its standfirst may stand, in blocks: byline, date and share bar between.
const MAX_STANDFIRST_BLOCKS: usize = 12;
/// Letters of a standfirst: a sentence or three.
const STANDFIRST_LETTERS: std::ops::RangeInclusive<f64> = 40.0..=450.0;

/// The standfirst: a block between the headline and the body, or the body's first, that is marked
/// as one; or one apart from the body that is the page's description of itself or stands beside the
/// headline.
fn standfirst(survey: &Survey, page: &Page, blocks: &[(usize, BlockKind)]) -> Option<usize> {
    let first = blocks.first()?.0;
    let second = blocks
        .get(1)
        .map(|&(second, _)| page.blocks[second].element);
    let from = (first.saturating_sub(MAX_STANDFIRST_BLOCKS)..first)
        .rev()
        .find(|&index| page.blocks[index].kind == BlockKind::Heading(1))?;
    // A body may begin with the page's description of itself; a standfirst stands elsewhere.
    let parent = |element: usize| page.elements[element].parent;
    let hangs_apart = |index: usize| {
        let element = page.blocks[index].element;
        index < first || second.is_some_and(|second| parent(second) != parent(element))
    };
    // The body's first block, but beside the headline and away from the rest of the body.
    let is_under_title = |index: usize| {
        let headline = page.blocks[from].element;
        index == first && parent(page.blocks[index].element) == parent(headline)
    };
    (from + 1..=first).find(|&index| {
        let block = &page.blocks[index];
        let mut around = page.ancestors(block).take(2);
        let is_marked = markup::is_standfirst(&block.words)
            || around.any(|element| markup::is_standfirst(&element.words));
        block.visibility == Visibility::Visible
            && block.kind != BlockKind::Caption
            && block.link_share < 0.3
            && STANDFIRST_LETTERS.contains(&survey.letters(index))
            && survey.own(index).is_furniture == 0
            && (is_marked
                || hangs_apart(index)
                    && (survey.own(index).repeats == DESCRIPTION || is_under_title(index)))
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
