//! `nutgraf::entities`: which names an article names, and that they are one entity's.

use nutgraf::{Options, Page, summarize};

/// The entities of a text with their kinds and numbers of mentions.
fn names(tag: &str, text: &str) -> Vec<(String, &'static str, usize)> {
    let mut page = Page::from_text(text, Some("A title"));
    page.language = Some(tag.to_owned());
    let kind = |kind| match kind {
        nutgraf::entities::Kind::Person => "person",
        nutgraf::entities::Kind::Organization => "organization",
        nutgraf::entities::Kind::Place => "place",
        nutgraf::entities::Kind::Other => "other",
    };
    let entities = summarize(&page, &Options::default()).entities;
    entities
        .into_iter()
        .map(|entity| (entity.name, kind(entity.kind), entity.mentions))
        .collect()
}

fn check(tag: &str, text: &str, expected: &[(&str, &str, usize)]) {
    let found = names(tag, text);
    let found: Vec<(&str, &str, usize)> = found
        .iter()
        .map(|(name, kind, mentions)| (&**name, *kind, *mentions))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_surname_is_a_mention_of_the_full_name() {
    check(
        "en",
        "The mayor, Ida Quist, resigned. Reporters asked Quist why. Friends of Quist's wept.",
        &[("Ida Quist", "person", 3)],
    );
}

#[test]
fn the_word_that_opens_a_sentence_is_no_name_by_its_capital_alone() {
    check("en", "Nobody came. Rain fell. Yesterday it was dry.", &[]);
}

#[test]
fn a_word_that_opens_a_sentence_and_does_something_is_a_name() {
    check(
        "en",
        "It was late. Quist was tired. Rain fell.",
        &[("Quist", "person", 1)],
    );
    check(
        "en",
        "Bank of Tarrow shares fell.",
        &[("Bank of Tarrow", "organization", 1)],
    );
}

#[test]
fn a_sentence_full_of_names_is_no_heading() {
    let text = "Ida Quist, Paul M. Orme, Jan van der Veld and Tom Rask.";
    let names = names("en", text);
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn acronyms_of_common_things_are_no_names() {
    check(
        "en",
        "It was said on TV that the CEO has a PhD. Today I’m 40.",
        &[],
    );
}

#[test]
fn a_title_makes_a_person_and_is_no_part_of_the_name() {
    check(
        "en",
        "It was said by President Orme.",
        &[("Orme", "person", 1)],
    );
}

#[test]
fn small_words_join_a_name() {
    check(
        "en",
        "It was the Bank of Tarrow that paid.",
        &[("Bank of Tarrow", "organization", 1)],
    );
}

#[test]
fn initials_stand_for_the_name_they_are_taken_from() {
    check(
        "en",
        "It was the Tarrow Harbor Union that struck. Later the THU gave in.",
        &[("Tarrow Harbor Union", "organization", 2)],
    );
}

#[test]
fn months_and_weekdays_are_no_names() {
    check("en", "It rained on Monday and all through October.", &[]);
}

#[test]
fn nationalities_numerals_and_bare_words_are_no_names() {
    check(
        "en",
        "It was an American who asked the Bank by the River what chapter IV of the Iraqi plan meant.",
        &[],
    );
}

#[test]
fn the_words_beside_a_name_tell_what_it_is() {
    check(
        "en",
        "Rain fell in Weirbridge and near Ostvik. It was signed by Quist. It was the Harbor Watch that won.",
        &[
            ("Weirbridge", "place", 1),
            ("Ostvik", "place", 1),
            ("Quist", "person", 1),
            ("Harbor Watch", "organization", 1),
        ],
    );
}

#[test]
fn german_nouns_are_no_names() {
    check(
        "de",
        "Gestern sprach die Bürgermeisterin Anna Kern über das Wetter. Danach lobte Kern die Brücke.",
        &[("Anna Kern", "person", 2)],
    );
}

#[test]
fn a_script_without_capitals_names_a_person_after_a_title() {
    let found = names("ar", "قال الرئيس سالم إن الجسر آمن.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "person");
}
