//! `nutgraf::article`: which blocks are the article, and what is known of it.

use nutgraf::article::{self, Shape};
use nutgraf::{Article, Page, html};

const LEAD: &str = "The council of Tarrow voted on Tuesday to close the harbor bridge for a year.";
const BODY: &str = "Mayor Ida Quist said that the work would cost twelve million crowns in all.";
const TAIL: &str = "Ferries will run every ten minutes until the bridge opens to traffic again.";

fn find(html: &str) -> Article {
    article::find(&html::page(html))
}

/// An article with something else between its paragraphs.
fn with(extra: &str) -> Vec<String> {
    let html = format!(
        "<html lang=en><body><header><a href=/>Courier</a></header><main><article><h1>Bridge</h1>\
         <p>{LEAD}</p><p>{BODY}</p>{extra}<p>{TAIL}</p></article></main><footer>Imprint</footer>"
    );
    find(&html)
        .paragraphs
        .into_iter()
        .map(|paragraph| paragraph.text)
        .collect()
}

#[test]
fn furniture_between_paragraphs_is_left_out() {
    for extra in [
        "<div class=ad>Advertisement</div>",
        "<p>Advertisement</p>",
        "<p><a href=/x>Another bridge fell in a storm that nobody saw coming</a></p>",
        "<p>Read more: <a href=/x>Another bridge fell</a></p>",
        "<h3><a href=/x>ANOTHER BRIDGE FELL</a></h3>",
        "<figure><img><figcaption>The bridge in May. Photo: P. Orme</figcaption></figure>",
        "<aside><p>Our newsletter brings you the best stories of the week every Friday.</p></aside>",
        "<div class=newsletter-signup><p>Sign up for our newsletter and never miss a story.</p></div>",
        "<ul class=share-bar><li>Share<li>Tweet</ul>",
        "<p>#bridge #harbor #tarrow</p>",
        "<section id=comments><p>I have crossed it every day for thirty years, said a reader.</p></section>",
        "<p hidden>This is hidden, and it is as long as a paragraph of the article is.</p>",
        "<p data-nosnippet>This may not be quoted, though it is as long as the others are.</p>",
    ] {
        assert_eq!(with(extra), [LEAD, BODY, TAIL], "{extra}");
    }
}

#[test]
fn headings_lists_and_quotations_of_the_story_are_kept() {
    for extra in [
        "<h2>What it costs</h2>",
        "<ul><li>The north pier will be replaced first.</ul>",
        "<blockquote>We have seen three bridges close.</blockquote>",
    ] {
        assert_eq!(with(extra).len(), 4, "{extra}");
    }
}

#[test]
fn a_page_of_teasers_is_a_list() {
    let teaser = "<article><h2><a href=/x>A bridge fell in Tarrow</a></h2>\
                  <p>The council will meet on Friday to hear the engineers.</p></article>";
    let page = find(&format!("<main>{}</main>", teaser.repeat(12)));
    assert_eq!(page.shape, Shape::List);
}

#[test]
fn a_page_that_opted_out_gives_no_text() {
    let html =
        format!("<meta name=nutgraf content=off><article><p>{LEAD}</p><p>{BODY}</p></article>");
    assert!(find(&html).paragraphs.is_empty());
}

#[test]
fn the_text_in_metadata_is_never_the_article() {
    let html = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{BODY}"}}</script>
        <article><p>{LEAD}</p></article>"#
    );
    assert_eq!(find(&html).text(), LEAD);
}

fn check_title(html: &str, expected: &str) {
    assert_eq!(find(html).title.as_deref(), Some(expected), "{html}");
}

#[test]
fn the_title_is_the_headline_without_the_name_of_the_site() {
    check_title(
        "<title>Bridge to close for a year | The Courier</title>",
        "Bridge to close for a year",
    );
    check_title(
        "<title>Bridge to close for a year - News - Courier</title>",
        "Bridge to close for a year",
    );
    check_title("<title>Brigitte - a life</title>", "Brigitte - a life");
    check_title(
        "<meta property=og:title content='Bridge closes'><h1>Courier</h1><h1>Bridge closes for a year</h1>",
        "Bridge closes for a year",
    );
}

#[test]
fn authors_are_a_list_of_names() {
    let authors = |html: &str| find(html).authors;
    assert_eq!(
        authors("<meta name=author content='By Ida Quist and Paul Orme'>"),
        ["Ida Quist", "Paul Orme"]
    );
    assert_eq!(
        authors("<meta name=author content='https://courier.example/ida'>"),
        [""; 0]
    );
    let json = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Person",
        "name":"Ida Quist"},{"@type":"Person","name":"Paul Orme"}],"publisher":{"name":"Courier"}}</script>"#;
    assert_eq!(authors(json), ["Ida Quist", "Paul Orme"]);
}

#[test]
fn the_date_is_the_day_in_the_offset_of_the_page() {
    let published = |html: &str| find(html).published;
    let at = |time: &str| {
        published(&format!(
            "<meta property=article:published_time content='{time}'>"
        ))
    };
    assert_eq!(
        at("2024-07-27T00:12:09+02:00").as_deref(),
        Some("2024-07-27")
    );
    assert_eq!(at("20240727").as_deref(), Some("2024-07-27"));
    assert_eq!(at("yesterday"), None);
    assert_eq!(at("2024-27-07"), None);
}

#[test]
fn lines_of_plain_text_that_are_furniture_are_dropped() {
    let text = format!(
        "Bridge to close\n{LEAD}\nRead more: A bridge fell\n{BODY}\n\
         Another bridge in Tarrow fell in a storm last winter\n{TAIL}\n\
         #bridge #harbor\n2024-07-27 12:30:09\nLeave a Reply\n\
         Your email address will not be published.\nThis site uses Akismet to reduce spam."
    );
    let article = article::find(&Page::from_text(&text, None));
    assert_eq!(article.title.as_deref(), Some("Bridge to close"));
    assert_eq!(article.text(), [LEAD, BODY, TAIL].join("\n\n"));
}

#[test]
fn the_language_is_told_by_the_page_and_its_text() {
    assert_eq!(
        find(&format!("<html lang=en-GB><p>{LEAD}</p>")).language,
        "en"
    );
    assert_eq!(
        find(&format!("<html lang=de><p>{LEAD}</p><p>{BODY}</p>")).language,
        "en"
    );
}

#[test]
fn what_is_left_out_is_counted_by_what_it_is() {
    let html = format!(
        "<html lang=en><title>The bridge closes</title><body><nav><a href=/>Home</a></nav><main><article><h1>The bridge closes</h1><p>{LEAD}</p>\
         <figure><img><figcaption>The bridge in May. Photo: P. Orme</figcaption></figure><p>{BODY}</p>\
         <div class=newsletter-signup><p>Our letter brings the best stories every Friday.</p></div>\
         <p>{TAIL}</p></article><section id=comments><p>I have crossed it every day.</p>\
         <p>So have I, said another reader of this page.</p></section></main>"
    );
    let excluded = find(&html).excluded;
    assert_eq!(excluded.captions, 1);
    assert_eq!(excluded.offers, 1);
    assert_eq!(excluded.comments, 2);
    assert_eq!(excluded.navigation, 1);
    assert_eq!(excluded.ads + excluded.related + excluded.other, 0);
}

#[test]
fn a_paragraph_that_is_laid_out_twice_is_read_once() {
    assert_eq!(with(&format!("<p>{BODY}</p>")), [LEAD, BODY, TAIL]);
}

#[test]
fn a_table_between_paragraphs_of_the_story_is_kept() {
    let table = "<table><tr><th>Year</th><th>Crowns</th></tr><tr><td>2026</td><td>12 million</td></tr></table>";
    assert_eq!(
        with(table),
        [LEAD, BODY, "Year", "Crowns", "2026", "12 million", TAIL]
    );
}

#[test]
fn text_without_a_paragraph_element_is_read() {
    let lines = format!("{LEAD}<br><br>{BODY}<br><br>{TAIL}");
    for html in [
        format!("<body><h1>Bridge</h1>{lines}"),
        format!("<body><h1>Bridge</h1><div>{LEAD}</div><div>{BODY}</div><div>{TAIL}</div>"),
        format!("<body><form><h1>Bridge</h1><p>{LEAD}</p><p>{BODY}</p><p>{TAIL}</p></form>"),
        format!("<body><table><tr><td><table><tr><td>{lines}</table></table>"),
    ] {
        let paragraphs = find(&html).paragraphs;
        let texts: Vec<&str> = paragraphs
            .iter()
            .map(|paragraph| &*paragraph.text)
            .collect();
        assert_eq!(texts, [LEAD, BODY, TAIL], "{html}");
    }
}

#[test]
fn a_paragraph_beside_the_headline_is_the_standfirst_where_the_body_stands_elsewhere() {
    let lead = "Ferries will run every ten minutes, and the shopkeepers of the north side fear for their trade.";
    let head = format!("<h1>Harbor bridge to close</h1><p class=x>{lead}</p>");
    let body = format!("<p>{LEAD}</p><p>{BODY}</p>");
    let apart = format!("<article><header>{head}</header><div>{body}</div></article>");
    assert_eq!(find(&apart).standfirst(), Some(lead));
    let together = format!("<article><div>{head}{body}</div></article>");
    assert_eq!(find(&together).standfirst(), None);
    assert_eq!(find(&together).paragraphs.len(), 3);
}

#[test]
fn a_page_builder_that_calls_everything_a_widget_is_read() {
    let part = |text: &str| {
        format!(
            "<div class='elementor-element elementor-widget elementor-widget-text-editor'>\
             <div class=elementor-widget-container><p>{text}</p></div></div>"
        )
    };
    let html = format!(
        "<h1>Harbor bridge to close</h1><div class=elementor>{}{}{}</div>",
        part(LEAD),
        part(BODY),
        part(
            "Shopkeepers on the north side fear for their trade, and have asked the city for help."
        )
    );
    assert_eq!(find(&html).paragraphs.len(), 3);
    let aside = html.replace("elementor", "sidebar");
    assert_eq!(find(&aside).paragraphs.len(), 0, "a sidebar is none of it");
}
