//! Elements and text, in document order → a page.

use std::ops::Range;

use super::tag::{Flow, Tag, flow};
use super::{Attribute, Attributes, Block, BlockKind, Element, Fact, Origin, Page, Visibility};
use crate::language::Words;

/// What a walk knows about an element beyond its name and attributes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// The element and all that is in it are not rendered.
    pub hidden: bool,
    /// The element's own text can't be seen, the elements in it may be.
    pub invisible: bool,
    /// A caller's `exclude` selector matches it.
    pub excluded: bool,
    /// A caller's `include` selector matches it.
    pub included: bool,
}

/// Builds a [`Page`] from elements and text as they come. Linear in what it is given; depth costs
/// memory on the heap and nothing else.
#[derive(Debug, Default)]
pub struct PageBuilder {
    page: Page,
    stack: Vec<Frame>,
    open: OpenBlock,
    captures: Vec<Capture>,
    /// Text nodes seen so far.
    n_nodes: u32,
    /// Elements open within one whose content is skipped, that one included.
    skipped_depth: usize,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The innermost block-level element.
    element: usize,
    is_block: bool,
    kind: BlockKind,
    in_link: bool,
    in_title: bool,
    included: bool,
    visibility: Visibility,
    /// A `details` that is closed: only its `summary` can be seen.
    is_closed: bool,
    /// Whether only text directly in this element is hidden.
    own_text_hidden: bool,
    captures: bool,
}

/// The block that text is being added to.
#[derive(Debug, Default)]
struct OpenBlock {
    text: String,
    words: String,
    origins: Vec<Origin>,
    /// Letters, and letters in links.
    n_chars: usize,
    n_link_chars: usize,
    /// What could not be shown; stands as a block of its own if nothing else is in this one.
    unseen: String,
    unseen_visibility: Option<Visibility>,
    included: bool,
    /// White space since the last character.
    blank: bool,
    /// Line breaks since the last character.
    n_breaks: usize,
    gap: bool,
}

/// Text gathered for a fact: a title or the content of an element with `itemprop`.
#[derive(Debug)]
struct Capture {
    source: &'static str,
    key: String,
    text: String,
}

/// Facts longer than this are text and not facts; they are left out.
const MAX_FACT_BYTES: usize = 1_000;
/// A page that claims more facts than this has its first ones read.
const MAX_FACTS: usize = 4_000;
/// Class attributes of generated pages run to kilobytes; their first words tell enough.
const MAX_WORDS_BYTES: usize = 400;

impl PageBuilder {
    /// Starts an element. `name` is its lower-case local name.
    pub fn open(&mut self, name: &str, attributes: &Attributes, flags: Flags) {
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return;
        }
        let mut frame = self.top();
        frame.captures = false;
        let flow = flow(name);
        frame.is_block = matches!(flow, Flow::Block(_));
        match flow {
            Flow::Skipped => {
                self.skipped_depth = 1;
                return;
            }
            Flow::Head => {
                self.head_facts(name, attributes);
                frame.in_title = name == "title";
            }
            Flow::Break => self.open.n_breaks += 1,
            Flow::Inline => {
                frame.in_link |= name == "a" && attributes.get(Attribute::Href).is_some()
            }
            Flow::Block(_) => {}
        }
        if frame.is_closed && name != "summary" {
            frame.visibility = Visibility::Hidden;
        }
        if frame.visibility == Visibility::Visible {
            frame.visibility = visibility(name, attributes, flags);
        }
        frame.is_closed = name == "details" && attributes.get(Attribute::Open).is_none();
        frame.own_text_hidden = flags.invisible || frame.is_closed;
        frame.included |= flags.included;
        if let Flow::Block(tag) = flow {
            self.end_block();
            frame.kind = kind(tag, frame.kind);
            let mut words = String::new();
            push_words(&mut words, attributes);
            let parent = frame.element;
            frame.element = self.page.elements.len();
            let depth = u32::try_from(self.stack.len()).unwrap_or(u32::MAX);
            self.page.elements.push(Element {
                tag,
                parent,
                depth,
                words,
            });
            frame.in_link &= tag != Tag::Body;
        } else {
            push_words(&mut self.open.words, attributes);
        }
        frame.captures = self.element_facts(name, attributes);
        self.stack.push(frame);
    }

    /// Adds the text of one text node.
    pub fn text(&mut self, text: &str) {
        let node = self.n_nodes;
        self.n_nodes += 1;
        if self.skipped_depth > 0 {
            return;
        }
        let frame = self.top();
        for capture in &mut self.captures {
            if capture.text.len() <= MAX_FACT_BYTES {
                fold_into(&mut capture.text, text);
            }
        }
        if frame.in_title {
            return;
        }
        if self.open.n_breaks > 1 && !text.trim().is_empty() {
            self.end_block();
        }
        if frame.visibility == Visibility::Visible && !frame.own_text_hidden {
            self.open.push(text, node, frame.in_link);
            self.open.included |= frame.included;
        } else if !text.trim().is_empty() {
            self.open.gap = true;
            self.open.unseen_visibility = Some(match frame.visibility {
                Visibility::Visible => Visibility::Hidden,
                unseen => unseen,
            });
            fold_into(&mut self.open.unseen, text);
        }
    }

    /// Ends the element opened last.
    pub fn close(&mut self) {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return;
        }
        // One that was never opened is a fault of the walk; it is passed over.
        let Some(frame) = self.stack.last().copied() else {
            return;
        };
        if frame.is_block {
            self.end_block();
        }
        if frame.captures
            && let Some(Capture { source, key, text }) = self.captures.pop()
        {
            self.fact(source, &key, &text);
        }
        self.stack.pop();
    }

    /// Adds something the page says about itself.
    pub fn fact(&mut self, source: &'static str, key: &str, value: &str) {
        let mut folded = String::new();
        fold_into(&mut folded, value);
        let value = folded.trim_end();
        let fits = !value.is_empty() && value.len() <= MAX_FACT_BYTES;
        if fits && self.page.facts.len() < MAX_FACTS {
            self.page.facts.push(Fact {
                source,
                key: key.to_owned(),
                value: value.to_owned(),
            });
        }
    }

    /// The page; elements still open are closed.
    pub fn finish(mut self) -> Page {
        self.skipped_depth = 0;
        while !self.stack.is_empty() {
            self.close();
        }
        self.end_block();
        self.page
    }

    fn top(&self) -> Frame {
        self.stack.last().copied().unwrap_or(Frame {
            element: 0,
            is_block: false,
            kind: BlockKind::Paragraph,
            in_link: false,
            in_title: false,
            included: false,
            visibility: Visibility::Visible,
            is_closed: false,
            own_text_hidden: false,
            captures: false,
        })
    }

    fn end_block(&mut self) {
        let open = std::mem::take(&mut self.open);
        let Frame { element, kind, .. } = self.top();
        let (text, visibility) = match open.unseen_visibility {
            Some(unseen) if open.text.is_empty() => (open.unseen, unseen),
            _ => (open.text, Visibility::Visible),
        };
        let text = match text.trim_end() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        };
        if text.is_empty() {
            return;
        }
        if self.page.elements.is_empty() {
            // Text outside any element: the page is a fragment.
            let words = String::new();
            self.page.elements.push(Element {
                tag: Tag::Body,
                parent: 0,
                depth: 0,
                words,
            });
        }
        self.page.blocks.push(Block {
            kind,
            text,
            link_share: open.n_link_chars as f32 / open.n_chars.max(1) as f32,
            visibility,
            element,
            words: open.words,
            included: open.included,
            origins: open.origins,
        });
    }

    /// The facts in `meta` and `link`, and the start of the one in `title`.
    fn head_facts(&mut self, name: &str, attributes: &Attributes) {
        if name == "link" {
            if let (Some(rel), Some(href)) = (
                attributes.get(Attribute::Rel),
                attributes.get(Attribute::Href),
            ) {
                self.fact("link", &rel.to_ascii_lowercase(), href);
            }
        } else if name == "meta"
            && let Some(content) = attributes.get(Attribute::Content)
        {
            for key in [
                Attribute::Name,
                Attribute::Property,
                Attribute::Itemprop,
                Attribute::HttpEquiv,
            ] {
                if let Some(key) = attributes.get(key) {
                    self.fact("meta", &key.to_ascii_lowercase(), content);
                }
            }
        }
    }

    /// The facts in an element's attributes, and whether its text is to be gathered as one.
    fn element_facts(&mut self, name: &str, attributes: &Attributes) -> bool {
        if name == "html"
            && let Some(language) = attributes.get(Attribute::Lang)
        {
            self.fact("html", "lang", language);
        }
        let (source, key) = match (name, attributes.get(Attribute::Itemprop)) {
            ("title", _) if self.page.facts("title", "").next().is_none() => ("title", ""),
            ("meta" | "link", _) => return false,
            (_, Some(itemprop)) => ("microdata", itemprop),
            ("a", None) if leads_to_author(attributes) => ("author", ""),
            ("time", None) => ("time", ""),
            _ => return false,
        };
        let value = attributes
            .get(Attribute::Content)
            .or_else(|| attributes.get(Attribute::Datetime));
        if let (Some(value), false) = (value, source == "title") {
            self.fact(source, key, value);
            return false;
        }
        // An author's name is an author's only while it stands within an author.
        let outer = self
            .captures
            .last()
            .filter(|outer| outer.source == "microdata");
        let key = match outer {
            Some(outer) if source == "microdata" => [&outer.key, ".", key].concat(),
            _ => key.to_owned(),
        };
        // Item properties nested without end are no facts.
        if self.captures.len() >= 4 {
            return false;
        }
        self.captures.push(Capture {
            source,
            key,
            text: String::new(),
        });
        true
    }
}

#[cfg(feature = "cli")]
impl super::Walker for PageBuilder {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        self.open(name, attributes, Flags::default());
    }

    fn text(&mut self, text: &str) {
        self.text(text);
    }

    fn close(&mut self) {
        self.close();
    }

    fn json_ld(&mut self, path: &str, value: &str) {
        self.fact("json-ld", path, value);
    }
}

impl OpenBlock {
    /// Adds visible text, its white space folded.
    fn push(&mut self, text: &str, node: u32, in_link: bool) {
        // Whether text and node have run in step, byte for byte, since the last origin.
        let mut in_step = false;
        let (mut start, mut n_chars) = (0, 0);
        while let Some(run) = next_run(text, start, &mut n_chars) {
            let n_blank_bytes = run.start - start;
            self.blank |= n_blank_bytes > 0;
            in_step &= n_blank_bytes == 1;
            self.push_run(&text[run.clone()], run.start, node, &mut in_step);
            start = run.end;
        }
        self.blank |= start < text.len();
        self.n_chars += n_chars;
        if in_link {
            self.n_link_chars += n_chars;
        }
    }

    /// Adds a run in which folding changes nothing.
    fn push_run(&mut self, run: &str, start: usize, node: u32, in_step: &mut bool) {
        if (self.blank || self.n_breaks > 0) && !self.text.is_empty() {
            self.text.push(' ');
        }
        *in_step &= self.n_breaks == 0;
        self.blank = false;
        self.n_breaks = 0;
        if !*in_step {
            // Offsets of 32 bits are enough: a text node over 4 GB is past any browser's limit.
            let at = self.text.len() as u32;
            let gap = std::mem::take(&mut self.gap) && at > 0;
            self.origins.push(Origin {
                at,
                node,
                start: start as u32,
                gap,
            });
            *in_step = true;
        }
        self.text.push_str(run);
    }
}

/// Adds text to what is there, runs of white space folded to one blank, none at the start.
pub(super) fn fold_into(folded: &mut String, text: &str) {
    let (mut start, mut n_chars) = (0, 0);
    while let Some(run) = next_run(text, start, &mut n_chars) {
        if run.start > start {
            fold_blank_into(folded);
        }
        folded.push_str(&text[run.clone()]);
        start = run.end;
    }
    if start < text.len() {
        fold_blank_into(folded);
    }
}

fn fold_blank_into(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// The next run of text in which folding changes nothing, as bytes of the text: words, and single blanks
/// between some of them. The number of its characters that are not white space is added to `n_chars`.
/// All text of a page goes through here, so it is read as bytes.
fn next_run(text: &str, from: usize, n_chars: &mut usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = from;
    while start < bytes.len() {
        match blank_len(&bytes[start..]) {
            0 => break,
            n => start += n,
        }
    }
    let mut end = start;
    while end < bytes.len() {
        let byte = bytes[end];
        // A blank between two words stays as it is, so they are one run.
        if byte == b' ' && matches!(bytes.get(end + 1), Some(b'!'..=b'~')) {
            end += 1;
            continue;
        }
        let may_be_blank = byte <= b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3);
        if may_be_blank && blank_len(&bytes[end..]) > 0 {
            break;
        }
        // Only the first byte of a character counts.
        *n_chars += usize::from(byte & 0xc0 != 0x80);
        end += 1;
    }
    (start < end).then_some(start..end)
}

/// Bytes of the white-space character that a text begins with, 0 if it begins with another.
fn blank_len(text: &[u8]) -> usize {
    match text {
        [b' ' | b'\t'..=b'\r', ..] => 1,
        [0xc2, 0x85 | 0xa0, ..] => 2,
        [0xe1, 0x9a, 0x80, ..]
        | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
        | [0xe2, 0x81, 0x9f, ..]
        | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

fn kind(tag: Tag, around: BlockKind) -> BlockKind {
    match tag {
        Tag::H1 => BlockKind::Heading(1),
        Tag::H2 => BlockKind::Heading(2),
        Tag::H3 => BlockKind::Heading(3),
        Tag::H4 => BlockKind::Heading(4),
        Tag::H5 => BlockKind::Heading(5),
        Tag::H6 => BlockKind::Heading(6),
        Tag::Li => BlockKind::ListItem,
        Tag::Td => BlockKind::Cell,
        Tag::Caption | Tag::Figcaption => BlockKind::Caption,
        Tag::Blockquote => BlockKind::Quote,
        Tag::Pre => BlockKind::Preformatted,
        Tag::Article | Tag::Body | Tag::Main => BlockKind::Paragraph,
        _ => around,
    }
}

fn visibility(name: &str, attributes: &Attributes, flags: Flags) -> Visibility {
    let hidden = flags.hidden
        || name == "dialog" && attributes.get(Attribute::Open).is_none()
        || attributes.get(Attribute::Hidden).is_some()
        || attributes.get(Attribute::AriaHidden) == Some("true")
        || attributes.get(Attribute::Style).is_some_and(style_hides);
    if hidden {
        Visibility::Hidden
    } else if attributes.get(Attribute::DataNosnippet).is_some() {
        Visibility::OptedOut
    } else if flags.excluded {
        Visibility::Excluded
    } else {
        Visibility::Visible
    }
}

/// Whether a link leads to the page of an author, by its address or its `rel`.
fn leads_to_author(attributes: &Attributes) -> bool {
    let mut leads = attributes
        .get(Attribute::Rel)
        .is_some_and(|rel| rel.eq_ignore_ascii_case("author"));
    let mut address = attributes.get(Attribute::Href).unwrap_or_default();
    while let Some(at) = address.bytes().position(|byte| byte == b'/') {
        address = &address[at + 1..];
        let end = address.bytes().position(|byte| !byte.is_ascii_alphabetic());
        leads |= AUTHOR_PATHS.contains(&address[..end.unwrap_or(address.len())]);
    }
    leads
}

/// What the addresses of authors' pages have in them after a stroke.
const AUTHOR_PATHS: Words = Words::sorted(
    "auteur\nauteurs\nauthor\nauthors\nautor\nautores\nby\ncontributor\ncontributors\njournalist\n\
     journalists\npeople\nprofile\nprofiles\nreporter\nreporters\nstaff",
);

/// Whether a `style` attribute keeps the element from being seen.
fn style_hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration
            .split_once(':')
            .is_some_and(|(property, value)| {
                let is = |text: &str, word: &str| text.trim().eq_ignore_ascii_case(word);
                let value = value.split('!').next().unwrap_or(value);
                is(property, "display") && is(value, "none")
                    || is(property, "visibility") && is(value, "hidden")
            })
    })
}

/// Appends the words of the attributes that tell what an element is for.
fn push_words(words: &mut String, attributes: &Attributes) {
    for value in attributes.telling() {
        push_words_of(words, value);
    }
}

/// Appends the words of one attribute. What is not ASCII counts as letters.
fn push_words_of(words: &mut String, value: &str) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        let limit = start + MAX_WORDS_BYTES.saturating_sub(words.len());
        at += 1;
        while at < bytes.len()
            && is_word(bytes[at])
            && !(bytes[at - 1].is_ascii_lowercase() && bytes[at].is_ascii_uppercase())
            && (at < limit || !value.is_char_boundary(at))
        {
            at += 1;
        }
        if start >= limit {
            return;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        let from = words.len();
        words.push_str(&value[start..at]);
        words[from..].make_ascii_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let expected = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(blank_len(text.as_bytes()), expected, "{c:?}");
        }
    }

    #[test]
    fn the_words_of_attributes_are_lower_case_and_taken_apart() {
        for (value, expected) in [
            ("story-body__text", "story body text"),
            (" articleBody\n2nd ", "article body 2nd"),
            ("größeÄnderung ·", "größeÄnderung ·"),
            ("", ""),
            ("--", ""),
        ] {
            let mut words = String::new();
            push_words_of(&mut words, value);
            assert_eq!(words, expected);
        }
        let mut words = String::new();
        push_words_of(&mut words, &"é".repeat(5_000));
        assert!((MAX_WORDS_BYTES..MAX_WORDS_BYTES + 4).contains(&words.len()));
        push_words_of(&mut words, "more");
        assert!(!words.contains("more"));
    }

    #[test]
    fn words_stand_in_one_order_whatever_order_their_attributes_have() {
        let mut words = String::new();
        let mut attributes = Attributes::default();
        attributes.add(Attribute::Id as usize, "b");
        attributes.add(Attribute::Name as usize, "no");
        attributes.add(Attribute::Class as usize, "a");
        push_words(&mut words, &attributes);
        assert_eq!(words, "a b");
    }
}
