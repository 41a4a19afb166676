//! `nutgraf::summary` and the stages below it: what is chosen, why, and what it is worth.

use nutgraf::summary::ReasonCode;
use nutgraf::{Options, Page, State, Summary, html, summarize};

const ARTICLE: &str = "\
Harbor bridge to close for a year
The council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs. Mayor \
Ida Quist said that the work would cost 12 million crowns, twice what was planned.
Ferries will run every ten minutes until the bridge opens again. Shopkeepers on the north side \
fear for their trade. Some of them have asked the city for help.
“We have seen three bridges close,” said Paul Orme, who sells rope on the quay. He has been there \
since 1988. The council will meet the shopkeepers on Friday, and Quist will be there.
The bridge was built in 1931 and carries 14,000 cars a day. Engineers found cracks in two of its \
six piers last winter. Because of them, heavy trucks have been banned since March.
";

fn summary(text: &str, options: Options) -> Summary {
    summarize(&Page::from_text(text, None), &options)
}

fn sentences(n: usize) -> Options {
    Options {
        max_sentences: n,
        ..Options::default()
    }
}

#[test]
fn every_sentence_is_word_for_word_and_they_stand_in_reading_order() {
    let summary = summary(ARTICLE, sentences(5));
    assert_eq!(summary.sentences.len(), 5);
    for sentence in &summary.sentences {
        assert!(ARTICLE.contains(&sentence.text), "{}", sentence.text);
    }
    assert!(
        summary
            .sentences
            .is_sorted_by_key(|sentence| sentence.sentence)
    );
}

#[test]
fn a_longer_summary_contains_the_shorter_one() {
    for n in 1..8 {
        let (short, long) = (
            summary(ARTICLE, sentences(n)),
            summary(ARTICLE, sentences(n + 1)),
        );
        for sentence in &short.sentences {
            assert!(long.sentences.contains(sentence), "{n}: {}", sentence.text);
        }
    }
}

#[test]
fn a_budget_of_words_is_kept_and_never_leaves_nothing() {
    let words = |n| Options {
        max_sentences: usize::MAX,
        max_words: Some(n),
        ..Options::default()
    };
    for n in [20, 30, 50] {
        let summary = summary(ARTICLE, words(n));
        assert!(summary.n_summary_words <= n && !summary.sentences.is_empty());
    }
    let shortest = summary(ARTICLE, words(1));
    assert_eq!(
        shortest.sentences.len(),
        1,
        "the shortest sentence stands alone"
    );
    assert_eq!(shortest.sentences[0].text, "He has been there since 1988.");
}

#[test]
fn the_counts_are_those_of_the_article() {
    let summary = summary(ARTICLE, sentences(2));
    assert_eq!(summary.state, State::Ok);
    assert_eq!(
        summary.title.as_deref(),
        Some("Harbor bridge to close for a year")
    );
    assert_eq!(summary.n_sentences, 11);
    assert_eq!(summary.n_words, ARTICLE.split_whitespace().count() - 7);
    let words = summary
        .sentences
        .iter()
        .map(|sentence| sentence.text.split(' ').count());
    assert_eq!(summary.n_summary_words, words.sum::<usize>());
}

/// R12: reasons are true.
#[test]
fn every_choice_has_a_reason_that_the_article_bears_out() {
    let summary = summary(ARTICLE, sentences(8));
    for sentence in &summary.sentences {
        assert!(!sentence.reasons.is_empty());
        for reason in &sentence.reasons {
            for word in &reason.words {
                assert!(sentence.text.contains(&**word), "{word}: {}", sentence.text);
            }
            if reason.code == ReasonCode::OpensArticle {
                assert_eq!(sentence.sentence, 0);
            }
        }
    }
    let first = &summary.sentences[0];
    assert!(
        first
            .reasons
            .iter()
            .any(|reason| reason.code == ReasonCode::OpensArticle)
    );
}

#[test]
fn names_come_with_the_sentences_that_name_them() {
    let summary = summary(ARTICLE, sentences(3));
    let quist = summary
        .entities
        .iter()
        .find(|entity| entity.name == "Ida Quist");
    let quist = quist.expect("the mayor is found");
    assert_eq!((quist.mentions, &*quist.sentences), (2, &[1, 7][..]));
}

#[test]
fn a_sentence_that_stands_twice_is_shown_once() {
    let text = "The pier fell into the sea. ".repeat(20) + "Nobody was there to see it happen.";
    let summary = summary(&text, sentences(3));
    assert_eq!(summary.sentences.len(), 2);
}

fn check_state(text: &str, expected: State) {
    assert_eq!(summary(text, Options::default()).state, expected, "{text}");
}

#[test]
fn a_text_without_sentences_is_not_an_article() {
    check_state("", State::NotAnArticle);
    check_state("Bridge", State::NotAnArticle);
    check_state("Bridge\nPier\nQuay", State::NotAnArticle);
    assert!(
        summary("Bridge\nPier\nQuay", Options::default())
            .sentences
            .is_empty()
    );
}

#[test]
fn a_short_text_is_too_short_and_still_summarized() {
    check_state("It rained. Nobody came. The pier fell.", State::TooShort);
    assert_eq!(
        summary("It rained. Nobody came.", sentences(1))
            .sentences
            .len(),
        1
    );
}

#[test]
fn a_summary_nearly_as_long_as_the_article_saves_too_little() {
    let text = "The council of the city voted on Tuesday to close the old harbor bridge. Mayor Ida \
        Quist said that the work would cost twelve million crowns in all. Ferries will run every \
        ten minutes until it opens to traffic again. It rained. Nobody came.";
    check_state(text, State::TooLittleSaved);
}

#[test]
fn a_text_that_breaks_off_is_truncated() {
    check_state(
        "It rained. Nobody came. The pier fell. Then it was night. And then the …",
        State::Truncated,
    );
    let stub = r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>
        <article><p>The council of Tarrow voted on Tuesday to close the bridge for a year.</p></article>"#;
    assert_eq!(
        summarize(&html::page(stub), &Options::default()).state,
        State::Truncated
    );
}

#[test]
fn a_script_that_marks_no_sentences_is_unsupported() {
    let thai = "กรุงเทพมหานครประกาศปิดสะพานเป็นเวลาหนึ่งปีเพื่อซ่อมแซม ".repeat(20);
    let summary = summary(&thai, Options::default());
    assert_eq!(summary.state, State::UnsupportedLanguage);
    assert!(summary.sentences.is_empty());
}

#[test]
fn options_out_of_range_are_refused_in_plain_words() {
    let error = |options: Options| options.check().map_err(|error| error.to_string());
    assert_eq!(error(Options::default()), Ok(()));
    assert_eq!(
        error(sentences(0)),
        Err("sentences is 0, needs at least 1".to_owned())
    );
    let words = Options {
        max_words: Some(0),
        ..Options::default()
    };
    assert_eq!(error(words), Err("words is 0, needs at least 1".to_owned()));
    let penalty = Options {
        redundancy_penalty: 2.0,
        ..Options::default()
    };
    assert_eq!(
        error(penalty),
        Err("redundancy penalty is 2, needs 0 to 1".to_owned())
    );
}
