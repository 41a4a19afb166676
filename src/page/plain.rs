//! Plain text → a page: a line is a paragraph, and the first may be the title.

use super::builder::fold_into;
use super::{Block, BlockKind, Element, Page, Source, Tag, Visibility};

impl Page {
    /// Reads plain text. Each line with text on it is a paragraph. Where no `title` is given, the
    /// first line is the title if it looks like one: short, and not ended as a sentence is.
    pub fn from_text(text: &str, title: Option<&str>) -> Page {
        let body = Element {
            tag: Tag::Body,
            parent: 0,
            depth: 0,
            words: String::new(),
        };
        let mut page = Page {
            elements: vec![body],
            source: Source::PlainText,
            title: title.map(str::to_owned),
            ..Page::default()
        };
        // A form feed or a Unicode line separator ends a line as well.
        let is_end = |c| {
            matches!(
                c,
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
            )
        };
        let mut lines = text
            .trim_start_matches('\u{feff}')
            .split(is_end)
            .filter_map(|line| {
                let mut folded = String::with_capacity(line.len());
                fold_into(&mut folded, line);
                folded.truncate(folded.trim_end().len());
                (!folded.is_empty()).then_some(folded)
            });
        let (mut first, second) = (lines.next(), lines.next());
        // A text of one line is that line, however it ends.
        if title.is_none() && second.is_some() {
            page.title = first.take_if(|line| looks_like_title(line));
        }
        page.blocks = first
            .into_iter()
            .chain(second)
            .chain(lines)
            .map(paragraph)
            .collect();
        page
    }
}

fn paragraph(text: String) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text,
        link_share: 0.0,
        visibility: Visibility::Visible,
        element: 0,
        words: String::new(),
        included: false,
        origins: Vec::new(),
    }
}

/// Longest title, in characters: twice the longest that news sites allow themselves.
const MAX_TITLE_CHARS: usize = 200;

fn looks_like_title(line: &str) -> bool {
    let ends_sentence = line.ends_with(['.', '。', '।', '؟', '…', ':', ';', ',']);
    let is_long = line.chars().nth(MAX_TITLE_CHARS).is_some();
    !ends_sentence && !is_long
}
