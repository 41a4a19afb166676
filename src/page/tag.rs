//! The table of element names: what ends a block, what is never text.

/// A block-level element's name, or `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the names of HTML")]
pub enum Tag {
    Address,
    Article,
    Aside,
    Blockquote,
    Body,
    Caption,
    Center,
    Details,
    Dialog,
    Div,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Header,
    Html,
    Li,
    List,
    Main,
    Nav,
    P,
    Pre,
    Section,
    Summary,
    Table,
    Td,
    /// Any other element that ends a block.
    Other,
}

/// What an element does to the text around and in it.
pub(super) enum Flow {
    /// It begins and ends a block.
    Block(Tag),
    /// It is part of the running text.
    Inline,
    /// A line break.
    Break,
    /// Its content is not text that a reader reads.
    Skipped,
    /// It speaks about the page: `meta`, `title`, `link`.
    Head,
}

/// Whether an element of this name ends the block before it.
#[cfg(feature = "cli")]
pub(crate) fn ends_block(name: &str) -> bool {
    matches!(flow(name), Flow::Block(_))
}

/// Looks an element up by its lower-case local name. Unknown names, custom elements among them,
/// are inline, as they are in HTML; the blocks in them still are blocks.
pub(super) fn flow(name: &str) -> Flow {
    Flow::Block(match name {
        "address" => Tag::Address,
        "article" => Tag::Article,
        "aside" => Tag::Aside,
        "blockquote" => Tag::Blockquote,
        "body" => Tag::Body,
        "caption" => Tag::Caption,
        "center" => Tag::Center,
        "details" => Tag::Details,
        "dialog" => Tag::Dialog,
        "div" => Tag::Div,
        "figcaption" => Tag::Figcaption,
        "figure" => Tag::Figure,
        "footer" => Tag::Footer,
        "form" => Tag::Form,
        "h1" => Tag::H1,
        "h2" => Tag::H2,
        "h3" => Tag::H3,
        "h4" => Tag::H4,
        "h5" => Tag::H5,
        "h6" => Tag::H6,
        "header" => Tag::Header,
        "html" => Tag::Html,
        "li" | "dt" | "dd" => Tag::Li,
        "ul" | "ol" | "dl" | "dir" | "menu" => Tag::List,
        "main" => Tag::Main,
        "nav" => Tag::Nav,
        "p" => Tag::P,
        "pre" | "listing" | "plaintext" | "xmp" => Tag::Pre,
        "section" => Tag::Section,
        "summary" => Tag::Summary,
        "table" => Tag::Table,
        "td" | "th" => Tag::Td,
        "fieldset" | "hgroup" | "hr" | "legend" | "search" | "tbody" | "tfoot" | "thead" | "tr" => {
            Tag::Other
        }
        "br" => return Flow::Break,
        "meta" | "title" | "link" => return Flow::Head,
        // Ruby annotations (`rt`, `rp`) repeat the word they stand over. A form control's text
        // is the reader's or a label. The widget's own words are not the article's.
        "audio" | "button" | "canvas" | "datalist" | "embed" | "iframe" | "input" | "math"
        | "meter" | "noembed" | "noframes" | "noscript" | "nut-graf" | "object" | "option"
        | "progress" | "rp" | "rt" | "script" | "select" | "style" | "svg" | "template"
        | "textarea" | "video" => return Flow::Skipped,
        _ => return Flow::Inline,
    })
}
