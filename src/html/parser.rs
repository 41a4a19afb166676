//! HTML → a tree, in time linear in the HTML, whatever it is.
//!
//! In: text. Out: the tree that html5ever, the parser of the Servo engine, makes of it, without what
//! would cost more than linear time. html5ever looks through all open elements at nearly every tag
//! and through all attributes of a tag at each of them, and it opens `<font>`s that were never closed
//! again in every paragraph: 100,000 nested elements took it 52 s. So there are three limits, which
//! pages that are meant to be read don't come near:
//!
//! - [`MAX_OPEN`] elements nest. Deeper ones that end a block become siblings, as in browsers; inline
//!   ones are left out. Their text is kept in any case.
//! - A tag has [`MAX_ATTRIBUTES`]. The text of those beyond is cut before anything is parsed.
//! - [`MAX_GROWTH`] elements come of a tag, on average. After that, formatting is not opened again.
//! - [`MAX_NAMES`] names of elements are told apart. After that, those of new names are left out.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5ever::{LocalName, TokenizerResult};
use scraper::{Html, HtmlTreeSink};

use crate::page::{Attribute, ends_block};

/// Open elements, formatting to be opened again included. Browsers stop nesting at 512 as well.
const MAX_OPEN: usize = 512;
/// Each attribute is compared with all before it in its tag.
const MAX_ATTRIBUTES: usize = 256;
/// A well-formed page has one element a tag; one full of unclosed formatting has two or three.
const MAX_GROWTH: usize = 8;
/// Elements that a page may have beyond that: it may open as many in its first paragraph.
const MIN_ELEMENTS: usize = 10_000;

/// Names that are not HTML's. A page made of components has some hundreds.
const MAX_NAMES: usize = 10_000;

/// What the parser asks for by name, beside what the page does: for JSON-LD and hidden fields; for
/// `font` and `annotation-xml`, by which SVG and MathML end. Dropping the rest here keeps pages with a
/// million attributes out of html5ever's table of names, where they would be searched for one by one.
const ATTRIBUTES: [&str; 4] = ["type", "encoding", "color", "face"];

/// Formatting that the parser opens again where it was not closed.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that hold no elements: what is void, and what is read as text. They don't nest.
const LEAVES: [&str; 27] = [
    "area",
    "base",
    "basefont",
    "bgsound",
    "br",
    "col",
    "embed",
    "frame",
    "hr",
    "iframe",
    "img",
    "input",
    "keygen",
    "link",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "param",
    "plaintext",
    "script",
    "source",
    "style",
    "textarea",
    "title",
    "track",
    "xmp",
];

/// Parses a document. Markup without `html` or `body` is completed as browsers do.
pub(super) fn parse(html: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let limited = Limited::new(TreeBuilder::new(sink, TreeBuilderOpts::default()));
    let tokenizer = Tokenizer::new(limited, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*without_surplus_attributes(html)));
    // It stops after scripts, so that they could run.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

type Result = TokenSinkResult<NodeId>;

/// Stands between the tokenizer and the tree builder, and keeps the builder's stack short.
struct Limited {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// Tags that may come before the stack can be too high, so that it need not be measured.
    n_safe_tags: Cell<usize>,
    n_tags: Cell<usize>,
    has_outgrown: Cell<bool>,
    /// The element that was opened at the limit and is still open.
    last: RefCell<Option<Tag>>,
    /// Elements that the page opened and we did not, or have closed before their time: how many end
    /// tags of each name are to be passed over.
    closed: RefCell<HashMap<LocalName, usize>>,
    /// Names of inline elements, most of which are the page's own.
    names: RefCell<HashSet<LocalName>>,
}

impl Limited {
    fn new(builder: TreeBuilder<NodeId, HtmlTreeSink>) -> Limited {
        Limited {
            builder,
            n_safe_tags: Cell::new(0),
            n_tags: Cell::new(0),
            has_outgrown: Cell::new(false),
            last: RefCell::default(),
            closed: RefCell::default(),
            names: RefCell::default(),
        }
    }

    fn start(&self, mut tag: Tag, line: u64) -> Result {
        tag.attrs.retain(|attribute| {
            let name = &*attribute.name.local;
            Attribute::NAMES.contains(&name) || ATTRIBUTES.contains(&name)
        });
        self.n_tags.set(self.n_tags.get() + 1);
        self.limit_growth(&tag, line);
        if self.has_outgrown.get() && FORMATTING.contains(&&*tag.name) {
            return TokenSinkResult::Continue;
        }
        let is_leaf = LEAVES.contains(&&*tag.name) && !self.is_foreign();
        if !is_leaf && !self.is_known(&tag.name) {
            return TokenSinkResult::Continue;
        }
        if is_leaf || !self.is_full() {
            return self.pass(tag, line);
        }
        let name = tag.name.clone();
        if !ends_block(&name) || self.is_foreign() {
            *self.closed.borrow_mut().entry(name).or_default() += 1;
            return TokenSinkResult::Continue;
        }
        if let Some(last) = self.last.take() {
            *self
                .closed
                .borrow_mut()
                .entry(last.name.clone())
                .or_default() += 1;
            let _ = self.pass(last, line);
        }
        *self.last.borrow_mut() = Some(end_of(&name));
        self.pass(tag, line)
    }

    fn end(&self, tag: Tag, line: u64) -> Result {
        let is_last = |last: &mut Tag| last.name == tag.name;
        if self.last.borrow_mut().take_if(is_last).is_none()
            && let Some(n) = self.closed.borrow_mut().get_mut(&tag.name)
            && *n > 0
        {
            *n -= 1;
            return TokenSinkResult::Continue;
        }
        self.pass(tag, line)
    }

    /// Hands a tag on.
    fn pass(&self, tag: Tag, line: u64) -> Result {
        self.n_safe_tags
            .set(self.n_safe_tags.get().saturating_sub(1));
        self.builder.process_token(Token::TagToken(tag), line)
    }

    /// Whether no more elements may be opened. Measures the stack, but only where it may be too high.
    fn is_full(&self) -> bool {
        if self.n_safe_tags.get() > 0 {
            return false;
        }
        let n = Counter::default();
        self.builder.trace_handles(&n);
        let n = n.0.get();
        if n < MAX_OPEN {
            // What was left over is for what has ended by now.
            self.last.take();
            self.closed.borrow_mut().clear();
            // A tag opens at most four elements (`td`, with all that a table lacks); besides, all
            // formatting may be opened again, but only once.
            self.n_safe_tags.set(MAX_OPEN.saturating_sub(2 * n) / 5);
        }
        n >= MAX_OPEN
    }

    /// Closes formatting for good where opening it again makes a multiple of the page.
    fn limit_growth(&self, tag: &Tag, line: u64) {
        let n_elements = || self.builder.sink.0.borrow().tree.values().len();
        let limit = || MIN_ELEMENTS + MAX_GROWTH * self.n_tags.get();
        if self.has_outgrown.get() || n_elements() < limit() || LEAVES.contains(&&*tag.name) {
            return;
        }
        self.has_outgrown.set(true);
        for name in FORMATTING {
            // An end tag ends one; more than these can't be open.
            for _ in 0..MAX_OPEN {
                let _ = self.pass(end_of(&LocalName::from(name)), line);
            }
        }
    }

    /// Whether elements of this name are told apart from others.
    fn is_known(&self, name: &LocalName) -> bool {
        // Short names don't stand in the table.
        if name.len() < 8 || ends_block(name) {
            return true;
        }
        let mut names = self.names.borrow_mut();
        names.contains(name) || names.len() < MAX_NAMES && names.insert(name.clone())
    }

    /// Whether we are in SVG or MathML, where every element may nest.
    fn is_foreign(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl TokenSink for Limited {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> Result {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(tag, line),
            Token::TagToken(tag) => self.end(tag, line),
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.is_foreign()
    }
}

fn end_of(name: &LocalName) -> Tag {
    Tag {
        kind: TagKind::EndTag,
        name: name.clone(),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }
}

/// Counts the elements that a tree builder holds on to: those open, and formatting once more.
#[derive(Default)]
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

/// Leaves the attributes out that a tag has beyond [`MAX_ATTRIBUTES`].
///
/// What looks like a tag in a comment or a script is treated like one: to know better one would have
/// to parse the page, and so many words between `<` and `>` are none there either.
fn without_surplus_attributes(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut kept = String::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let surplus;
        (surplus, at) = tag_end(bytes, at);
        if let Some(surplus) = surplus {
            kept.push_str(&html[start..surplus]);
            start = at;
        }
    }
    if start == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[start..]);
    Cow::Owned(kept)
}

/// Where the `>` of a tag is, or the text ends; before that, where its surplus attributes begin. `at`
/// is in its name.
fn tag_end(bytes: &[u8], mut at: usize) -> (Option<usize>, usize) {
    let is_blank = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
    let skip = |mut at: usize, is_in: &dyn Fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|&byte| is_in(byte)) {
            at += 1;
        }
        at
    };
    let mut n_attributes = 0;
    let mut surplus = None;
    at = skip(at, &|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
    loop {
        at = skip(at, &|byte| is_blank(byte) || byte == b'/');
        match bytes.get(at) {
            None | Some(b'>') => return (surplus, at),
            Some(_) => {}
        }
        n_attributes += 1;
        if n_attributes > MAX_ATTRIBUTES {
            surplus = surplus.or(Some(at));
        }
        // A name may begin with an equals sign.
        at = skip(at + 1, &|byte| {
            !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'=')
        });
        let equals = skip(at, &is_blank);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip(equals + 1, &is_blank);
        match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                at = (skip(at + 1, &|byte| byte != quote) + 1).min(bytes.len())
            }
            _ => at = skip(at, &|byte| !is_blank(byte) && byte != b'>'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        let many = |n: usize| -> String { (0..n).map(|k| format!(" a{k}='>'")).collect() };
        for n in [0, 1, MAX_ATTRIBUTES] {
            let html = format!("a < b<p{}>c</p>", many(n));
            assert_eq!(without_surplus_attributes(&html), html);
        }
        let html = format!(
            "<p{} b = \"é>\" c>d<p{}/>é",
            many(MAX_ATTRIBUTES),
            many(500)
        );
        let expected = format!("<p{} >d<p{} >é", many(MAX_ATTRIBUTES), many(MAX_ATTRIBUTES));
        assert_eq!(without_surplus_attributes(&html), expected);
    }

    #[test]
    fn a_tag_without_end_is_no_trouble() {
        for html in [
            "<", "<a", "<a ", "<a b", "<a b=", "<a b='", "<a b=c", "<a /", "<a b =",
        ] {
            assert_eq!(without_surplus_attributes(html), html);
        }
    }
}
