//! `nutgraf::tokens`: what is a word, and when two words are the same.

use nutgraf::language;
use nutgraf::tokens::{count_words, fold, terms, words};

fn check(text: &str, expected: &[&str]) {
    assert_eq!(
        words(text).map(|(_, word)| word).collect::<Vec<_>>(),
        expected,
        "{text}"
    );
}

#[test]
fn a_word_is_what_stands_between_blanks_and_marks() {
    check(
        "Don't pay 3.5 percent, Mr. Fox!",
        &["Don't", "pay", "3.5", "percent", "Mr", "Fox"],
    );
}

#[test]
fn scripts_without_blanks_are_read_character_by_character() {
    check("橋を渡る。", &["橋", "を", "渡", "る"]);
    check("新カメラ。", &["新", "カメラ"]);
    assert_eq!(count_words("新カメラ"), 4, "a character counts as a word");
}

#[test]
fn folding_takes_case_and_accents_off() {
    for (word, folded) in [
        ("Élysée", "elysee"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Київ", "київ"),
        ("МОСКВА", "москва"),
        ("Αθήνα", "αθηνα"),
        ("don’t", "don't"),
        ("أحمد", "احمد"),
        ("Việt", "viet"),
        ("ＡＢＣ", "abc"),
    ] {
        assert_eq!(fold(word), folded);
        assert_eq!(fold(folded), folded, "folding twice is folding once");
    }
}

fn check_terms(tag: &str, text: &str, expected: &[&str]) {
    assert_eq!(
        terms(text, language::of(tag)).collect::<Vec<_>>(),
        expected,
        "{text}"
    );
}

#[test]
fn a_possessive_and_an_elided_article_do_not_make_another_word() {
    check_terms("en", "Austin’s phone", &["austin", "phone"]);
    check_terms("fr", "l’école d’Anne", &["ecole", "anne"]);
}

#[test]
fn characters_of_scripts_without_blanks_are_told_apart_by_pairs() {
    check_terms("ja", "市長、市民", &["市長", "長", "市民", "民"]);
}
