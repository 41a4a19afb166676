//! `nutgraf::features`: what is measured of a sentence.

use nutgraf::features::Features;
use nutgraf::{Page, Reading, article, html};

fn of_page(page: &Page) -> Vec<(String, Features, bool)> {
    let article = article::find(page);
    let reading = Reading::new(&article);
    let row = |at: usize| {
        let features = reading.measured.features[at];
        let is_eligible = reading.measured.eligible[at];
        (reading.shown(at).to_owned(), features, is_eligible)
    };
    (0..reading.sentences.len()).map(row).collect()
}

/// The features of the sentences of a text, a paragraph a line, under a title that none of them has words of.
fn features(text: &str) -> Vec<Features> {
    let rows = of_page(&Page::from_text(text, Some("Quarrel over oysters")));
    rows.into_iter().map(|row| row.1).collect()
}

#[test]
fn a_quotation_is_followed_from_sentence_to_sentence_and_ends_with_its_paragraph() {
    let features = features(
        "“We came by boat. The bridge was shut. Nobody had told us,” said Orme.\n\
         “This is never closed. It goes on.\n\
         The council met at noon. Nobody spoke.",
    );
    let flags = |of: fn(&Features) -> f64| features.iter().map(of).collect::<Vec<_>>();
    assert_eq!(
        flags(|features| features.starts_in_quotation),
        [0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    );
    assert_eq!(
        flags(|features| features.ends_in_quotation),
        [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0]
    );
    assert_eq!(features[1].quote_share, 1.0, "all of it is quoted");
    assert!(features[2].quote_share > 0.5 && features[2].quote_share < 1.0);
    assert_eq!(features[5].quote_share, 0.0);
}

#[test]
fn what_a_sentence_before_or_the_title_has_said_is_not_new() {
    let features = features(
        "Divers found oysters near Tarrow. Divers found oysters near Tarrow. Divers found pearls near Tarrow.",
    );
    // `Oysters` stands in the title.
    assert_eq!(features[0].novelty, 0.8);
    assert_eq!(features[1].novelty, 0.0);
    assert_eq!(features[2].novelty, 0.2);
}

#[test]
fn a_pronoun_counts_for_more_the_earlier_it_stands() {
    let features = features(
        "He closed the bridge. Trucks that he banned came back. The council closed the bridge.",
    );
    assert_eq!(features[0].pronoun_nearness, 1.0);
    assert_eq!(features[1].pronoun_nearness, 0.5, "`that` is one, too");
    assert_eq!(features[2].pronoun_nearness, 0.0);
}

#[test]
fn a_word_with_a_digit_in_it_is_no_number() {
    let features = features("Orme wrote as rope2000. Orme sold 14,000 ropes.");
    assert_eq!(features[0].has_number, 0.0);
    assert_eq!(features[1].has_number, 1.0);
}

#[test]
fn every_feature_of_odd_text_is_a_share() {
    let odd =
        "\u{200b}. “„«」』 1? ’’’ He he he. (((\n!\n— It\u{301} was 5 % … \"\n他说。\n".repeat(40);
    for (text, features, _) in of_page(&Page::from_text(&odd, None)) {
        // The names are those of the fields, as they are printed.
        for field in format!("{features:?}").split(&[',', '{', '}']) {
            if let Some((name, value)) = field.split_once(": ") {
                let value: f64 = value.trim().parse().expect("a number");
                assert!((0.0..=1.0).contains(&value), "{name} {value}: {text}");
            }
        }
    }
}

#[test]
fn key_points_and_the_standfirst_are_seen_already_and_not_chosen() {
    let story = "<p>The council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs.</p>\
                 <p>Ferries will run every ten minutes until the bridge opens again in the summer of next year.</p>\
                 <ul><li>The north pier will be replaced first, and the south pier in the following spring.</li></ul>\
                 <p>Shopkeepers on the north side fear for their trade, and have asked the city for help.</p>";
    let html = format!(
        "<article><h1>Harbor bridge to close</h1>\
         <ul><li>The harbor bridge closes for a year from May, the council of Tarrow has decided.</li>\
         <li>Ferries will run every ten minutes, and the shopkeepers of the north side fear for their trade.</li></ul>\
         {story}</article>"
    );
    let rows = of_page(&html::page(&html));
    let eligible: Vec<bool> = rows.iter().map(|row| row.2).collect();
    assert_eq!(eligible, [false, false, true, true, true, true], "{rows:?}");
}

#[test]
fn an_article_that_is_all_list_has_something_to_choose() {
    let items = "<li>The council of Tarrow voted on Tuesday to close the harbor bridge for a year.</li>\
                 <li>Ferries will run every ten minutes until the bridge opens again next summer.</li>";
    let rows = of_page(&html::page(&format!(
        "<article><h1>Harbor bridge to close</h1><ul>{items}</ul></article>"
    )));
    assert!(rows.iter().any(|row| row.2), "{rows:?}");
}
