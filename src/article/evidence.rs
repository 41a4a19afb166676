//! What can be measured of the blocks of a page, to tell the article from what is around it.
//!
//! In: a page. Out: [`Evidence`] for each block that can be seen: whole numbers of one byte, so that
//! the trees of [`super::model`] are small and every build decides alike. After Kohlschütter,
//! Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (WSDM 2010), length and
//! link density of a block and its neighbors tell most; to these come the words of its markup, where
//! it hangs in the tree, what else looks like it, and repetition. All of it is linear in the page.

use super::furniture;
use super::markup::{self, Distances, FAR, N_ROLES, Role};
use super::metadata::Metadata;
use crate::features::ends_as_sentence;
use crate::interner::Interner;
use crate::language::Language;
use crate::page::{Block, BlockKind, Page, Tag, Visibility};
use crate::tokens::{count_words, fold, is_unspaced_char};

/// Declares the measures once: the struct, their names, and how to walk over them in order.
macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What was measured of one block. Counts end at 255; shares are in percent.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Evidence {
            $($(#[$doc])* pub $name: u8,)*
        }

        impl Evidence {
            /// The names of the measures, in the order of [`Evidence::values`].
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The measures in order, as the trees count them.
            pub fn values(&self) -> [u8; Evidence::NAMES.len()] {
                [$(self.$name),*]
            }
        }
    };
}

evidence! {
    /// Its words.
    n_words,
    /// Its letters, a quarter of them counted; of scripts that write a word with one or two, double.
    n_letters,
    /// 1 if it ends as a sentence does, 2 with a colon, 3 with an ellipsis.
    ending,
    /// Marks that end sentences within it.
    n_stops,
    /// Share of its letters in links.
    link_share,
    /// Share of capitals among its letters.
    capital_share,
    /// Share of digits among its letters and digits.
    digit_share,
    /// Kind of its first character: 1 lower case, 2 a quotation mark, 3 a digit, 4 another mark.
    opening,
    /// 1 if its words are those of furniture.
    is_furniture,
    /// Marks that hardly stand in running text, such as `|` and `©`.
    n_odd_marks,
    /// Paragraph, quotation, preformatted, list item, cell, heading by level, caption.
    kind,
    /// The element around it, by name.
    tag,
    /// Distance from an element with the role of the same name: see [`Role`].
    ad,
    /// The same.
    aside,
    /// The same.
    author,
    /// The same.
    body,
    /// The same.
    caption,
    /// The same.
    comments,
    /// The same.
    embed,
    /// The same.
    footer,
    /// The same.
    headline,
    /// The same.
    infobox,
    /// The same.
    meta,
    /// The same.
    modal,
    /// The same.
    navigation,
    /// The same.
    offer,
    /// The same.
    player,
    /// The same.
    related,
    /// The same.
    share,
    /// The same.
    standfirst,
    /// The same.
    listing,
    /// The same.
    picture,
    /// The same.
    paywall,
    /// 1 in a `header`, 2 in a `form`, 4 in a `table`, 8 in a list, 16 in a quotation, 32 in a
    /// `section`, added up.
    within,
    /// Number of `article` elements around it.
    n_articles,
    /// Share of the page's prose in the nearest `article`, 0 outside any.
    article_share,
    /// Share of the page's prose in the element around it.
    element_share,
    /// The same one element farther up.
    parent_share,
    /// The same two elements farther up.
    grandparent_share,
    /// Share of the letters in links in the element around its own.
    parent_link_share,
    /// Share of letters that are prose in the element around its own.
    parent_prose,
    /// Blocks in the element around its own.
    parent_n_blocks,
    /// Elements between it and the main one; outside that 100 and those up to one around both.
    levels,
    /// Share of the page's prose in the child of the main element that it is in.
    branch_share,
    /// Share of the letters there that are prose.
    branch_prose,
    /// Blocks there.
    branch_n_blocks,
    /// Blocks whose element looks the same: same name and words.
    n_alike,
    /// Share of the page's prose in these.
    alike_share,
    /// Share of letters in links in these.
    alike_link_share,
    /// Words of the average of these.
    alike_n_words,
    /// Share of the page's prose in blocks whose elements' parents look the same as its own.
    cousin_share,
    /// Share of the main element's prose that stands before it.
    before,
    /// Share of the page's blocks that stand before it.
    index,
    /// Blocks since the title; 255 where none is before it.
    since_title,
    /// Blocks until the title; 255 where none comes.
    until_title,
    /// Headings of the first level between it and the title before it.
    n_titles,
    /// Blocks since prose of the main element.
    since_prose,
    /// Blocks until prose of the main element.
    until_prose,
    /// Blocks since a heading.
    since_heading,
    /// 1 if that heading's words are furniture, 2 if it is a link.
    heading_is_furniture,
    /// Level of that heading.
    heading_level,
    /// Words of the block before.
    before_n_words,
    /// Share of letters in links there.
    before_link_share,
    /// Ending there.
    before_ending,
    /// Kind there.
    before_kind,
    /// 1 if it is furniture by its words.
    before_is_furniture,
    /// 1 if that hangs in the same element's parent, 2 if it looks the same, 3 both.
    before_is_near,
    /// Words of the block after.
    after_n_words,
    /// Share of letters in links there.
    after_link_share,
    /// Ending there.
    after_ending,
    /// Kind there.
    after_kind,
    /// 1 if it is furniture by its words.
    after_is_furniture,
    /// 1 if that hangs in the same element's parent, 2 if it looks the same, 3 both.
    after_is_near,
    /// Words of the second block before.
    before2_n_words,
    /// Share of letters in links there.
    before2_link_share,
    /// Words of the second block after.
    after2_n_words,
    /// Share of letters in links there.
    after2_link_share,
    /// Elements up to one that holds the title as well; 255 where there is no title.
    title_levels,
    /// Share of the page's prose in that one.
    title_share,
    /// How often its text stands on the page.
    n_copies,
    /// 1 if it is the title ([`TITLE`]), 2 if the page describes itself so.
    repeats,
    /// Prose of the page, in hundreds of letters.
    page_prose,
    /// Blocks of the page, in tens.
    page_n_blocks,
    /// Share of the page's prose in the main element.
    main_share,
    /// Share of letters that are prose in the main element.
    main_prose,
}

/// Sums over the blocks in an element or in all that look alike.
#[derive(Clone, Copy, Default)]
struct Sums {
    prose: f64,
    letters: f64,
    link_letters: f64,
    words: f64,
    blocks: f64,
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.prose += other.prose;
        self.letters += other.letters;
        self.link_letters += other.link_letters;
        self.words += other.words;
        self.blocks += other.blocks;
    }
}

/// What is measured of a block by itself.
#[derive(Clone, Copy, Default)]
struct Own {
    n_words: usize,
    ending: u8,
    is_furniture: bool,
    kind: u8,
    /// What its element looks like, and that one's parent.
    look: usize,
    parent_look: usize,
    text: usize,
    repeats: u8,
    characters: Characters,
    n_stops: u8,
    letters: f64,
}

/// A share of the prose that one element must hold for us to go down into it.
const MAIN_SHARE: f64 = 0.7;

/// [`Evidence::ending`] of what ends as no sentence does.
pub const NO_ENDING: u8 = 0;
/// [`Evidence::kind`] of an item of a list, …
pub const LIST_ITEM: u8 = 3;
/// … a table's cell, …
pub const CELL: u8 = 4;
/// … headings by level, …
pub const HEADINGS: std::ops::RangeInclusive<u8> = 5..=10;
/// … a caption.
pub const CAPTION: u8 = 11;
/// [`Evidence::after_is_near`]: set where the next block hangs in the same element's parent.
pub const SAME_PARENT: u8 = 1;

/// [`Evidence::repeats`] of the title.
pub const TITLE: u8 = 1;

/// What is measured of each block by itself, before anything is decided.
pub struct Survey<'a> {
    page: &'a Page,
    /// Indices of the blocks that can be seen, in order.
    pub visible: Vec<usize>,
    /// How much prose each block of the page is: its letters outside links.
    pub prose: Vec<f64>,
    /// One for each block.
    own: Vec<Own>,
    /// The number of elements that look different.
    pub n_looks: usize,
    /// How often each text stands on the page.
    copies: Vec<usize>,
    /// For each element whether the title stands in it.
    holds_title: Vec<bool>,
    /// Place of the title among the visible blocks.
    title: Option<usize>,
}

impl<'a> Survey<'a> {
    /// Measures each block by itself. Linear in the page.
    pub fn new(
        page: &'a Page,
        metadata: &Metadata,
        title: Option<&str>,
        language: &Language,
    ) -> Survey<'a> {
        let mut looks = Interner::default();
        let mut look_of = Vec::with_capacity(page.elements.len());
        let mut key = String::new();
        for element in &page.elements {
            key.clear();
            key.push(char::from(b'A' + element.tag as u8));
            key.push_str(&element.words);
            look_of.push(looks.id(&key));
        }
        let folded_title = title.map(fold).unwrap_or_default();
        let mut texts = Interner::default();
        let mut survey = Survey {
            page,
            visible: Vec::new(),
            prose: vec![0.0; page.blocks.len()],
            own: Vec::with_capacity(page.blocks.len()),
            n_looks: looks.strings.len(),
            copies: Vec::new(),
            holds_title: vec![false; page.elements.len()],
            title: None,
        };
        for (index, block) in page.blocks.iter().enumerate() {
            if block.visibility != Visibility::Visible {
                survey.own.push(Own::default());
                continue;
            }
            let letters = n_letters(&block.text);
            let n_words = count_words(&block.text);
            let is_furniture = furniture::is_furniture(&block.text, language);
            let ending = ending(&block.text);
            survey.prose[index] = prose_weight(block, letters, ending, is_furniture);
            let is_headline = metadata.headline() == Some(index);
            let is_title =
                is_headline || block.text.len() < 400 && fold(&block.text) == folded_title;
            if is_headline {
                survey.title = Some(survey.visible.len());
            }
            let parent = page.elements[block.element].parent;
            survey.visible.push(index);
            survey.own.push(Own {
                n_words,
                ending,
                is_furniture,
                kind: kind(block.kind),
                look: look_of[block.element],
                parent_look: look_of[parent],
                text: texts.id(&block.text),
                repeats: if is_title {
                    TITLE
                } else {
                    2 * u8::from(block.text.len() < 800 && metadata.describes(&block.text))
                },
                characters: Characters::of(&block.text),
                n_stops: count(n_stops(&block.text)),
                letters,
            });
        }
        survey.copies = vec![0; texts.strings.len()];
        for &index in &survey.visible {
            survey.copies[survey.own[index].text] += 1;
        }
        if let Some(title) = survey.title {
            for element in page.lineage(page.blocks[survey.visible[title]].element) {
                survey.holds_title[element] = true;
            }
        }
        survey
    }

    /// The number of different texts on the page.
    pub fn n_texts(&self) -> usize {
        self.copies.len()
    }

    /// The number of a block's text: the same for blocks of the same text.
    pub fn text(&self, block: usize) -> usize {
        self.own[block].text
    }

    /// What a block's element looks like: the same number for those of the same name and words.
    pub fn look(&self, block: usize) -> usize {
        self.own[block].look
    }

    /// The evidence for each block that can be seen, in order. Linear in the page.
    pub fn evidence(&self) -> Vec<Evidence> {
        let page = self.page;
        let weights = &self.prose;
        let mut alike = vec![Sums::default(); self.n_looks];
        let mut cousins = vec![Sums::default(); self.n_looks];
        let mut all = vec![Sums::default(); page.elements.len()];
        for &index in &self.visible {
            let own = &self.own[index];
            let block = &page.blocks[index];
            let sums = Sums {
                prose: weights[index],
                letters: own.letters,
                link_letters: own.letters * f64::from(block.link_share),
                words: own.n_words as f64,
                blocks: 1.0,
            };
            alike[own.look].add(&sums);
            cousins[own.parent_look].add(&sums);
            all[block.element].add(&sums);
        }
        sum_up(page, &mut all);
        let total = all.first().copied().unwrap_or_default();
        let distances =
            markup::distances(page, |element| all[element].prose / total.prose.max(1.0));
        let main = main_element(page, &distances, weights);
        let places = places(page, main);
        let anchors = Anchors::new(self, &places);
        let share = |sums: &Sums| percent(sums.prose, total.prose);

        let mut evidence = Vec::with_capacity(self.visible.len());
        let mut before_prose = 0.0;
        for (at, &index) in self.visible.iter().enumerate() {
            let block = &page.blocks[index];
            let own = &self.own[index];
            let element = block.element;
            let parent = page.elements[element].parent;
            let grandparent = page.elements[parent].parent;
            let place = &places[element];
            let mut near = distances[element];
            for distance in &mut near {
                *distance = (*distance + 1).min(FAR);
            }
            markup::mark(&mut near, &block.words, 0);
            let [
                ad,
                aside,
                author,
                body,
                caption,
                comments,
                embed,
                footer,
                headline,
                infobox,
                meta,
                modal,
                navigation,
                offer,
                player,
                related,
                share_bar,
                standfirst,
                listing,
                picture,
                paywall,
            ]: [u8; N_ROLES] = near;
            let mut row = Evidence {
                n_words: count(own.n_words),
                n_letters: count(own.letters as usize / 4),
                ending: own.ending,
                n_stops: own.n_stops,
                link_share: percent(f64::from(block.link_share), 1.0),
                capital_share: own.characters.capital_share,
                digit_share: own.characters.digit_share,
                opening: own.characters.opening,
                is_furniture: u8::from(own.is_furniture),
                n_odd_marks: own.characters.n_odd_marks,
                kind: own.kind,
                tag: tag(page.elements[element].tag),
                ad,
                aside,
                author,
                body,
                caption,
                comments,
                embed,
                footer,
                headline,
                infobox,
                meta,
                modal,
                navigation,
                offer,
                player,
                related,
                share: share_bar,
                standfirst,
                listing,
                picture,
                paywall,
                within: place.within,
                n_articles: place.n_articles,
                article_share: place.article.map_or(0, |article| share(&all[article])),
                element_share: share(&all[element]),
                parent_share: share(&all[parent]),
                grandparent_share: share(&all[grandparent]),
                parent_link_share: percent(all[parent].link_letters, all[parent].letters),
                parent_prose: percent(all[parent].prose, all[parent].letters),
                parent_n_blocks: count(all[parent].blocks as usize),
                levels: place.levels,
                branch_share: place.branch.map_or(0, |branch| share(&all[branch])),
                branch_prose: place
                    .branch
                    .map_or(0, |branch| percent(all[branch].prose, all[branch].letters)),
                branch_n_blocks: place
                    .branch
                    .map_or(0, |branch| count(all[branch].blocks as usize)),
                n_alike: count(alike[own.look].blocks as usize),
                alike_share: share(&alike[own.look]),
                alike_link_share: percent(alike[own.look].link_letters, alike[own.look].letters),
                alike_n_words: count((alike[own.look].words / alike[own.look].blocks) as usize),
                cousin_share: share(&cousins[own.parent_look]),
                before: percent(before_prose, all[main].prose),
                index: percent(at as f64, self.visible.len() as f64),
                since_title: since(self.title, at),
                until_title: until(self.title, at),
                n_titles: anchors.n_titles[at],
                since_prose: anchors.since_prose[at],
                until_prose: anchors.until_prose[at],
                since_heading: anchors.since_heading[at],
                heading_is_furniture: anchors.heading[at].0,
                heading_level: anchors.heading[at].1,
                n_copies: count(self.copies[own.text]),
                repeats: own.repeats,
                page_prose: count(total.prose as usize / 100),
                page_n_blocks: count(self.visible.len() / 10),
                main_share: share(&all[main]),
                main_prose: percent(all[main].prose, all[main].letters),
                title_levels: u8::MAX,
                ..Evidence::default()
            };
            if self.title.is_some() {
                let mut lineage = page.lineage(element).enumerate();
                if let Some((levels, holder)) =
                    lineage.find(|&(_, element)| self.holds_title[element])
                {
                    row.title_levels = count(levels);
                    row.title_share = share(&all[holder]);
                }
            }
            if let Some((before, link_share, is_near)) = self.neighbor(at, -1) {
                row.before_n_words = count(before.n_words);
                row.before_link_share = link_share;
                row.before_ending = before.ending;
                row.before_kind = before.kind;
                row.before_is_furniture = u8::from(before.is_furniture);
                row.before_is_near = is_near;
            }
            if let Some((after, link_share, is_near)) = self.neighbor(at, 1) {
                row.after_n_words = count(after.n_words);
                row.after_link_share = link_share;
                row.after_ending = after.ending;
                row.after_kind = after.kind;
                row.after_is_furniture = u8::from(after.is_furniture);
                row.after_is_near = is_near;
            }
            if let Some((before, link_share, _)) = self.neighbor(at, -2) {
                row.before2_n_words = count(before.n_words);
                row.before2_link_share = link_share;
            }
            if let Some((after, link_share, _)) = self.neighbor(at, 2) {
                row.after2_n_words = count(after.n_words);
                row.after2_link_share = link_share;
            }
            if place.levels < OUTSIDE {
                before_prose += weights[index];
            }
            evidence.push(row);
        }
        evidence
    }

    /// The visible block `offset` away: what it is, its share of letters in links in percent, and
    /// how near it is: 1 in the same element's parent, 2 looks the same, 3 both.
    fn neighbor(&self, at: usize, offset: isize) -> Option<(&Own, u8, u8)> {
        let other = *self.visible.get(at.checked_add_signed(offset)?)?;
        let this = self.visible[at];
        let [here, there] = [this, other].map(|index| self.page.blocks[index].element);
        let [around, around_there] =
            [here, there].map(|element| self.page.elements[element].parent);
        let is_near = SAME_PARENT * u8::from(around == around_there || here == there)
            + 2 * u8::from(self.own[other].look == self.own[this].look);
        let link_share = percent(f64::from(self.page.blocks[other].link_share), 1.0);
        Some((&self.own[other], link_share, is_near))
    }
}

fn since(anchor: Option<usize>, at: usize) -> u8 {
    anchor
        .and_then(|anchor| at.checked_sub(anchor))
        .map_or(u8::MAX, count)
}

fn until(anchor: Option<usize>, at: usize) -> u8 {
    anchor
        .and_then(|anchor| anchor.checked_sub(at))
        .map_or(u8::MAX, count)
}

fn count(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

/// A part of a whole in percent, rounded.
fn percent(part: f64, whole: f64) -> u8 {
    if whole > 0.0 {
        (part / whole * 100.0 + 0.5) as u8
    } else {
        0
    }
}

/// Letters of a text; those of scripts that write a word with one or two count double.
pub fn n_letters(text: &str) -> f64 {
    let mut n = 0_u32;
    for c in text.chars() {
        n += if is_unspaced_char(c) { 2 } else { 1 };
    }
    f64::from(n)
}

fn ending(text: &str) -> u8 {
    if text.ends_with(['…', ']']) || text.ends_with("...") {
        3
    } else if ends_as_sentence(text) {
        1
    } else if text.ends_with([':', '：']) {
        2
    } else {
        NO_ENDING
    }
}

/// Marks that end sentences, but for one at the end.
fn n_stops(text: &str) -> usize {
    let mut n = 0;
    let mut is_after = false;
    for c in text.chars() {
        n += usize::from(is_after && c == ' ' || matches!(c, '。' | '！' | '？'));
        is_after = matches!(c, '.' | '!' | '?' | '؟' | '।' | '”' | '"' | '»') && !(c == ' ');
    }
    n
}

/// How much prose a block is: its letters outside links.
fn prose_weight(block: &Block, letters: f64, ending: u8, is_furniture: bool) -> f64 {
    let is_heading = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Caption);
    if is_heading || block.link_share > 0.5 || letters < 25.0 || is_furniture {
        return 0.0;
    }
    let own = letters * (1.0 - f64::from(block.link_share));
    if ending == 1 || ending == 3 {
        own
    } else if letters > 120.0 {
        own * 0.5
    } else {
        0.0
    }
}

fn kind(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Quote => 1,
        BlockKind::Preformatted => 2,
        BlockKind::ListItem => LIST_ITEM,
        BlockKind::Cell => CELL,
        BlockKind::Heading(level) => 4 + level,
        BlockKind::Caption => CAPTION,
    }
}

fn tag(tag: Tag) -> u8 {
    match tag {
        Tag::P => 0,
        Tag::Blockquote | Tag::Pre => 1,
        Tag::Li => 2,
        Tag::Td | Tag::Table => 3,
        Tag::Div | Tag::Center => 4,
        Tag::Section | Tag::Article | Tag::Main | Tag::Body => 5,
        Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => 6,
        _ => 7,
    }
}

/// What the characters of a text are like.
#[derive(Clone, Copy, Default)]
struct Characters {
    capital_share: u8,
    digit_share: u8,
    opening: u8,
    n_odd_marks: u8,
}

impl Characters {
    fn of(text: &str) -> Characters {
        let (mut n_letters, mut n_capitals, mut n_digits, mut n_odd) = (0, 0, 0, 0);
        for c in text.chars() {
            if c.is_ascii_digit() {
                n_digits += 1;
            } else if c.is_alphabetic() {
                n_letters += 1;
                n_capitals += usize::from(c.is_uppercase());
            } else if matches!(
                c,
                '|' | '©' | '•' | '·' | '@' | '#' | '→' | '›' | '»' | '/' | '_' | '+' | '®' | '™'
            ) {
                n_odd += 1;
            }
        }
        let opening = match text.chars().next() {
            Some(c) if c.is_lowercase() => 1,
            Some('"' | '“' | '„' | '«' | '‘' | '\'' | '»' | '「') => 2,
            Some(c) if c.is_ascii_digit() => 3,
            Some(c) if c.is_alphabetic() => 0,
            _ => 4,
        };
        Characters {
            capital_share: percent(n_capitals as f64, n_letters as f64),
            digit_share: percent(n_digits as f64, (n_letters + n_digits) as f64),
            opening,
            n_odd_marks: count(n_odd),
        }
    }
}

/// Adds to each element the sums of those in it.
fn sum_up(page: &Page, sums: &mut [Sums]) {
    // Parents stand before their children.
    for index in (1..page.elements.len()).rev() {
        let parent = page.elements[index].parent;
        if parent != index {
            let own = sums[index];
            sums[parent].add(&own);
        }
    }
}

/// The element that holds the prose of the page: from the root down, as long as one child holds
/// most of it.
fn main_element(page: &Page, distances: &[Distances], weights: &[f64]) -> usize {
    let mut sums = vec![Sums::default(); page.elements.len()];
    for (index, block) in page.blocks.iter().enumerate() {
        let near = &distances[block.element];
        let is_aside = FURNITURE.iter().any(|&role| near[role as usize] < FAR);
        if !is_aside {
            sums[block.element].prose += weights[index];
        }
    }
    sum_up(page, &mut sums);
    let mut root = 0;
    let mut best = vec![None; page.elements.len()];
    for index in 1..page.elements.len() {
        let parent = page.elements[index].parent;
        if parent != index
            && best[parent].is_none_or(|other: usize| sums[index].prose > sums[other].prose)
        {
            best[parent] = Some(index);
        }
    }
    while let Some(child) = best[root] {
        if sums[child].prose < MAIN_SHARE * sums[root].prose || sums[child].prose == 0.0 {
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

/// Roles of which prose does not count when the main element is looked for.
const FURNITURE: [Role; 10] = [
    Role::Ad,
    Role::Aside,
    Role::Comments,
    Role::Footer,
    Role::Modal,
    Role::Navigation,
    Role::Offer,
    Role::Related,
    Role::Share,
    Role::Caption,
];

/// Where an element hangs in the tree.
#[derive(Clone, Copy, Default)]
struct Place {
    within: u8,
    n_articles: u8,
    article: Option<usize>,
    /// Elements up to the main one.
    levels: u8,
    /// The child of the main element that it is in.
    branch: Option<usize>,
}

/// `Place::levels` outside the main element, from here on.
pub const OUTSIDE: u8 = 100;

fn places(page: &Page, main: usize) -> Vec<Place> {
    let mut around_main = vec![false; page.elements.len()];
    for element in page.lineage(main) {
        around_main[element] = true;
    }
    let mut places: Vec<Place> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let mut place = if element.parent == index {
            Place::default()
        } else {
            places[element.parent]
        };
        if index == main {
            place.levels = 0;
        } else if around_main[index] {
            place.levels = OUTSIDE;
        } else {
            if place.levels == 0 {
                place.branch = Some(index);
            }
            let most = if place.levels < OUTSIDE {
                OUTSIDE - 1
            } else {
                u8::MAX
            };
            place.levels = place.levels.saturating_add(1).min(most);
        }
        place.within |= match element.tag {
            Tag::Header => 1,
            Tag::Form => 2,
            Tag::Table => 4,
            Tag::List => 8,
            Tag::Blockquote => 16,
            Tag::Section => 32,
            _ => 0,
        };
        if element.tag == Tag::Article {
            place.n_articles = place.n_articles.saturating_add(1);
            place.article = Some(index);
        }
        places.push(place);
    }
    places
}

/// What a block's place is told by: prose and headings.
struct Anchors {
    n_titles: Vec<u8>,
    since_prose: Vec<u8>,
    until_prose: Vec<u8>,
    since_heading: Vec<u8>,
    /// Of the last heading: 1 furniture or 2 a link, and its level.
    heading: Vec<(u8, u8)>,
}

impl Anchors {
    fn new(survey: &Survey, places: &[Place]) -> Anchors {
        let (page, visible) = (survey.page, &survey.visible);
        let n = visible.len();
        let mut anchors = Anchors {
            n_titles: vec![0; n],
            since_prose: vec![u8::MAX; n],
            until_prose: vec![u8::MAX; n],
            since_heading: vec![u8::MAX; n],
            heading: vec![(0, 0); n],
        };
        let is_prose = |at: usize| {
            let index = visible[at];
            survey.prose[index] > 0.0 && places[page.blocks[index].element].levels < OUTSIDE
        };
        let (mut since, mut since_heading, mut heading) = (u8::MAX, u8::MAX, (0, 0));
        let mut n_titles: u8 = 0;
        for at in 0..n {
            let block = &page.blocks[visible[at]];
            anchors.n_titles[at] = n_titles;
            anchors.since_prose[at] = since;
            anchors.since_heading[at] = since_heading;
            anchors.heading[at] = heading;
            since = if is_prose(at) {
                0
            } else {
                since.saturating_add(1)
            };
            since_heading = since_heading.saturating_add(1);
            if let BlockKind::Heading(level) = block.kind {
                since_heading = 0;
                let is_after_title = survey.title.is_some_and(|title| title < at);
                n_titles = n_titles.saturating_add(u8::from(level == 1 && is_after_title));
                let is_link = block.link_share > 0.8;
                let is_furniture = survey.own[visible[at]].is_furniture;
                heading = (u8::from(is_furniture) + 2 * u8::from(is_link), level);
            }
        }
        let mut until = u8::MAX;
        for at in (0..n).rev() {
            anchors.until_prose[at] = until;
            until = if is_prose(at) {
                0
            } else {
                until.saturating_add(1)
            };
        }
        anchors
    }
}
