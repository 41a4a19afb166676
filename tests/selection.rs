//! `nutgraf::selection`: which sentences are taken, and in which order.

use nutgraf::salience::Score;
use nutgraf::{Options, Page, Reading, article, selection};

const TEXT: &str = "\
The council of Tarrow voted on Tuesday to close the harbor bridge. It will stay shut for a year.
Ferries will run every ten minutes. Engineers found cracks in two piers last winter.
The council of Tarrow voted Tuesday to close the bridge at the harbor. Shopkeepers fear for their trade.
";

/// The order in which sentences are taken that have these worths and dependences.
fn order(scores: [(f64, f64); 6], redundancy_penalty: f64) -> Vec<usize> {
    let page = Page::from_text(TEXT, Some("Oysters"));
    let article = article::find(&page);
    let reading = Reading::new(&article);
    assert_eq!(reading.sentences.len(), scores.len());
    let score = |(worth, dependence)| Score { worth, dependence };
    let options = Options {
        redundancy_penalty,
        ..Options::default()
    };
    selection::order(
        &reading.tokens,
        &reading.measured,
        &scores.map(score),
        &options,
    )
    .collect()
}

#[test]
fn the_worthiest_come_first_and_the_earlier_of_equals() {
    let scores = [0.5, 0.3, 0.9, 0.3, 0.1, 0.2].map(|worth| (worth, 0.0));
    assert_eq!(order(scores, 0.0), [2, 0, 1, 3, 5, 4]);
}

#[test]
fn a_sentence_that_leans_on_another_waits_for_it() {
    // The second is worth most, but can't stand alone; when the first is taken, it can.
    let scores = [
        (0.5, 0.0),
        (0.9, 0.8),
        (0.4, 0.0),
        (0.3, 0.0),
        (0.1, 0.0),
        (0.2, 0.0),
    ];
    assert_eq!(order(scores, 0.0), [0, 1, 2, 3, 5, 4]);
}

#[test]
fn a_sentence_that_may_lean_loses_little() {
    let scores = [
        (0.4, 0.0),
        (0.5, 0.2),
        (0.3, 0.0),
        (0.2, 0.0),
        (0.0, 0.0),
        (0.1, 0.0),
    ];
    assert_eq!(order(scores, 0.0), [1, 0, 2, 3, 5, 4]);
}

#[test]
fn a_line_that_ends_as_no_sentence_does_must_be_worth_more_by_far() {
    let mut article = article::find(&Page::from_text(TEXT, Some("Oysters")));
    article.paragraphs[0].text += " The bridge, seen from the quay";
    let reading = Reading::new(&article);
    assert_eq!(reading.sentences.len(), 7);
    let first = |unfinished| {
        let scores = [0.5, 0.4, unfinished, 0.3, 0.2, 0.1, 0.1].map(|worth| Score {
            worth,
            dependence: 0.0,
        });
        let options = Options::default();
        let mut order = selection::order(&reading.tokens, &reading.measured, &scores, &options);
        order.next()
    };
    assert_eq!(first(0.7), Some(0));
    assert_eq!(first(0.9), Some(2));
}

#[test]
fn a_budget_is_filled_in_order_and_shown_in_reading_order() {
    let page = Page::from_text(TEXT, Some("Oysters"));
    let article = article::find(&page);
    let reading = Reading::new(&article);
    let n_words = &reading.tokens.n_words;
    assert_eq!(n_words[..], [12, 7, 6, 8, 13, 5]);
    let choose = |order: &[usize], max_sentences, max_words| {
        let options = Options {
            max_sentences,
            max_words,
            ..Options::default()
        };
        selection::choose(order.iter().copied(), &reading.tokens, &options)
    };
    let order = [4, 1, 0, 2, 5, 3];
    assert_eq!(choose(&order, 1, None), [4]);
    assert_eq!(choose(&order, 3, None), [0, 1, 4]);
    assert_eq!(choose(&order, 9, None), [0, 1, 2, 3, 4, 5]);
    // What does not fit beside those chosen is passed over.
    assert_eq!(choose(&order, 9, Some(20)), [1, 4]);
    assert_eq!(choose(&order, 9, Some(19)), [2, 4]);
    assert_eq!(choose(&order, 1, Some(19)), [4]);
    assert_eq!(choose(&order, 9, Some(11)), [1]);
    assert_eq!(choose(&order, 9, Some(13)), [4]);
    // If none fits, the shortest stands alone.
    assert_eq!(choose(&order, 9, Some(3)), [5]);
    assert_eq!(choose(&[4, 0], 9, Some(3)), [0]);
    assert_eq!(choose(&[], 9, Some(3)), [0; 0]);
}

#[test]
fn what_says_the_same_again_comes_last() {
    let scores = [0.9, 0.1, 0.5, 0.4, 0.8, 0.3].map(|worth| (worth, 0.0));
    assert_eq!(order(scores, 0.1), [0, 2, 3, 5, 1, 4]);
}

#[test]
fn what_repeats_in_part_is_worth_less() {
    // The second and the third speak of ferries.
    let text = "Orme sells rope on the quay.\n\
        Ferries will run every ten minutes to Tarrow.\n\
        Ferries from Sund will stay in port on Sundays in summer.\n\
        Nobody knows what becomes of the shops.";
    let page = Page::from_text(text, Some("Oysters"));
    let article = article::find(&page);
    let reading = Reading::new(&article);
    let scores = [0.1, 0.6, 0.55, 0.5].map(|worth| Score {
        worth,
        dependence: 0.0,
    });
    let order = |redundancy_penalty| {
        let options = Options {
            redundancy_penalty,
            ..Options::default()
        };
        let order = selection::order(&reading.tokens, &reading.measured, &scores, &options);
        order.collect::<Vec<_>>()
    };
    assert_eq!(order(0.0), [1, 2, 3, 0]);
    assert_eq!(order(1.0), [1, 3, 2, 0]);
}

#[test]
fn a_bare_pronoun_is_thought_to_lean_and_a_full_name_is_not() {
    let page = Page::from_text(
        "Mayor Ida Quist of Tarrow said on Monday that the work would cost 12 million crowns.\n\
         “We have seen three bridges close,” said Paul Orme, who sells rope on the quay. He has been there since then.\n\
         Engineers from the university found cracks in two of the six piers last winter.\n\
         She will be there. Because of them, it was banned.",
        Some("Harbor bridge to close"),
    );
    let article = article::find(&page);
    let reading = Reading::new(&article);
    let dependence: Vec<f64> = reading
        .scores
        .iter()
        .map(|score| score.dependence)
        .collect();
    let [quist, _, he, engineers, she, _] = dependence[..] else {
        panic!("six sentences: {dependence:?}")
    };
    assert!(he > 0.4 && she > 0.4, "{dependence:?}");
    assert!(quist < 0.2 && engineers < 0.2, "{dependence:?}");
}
