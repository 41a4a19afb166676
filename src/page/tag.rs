//! The table of element names: what ends a block, what is never text.

use crate::language::Words;

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

/// Names and what they are: `0` is the first of [`Tag`], `1` the second, and so on in ASCII.
///
/// Ruby annotations (`rt`, `rp`) repeat the word they stand over. A form control's text is the
/// reader's or a label. The widget's own words are not the article's.
const NAMES: Words = Words::sorted(
    "address\t0\narticle\t1\naside\t2\naudio\tz\nblockquote\t3\nbody\t4\nbr\tx\nbutton\tz\n\
     canvas\tz\ncaption\t5\ncenter\t6\ndatalist\tz\ndd\tF\ndetails\t7\ndialog\t8\ndir\tG\n\
     div\t9\ndl\tG\ndt\tF\nembed\tz\nfieldset\tP\nfigcaption\t:\nfigure\t;\nfooter\t<\n\
     form\t=\nh1\t>\nh2\t?\nh3\t@\nh4\tA\nh5\tB\nh6\tC\nheader\tD\nhgroup\tP\nhr\tP\nhtml\tE\n\
     iframe\tz\ninput\tz\nlegend\tP\nli\tF\nlink\ty\nlisting\tK\nmain\tH\nmath\tz\nmenu\tG\n\
     meta\ty\nmeter\tz\nnav\tI\nnoembed\tz\nnoframes\tz\nnoscript\tz\nnut-graf\tz\nobject\tz\n\
     ol\tG\noption\tz\np\tJ\nplaintext\tK\npre\tK\nprogress\tz\nrp\tz\nrt\tz\nscript\tz\n\
     search\tP\nsection\tL\nselect\tz\nstyle\tz\nsummary\tM\nsvg\tz\ntable\tN\ntbody\tP\n\
     td\tO\ntemplate\tz\ntextarea\tz\ntfoot\tP\nth\tO\nthead\tP\ntitle\ty\ntr\tP\nul\tG\n\
     video\tz\nxmp\tK",
);

const BREAK: u8 = b'x';
const HEAD: u8 = b'y';
const SKIPPED: u8 = b'z';

/// Tags by their letters.
const TAGS: [Tag; 33] = [
    Tag::Address,
    Tag::Article,
    Tag::Aside,
    Tag::Blockquote,
    Tag::Body,
    Tag::Caption,
    Tag::Center,
    Tag::Details,
    Tag::Dialog,
    Tag::Div,
    Tag::Figcaption,
    Tag::Figure,
    Tag::Footer,
    Tag::Form,
    Tag::H1,
    Tag::H2,
    Tag::H3,
    Tag::H4,
    Tag::H5,
    Tag::H6,
    Tag::Header,
    Tag::Html,
    Tag::Li,
    Tag::List,
    Tag::Main,
    Tag::Nav,
    Tag::P,
    Tag::Pre,
    Tag::Section,
    Tag::Summary,
    Tag::Table,
    Tag::Td,
    Tag::Other,
];

/// Looks an element up by its lower-case local name. Unknown names, custom elements among them,
/// are inline, as they are in HTML; the blocks in them still are blocks.
pub(super) fn flow(name: &str) -> Flow {
    match NAMES.class(name).map(str::as_bytes) {
        Some(&[BREAK]) => Flow::Break,
        Some(&[HEAD]) => Flow::Head,
        Some(&[SKIPPED]) => Flow::Skipped,
        Some(&[letter]) => Flow::Block(TAGS[(letter - b'0') as usize]),
        _ => Flow::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_is_what_its_letter_says() {
        assert!(NAMES.iter().is_sorted());
        let names: Vec<&str> = NAMES.iter().collect();
        assert!(names.iter().all(|name| !matches!(flow(name), Flow::Inline)));
        assert!(
            TAGS.iter()
                .enumerate()
                .all(|(number, tag)| *tag as usize == number)
        );
        for (name, expected) in [
            ("address", Tag::Address),
            ("dt", Tag::Li),
            ("h6", Tag::H6),
            ("main", Tag::Main),
            ("ol", Tag::List),
            ("th", Tag::Td),
            ("tr", Tag::Other),
            ("xmp", Tag::Pre),
        ] {
            assert!(
                matches!(flow(name), Flow::Block(tag) if tag == expected),
                "{name}"
            );
        }
        assert!(matches!(flow("br"), Flow::Break));
        assert!(matches!(flow("link"), Flow::Head));
        assert!(matches!(flow("video"), Flow::Skipped));
        assert!(matches!(flow("x-y"), Flow::Inline));
    }
}
