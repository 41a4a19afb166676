//! `nutgraf::article`: what a page says about itself, checked against what it shows.

use nutgraf::html;
use nutgraf::{Article, article};

const BODY: &str = "<p>The council of Tarrow voted on Tuesday to close the harbor bridge for a year, \
    since its piers have sunk by the width of a hand and nobody can say for how long they will hold.</p>";

fn find(html: &str) -> Article {
    article::find(&html::page(html))
}

fn title(html: &str, expected: &str) {
    assert_eq!(find(html).title.as_deref(), Some(expected), "{html}");
}

fn authors(html: &str, expected: &[&str]) {
    assert_eq!(find(html).authors, expected, "{html}");
}

fn published(html: &str, expected: &str) {
    let html = format!("<html lang=en>{html}{BODY}");
    assert_eq!(
        find(&html).published.as_deref(),
        Some(expected).filter(|day| !day.is_empty()),
        "{html}"
    );
}

fn json(json: &str) -> String {
    format!("<script type='application/ld+json'>{json}</script>")
}

#[test]
fn a_heading_that_stands_alone_is_the_title_though_the_page_claims_it_in_other_words() {
    title(
        "<title>Bridge closing: all you need to know</title><h1>All about the bridge closing in Tarrow</h1>\
         <h2>Know all about the bridge closing</h2>",
        "All about the bridge closing in Tarrow",
    );
    title(
        "<title>Tarrow Notes: The bridge will close for a year</title><h1>Tarrow Notes</h1>",
        "Tarrow Notes: The bridge will close for a year",
    );
}

#[test]
fn a_topic_before_the_headline_is_no_part_of_it_where_the_page_says_so_twice() {
    title(
        "<title>Bridge to close for a year | Courier</title><meta property=og:title content='Bridge to close \
         for a year'><h1><span>Traffic</span> Bridge to close for a year</h1>",
        "Bridge to close for a year",
    );
}

#[test]
fn a_headline_in_two_blocks_is_one_title() {
    title(
        "<title>Tarrow has it: the widest bridge</title><h1><div>Tarrow has it</div>: the widest bridge</h1>",
        "Tarrow has it: the widest bridge",
    );
}

#[test]
fn a_site_is_known_by_its_address_too() {
    title(
        "<link rel=canonical href=https://www.tarrowcourier.example/bridge>\
         <meta property=og:title content='Tarrow Courier - Bridge to close for a whole long year'>",
        "Bridge to close for a whole long year",
    );
}

#[test]
fn character_references_in_metadata_are_resolved_also_where_they_were_escaped_twice() {
    title(
        "<meta property=og:title content='Quist &amp;amp;#039;sure&amp;quot; of A &amp;amp; B &amp; C&amp;#x2019;s'>",
        "Quist 'sure\" of A & B & C’s",
    );
}

#[test]
fn of_several_articles_in_json_the_one_with_the_address_or_headline_of_the_page_counts() {
    let html = "<link rel=canonical href=https://courier.example/bridge/>".to_owned()
        + &json(
            r#"{"@type":"NewsArticle","url":"https://courier.example/tax","author":{"name":"Paul Orme"}}"#,
        )
        + &json(
            r#"{"@type":"NewsArticle","url":"http://courier.example/bridge?x=1","author":{"name":"Ida Quist"},
            "associatedArticle":{"@type":"NewsArticle","author":{"name":"Jo Vale"}}}"#,
        );
    authors(&html, &["Ida Quist"]);
    let html = "<title>Bridge to close for a year</title>".to_owned()
        + &json(
            r#"[{"@type":"Article","headline":"A tax on boats","author":"Paul Orme"},
            {"@type":["Thing","Article"],"headline":"Bridge to close for a year","author":"Ida Quist"}]"#,
        );
    authors(&html, &["Ida Quist"]);
}

#[test]
fn an_author_may_be_a_reference_into_the_graph() {
    let graph = r##"{"@graph":[{"@type":"Article","author":{"@id":"#ida"}},
        {"@type":"Person","@id":"#paul","name":"Paul Orme"},{"@type":"Person","@id":"#ida","name":"Ida Quist"}]}"##;
    authors(&json(graph), &["Ida Quist"]);
}

#[test]
fn names_are_taken_out_of_what_stands_around_them() {
    for (value, expected) in [
        (
            "By Ida Quist and Paul Orme",
            &["Ida Quist", "Paul Orme"][..],
        ),
        ("Written by: Ida Quist, Staff Writer", &["Ida Quist"]),
        ("Analysis by Ida Quist", &["Ida Quist"]),
        (
            "Ida Quist (iq); Paul Orme (po)",
            &["Ida Quist", "Paul Orme"],
        ),
        ("Ida Quist Senior Editor", &["Ida Quist"]),
        ("Ida Quist, Chief Bridge Officer", &["Ida Quist"]),
        ("Ida Quist, BBC Travel", &["Ida Quist"]),
        ("Ida Quist, The Associated Press", &["Ida Quist"]),
        ("IDA QUIST, ÅSA ÖRN", &["Ida Quist", "Åsa Örn"]),
        ("Ida Quist,Ida Quist", &["Ida Quist"]),
        ("Texte: Ida Quist", &["Ida Quist"]),
        ("Dr. Ida J. Quist", &["Dr. Ida J. Quist"]),
        ("Reuters", &["Reuters"]),
        ("admin", &[]),
        ("https://social.example/ida", &[]),
        ("105092", &[]),
    ] {
        authors(&format!("<meta name=author content='{value}'>"), expected);
    }
}

#[test]
fn a_person_in_the_byline_tells_more_than_the_name_of_the_site() {
    let page = |claimed: &str, line: &str| {
        format!(
            "<title>Bridge to close for a year</title><meta property=og:site_name content=Courier>\
             <meta name=author content='{claimed}'><h1>Bridge to close for a year</h1>{line}{BODY}"
        )
    };
    for line in [
        "<p>By Ida Quist and Paul Orme, March 3, 2024",
        "<p class=byline>Ida Quist, Paul Orme | 3 min read",
        "<p>Published March 3, 2024 by Ida Quist and Paul Orme",
        "<p><a rel=author href=/x>Ida Quist</a> Tarrow Bay <a href=/authors/po>Paul Orme</a> Dow",
    ] {
        authors(&page("Courier", line), &["Ida Quist", "Paul Orme"]);
        authors(&page("", line), &["Ida Quist", "Paul Orme"]);
        authors(&page("Jo Vale", line), &["Jo Vale"]);
    }
    authors(&page("Ida", "<p>By Ida Quist"), &["Ida Quist"]);
    for line in [
        "<p>Attack by Paul Orme on the council",
        "<p>Reviewed by <a rel=author>Paul Orme</a>",
        "<p class=author>Name",
    ] {
        authors(&page("Courier", line), &["Courier"]);
    }
}

#[test]
fn the_byline_is_the_line_that_names_the_authors() {
    let html = format!(
        "<title>Bridge to close for a year</title><meta name=author content='Ida Quist'>\
         <h1>Bridge to close for a year</h1><p>By Ida Quist in Tarrow{BODY}"
    );
    assert_eq!(
        find(&html).byline.as_deref(),
        Some("By Ida Quist in Tarrow")
    );
}

#[test]
fn a_day_is_read_in_the_ways_that_people_and_programs_write_it() {
    for (value, expected) in [
        ("2024-03-05T10:20:30+02:00", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("20240305T102030Z", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:20:30 GMT", "2024-03-05"),
        ("March 5th, 2024 at 10:20", "2024-03-05"),
        ("PublishedMarch 5, 2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("le 5 août 2024", "2024-08-05"),
        ("5. März 2024", "2024-03-05"),
        ("5 września 2024", "2024-09-05"),
        ("5. července 2024", "2024-07-05"),
        ("5 июня 2024 г.", "2024-06-05"),
        ("5 Ağustos 2024", "2024-08-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024년 3월 5일", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("3/5/2024", "2024-03-05"),
        ("25/3/2024", "2024-03-25"),
        ("1709596800", "2024-03-05"),
        ("1709596800000", "2024-03-05"),
        ("2024-13-05", ""),
        ("yesterday", ""),
        ("PT7M", ""),
        ("99999999999999999999", ""),
    ] {
        published(
            &format!("<meta property=article:published_time content='{value}'>"),
            expected,
        );
    }
    let html = "<html lang=en-GB><meta name=date content=3/5/2024>";
    assert_eq!(find(html).published.as_deref(), Some("2024-05-03"));
}

#[test]
fn a_day_that_the_page_shows_counts_where_no_metadata_tell_it() {
    let page = "<title>Bridge to close for a year</title><p>Friday, March 8, 2024";
    let heading = "<h1>Bridge to close for a year</h1>";
    let shown = "<p>Updated March 7, 2024 | Published March 5, 2024";
    published(&format!("{page}{heading}{shown}"), "2024-03-05");
    let address = "<link rel=canonical href=https://courier.example/2024/03/05/bridge>";
    published(&format!("{address}{heading}"), "2024-03-05");
    published(
        &format!("{address}{heading}<p>Last updated: March 7, 2024"),
        "2024-03-05",
    );
    published(
        "<meta property=article:modified_time content=2024-03-07>",
        "",
    );
}

#[test]
fn a_time_in_utc_is_the_day_that_the_page_shows_where_that_is_the_next_one() {
    let page = |time: &str, shown: &str| {
        format!(
            "<title>Bridge to close for a year</title>\
             <meta property=article:published_time content={time}><h1>Bridge to close for a year</h1><p>{shown}"
        )
    };
    published(&page("2024-03-06T02:10:00Z", "March 5, 2024"), "2024-03-05");
    published(&page("2024-03-05T22:10:00Z", "6 March 2024"), "2024-03-06");
    published(
        &page("2024-03-05T22:10:00Z", "Updated 6 March 2024"),
        "2024-03-05",
    );
    published(&page("2024-03-05T22:10:00Z", "4 March 2024"), "2024-03-05");
    published(
        &page("2024-03-05T22:10:00-05:00", "6 March 2024"),
        "2024-03-05",
    );
}

#[test]
fn a_page_that_claims_without_end_costs_no_more_than_its_length() {
    let node = r#"{"@type":"NewsArticle","headline":"Bridge to close","author":{"@id":"x"}},"#;
    let nodes = |n: usize| json(&format!("[{}1]", node.repeat(n)));
    let titles = |n: usize| {
        let claim = "<meta property=og:title content='Ferry to open'><h2>Bridge to close</h2>";
        claim.repeat(n)
    };
    let names = |n: usize| {
        let mut page = String::new();
        for name in 0..n {
            let name: String = name
                .to_string()
                .bytes()
                .map(|digit| char::from(digit + 49))
                .collect();
            page += &format!(
                "<p class=author><a href=/author/x>Ida X{name}</a></p><meta name=author content='Ida X{name}'>"
            );
        }
        page
    };
    let time = |html: &str| {
        let page = html::page(html);
        let once = || {
            let start = std::time::Instant::now();
            article::find(&page);
            start.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap_or_default()
    };
    let pages: [&dyn Fn(usize) -> String; 3] = [&nodes, &titles, &names];
    for (index, page) in pages.iter().enumerate() {
        let (short, long) = (time(&page(150)), time(&page(1_500)));
        assert!(long < short * 40, "{index}: {short:?} and {long:?}");
    }
}
