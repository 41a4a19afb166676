//! What holds for any text and any page at all. Most of it stands in `invariants/`.

mod invariants;

use nutgraf::normalize::clean;
use nutgraf::{Options, Page, State, html, language, sentences, summarize};
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

/// Markup of open, unclosed and misplaced elements around such text, with the attributes that are looked at,
/// and what a page says about itself.
fn markup() -> impl Strategy<Value = String> {
    let name = "/?(p|div|b|a href=x|li|td|table|h1|article|nav|br|script|details|title|form|ruby|rt|svg|template)";
    let attribute = "( hidden| class=(ad|comments|story-body|byline)| id=main| role=navigation| style=\"display: none\"\
        | aria-hidden=true| itemprop=(headline|author|articleBody)| lang=(de|fr|xx)| data-nosnippet| open\
        | datetime=2024-0[0-9]-[0-3][0-9]){0,2}";
    let tag = format!("<{name}{attribute}>");
    let said = prop_oneof![
        "<meta (name|property|itemprop)=\"(author|og:title|article:published_time|nutgraf|description)\" \
            content=\"[A-Z][a-z]{1,5}( [A-Z][a-z]{1,5})?|2024-07-27T23:5[0-9]:00[+-]0[0-9]:00|off\">",
        "<script type=application/ld\\+json>\\{\"@type\":\"NewsArticle\",\"(headline|datePublished|author)\":\
            (\"[A-Za-z 0-9]{0,9}\"|\\[\"A\",null,3\\]|\"\\\\ud83d\"|1e9)\\}?</script>",
        "&(amp|nbsp|shy|lt|#0|#xD800|#x10FFFF|bogus);",
    ];
    let piece = prop_oneof![4 => text(), 6 => proptest::string::string_regex(&tag).expect("it is one"), 1 => said];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    let max_words = prop_oneof![2 => Just(None), 1 => (1usize..200).prop_map(Some)];
    (1usize..9, max_words, 0.0..=1.0).prop_map(|(max_sentences, max_words, redundancy_penalty)| {
        Options {
            max_sentences,
            max_words,
            redundancy_penalty,
        }
    })
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
    fn any_text_gives_a_summary_of_its_own_sentences(text in text(), options in options()) {
        invariants::hold(&Page::from_text(&text, None), &options);
    }

    #[test]
    fn any_markup_gives_a_summary_of_its_own_sentences(html in markup(), options in options()) {
        invariants::hold(&html::page(&html), &options);
    }

    #[test]
    fn any_markup_packed_is_the_same_page(html in markup()) {
        let packed = html::pack(&html);
        let (page, texts) = Page::from_packed(&packed.strings, &packed.events);
        prop_assert_eq!(page.to_string(), html::page(&html).to_string());
        invariants::places_hold(&page, &texts);
    }

    #[test]
    fn a_page_that_opted_out_is_never_quoted(html in markup()) {
        let html = format!("<meta name=nutgraf content=off>{html}");
        let summary = summarize(&html::page(&html), &Options::default());
        prop_assert!(summary.sentences.is_empty() && summary.entities.is_empty());
        prop_assert_eq!(summary.state, State::NotAnArticle);
    }

    #[test]
    fn bytes_in_any_encoding_give_a_page(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        declared in "(<meta charset=\"?(utf-8|utf-16|shift_jis|iso-2022-jp|gb18030|euc-kr|x-user-defined|none)\"?>)?",
        mark in proptest::sample::select(vec![&b""[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]),
    ) {
        let bytes = [mark, declared.as_bytes(), &bytes].concat();
        invariants::hold(&html::page(&html::decode(&bytes)), &Options::default());
    }

    #[test]
    fn any_word_lists_that_a_page_brings_can_be_read_with(
        lists in "([a-z.' ]{0,6}(\t[a-z]{0,2})?\n|\0){0,40}",
        text in text(),
        tag in "q[a-z]{2}",
    ) {
        // The first that comes under a tag stays.
        language::add(&tag, &lists);
        let mut page = Page::from_text(&text, None);
        page.language = Some(tag);
        invariants::hold(&page, &Options::default());
    }

    #[test]
    fn any_stream_of_events_gives_a_page(
        strings in "[a-z\0 .<>]{0,60}",
        events in proptest::collection::vec(0u32..12, 0..60),
    ) {
        let (page, texts) = Page::from_packed(&strings, &events);
        invariants::places_hold(&page, &texts);
        invariants::hold(&page, &Options::default());
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
