//! Lines and elements that are page furniture, by what they say of themselves.

use crate::features::ends_as_sentence;
use crate::language::Language;
use crate::tokens::{count_words, fold};

/// A line of furniture is short: what runs on is somebody's text.
const MAX_FURNITURE_WORDS: usize = 30;

/// Whether a block's text is furniture: an advertisement's label, a link to another story, a
/// newsletter's offer, hashtags, a time stamp.
pub fn is_furniture(text: &str, language: &Language) -> bool {
    let n_bytes_enough = text.len() > MAX_FURNITURE_WORDS * 16;
    if n_bytes_enough || count_words(text) > MAX_FURNITURE_WORDS {
        return false;
    }
    opens_as_furniture(text, language) || is_hashtags(text) || is_time_stamp(text)
}

fn opens_as_furniture(text: &str, language: &Language) -> bool {
    let folded = fold(text);
    let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    language.chrome.iter().any(|opening| {
        folded.strip_prefix(opening).is_some_and(|rest| {
            let whole_word = opening.ends_with(|c: char| !c.is_alphanumeric())
                || !rest.starts_with(char::is_alphanumeric)
                || crate::tokens::is_unspaced_char(rest.chars().next().unwrap_or(' '));
            // One word may open a sentence too; then it must be all there is, or a label.
            let is_phrase = opening.contains([' ', ':']) || opening.chars().count() > 12;
            whole_word && (is_phrase || is_label(rest))
        })
    })
}

/// Whether what follows the first word shows that it was a label: nothing, or a colon.
fn is_label(rest: &str) -> bool {
    rest.starts_with([':', '：', '|', '»', '>']) || count_words(rest) < 2 || !ends_as_sentence(rest)
}

fn is_hashtags(text: &str) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let n_hashtags = words.clone().filter(|word| word.starts_with('#')).count();
    n_hashtags > 0 && words.all(|word| word.starts_with(['#', '|', '·', ',']))
}

/// A date and a time, or a time alone, and hardly a word beside.
fn is_time_stamp(text: &str) -> bool {
    let (mut n_digits, mut n_letters) = (0, 0);
    for c in text.chars() {
        n_digits += usize::from(c.is_ascii_digit());
        n_letters += usize::from(c.is_alphabetic());
    }
    let is_date = n_digits >= 6
        && n_letters <= 12
        && text.contains([':', '/', '-', '.'])
        && !ends_as_sentence(text);
    // `2:05 p.m.`, `14.30 Uhr`
    let is_time = matches!(n_digits, 3..=4) && n_letters <= 4 && text.contains([':', '.']);
    is_date || is_time
}
