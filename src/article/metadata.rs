//! Title, authors, date and language, from what the page says and what it shows.

use super::Paragraph;
use crate::page::{Block, BlockKind, Fact, Page, Visibility};
use crate::tokens::{count_words, fold};

/// JSON-LD types that are articles; a type that ends so is one as well (`ReportageNewsArticle`).
const ARTICLE_TYPES: [&str; 4] = ["Article", "BlogPosting", "LiveBlogPosting", "Report"];

/// What a page says about itself, ready to be asked. The answers are plain lists, gathered by one
/// function each: chains of iterators took a fifth of the module's code.
pub struct Metadata<'a> {
    page: &'a Page,
    /// The paths of the JSON-LD nodes that are articles, each with a point at its end.
    nodes: Vec<&'a str>,
}

impl<'a> Metadata<'a> {
    /// Reads what a page says about itself.
    pub fn new(page: &'a Page) -> Metadata<'a> {
        let mut nodes = Vec::new();
        // A node may have several types: `0.@type.1`.
        let is_index = |c: char| c.is_ascii_digit() || c == '.';
        for Fact { source, key, value } in &page.facts {
            let is_article = ARTICLE_TYPES.iter().any(|kind| value.ends_with(kind));
            if *source == "json-ld"
                && is_article
                && let Some(node) = key.trim_end_matches(is_index).strip_suffix("@type")
                && !nodes.contains(&node)
            {
                nodes.push(node);
            }
        }
        Metadata { page, nodes }
    }

    /// The values at a path below the JSON-LD nodes that are articles; indices in it don't count.
    fn json(&self, path: &str) -> Vec<&'a str> {
        let mut values = Vec::new();
        for node in &self.nodes {
            for fact in &self.page.facts {
                if fact.source == "json-ld"
                    && let Some(below) = fact.key.strip_prefix(node)
                    && is_path(below, path)
                {
                    values.push(&*fact.value);
                }
            }
        }
        values
    }

    /// The values that a source gives for the first of some keys, then for the next and so on. The
    /// keys stand in one text, with blanks between them, since a list of texts takes more bytes.
    fn facts(&self, source: &str, keys: &str) -> Vec<&'a str> {
        let mut values = Vec::new();
        for key in keys.split(' ') {
            for fact in &self.page.facts {
                if fact.source == source && fact.key == key {
                    values.push(&*fact.value);
                }
            }
        }
        values
    }

    fn meta(&self, keys: &str) -> Vec<&'a str> {
        self.facts("meta", keys)
    }

    /// Whether the publisher does not want the page summarized.
    pub fn opted_out(&self) -> bool {
        self.meta("nutgraf")
            .iter()
            .any(|value| value.eq_ignore_ascii_case("off"))
    }

    /// Whether the page says that it is one article.
    pub fn claims_article(&self) -> bool {
        self.meta("og:type")
            .iter()
            .any(|value| value.eq_ignore_ascii_case("article"))
            || !self.json("headline").is_empty()
    }

    /// The language that the page declares.
    pub fn language(&self) -> Option<&'a str> {
        let mut declared = self.facts("html", "lang");
        declared.extend(self.meta("og:locale content-language language inlanguage"));
        declared.first().copied()
    }

    /// The headline: the visible heading that says what the page's own title says, or that title
    /// without the site's name.
    pub fn title(&self) -> Option<String> {
        if let Some(title) = &self.page.title {
            return Some(title.clone());
        }
        let mut claims = self.json("headline");
        claims.extend(self.meta("og:title twitter:title title headline dc.title"));
        claims.extend(self.facts("title", ""));
        let headings: Vec<&Block> = [1, 2]
            .into_iter()
            .flat_map(|level| self.headings(level))
            .collect();
        let says = |heading: &str| claims.iter().any(|claim| says_the_same(heading, claim));
        let is_confirmed =
            |heading: &&&Block| count_words(&heading.text) > 1 && says(&heading.text);
        if let Some(heading) = headings.iter().find(is_confirmed) {
            return Some(heading.text.clone());
        }
        let title = match (claims.first(), &self.headings(1)[..]) {
            (Some(claim), _) => without_site(claim, &self.meta("og:site_name application-name")),
            (None, [alone]) if count_words(&alone.text) > 2 => alone.text.clone(),
            (None, _) => return None,
        };
        (!title.is_empty()).then_some(title)
    }

    /// The visible headings of a level.
    fn headings(&self, level: u8) -> Vec<&'a Block> {
        let is_it = |block: &&Block| {
            block.kind == BlockKind::Heading(level) && block.visibility == Visibility::Visible
        };
        self.page.blocks.iter().filter(is_it).collect()
    }

    /// Whether a text is the page's description of itself, whole or cut short.
    pub fn describes(&self, text: &str) -> bool {
        let text = letters(text);
        self.meta("og:description description twitter:description")
            .iter()
            .any(|description| {
                let description = letters(description);
                let is_enough = description.len() * 2 > text.len();
                is_enough && (text.starts_with(&description) || description.starts_with(&text))
            })
    }

    /// The authors' names, each once.
    pub fn authors(&self) -> Vec<String> {
        let mut by_json = Vec::new();
        for path in ["author.name", "author", "creator.name", "creator"] {
            by_json.extend(self.json(path));
        }
        let byline: Vec<&str> = self
            .byline_blocks()
            .iter()
            .map(|block| &*block.text)
            .collect();
        let sources = [
            by_json,
            self.meta(
                "author article:author parsely-author sailthru.author dc.creator byl \
                citation_author",
            ),
            self.facts("microdata", "author.name author"),
            byline,
        ];
        // The first source that names anybody is believed; others repeat it in other words.
        for values in &sources {
            let names = names(values);
            if !names.is_empty() {
                return names;
            }
        }
        Vec::new()
    }

    /// The line that names the authors.
    pub fn byline(&self, authors: &[String]) -> Option<String> {
        let names_one = |block: &&&Block| {
            names(&[&*block.text])
                .iter()
                .any(|name| authors.contains(name))
        };
        let blocks = self.byline_blocks();
        match blocks.iter().find(names_one) {
            Some(block) => Some(block.text.clone()),
            None if authors.is_empty() => None,
            None => Some(authors.join(", ")),
        }
    }

    /// Visible blocks that are marked as naming the author.
    fn byline_blocks(&self) -> Vec<&'a Block> {
        let is_mark = |words: &str| {
            words
                .split(' ')
                .any(|word| matches!(word, "byline" | "author" | "authors"))
        };
        let is_it = |block: &&Block| {
            let mut around = self.page.ancestors(block).take(3);
            block.visibility == Visibility::Visible
                && block.text.len() < 120
                && (is_mark(&block.words) || around.any(|element| is_mark(&element.words)))
        };
        self.page.blocks.iter().filter(is_it).collect()
    }

    /// The day of publication.
    pub fn published(&self) -> Option<String> {
        let mut dates = self.json("datePublished");
        dates.extend(self.meta(
            "article:published_time og:article:published_time og:published_time \
                datepublished date pubdate publishdate publish-date publish_date \
                parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created \
                article:published published_time cxenseparse:recs:publishtime \
                citation_publication_date",
        ));
        dates.extend(self.facts("microdata", "datePublished"));
        dates.extend(self.json("dateCreated"));
        dates.extend(self.facts("time", ""));
        dates.into_iter().find_map(day)
    }

    /// Whether the text breaks off.
    pub fn is_truncated(&self, paragraphs: &[Paragraph]) -> bool {
        let Some(last) = paragraphs.last() else {
            return false;
        };
        let mut tiers = self.json("isAccessibleForFree");
        tiers.extend(self.meta("article:content_tier"));
        let not_free = |tier: &&str| tier.eq_ignore_ascii_case("false") || *tier == "locked";
        let breaks_off = ["…", "...", "[…]"]
            .iter()
            .any(|end| last.text.ends_with(end));
        let n_words = || {
            paragraphs
                .iter()
                .map(|paragraph| count_words(&paragraph.text))
                .sum::<usize>()
        };
        (breaks_off || tiers.iter().any(not_free)) && n_words() < MAX_STUB_WORDS
    }
}

/// A page that says that it is not free shows the start of a text; more words than this and it is
/// the whole.
const MAX_STUB_WORDS: usize = 350;

/// Whether a path is `author.name`, indices aside: `author.0.name`.
fn is_path(found: &str, path: &str) -> bool {
    let is_key = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
    found.split('.').filter(is_key).eq(path.split('.'))
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a heading and a claimed title are the same but for the site's name or a few words.
fn says_the_same(heading: &str, claim: &str) -> bool {
    let (heading, claim) = (fold(heading), fold(claim));
    let (heading, claim) = (words(&heading), words(&claim));
    let n_common = heading.iter().filter(|word| claim.contains(word)).count();
    let (shorter, longer) = (
        heading.len().min(claim.len()),
        heading.len().max(claim.len()),
    );
    n_common > 0 && n_common * 4 >= shorter * 3 && n_common * 3 >= longer
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
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

/// A title without the site's name at its end or start.
fn without_site(title: &str, sites: &[&str]) -> String {
    let mut title = title.trim();
    while let Some((at, end)) = last_separator(title) {
        let is_mark = |c: char| c == ':' || c.is_whitespace();
        let (before, after) = (title[..at].trim_end_matches(is_mark), title[end..].trim());
        let is_site = |text: &str| sites.iter().any(|site| fold(site) == fold(text));
        // A name is a few words, a title more than those.
        let is_name = count_words(after) <= 4 && count_words(before) > count_words(after);
        let is_bar = title[at..].starts_with('|') && count_words(before) > 2;
        title = if is_site(before) {
            after
        } else if is_site(after) || is_name || is_bar {
            before
        } else {
            break;
        };
    }
    title.to_owned()
}

/// Words that stand between two names.
const CONJUNCTIONS: [&str; 5] = ["and", "und", "et", "y", "e"];

/// Takes lists of names apart.
fn names(values: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        for list in without_by(value).split([',', ';', '|', '&', '•', '、']) {
            let words: Vec<&str> = list.split_whitespace().collect();
            for words in words.split(|word| CONJUNCTIONS.contains(word)) {
                let name = words.join(" ");
                if is_name(&name) && !names.iter().any(|other| fold(other) == fold(&name)) {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// Takes the word off that says that an author follows.
fn without_by(value: &str) -> &str {
    let value = value.trim();
    for by in [
        "by ", "por ", "par ", "von ", "di ", "door ", "av ", "text: ",
    ] {
        if value
            .get(..by.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(by))
        {
            return value[by.len()..].trim();
        }
    }
    value
}

fn is_name(name: &str) -> bool {
    let n_words = name.split(' ').count();
    let is_address = name.contains(['@', '/', ':', '<']) || name.starts_with("www.");
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    (1..=5).contains(&n_words)
        && name.len() > 2
        && !is_address
        && !has_digit
        && name.contains(char::is_alphabetic)
}

/// `2024-07-27` of `2024-07-27T12:30:09+02:00`, `2024/07/27` and `20240727`.
fn day(value: &str) -> Option<String> {
    let bytes = value.as_bytes();
    let (month_at, day_at) = match bytes.get(4)? {
        mark @ (b'-' | b'/' | b'.') if bytes.get(7) == Some(mark) => (5, 8),
        b'0'..=b'9' => (4, 6),
        _ => return None,
    };
    let number =
        |from: usize, len: usize| -> Option<u32> { value.get(from..from + len)?.parse().ok() };
    let (year, month, day) = (number(0, 4)?, number(month_at, 2)?, number(day_at, 2)?);
    let is_day =
        (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| {
        [
            &value[..4],
            &value[month_at..month_at + 2],
            &value[day_at..day_at + 2],
        ]
        .join("-")
    })
}
