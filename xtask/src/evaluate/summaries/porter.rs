//! English words → their stems, for ROUGE.
//!
//! Porter, "An algorithm for suffix stripping" (Program 14(3), 1980), with what NLTK's `PorterStemmer`
//! changes by default, since that is what the scoring tool stems with: irregular words; `ies` and `ied`
//! after one letter become `ie`; `y` becomes `i` after any consonant but the first letter, and not
//! after a vowel; `bli` and `logi` lose their ends as in Porter's own later program, and so does
//! `fulli`; `alli` is looked at again; a word of two letters, vowel and consonant, counts as short.
//! Snowball's `english`, which the kept crates have, is another algorithm.

const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// The stem of a word in lower case.
pub fn stem(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*stem).to_owned();
    }
    let mut stem = Stem(word.chars().collect());
    if stem.0.len() > 2 {
        stem.plural();
        stem.past();
        stem.final_y();
        stem.double_suffix();
        stem.suffix();
        stem.last_suffix();
        stem.tidy();
    }
    stem.0.into_iter().collect()
}

/// A word on its way to its stem.
struct Stem(Vec<char>);

impl Stem {
    fn ends_with(&self, suffix: &str) -> bool {
        let n = suffix.chars().count();
        n <= self.0.len()
            && suffix
                .chars()
                .eq(self.0[self.0.len() - n..].iter().copied())
    }

    /// What stands before the last `n` letters.
    fn before(&self, n: usize) -> &[char] {
        &self.0[..self.0.len() - n]
    }

    fn replace(&mut self, n: usize, by: &str) {
        self.0.truncate(self.0.len() - n);
        self.0.extend(by.chars());
    }

    /// Applies the first rule whose suffix the word has, if what stands before it is long enough.
    fn apply(&mut self, rules: &[(&str, &str)], min_measure: usize) {
        let rule = rules.iter().find(|(suffix, _)| self.ends_with(suffix));
        if let Some((suffix, by)) = rule
            && measure(self.before(suffix.len())) >= min_measure
        {
            self.replace(suffix.len(), by);
        }
    }

    /// Step 1a.
    fn plural(&mut self) {
        if self.0.len() == 4 && self.ends_with("ies") {
            return self.replace(3, "ie");
        }
        self.apply(&[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")], 0);
    }

    /// Step 1b.
    fn past(&mut self) {
        if self.ends_with("ied") {
            return self.replace(3, if self.0.len() == 4 { "ie" } else { "i" });
        }
        if self.ends_with("eed") {
            return self.apply(&[("eed", "ee")], 1);
        }
        let suffix = ["ed", "ing"].into_iter().find(|suffix| {
            self.ends_with(suffix) && consonants(self.before(suffix.len())).contains(&false)
        });
        let Some(suffix) = suffix else { return };
        self.replace(suffix.len(), "");
        if ["at", "bl", "iz"].iter().any(|end| self.ends_with(end)) {
            self.0.push('e');
        } else if ends_in_double_consonant(&self.0) {
            if !["l", "s", "z"].iter().any(|end| self.ends_with(end)) {
                self.0.pop();
            }
        } else if measure(&self.0) == 1 && is_short(&self.0) {
            self.0.push('e');
        }
    }

    /// Step 1c.
    fn final_y(&mut self) {
        if self.ends_with("y") {
            let before = self.before(1);
            if before.len() > 1 && consonants(before).last() == Some(&true) {
                self.replace(1, "i");
            }
        }
    }

    /// Step 2.
    fn double_suffix(&mut self) {
        if self.ends_with("alli") && measure(self.before(4)) > 0 {
            self.replace(4, "al");
            return self.double_suffix();
        }
        if self.ends_with("logi") {
            if measure(self.before(3)) > 0 {
                self.replace(4, "log");
            }
            return;
        }
        let rules = [
            ("ational", "ate"),
            ("tional", "tion"),
            ("enci", "ence"),
            ("anci", "ance"),
            ("izer", "ize"),
            ("bli", "ble"),
            ("alli", "al"),
            ("entli", "ent"),
            ("eli", "e"),
            ("ousli", "ous"),
            ("ization", "ize"),
            ("ation", "ate"),
            ("ator", "ate"),
            ("alism", "al"),
            ("iveness", "ive"),
            ("fulness", "ful"),
            ("ousness", "ous"),
            ("aliti", "al"),
            ("iviti", "ive"),
            ("biliti", "ble"),
            ("fulli", "ful"),
        ];
        self.apply(&rules, 1);
    }

    /// Step 3.
    fn suffix(&mut self) {
        let rules = [
            ("icate", "ic"),
            ("ative", ""),
            ("alize", "al"),
            ("iciti", "ic"),
            ("ical", "ic"),
            ("ful", ""),
            ("ness", ""),
        ];
        self.apply(&rules, 1);
    }

    /// Step 4.
    fn last_suffix(&mut self) {
        let suffixes = [
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion",
            "ou", "ism", "ate", "iti", "ous", "ive", "ize",
        ];
        let Some(suffix) = suffixes.into_iter().find(|suffix| self.ends_with(suffix)) else {
            return;
        };
        let before = self.before(suffix.len());
        let is_kept = suffix == "ion" && !matches!(before.last(), Some('s' | 't'));
        if measure(before) > 1 && !is_kept {
            self.replace(suffix.len(), "");
        }
    }

    /// Step 5.
    fn tidy(&mut self) {
        if self.ends_with("e") {
            let before = self.before(1);
            let n = measure(before);
            if n > 1 || n == 1 && !is_short(before) {
                self.0.pop();
            }
        }
        if self.ends_with("ll") && measure(self.before(1)) > 1 {
            self.0.pop();
        }
    }
}

/// For each letter whether it is a consonant; `y` is one unless it follows one.
fn consonants(word: &[char]) -> Vec<bool> {
    let mut flags: Vec<bool> = Vec::with_capacity(word.len());
    for c in word {
        flags.push(match c {
            'a' | 'e' | 'i' | 'o' | 'u' => false,
            'y' => !flags.last().copied().unwrap_or(false),
            _ => true,
        });
    }
    flags
}

/// How often a vowel is followed by a consonant.
fn measure(word: &[char]) -> usize {
    consonants(word)
        .windows(2)
        .filter(|pair| *pair == [false, true])
        .count()
}

fn ends_in_double_consonant(word: &[char]) -> bool {
    matches!(word, [.., a, b] if a == b) && consonants(word).last() == Some(&true)
}

/// Whether a word ends in consonant, vowel, consonant, the last not w, x or y; or is a vowel and a
/// consonant.
fn is_short(word: &[char]) -> bool {
    let flags = consonants(word);
    let is_long_end = matches!(word.last(), Some('w' | 'x' | 'y'));
    flags.ends_with(&[true, false, true]) && !is_long_end || flags == [false, true]
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_lose_their_endings_as_in_the_paper() {
        for (word, expected) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("agreed", "agre"),
            ("feed", "feed"),
            ("plastered", "plaster"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("vietnamization", "vietnam"),
            ("electricity", "electr"),
            ("goodness", "good"),
            ("replacement", "replac"),
            ("adoption", "adopt"),
            ("controlling", "control"),
            ("cease", "ceas"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn words_lose_their_endings_as_in_nltk() {
        for (word, expected) in [
            ("dying", "die"),
            ("succeed", "succeed"),
            ("ties", "tie"),
            ("tied", "tie"),
            ("spied", "spi"),
            ("spy", "spi"),
            ("enjoy", "enjoy"),
            ("by", "by"),
            ("possibly", "possibl"),
            ("geology", "geolog"),
            ("usefully", "use"),
            ("élysées", "élysé"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
