//! `nutgraf::page`: what is a block, what is hidden, what is a fact. Through the HTML walk.

use nutgraf::html;
use nutgraf::page::{Page, Visibility};

/// The texts of the visible blocks.
fn visible(html: &str) -> Vec<String> {
    let page = html::page(html);
    let blocks = page.blocks.into_iter();
    blocks
        .filter(|block| block.visibility == Visibility::Visible)
        .map(|block| block.text)
        .collect()
}

fn check(html: &str, expected: &[&str]) {
    assert_eq!(visible(html), expected, "{html}");
}

#[test]
fn inline_elements_stay_in_their_block() {
    check(
        "<p>A <b>bold</b> <a href=x>link</a>.</p>",
        &["A bold link."],
    );
}

#[test]
fn two_line_breaks_end_a_block_and_one_is_a_blank() {
    check("<div>One<br>two<br> <br>three</div>", &["One two", "three"]);
}

#[test]
fn text_straight_in_the_body_and_cells_and_items_are_blocks() {
    check(
        "Bare <p>P</p> text<table><tr><td>a<td>b</table><ul><li>i<li>j</ul>",
        &["Bare", "P", "text", "a", "b", "i", "j"],
    );
}

#[test]
fn white_space_is_folded_and_nothing_else_is_changed() {
    check(
        "<p>  A\n\t b\u{a0}\u{3000}c \u{ad}d\u{200b}e </p>",
        &["A b c \u{ad}d\u{200b}e"],
    );
}

#[test]
fn what_is_no_text_is_left_out() {
    check(
        "<p>A<script>x</script><style>y</style><noscript>z</noscript><button>b</button>\
         <textarea>t</textarea><select><option>o</select><svg><text>s</text></svg>\
         <nut-graf>n</nut-graf><template>u</template>.</p>",
        &["A."],
    );
}

#[test]
fn ruby_annotations_are_not_read_twice() {
    check(
        "<p><ruby>汐見<rp>(</rp><rt>しおみ</rt><rp>)</rp></ruby>市</p>",
        &["汐見市"],
    );
}

#[test]
fn what_attributes_hide_is_not_visible() {
    for hidden in [
        "<p hidden>x</p>",
        "<p aria-hidden=true>x</p>",
        "<p style='color: red; display : none !important'>x</p>",
        "<div style='visibility:hidden'><p>x</p></div>",
        "<details><summary></summary><p>x</p></details>",
        "<dialog><p>x</p></dialog>",
        "<p data-nosnippet>x</p>",
    ] {
        check(&format!("<p>Seen.</p>{hidden}"), &["Seen."]);
    }
}

#[test]
fn a_closed_disclosure_still_shows_its_summary() {
    check(
        "<details><summary>More</summary><p>Hidden.</p></details>",
        &["More"],
    );
    check(
        "<details open><summary>More</summary><p>Shown.</p></details>",
        &["More", "Shown."],
    );
}

#[test]
fn hidden_words_inside_a_paragraph_are_cut_out_of_it() {
    check(
        "<p>Seen <span hidden>unseen</span> again.</p>",
        &["Seen again."],
    );
}

fn facts(html: &str) -> Vec<(String, String)> {
    let facts = html::page(html).facts.into_iter();
    facts
        .map(|fact| (format!("{} {}", fact.source, fact.key), fact.value))
        .collect()
}

fn check_facts(html: &str, expected: &[(&str, &str)]) {
    let found = facts(html);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn a_page_says_of_itself_what_its_head_says() {
    check_facts(
        "<html lang=fr><head><title> Le  pont </title><meta property='OG:Title' content=Pont>\
         <link rel=canonical href=/p><body><time datetime=2024-07-27>hier</time>",
        &[
            ("html lang", "fr"),
            ("title ", "Le pont"),
            ("meta og:title", "Pont"),
            ("link canonical", "/p"),
            ("time ", "2024-07-27"),
        ],
    );
}

#[test]
fn microdata_keeps_the_way_to_a_value() {
    check_facts(
        "<div itemprop=author itemscope><span itemprop=name>Ida Quist</span></div>",
        &[
            ("microdata author.name", "Ida Quist"),
            ("microdata author", "Ida Quist"),
        ],
    );
}

#[test]
fn json_ld_is_flattened_to_paths_and_its_text_is_no_fact() {
    check_facts(
        r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"H",
        "articleBody":"Secret.","author":[{"name":"A"}],"n":3,"free":false,"x":null}]}</script>"#,
        &[
            ("json-ld 0.@graph.0.@type", "NewsArticle"),
            ("json-ld 0.@graph.0.headline", "H"),
            ("json-ld 0.@graph.0.author.0.name", "A"),
            ("json-ld 0.@graph.0.n", "3"),
            ("json-ld 0.@graph.0.free", "false"),
        ],
    );
}

#[test]
fn json_ld_that_does_not_parse_says_nothing() {
    check_facts(
        r#"<script type="application/ld+json">{"headline":</script>"#,
        &[],
    );
}

#[test]
fn every_part_of_a_block_finds_its_way_back_to_its_text_nodes() {
    let html = "<p>One  <b>two\n  three</b><i hidden>x</i> four</p>";
    let page = html::page(html);
    let nodes = ["One  ", "two\n  three", "x", " four"];
    let block = &page.blocks[0];
    assert_eq!(block.text, "One two three four");
    for (word, expected) in [("One", 0), ("two three", 1), ("four", 3)] {
        let at = block.text.find(word).expect("the word is in the block");
        let stretches = block.stretches(at..at + word.len());
        assert_eq!(stretches.len(), 1, "{word}");
        let ((node, start), (last, end)) = (stretches[0].start, stretches[0].end);
        assert_eq!((node, last), (expected, expected), "{word}");
        let back = &nodes[node as usize][start as usize..end as usize];
        assert_eq!(back.split_whitespace().collect::<Vec<_>>().join(" "), word);
    }
    let whole = block.stretches(0..block.text.len());
    assert_eq!(whole.len(), 2, "the hidden word parts the sentence in two");
    // The blank before `four` is that of the text after what is hidden.
    assert_eq!(whole[0].end, (1, nodes[1].len() as u32));
    assert_eq!(whole[1].start, (3, 1));
}

#[test]
fn a_packed_page_that_breaks_off_gives_what_it_holds() {
    let strings = "p\0Hello.";
    assert_eq!(
        Page::from_packed(strings, &[2, 0, 0, 0, 1, 1, 0]).0.blocks[0].text,
        "Hello."
    );
    assert_eq!(
        Page::from_packed(strings, &[2, 0, 0, 0, 1, 1]).0.blocks[0].text,
        "Hello."
    );
    for broken in [
        &[2][..],
        &[2, 0, 0, 9, 9],
        &[1, 99],
        &[7, 7],
        &[0, 0, 0],
        &[3, 0],
    ] {
        assert!(
            Page::from_packed(strings, broken).0.blocks.is_empty(),
            "{broken:?}"
        );
    }
}

#[test]
fn a_hundred_thousand_elements_in_one_another_have_the_text_in_them() {
    let depth = 100_000;
    let open = [2, 0, 0, 0].repeat(depth);
    // The innermost ends between them.
    let texts = [1, 1, 0, 1, 2];
    for name in ["div", "span"] {
        let strings = format!("{name}\0One sentence is here.\0Another one is there.");
        let events = [&open[..], &texts, &vec![0; depth - 1]].concat();
        let (page, _) = Page::from_packed(&strings, &events);
        let article = nutgraf::article::find(&page);
        assert!(article.paragraphs.len() <= 2, "{name}");
        assert_eq!(page.blocks.len(), if name == "div" { 2 } else { 1 });
    }
}

#[test]
fn bytes_are_decoded_by_what_they_are_before_what_they_declare() {
    let utf8 = "<meta charset=iso-8859-1><p>Élysée".as_bytes();
    assert_eq!(html::decode(utf8), "<meta charset=iso-8859-1><p>Élysée");
    let latin = b"<meta charset=\"iso-8859-1\"><p>\xc9lys\xe9e";
    assert!(html::decode(latin).ends_with("Élysée"));
    let cyrillic = b"<meta http-equiv=content-type content='text/html; charset=windows-1251'>\xcc\xee\xf1\xea\xe2\xe0";
    assert!(html::decode(cyrillic).ends_with("Москва"));
    assert!(
        html::decode(b"<p>caf\xe9").ends_with("café"),
        "undeclared is windows-1252"
    );
}

#[test]
fn the_first_line_of_plain_text_is_its_title_if_it_looks_like_one() {
    let page = Page::from_text("A title\n\nA sentence.\r\n  Another.  ", None);
    assert_eq!(page.title.as_deref(), Some("A title"));
    let texts: Vec<&str> = page.blocks.iter().map(|block| &*block.text).collect();
    assert_eq!(texts, ["A sentence.", "Another."]);
    assert_eq!(Page::from_text("A sentence.\nAnother.", None).title, None);
    assert_eq!(Page::from_text("A line alone", None).title, None);
}

#[test]
fn a_page_packed_natively_is_the_same_page() {
    let html = r#"<html lang=en><title>The harbor</title>
        <script type="application/ld+json">{"headline": "H", "author": [{"name": "A"}]}</script>
        <article class="story" itemprop=articleBody><p hidden>Unseen.<p>One <b>two</b><br>three.<td>Four."#;
    let packed = html::pack(html);
    let (page, texts) = Page::from_packed(&packed.strings, &packed.events);
    assert_eq!(page.to_string(), html::page(html).to_string());
    assert!(texts.contains(&"two"));
}
