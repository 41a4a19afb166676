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
        for line in text.trim_start_matches('\u{feff}').split(is_end) {
            let mut folded = String::with_capacity(line.len());
            fold_into(&mut folded, line);
            folded.truncate(folded.trim_end().len());
            if !folded.is_empty() {
                page.blocks.push(paragraph(folded));
            }
        }
        // A text of one line is that line, however it ends.
        if title.is_none() && page.blocks.len() > 1 && looks_like_title(&page.blocks[0].text) {
            page.title = Some(page.blocks.remove(0).text);
        }
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
    let is_long = line.chars().count() > MAX_TITLE_CHARS;
    !ends_sentence && !is_long
}
