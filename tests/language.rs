//! `nutgraf::language`: the word lists keep their rules, and a text tells its language.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nutgraf::language::{self, identify};
use nutgraf::tokens::fold;

/// Every list file with its text.
fn lists() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language");
    let folders = fs::read_dir(dir).expect("the lists are there").flatten();
    let folders = folders
        .map(|entry| entry.path())
        .filter(|path| path.is_dir());
    folders
        .flat_map(|folder| {
            fs::read_dir(folder)
                .expect("a folder can be listed")
                .flatten()
        })
        .map(|entry| {
            let path = entry.path();
            (
                path.display().to_string(),
                fs::read_to_string(path).expect("a list is UTF-8"),
            )
        })
        .collect()
}

#[test]
fn every_list_is_sorted_folded_and_without_duplicates() {
    let lists = lists();
    assert!(lists.len() >= 60, "only {} lists were found", lists.len());
    for (path, text) in lists {
        let entries = text.lines().filter(|line| !line.starts_with('#'));
        let words: Vec<&str> = entries
            .map(|line| line.split('\t').next().unwrap_or(line))
            .collect();
        for pair in words.windows(2) {
            assert!(
                pair[0] < pair[1],
                "{path}: {:?} stands before {:?}",
                pair[0],
                pair[1]
            );
        }
        for word in words {
            // What tells languages apart is compared with the text as it is, accents and all.
            let is_of_text = path.ends_with("ngrams.txt") || path.ends_with("function_words.txt");
            let is_folded = word == fold(word) || is_of_text;
            assert!(is_folded, "{path}: {word} is not folded");
            assert_eq!(word, word.trim(), "{path}: blanks around an entry");
        }
    }
}

#[test]
fn every_list_names_its_licence() {
    for (path, text) in lists() {
        let header: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect();
        assert!(
            header.join(" ").contains("MIT OR Apache-2.0"),
            "{path} names no licence"
        );
    }
}

#[test]
fn every_folder_of_lists_is_a_language_of_the_crate() {
    let has_stop_words = |path: &String| path.ends_with("stop_words.txt");
    for (path, _) in lists().into_iter().filter(|(path, _)| has_stop_words(path)) {
        let folder = Path::new(&path)
            .parent()
            .and_then(Path::file_name)
            .and_then(|tag| tag.to_str());
        let tag = folder.expect("a list stands in a folder");
        assert_eq!(
            language::of(tag).tag,
            tag,
            "src/language.rs does not know {tag}"
        );
    }
}

#[test]
fn lists_are_searched_to_their_ends() {
    for language in language::LANGUAGES.iter() {
        for words in [language.stop_words, language.abbreviations, language.chrome] {
            for word in words.iter() {
                assert!(
                    words.contains(word),
                    "{}: {word} is not found",
                    language.tag
                );
            }
        }
        assert!(!language.stop_words.contains("nutgraf"));
    }
}

#[test]
fn a_list_knows_whether_an_entry_begins_with_what_it_lacks() {
    for language in language::LANGUAGES.iter() {
        for list in [language.consequence, language.dependent_openers] {
            let entries: Vec<&str> = list.iter().collect();
            for entry in &entries {
                for (end, _) in entry.char_indices() {
                    for phrase in [&entry[..end], &format!("{} \u{10ffff}", &entry[..end])] {
                        let is_begun = entries.iter().any(|entry| entry.starts_with(phrase));
                        match list.find(phrase) {
                            Ok(_) => assert!(entries.contains(&phrase), "{phrase:?}"),
                            Err(found) => {
                                assert!(!entries.contains(&phrase), "{phrase:?}");
                                assert_eq!(found, is_begun && !phrase.is_empty(), "{phrase:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

fn check(text: &str, declared: Option<&str>, expected: &str) {
    assert_eq!(identify(&[text], declared), expected, "{text}");
}

#[test]
fn a_text_tells_its_language_by_its_words_and_script() {
    check(
        "The mayor said that the bridge would be closed for a year.",
        None,
        "en",
    );
    check(
        "Le maire a dit que le pont serait fermé pendant une année.",
        None,
        "fr",
    );
    check(
        "Die Brücke wird für ein Jahr geschlossen, sagte der Bürgermeister.",
        None,
        "de",
    );
    check(
        "El alcalde dijo que el puente estará cerrado durante un año.",
        None,
        "es",
    );
    check("قال رئيس البلدية إن الجسر سيغلق لمدة عام.", None, "ar");
    check("市長は橋を一年間閉鎖すると述べた。", None, "ja");
    check("市长说大桥将关闭一年。", None, "zh");
    check("Xyzzy plugh.", None, "und");
}

#[test]
fn a_sentence_tells_its_language() {
    let mut n: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in include_str!("cases/languages.txt").lines() {
        let Some((tag, sentences)) = line.split_once(" | ") else {
            continue;
        };
        for sentence in sentences.split('‖') {
            let found = identify(&[sentence], None);
            let (n_right, n_all) = n.entry(tag).or_default();
            // Two that are not told from each other are `und`.
            *n_right += usize::from(found == tag || found == "und");
            *n_all += 1;
        }
    }
    for (tag, (n_right, n_all)) in n {
        assert!(n_right * 20 >= 17 * n_all, "{tag}: {n_right} of {n_all}");
    }
}

#[test]
fn a_language_that_we_do_not_know_is_not_taken_for_one_that_we_know() {
    for text in [
        "Hallitus esitti torstaina uuden lain, joka rajoittaa metsien hakkuita Pohjois-Suomessa.",
        "Guvernul a prezentat joi o nouă lege care limitează tăierea pădurilor din nordul țării.",
        "Pemerintah pada hari Kamis mengajukan undang-undang baru yang membatasi penebangan hutan.",
        "Η κυβέρνηση παρουσίασε την Πέμπτη έναν νέο νόμο για τα δάση του βορρά.",
        "정부는 목요일에 북부 산림의 벌채를 제한하는 새 법안을 제출했다.",
    ] {
        check(text, None, "und");
        check(text, Some("xx"), "xx");
    }
}

#[test]
fn what_a_page_declares_holds_unless_its_text_speaks_against_it() {
    check(
        "The mayor said that the bridge would be closed for a year.",
        Some("de-DE"),
        "en",
    );
    check(
        "Borgmesteren sagde, at broen lukker i et helt år.",
        Some("da"),
        "da",
    );
    check("市長は橋を一年間閉鎖すると述べた。", Some("en"), "ja");
    check("Broen stenger.", Some("nb-NO"), "no");
}

#[test]
fn portuguese_that_the_page_declares_is_not_taken_for_spanish() {
    let text = "A câmara de Brakstedt votou na terça-feira a favor de fechar a ponte do porto durante um ano. \
        O presidente da câmara disse que as obras vão custar doze milhões de coroas e que os barcos \
        passam de dez em dez minutos. Os donos das lojas do lado norte temem pelo seu negócio.";
    assert_eq!(language::identify(&[text], Some("pt-PT")), "pt");
}
