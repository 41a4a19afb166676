//! What holds for any page at all, whoever wrote it. The property tests, the regression cases and the
//! fuzz targets (`fuzz/`) all ask this, so that what one of them learns to look for, the others look
//! for as well.

use std::ops::Range;

use nutgraf::article::{Article, Shape};
use nutgraf::json::{self, Extract};
use nutgraf::page::{BlockKind, Visibility};
use nutgraf::summary::SummarySentence;
use nutgraf::{Options, Page, Reading, State, Summary, article, selection};
use serde::Serialize;
use serde_json::Value;

/// Reads a page as all callers do and panics where something does not hold that should. Returns the
/// summary. Linear in the page.
pub fn hold(page: &Page, options: &Options) -> Summary {
    page_holds(page);
    let article = article::find(page);
    article_holds(page, &article);
    let reading = Reading::new(&article);
    reading_holds(&reading);
    choice_holds(&reading, options);
    let summary = reading.summary(options);
    summary_holds(&reading, &summary, options);
    json_holds(&summary);
    json_holds(&Extract::from(&article));
    assert_eq!(
        summary,
        nutgraf::summarize(page, options),
        "the same page gives the same summary"
    );
    summary
}

/// White space is folded: runs of it are one blank, and none stands at an end.
fn is_folded(text: &str) -> bool {
    let mut after_blank = true;
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || after_blank) {
            return false;
        }
        after_blank = c == ' ';
    }
    !after_blank
}

fn page_holds(page: &Page) {
    for (index, element) in page.elements.iter().enumerate() {
        assert!(
            element.parent <= index,
            "a parent stands before its children"
        );
        assert!(
            index == 0 || element.parent < index,
            "only the first is its own parent"
        );
    }
    for block in &page.blocks {
        let text = &*block.text;
        assert!(
            block.element < page.elements.len(),
            "every block hangs in an element"
        );
        assert!(is_folded(text), "white space is folded: {text:?}");
        assert!(
            (0.0..=1.0).contains(&block.link_share),
            "{}",
            block.link_share
        );
        assert!(page.ancestors(block).count() <= Page::MAX_ANCESTORS);
        assert!(
            block.origins.is_sorted_by_key(|origin| origin.at),
            "origins stand in order"
        );
        for origin in &block.origins {
            assert!(
                text.is_char_boundary(origin.at as usize),
                "a stretch starts with a character"
            );
        }
        let stretches = block.stretches(0..text.len());
        for stretch in &stretches {
            assert!(stretch.start <= stretch.end, "a stretch goes forward");
        }
        for pair in stretches.windows(2) {
            assert!(
                pair[0].end <= pair[1].start,
                "stretches stand in the order of the page"
            );
        }
    }
    for fact in &page.facts {
        assert!(
            is_folded(&fact.value),
            "white space of a fact is folded: {:?}",
            fact.value
        );
    }
}

/// What the browser marks of a page is the text that was read: every place is that of a character in its
/// text node.
pub fn places_hold(page: &Page, texts: &[&str]) {
    for block in &page.blocks {
        for stretch in block.stretches(0..block.text.len()) {
            for (node, at) in [stretch.start, stretch.end] {
                let text = texts[node as usize];
                assert!(text.is_char_boundary(at as usize), "byte {at} of {text:?}");
            }
            let (first, last) = (stretch.start, stretch.end);
            if first.0 == last.0 {
                let part = &texts[first.0 as usize][first.1 as usize..last.1 as usize];
                let words: Vec<&str> = part.split_whitespace().collect();
                assert!(
                    block.text.contains(&words.join(" ")),
                    "{part:?} is read as {:?}",
                    block.text
                );
            }
        }
    }
}

fn article_holds(page: &Page, article: &Article) {
    let mut last = None;
    for paragraph in &article.paragraphs {
        let block = &page.blocks[paragraph.block];
        assert_eq!(
            paragraph.text, block.text,
            "a paragraph is a block, word for word"
        );
        assert_eq!(
            block.visibility,
            Visibility::Visible,
            "what can't be seen is not read"
        );
        assert!(
            last < Some(paragraph.block),
            "paragraphs stand in the order of the page"
        );
        last = Some(paragraph.block);
    }
    if article.paragraphs.is_empty() {
        assert_eq!(article.shape, Shape::List);
        assert_eq!(article.standfirst(), None);
    }
    if let Some(day) = &article.published {
        let is_digit = |at: usize| day.as_bytes()[at].is_ascii_digit();
        assert!(
            day.len() == 10 && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit),
            "{day}"
        );
        assert!(
            &day[4..5] == "-" && ("01"..="12").contains(&&day[5..7]),
            "{day}"
        );
        assert!(
            &day[7..8] == "-" && ("01"..="31").contains(&&day[8..]),
            "{day}"
        );
    }
    let tag = &article.language;
    assert!(
        (2..=3).contains(&tag.len()) || tag.len() == 1,
        "{tag:?} is a primary subtag"
    );
    assert!(
        tag.bytes().all(|byte| byte.is_ascii_lowercase()),
        "{tag:?} is a primary subtag"
    );
    assert_eq!(article.hash().len(), 16);
}

/// Whether a span lies in a text, on the boundaries of characters.
fn fits(text: &str, span: &Range<usize>) -> bool {
    span.start <= span.end && text.get(span.clone()).is_some()
}

fn reading_holds(reading: &Reading) {
    let n_sentences = reading.sentences.len();
    let (mut paragraph, mut at) = (0, 0);
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let text = &*reading.paragraphs[sentence.paragraph].text;
        if sentence.paragraph != paragraph {
            assert!(
                sentence.paragraph > paragraph,
                "sentences stand in reading order"
            );
            assert_eq!(
                at,
                reading.paragraphs[paragraph].text.len(),
                "sentences tile their paragraph"
            );
            (paragraph, at) = (sentence.paragraph, 0);
        }
        assert_eq!(sentence.span.start, at, "sentences tile their paragraph");
        assert!(!sentence.span.is_empty(), "a sentence is not empty");
        at = sentence.span.end;
        assert!(fits(text, &sentence.span) && fits(text, &sentence.shown));
        assert!(
            sentence.span.start <= sentence.shown.start && sentence.shown.end <= sentence.span.end
        );
        let mut last = sentence.shown.start;
        for token in reading.tokens.of(index) {
            assert!(
                last <= token.span.start && fits(text, &token.span),
                "tokens stand in order"
            );
            assert!(!token.span.is_empty() && token.span.end <= sentence.shown.end);
            assert!(token.term < reading.tokens.n_terms());
            last = token.span.end;
        }
        assert!(fits(
            reading.paragraphs[sentence.paragraph].original,
            &reading.shown_span(index)
        ));
    }
    if let Some(last) = reading.paragraphs.get(paragraph) {
        assert_eq!(at, last.text.len(), "sentences tile their paragraph");
    }
    let measured = &reading.measured;
    for n in [
        measured.features.len(),
        measured.eligible.len(),
        measured.entities.len(),
        reading.scores.len(),
        reading.tokens.n_words.len(),
    ] {
        assert_eq!(n, n_sentences, "everything is measured of every sentence");
    }
    for score in &reading.scores {
        for value in [score.worth, score.dependence] {
            assert!((0.0..=1.0).contains(&value), "{value}");
        }
    }
    for weight in &measured.term_weights {
        assert!(weight.is_finite() && *weight >= 0.0, "{weight}");
    }
    // The fields of a struct are only told by how it is shown; a few will do.
    for features in measured.features.iter().take(12) {
        let shown = format!("{features:?}");
        for value in shown.split(": ").skip(1) {
            let value = value
                .split([',', ' '])
                .next()
                .expect("a value stands there");
            let value: f64 = value.parse().expect("a feature is a number");
            assert!((0.0..=1.0).contains(&value), "{shown}");
        }
    }
    for entity in &reading.entities {
        assert!(!entity.mentions.is_empty() && !entity.name.is_empty());
        for mention in &entity.mentions {
            let text = &*reading.paragraphs[reading.sentences[mention.sentence].paragraph].text;
            assert!(fits(text, &mention.span) && !mention.span.is_empty());
        }
        assert!(entity.mentions.is_sorted_by_key(|mention| mention.sentence));
    }
}

/// How many sentences are asked for, one after the other.
const LENGTHS: usize = 9;

fn choice_holds(reading: &Reading, options: &Options) {
    let order: Vec<usize> =
        selection::order(&reading.tokens, &reading.measured, &reading.scores, options).collect();
    let mut ordered = vec![false; reading.sentences.len()];
    for &sentence in &order {
        assert!(!ordered[sentence], "a sentence is chosen once");
        assert!(
            reading.measured.eligible[sentence],
            "only what may be chosen is"
        );
        let paragraph = reading.sentences[sentence].paragraph;
        let kind = reading.article.paragraphs[paragraph].kind;
        assert!(
            !matches!(kind, BlockKind::Heading(_)),
            "a heading is never chosen"
        );
        ordered[sentence] = true;
    }
    assert_eq!(
        ordered, reading.measured.eligible,
        "all that may be chosen is, in the end"
    );

    let n_words = |sentence: usize| reading.tokens.n_words[sentence];
    let choose = |max_sentences, max_words| {
        let options = Options {
            max_sentences,
            max_words,
            ..options.clone()
        };
        selection::choose(order.iter().copied(), &reading.tokens, &options)
    };
    let mut shorter: Vec<usize> = Vec::new();
    for n in 1..=LENGTHS {
        let chosen = choose(n, None);
        assert_eq!(
            chosen.len(),
            n.min(order.len()),
            "as many as are asked for, if there are"
        );
        assert!(
            chosen.is_sorted_by(|a, b| a < b),
            "chosen sentences stand in reading order"
        );
        assert!(
            shorter.iter().all(|one| chosen.contains(one)),
            "a longer summary holds the shorter"
        );
        shorter = chosen;
    }
    for max_words in [1, 10, 30, 80] {
        let chosen = choose(usize::MAX, Some(max_words));
        let n: usize = chosen.iter().copied().map(n_words).sum();
        let shortest = order.iter().copied().map(n_words).min();
        let stands_alone = chosen.len() == 1 && Some(n) == shortest;
        assert!(n <= max_words || stands_alone, "{n} words for {max_words}");
        assert_eq!(
            chosen.is_empty(),
            order.is_empty(),
            "where anything may be chosen, something is"
        );
    }
}

fn summary_holds(reading: &Reading, summary: &Summary, options: &Options) {
    let n = summary.sentences.len();
    assert!(n <= options.max_sentences);
    assert_eq!(summary.n_sentences, reading.sentences.len());
    assert!(summary.n_summary_words <= summary.n_words);
    let shows = !matches!(
        summary.state,
        State::NotAnArticle | State::UnsupportedLanguage
    );
    assert!(shows || n == 0 && summary.entities.is_empty() && summary.n_summary_words == 0);
    match summary.state {
        State::NotAnArticle => assert_eq!(reading.article.shape, Shape::List),
        State::Truncated => assert!(reading.article.is_truncated),
        State::TooShort => assert!(summary.n_sentences < 5),
        State::TooLittleSaved | State::Ok => {
            let saves = summary.n_summary_words as f64 <= 0.4 * summary.n_words as f64;
            assert_eq!(saves, summary.state == State::Ok);
            assert!(summary.n_sentences >= 5);
        }
        State::UnsupportedLanguage => {}
    }
    let words = |sentence: &SummarySentence| reading.tokens.n_words[sentence.sentence];
    let n_words: usize = summary.sentences.iter().map(words).sum();
    assert_eq!(summary.n_summary_words, n_words);
    if let Some(max_words) = options.max_words {
        assert!(n_words <= max_words || n == 1);
    }
    assert!(
        summary
            .sentences
            .is_sorted_by(|a, b| a.sentence < b.sentence),
        "in reading order"
    );
    for sentence in &summary.sentences {
        let paragraph = &reading.article.paragraphs[sentence.paragraph];
        assert!(
            paragraph.text.contains(&sentence.text),
            "word for word: {:?}",
            sentence.text
        );
        assert!(!sentence.text.is_empty() && !sentence.reasons.is_empty());
        for value in [sentence.score, sentence.salience, sentence.entity_density] {
            assert!((0.0..=1.0).contains(&value), "{value}");
        }
        let clean = &reading.paragraphs[sentence.paragraph].text;
        for word in sentence.reasons.iter().flat_map(|reason| &reason.words) {
            assert!(
                clean.contains(&**word),
                "evidence in the article's own words: {word:?}"
            );
        }
    }
    assert!(
        summary
            .entities
            .is_sorted_by(|a, b| a.mentions >= b.mentions),
        "most mentioned first"
    );
    for entity in &summary.entities {
        assert!(entity.sentences.is_sorted_by(|a, b| a < b) && !entity.sentences.is_empty());
        assert!(
            entity
                .sentences
                .last()
                .is_none_or(|&last| last < summary.n_sentences)
        );
        assert!(entity.sentences.len() <= entity.mentions);
    }
}

/// What the browser is given is JSON, and says the same in the same order as what the command writes.
pub fn json_holds(value: &impl Serialize) {
    let ours: Value =
        serde_json::from_str(&json::write(value)).expect("what the browser is given is JSON");
    let theirs = serde_json::to_string(value).expect("our types can be written");
    assert_eq!(ours.to_string(), theirs);
    numbers_hold(&ours);
}

/// Numbers have three decimals at most, and as JavaScript writes them: a whole one has none.
fn numbers_hold(value: &Value) {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            let decimals = text.split('.').nth(1);
            assert!(
                decimals.is_none_or(|decimals| decimals.len() <= 3 && decimals != "0"),
                "{text}"
            );
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.'),
                "{text}"
            );
        }
        Value::Array(values) => values.iter().for_each(numbers_hold),
        Value::Object(values) => values.values().for_each(numbers_hold),
        _ => {}
    }
}
