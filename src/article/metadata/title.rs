//! The headline.

use std::borrow::Cow;

use super::{Metadata, letters, plain};
use crate::characters::Character;
use crate::normalize::clean;
use crate::page::{BlockKind, Visibility};
use crate::tokens::{count_words, fold};

impl Metadata<'_> {
    /// Finds the headline: the visible heading that says what the page's own title says, or that
    /// title without the site's name.
    pub(super) fn find_title(&mut self) {
        let mut values = self.json("headline");
        values.extend(self.meta("og:title twitter:title title headline dc.title"));
        values.extend(self.facts("title", ""));
        values.truncate(MAX_CLAIMS);
        let mut claims = Vec::new();
        for value in values {
            claims.push(self.without_site(&plain(value)));
        }
        self.headline = self.find_headline(&claims);
        self.title = match self.headline {
            _ if self.page.title.is_some() => self.page.title.clone(),
            Some(headline) => Some(self.as_claimed(headline, &claims)),
            None => claims.into_iter().find(|claim| !claim.is_empty()),
        };
    }

    /// The heading that says what the page claims to be about: the first of the top level, also if
    /// it says so in other words and is the only one, else the first of the second level.
    fn find_headline(&self, claims: &[String]) -> Option<usize> {
        let (mut same, mut about, mut second) = (None, None, None);
        let (mut n_first, mut n_headings) = (0, 0);
        for (index, block) in self.page.blocks.iter().enumerate() {
            let is_first = block.kind == BlockKind::Heading(1);
            let is_heading = is_first || block.kind == BlockKind::Heading(2);
            if !is_heading
                || block.visibility != Visibility::Visible
                || block.text.len() > MAX_HEADING_BYTES
            {
                continue;
            }
            n_headings += 1;
            if n_headings > MAX_HEADINGS {
                break;
            }
            let text = self.text(index);
            let n_words = count_words(&text);
            if n_words < 2 {
                continue;
            }
            let mut says_so = false;
            let mut is_about = claims.is_empty() && n_words > 2;
            for claim in claims {
                let (common, shorter, longer) = overlap(&text, claim);
                says_so |= says_the_same(&text, claim);
                is_about |= shorter > 2 && common * 4 >= longer;
            }
            let found = match (says_so, is_first) {
                (true, true) => &mut same,
                (true, false) => &mut second,
                (false, true) if is_about => &mut about,
                _ => &mut None,
            };
            n_first += usize::from(is_first);
            found.get_or_insert(index);
        }
        if n_first > 1 {
            about = None;
        }
        same.or(about).or(second)
    }

    /// A headline without the topic that stands before it, where two of the page's claims agree
    /// on that and none is the headline as it stands; one that is in two blocks, whole.
    fn as_claimed(&self, headline: usize, claims: &[String]) -> String {
        let heading = self.text(headline);
        let whole = letters(&heading);
        let blocks = &self.page.blocks;
        let next = match blocks.get(headline + 1) {
            Some(next) if next.kind == blocks[headline].kind => letters(&next.text),
            _ => String::new(),
        };
        let mut other: Option<&String> = None;
        for claim in claims {
            let letters = letters(claim);
            if letters == whole {
                break;
            }
            if !next.is_empty() && letters == [&*whole, &*next].concat() {
                return claim.clone();
            }
            if whole.ends_with(&letters) && count_words(claim) > 2 {
                if other.is_some() {
                    return claim.clone();
                }
                other = Some(claim);
            }
        }
        heading.into_owned()
    }

    /// The text of a block without soft hyphens and other marks that are no part of any word.
    fn text(&self, block: usize) -> Cow<'_, str> {
        clean(&self.page.blocks[block].text).text
    }

    /// A title without the site's name at its end or start.
    fn without_site(&self, title: &str) -> String {
        let mut title = title.trim();
        while let Some((at, end)) = last_separator(title) {
            let is_mark = |c: char| c == ':' || c.is_whitespace();
            let (before, after) = (title[..at].trim_end_matches(is_mark), title[end..].trim());
            // A name is a few words, a title more than those.
            let is_name = count_words(after) <= 4 && count_words(before) > count_words(after);
            let is_bar = title[at..].starts_with('|') && count_words(before) > 2;
            title = if self.is_site(before) {
                after
            } else if self.is_site(after) || is_name || is_bar {
                before
            } else {
                break;
            };
        }
        title.to_owned()
    }
}

/// So that a page of headings and titles costs no more than its length: the first ones are read.
const MAX_CLAIMS: usize = 12;
const MAX_HEADINGS: usize = 100;
const MAX_HEADING_BYTES: usize = 500;

/// Whether a heading and a claimed title are the same but for the site's name or a few words.
pub(super) fn says_the_same(heading: &str, claim: &str) -> bool {
    let (common, shorter, longer) = overlap(heading, claim);
    common > 0 && common * 4 >= shorter * 3 && common * 3 >= longer
}

/// How many words two titles share; the words of the shorter and of the longer one.
fn overlap(heading: &str, claim: &str) -> (usize, usize, usize) {
    let (heading, claim) = (fold(heading), fold(claim));
    let (heading, claim) = (words(&heading), words(&claim));
    let n_common = heading.iter().filter(|word| claim.contains(word)).count();
    (
        n_common,
        heading.len().min(claim.len()),
        heading.len().max(claim.len()),
    )
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_letter_or_number()) {
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// Where a mark stands that sites put between their name and a title: the bytes before it and after.
fn last_separator(title: &str) -> Option<(usize, usize)> {
    let mut after = None;
    for (at, c) in title.char_indices().rev() {
        let end = at + c.len_utf8();
        let is_wide = c == '｜';
        let is_mark = matches!(c, '|' | '-' | '–' | '—' | ':' | '»' | '·' | '•');
        let stands_alone =
            title[..at].ends_with([' ', ':']) && title[end..].starts_with([' ', ':']);
        // One colon belongs to the title, two are a mark.
        let is_colon = c == ':' && !(title[..at].ends_with(':') || title[end..].starts_with(':'));
        if is_wide || is_mark && stands_alone && !is_colon {
            after = Some((at, end));
            break;
        }
    }
    after
}
