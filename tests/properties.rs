//! What holds for any text and any page at all.

use nutgraf::normalize::clean;
use nutgraf::{Options, Page, State, article, html, language, sentences, summarize};
use proptest::prelude::*;

/// Text of what breaks splitters: stops, quotes, brackets, blanks, capitals, scripts, odd characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Z]?[a-z]{1,9}",
        "[.!?…。؟।]{1,3}",
        "[ \n\u{a0}\u{3000}]{1,3}",
        "[“”\"'«»()\\[\\]「」]",
        "(Mr|U\\.S|p\\.m|No|z\\. B|[A-Z])\\.",
        "[0-9]{1,4}([.,][0-9]{1,3})?",
        "[\u{ad}\u{200b}\u{200e}\u{feff}\u{202e}]",
        "[ア-ン一-鿿ء-يก-ฮ😀-😎]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// Markup of open, unclosed and misplaced elements around such text.
fn markup() -> impl Strategy<Value = String> {
    let tag = "</?(p|div|b|a href=x|li|td|table|h1|article|nav|br|script|details|title|form)( hidden| class=ad)?>";
    let piece = prop_oneof![2 => text(), 3 => tag.prop_map(String::from)];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn check_summary(page: &Page, n: usize) {
    let article = article::find(page);
    let options = Options {
        max_sentences: n,
        ..Options::default()
    };
    let summary = summarize(page, &options);
    assert!(summary.sentences.len() <= n);
    for pair in summary.sentences.windows(2) {
        assert!(pair[0].sentence < pair[1].sentence);
    }
    for sentence in &summary.sentences {
        let paragraph = &article.paragraphs[sentence.paragraph];
        assert!(
            paragraph.text.contains(&sentence.text),
            "{:?}",
            sentence.text
        );
        assert!(!sentence.text.is_empty());
        assert!(!sentence.reasons.is_empty());
        for value in [sentence.score, sentence.salience, sentence.entity_density] {
            assert!((0.0..=1.0).contains(&value), "{value}");
        }
    }
    if summary.state == State::NotAnArticle {
        assert!(summary.sentences.is_empty());
    }
    assert_eq!(
        summary,
        summarize(page, &options),
        "the same text gives the same summary"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sentences_tile_their_paragraph(text in text(), tag in "en|fr|de|ja|ar|und") {
        let clean = clean(&text);
        let mut start = 0;
        for end in sentences::boundaries(&clean.text, language::of(&tag)) {
            prop_assert!(end > start && clean.text.is_char_boundary(end));
            start = end;
        }
        prop_assert_eq!(start, clean.text.len());
    }

    #[test]
    fn a_clean_span_leads_back_to_the_same_text(text in text()) {
        let clean = clean(&text);
        for (at, c) in clean.text.char_indices() {
            let span = clean.original_span(at..at + c.len_utf8());
            prop_assert_eq!(&text[span], c.to_string());
        }
    }

    #[test]
    fn any_text_gives_a_summary_of_its_own_sentences(text in text(), n in 1usize..9) {
        check_summary(&Page::from_text(&text, None), n);
    }

    #[test]
    fn any_markup_gives_a_summary_of_its_own_sentences(html in markup(), n in 1usize..9) {
        check_summary(&html::page(&html), n);
    }

    #[test]
    fn any_stream_of_events_gives_a_page(
        strings in "[a-z\0 .<>]{0,60}",
        events in proptest::collection::vec(0u32..12, 0..60),
    ) {
        let page = Page::from_packed(&strings, &events).0;
        for block in &page.blocks {
            prop_assert!(block.element < page.elements.len());
            prop_assert!(!block.text.is_empty() && block.text.trim() == block.text);
            block.stretches(0..block.text.len());
        }
        check_summary(&page, 3);
    }
}

#[test]
fn no_run_of_one_thing_costs_more_than_linear_time() {
    // Quadratic work on any of these would take minutes.
    for piece in [
        ".", " ", "a", "A. ", "“", "(", "[1]", "!", "\u{ad}", "字", "A ", "1. ", "\n", "z. B. ",
        "— ", "½", "ـ ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        summarize(&Page::from_text(&text, None), &Options::default());
        summarize(&html::page(&format!("<p>{text}")), &Options::default());
    }
    let blanks = format!("One.{}Two.", " ".repeat(100_000));
    summarize(&Page::from_text(&blanks, None), &Options::default());
    for markup in [
        "<div>",
        "<b>",
        "<p>a.",
        "<br>",
        "<li>",
        "<td>",
        "<a href=x>",
        "</p>",
    ] {
        summarize(&html::page(&markup.repeat(10_000)), &Options::default());
    }
}
