//! What can be measured of the blocks of a page, to tell the article from what is around it.
//!
//! In: a page. Out: [`Evidence`] for each block that can be seen: whole numbers of one byte, so that
//! the trees of [`super::model`] are small and every build decides alike. After Kohlschütter,
//! Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (WSDM 2010), length and
//! link density of a block and its neighbors tell most; to these come the words of its markup, where
//! it hangs in the tree, what else looks like it, and repetition. All of it is linear in the page.

use super::furniture::Openings;
use super::markup::{self, Distances, FAR, N_ROLES, Role, Roles};
use super::metadata::{Metadata, Repeats};
use crate::characters::Character;
use crate::features::ends_as_sentence;
use crate::interner::Interner;
use crate::language::Language;
use crate::page::{Block, BlockKind, Page, Tag, Visibility};
use crate::tokens::{count_words, is_unspaced_char};

/// Declares the measures once: the struct, their names, and how to walk over them in order.
macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What was measured of one block. Counts end at 255; shares are in percent.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Evidence {
            $($(#[$doc])* pub $name: u8,)*
            /// How near something stands that has a role, by [`Role`].
            pub near: Distances,
        }

        /// The number of measures that are no distances.
        const N_OWN: usize = [$(stringify!($name)),*].len();

        impl Evidence {
            /// The names of the measures, in the order of [`Evidence::values`].
            pub fn names() -> Vec<&'static str> {
                let mut names = vec![$(stringify!($name)),*];
                names.extend(markup::ROLE_NAMES);
                names
            }

            /// The measures in order, as the trees count them.
            pub fn values(&self) -> [u8; N_OWN + N_ROLES] {
                let mut values = [0; N_OWN + N_ROLES];
                let (own, near) = values.split_at_mut(N_OWN);
                own.copy_from_slice(&[$(self.$name),*]);
                near.copy_from_slice(&self.near);
                values
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
    /// Share of its letters in links.
    link_share,
    /// Share of capitals among its letters.
    capital_share,
    /// 1 if its words are those of furniture.
    is_furniture,
    /// Marks that hardly stand in running text, such as `|` and `©`.
    n_odd_marks,
    /// Paragraph, quotation, preformatted, list item, cell, heading by level, caption.
    kind,
    /// The element around it, by name.
    tag,
    /// 1 in a `header`, 2 in a `form`, 4 in a `table`, 8 in a list, 16 in a quotation, 32 in a
    /// `section`, added up.
    within,
    /// Share of the page's prose in the nearest `article`, 0 outside any.
    article_share,
    /// The same one element farther up.
    parent_share,
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
    /// Share of the page's prose in these.
    alike_share,
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
    /// Blocks since prose of the main element.
    since_prose,
    /// Blocks until prose of the main element.
    until_prose,
    /// Blocks since a heading.
    since_heading,
    /// Words of the block before.
    before_n_words,
    /// 1 if that hangs in the same element's parent, 2 if it looks the same, 3 both.
    before_is_near,
    /// Words of the block after.
    after_n_words,
    /// 1 if that hangs in the same element's parent, 2 if it looks the same, 3 both.
    after_is_near,
    /// Elements up to one that holds the title as well; 255 where there is no title.
    title_levels,
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
    letters: f64,
    /// What its element looks like, and that one's parent.
    look: usize,
    parent_look: usize,
    /// The number of its text.
    text: usize,
    /// The measures that no other block has a part in.
    row: Evidence,
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
/// … and looks the same too.
pub const ALIKE: u8 = 3;

/// [`Evidence::repeats`] of the title, …
pub const TITLE: u8 = Repeats::Title as u8;
/// … of a description.
pub const DESCRIPTION: u8 = Repeats::Description as u8;

/// What is measured of each block by itself, before anything is decided.
pub struct Survey<'a> {
    page: &'a Page,
    /// Indices of the blocks that can be seen, in order.
    pub visible: Vec<usize>,
    /// How much prose each block of the page is: its letters outside links.
    pub prose: Vec<f64>,
    /// One for each block.
    own: Vec<Own>,
    /// What each element looks like: the same number for those of the same name and words.
    looks: Vec<usize>,
    /// The roles of the elements of each look.
    roles: Vec<Roles>,
    /// How often each text stands on the page.
    copies: Vec<usize>,
    /// For each element whether the title stands in it.
    holds_title: Vec<bool>,
    /// Place of the title among the visible blocks.
    title: Option<usize>,
}

impl<'a> Survey<'a> {
    /// Measures each block by itself. Linear in the page.
    pub fn new(page: &'a Page, metadata: &Metadata, language: &Language) -> Survey<'a> {
        let mut interner = Interner::default();
        let mut looks = Vec::with_capacity(page.elements.len());
        let mut roles = Vec::new();
        let mut key = String::new();
        for element in &page.elements {
            key.clear();
            key.push(char::from(b'A' + element.tag as u8));
            key.push_str(&element.words);
            let look = interner.id(&key);
            if look == roles.len() {
                roles.push(markup::roles(element));
            }
            looks.push(look);
        }
        let openings = Openings::new(language);
        let mut texts = Interner::default();
        let mut survey = Survey {
            page,
            visible: Vec::new(),
            prose: vec![0.0; page.blocks.len()],
            own: Vec::with_capacity(page.blocks.len()),
            looks,
            roles,
            copies: Vec::new(),
            holds_title: vec![false; page.elements.len()],
            title: None,
        };
        for (index, block) in page.blocks.iter().enumerate() {
            if block.visibility != Visibility::Visible {
                survey.own.push(Own::default());
                continue;
            }
            let n_words = count_words(&block.text);
            let parent = page.elements[block.element].parent;
            let mut row = Evidence {
                n_words: count(n_words),
                ending: ending(&block.text),
                link_share: percent(f64::from(block.link_share), 1.0),
                is_furniture: u8::from(openings.is_furniture(&block.text, n_words)),
                kind: kind(block.kind),
                tag: tag(page.elements[block.element].tag),
                repeats: metadata.repeated_by(&block.text) as u8,
                ..Evidence::default()
            };
            let letters = measure_characters(&mut row, &block.text);
            survey.prose[index] = prose_weight(block, letters, &row);
            if metadata.headline() == Some(index) {
                survey.title = Some(survey.visible.len());
                row.repeats = TITLE;
            }
            survey.visible.push(index);
            survey.own.push(Own {
                n_words,
                letters,
                look: survey.looks[block.element],
                parent_look: survey.looks[parent],
                text: texts.id(&block.text),
                row,
            });
        }
        survey.copies = vec![0; texts.len()];
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

    /// What is measured of a visible block by itself.
    pub fn own(&self, block: usize) -> &Evidence {
        &self.own[block].row
    }

    /// The letters of a visible block; those of scripts that write a word with one or two count double.
    pub fn letters(&self, block: usize) -> f64 {
        self.own[block].letters
    }

    /// The number of elements that look different.
    pub fn n_looks(&self) -> usize {
        self.roles.len()
    }

    /// What a block's element looks like: the same number for those of the same name and words.
    pub fn look(&self, block: usize) -> usize {
        self.own[block].look
    }

    /// The evidence for each block that can be seen, in order. Linear in the page.
    pub fn evidence(&self) -> Vec<Evidence> {
        let page = self.page;
        let weights = &self.prose;
        let mut alike = vec![Sums::default(); self.roles.len()];
        let mut cousins = vec![Sums::default(); self.roles.len()];
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
        // What stands in no `article`, or outside the main element, is in nothing.
        all.push(Sums::default());
        let total = all.first().copied().unwrap_or_default();
        let distances = markup::distances(
            page,
            |element| self.roles[self.looks[element]],
            |element| all[element].prose / total.prose.max(1.0),
        );
        let main = main_element(page, &distances, weights);
        let places = places(page, main);
        let is_prose = |index: usize| {
            weights[index] > 0.0 && places[page.blocks[index].element].levels < OUTSIDE
        };
        let mut until_prose = vec![u8::MAX; self.visible.len()];
        let mut until = u8::MAX;
        for (at, &index) in self.visible.iter().enumerate().rev() {
            until_prose[at] = until;
            until = if is_prose(index) {
                0
            } else {
                until.saturating_add(1)
            };
        }
        let share = |sums: &Sums| percent(sums.prose, total.prose);

        let mut evidence = Vec::with_capacity(self.visible.len());
        let mut before_prose = 0.0;
        let (mut since_prose, mut since_heading) = (u8::MAX, u8::MAX);
        for (at, &index) in self.visible.iter().enumerate() {
            let block = &page.blocks[index];
            let own = &self.own[index];
            let element = block.element;
            let parent = page.elements[element].parent;
            let place = &places[element];
            let mut row = own.row;
            row.near = distances[element];
            let roles = markup::roles_of_words(&block.words);
            for (role, distance) in row.near.iter_mut().enumerate() {
                *distance = (*distance + 1).min(FAR);
                if roles >> role & 1 == 1 {
                    *distance = 0;
                }
            }
            row.within = place.within;
            row.article_share = share(&all[place.article]);
            row.parent_share = share(&all[parent]);
            row.parent_link_share = percent(all[parent].link_letters, all[parent].letters);
            row.parent_prose = percent(all[parent].prose, all[parent].letters);
            row.parent_n_blocks = count(all[parent].blocks as usize);
            row.levels = place.levels;
            let branch = &all[place.branch];
            row.branch_share = share(branch);
            row.branch_prose = percent(branch.prose, branch.letters);
            row.branch_n_blocks = count(branch.blocks as usize);
            let alike = &alike[own.look];
            row.alike_share = share(alike);
            row.alike_n_words = count((alike.words / alike.blocks) as usize);
            row.cousin_share = share(&cousins[own.parent_look]);
            row.before = percent(before_prose, all[main].prose);
            row.index = percent(at as f64, self.visible.len() as f64);
            row.since_title = u8::MAX;
            row.until_title = u8::MAX;
            row.title_levels = u8::MAX;
            if let Some(title) = self.title {
                if title <= at {
                    row.since_title = count(at - title);
                }
                if title >= at {
                    row.until_title = count(title - at);
                }
                for (levels, holder) in page.lineage(element).enumerate() {
                    if self.holds_title[holder] {
                        row.title_levels = count(levels);
                        break;
                    }
                }
            }
            row.since_prose = since_prose;
            row.until_prose = until_prose[at];
            row.since_heading = since_heading;
            row.n_copies = count(self.copies[own.text]);
            row.page_prose = count(total.prose as usize / 100);
            row.page_n_blocks = count(self.visible.len() / 10);
            row.main_share = share(&all[main]);
            row.main_prose = percent(all[main].prose, all[main].letters);
            if let Some(before) = self.neighbor(at, -1) {
                row.before_n_words = before.n_words;
                row.before_is_near = self.nearness(at, at - 1);
            }
            if let Some(after) = self.neighbor(at, 1) {
                row.after_n_words = after.n_words;
                row.after_is_near = self.nearness(at, at + 1);
            }
            if place.levels < OUTSIDE {
                before_prose += weights[index];
            }
            since_prose = if is_prose(index) {
                0
            } else {
                since_prose.saturating_add(1)
            };
            since_heading = if matches!(block.kind, BlockKind::Heading(_)) {
                0
            } else {
                since_heading.saturating_add(1)
            };
            evidence.push(row);
        }
        evidence
    }

    /// What is measured of the visible block `offset` away.
    fn neighbor(&self, at: usize, offset: isize) -> Option<&Evidence> {
        let other = *self.visible.get(at.checked_add_signed(offset)?)?;
        Some(&self.own[other].row)
    }

    /// How near two visible blocks are: 1 in the same element's parent, 2 look the same, 3 both.
    fn nearness(&self, at: usize, other: usize) -> u8 {
        let page = self.page;
        let (this, other) = (self.visible[at], self.visible[other]);
        let (here, there) = (page.blocks[this].element, page.blocks[other].element);
        let has_same_parent =
            here == there || page.elements[here].parent == page.elements[there].parent;
        let looks_same = self.own[this].look == self.own[other].look;
        SAME_PARENT * u8::from(has_same_parent) + 2 * u8::from(looks_same)
    }
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

/// How much prose a block is: its letters outside links.
fn prose_weight(block: &Block, letters: f64, row: &Evidence) -> f64 {
    let is_heading = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Caption);
    if is_heading || block.link_share > 0.5 || letters < 25.0 || row.is_furniture == 1 {
        return 0.0;
    }
    let own = letters * (1.0 - f64::from(block.link_share));
    if matches!(row.ending, 1 | 3) {
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

/// Measures a text, character by character. Returns its letters; those of scripts that write a word
/// with one or two count double.
fn measure_characters(row: &mut Evidence, text: &str) -> f64 {
    let (mut letters, mut n_alphabetic, mut n_capitals, mut n_odd) = (0, 0, 0, 0);
    for c in text.chars() {
        letters += 1 + usize::from(is_unspaced_char(c));
        if c.is_letter() {
            n_alphabetic += 1;
            n_capitals += usize::from(c.is_capital());
            continue;
        }
        if c == ' ' {
            continue;
        }
        // Marks that hardly stand in running text.
        n_odd += usize::from(matches!(
            c,
            '|' | '©' | '•' | '·' | '@' | '#' | '→' | '›' | '»' | '/' | '_' | '+' | '®' | '™'
        ));
    }
    row.n_letters = count(letters / 4);
    row.capital_share = percent(n_capitals as f64, n_alphabetic as f64);
    row.n_odd_marks = count(n_odd);
    letters as f64
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
#[derive(Clone, Copy)]
struct Place {
    within: u8,
    /// The nearest `article`; the number of elements where there is none, as for the next.
    article: usize,
    /// Elements up to the main one.
    levels: u8,
    /// The child of the main element that it is in.
    branch: usize,
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
            Place {
                within: 0,
                article: page.elements.len(),
                levels: OUTSIDE,
                branch: page.elements.len(),
            }
        } else {
            places[element.parent]
        };
        if index == main {
            place.levels = 0;
        } else if around_main[index] {
            place.levels = OUTSIDE;
        } else {
            if place.levels == 0 {
                place.branch = index;
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
            place.article = index;
        }
        places.push(place);
    }
    places
}
