//! Title, authors, date and language, from what the page says and what it shows.

use super::Paragraph;
use crate::page::{Block, BlockKind, Fact, Page, Visibility};
use crate::tokens::{count_words, fold};

/// JSON-LD types that are articles; a type that ends so is one as well (`ReportageNewsArticle`).
const ARTICLE_TYPES: [&str; 4] = ["Article", "BlogPosting", "LiveBlogPosting", "Report"];

/// The values at a path below each JSON-LD node that is an article.
fn of_articles<'a>(
    page: &'a Page,
    is_path: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = &'a str> {
    let is_type = |fact: &&Fact| {
        let key = fact
            .key
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end_matches('.');
        fact.source == "json-ld"
            && key.ends_with(".@type")
            && ARTICLE_TYPES.iter().any(|kind| fact.value.ends_with(kind))
    };
    let mut nodes: Vec<&str> = page
        .facts
        .iter()
        .filter(is_type)
        .filter_map(|fact| fact.key.split_once(".@type").map(|(node, _)| node))
        .collect();
    nodes.dedup();
    nodes
        .into_iter()
        .flat_map(move |node| {
            let prefixed = page.facts.iter().filter(|fact| fact.source == "json-ld");
            let below = prefixed.filter_map(move |fact| {
                let path = fact.key.strip_prefix(node)?.strip_prefix('.')?;
                Some((path, &*fact.value))
            });
            below.collect::<Vec<_>>()
        })
        .filter(move |(path, _)| is_path(path))
        .map(|(_, value)| value)
}

/// Whether the page says that it is one article.
pub fn claims_article(page: &Page) -> bool {
    meta(page, &["og:type"]).any(|value| value.eq_ignore_ascii_case("article"))
        || of_articles(page, |path| path == "headline")
            .next()
            .is_some()
}

fn meta<'a>(page: &'a Page, keys: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    keys.iter().flat_map(|key| page.facts("meta", key))
}

/// The language that the page declares.
pub fn declared_language(page: &Page) -> Option<&str> {
    let locale = meta(
        page,
        &["og:locale", "content-language", "language", "inlanguage"],
    );
    page.facts("html", "lang").chain(locale).next()
}

/// The headline: the visible heading that says what the page's own title says, or that title
/// without the site's name.
pub fn title(page: &Page) -> Option<String> {
    if let Some(title) = &page.title {
        return Some(title.clone());
    }
    let claims: Vec<&str> = of_articles(page, |path| path == "headline")
        .chain(meta(
            page,
            &["og:title", "twitter:title", "title", "headline", "dc.title"],
        ))
        .chain(page.facts("title", ""))
        .collect();
    let headings = |level: u8| {
        page.blocks.iter().filter(move |block| {
            block.kind == BlockKind::Heading(level) && block.visibility == Visibility::Visible
        })
    };
    let confirmed = headings(1).chain(headings(2)).find(|heading| {
        count_words(&heading.text) > 1
            && claims
                .iter()
                .any(|claim| says_the_same(&heading.text, claim))
    });
    let alone = || {
        let mut all = headings(1);
        all.next()
            .filter(|heading| all.next().is_none() && count_words(&heading.text) > 2)
    };
    let sites: Vec<&str> = meta(page, &["og:site_name", "application-name"]).collect();
    confirmed
        .map(|heading| heading.text.clone())
        .or_else(|| claims.first().map(|claim| without_site(claim, &sites)))
        .or_else(|| alone().map(|heading| heading.text.clone()))
        .filter(|title| !title.is_empty())
}

/// Whether a heading and a claimed title are the same but for the site's name or a few words.
fn says_the_same(heading: &str, claim: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(fold)
            .collect()
    };
    let (heading, claim) = (words(heading), words(claim));
    let n_common = heading.iter().filter(|word| claim.contains(word)).count();
    let (shorter, longer) = (
        heading.len().min(claim.len()),
        heading.len().max(claim.len()),
    );
    n_common > 0 && n_common * 4 >= shorter * 3 && n_common * 3 >= longer
}

/// Whether a text is the page's description of itself, whole or cut short.
pub fn is_description(page: &Page, text: &str) -> bool {
    let letters =
        |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let text = letters(text);
    meta(
        page,
        &["og:description", "description", "twitter:description"],
    )
    .any(|description| {
        let description = letters(description);
        let is_enough = description.len() * 2 > text.len();
        is_enough && (text.starts_with(&description) || description.starts_with(&text))
    })
}

/// Marks that sites put between their name and a title.
const SEPARATORS: [&str; 9] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "｜",
];

/// A title without the site's name at its end or start.
fn without_site(title: &str, sites: &[&str]) -> String {
    let last = SEPARATORS
        .iter()
        .filter_map(|mark| title.rfind(mark).map(|at| (at, *mark)))
        .max();
    let Some((at, mark)) = last else {
        return title.to_owned();
    };
    let (before, after) = (&title[..at], &title[at + mark.len()..]);
    let is_site = |text: &str| sites.iter().any(|site| fold(site) == fold(text.trim()));
    if is_site(before) {
        return after.trim().to_owned();
    }
    // A name is a few words, a title more than those.
    let is_name = count_words(after) <= 4 && count_words(before) > count_words(after);
    if is_site(after) || is_name || mark == " | " && count_words(before) > 2 {
        without_site(before.trim(), sites)
    } else {
        title.to_owned()
    }
}

/// The authors' names, each once.
pub fn authors(page: &Page) -> Vec<String> {
    let by_json = of_articles(page, |path| {
        let mut parts = path
            .split('.')
            .filter(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
        matches!(
            (parts.next(), parts.next(), parts.next()),
            (Some("author" | "creator"), None | Some("name"), None)
        )
    });
    let by_meta = meta(
        page,
        &[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "byl",
            "citation_author",
        ],
    );
    let by_microdata = page
        .facts("microdata", "author.name")
        .chain(page.facts("microdata", "author"));
    let sources: [Vec<&str>; 4] = [
        by_json.collect(),
        by_meta.collect(),
        by_microdata.collect(),
        byline_blocks(page).map(|block| &*block.text).collect(),
    ];
    // The first source that names anybody is believed; sources repeat each other in other words.
    sources
        .iter()
        .map(|values| names(values))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// Takes lists of names apart.
fn names(values: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let value = without_by(value);
        let parts = value
            .split([',', ';', '|', '&', '•', '、'])
            .flat_map(|part| {
                [" and ", " und ", " et ", " y ", " e "]
                    .iter()
                    .fold(vec![part], |parts, word| {
                        parts.iter().flat_map(|part| part.split(word)).collect()
                    })
            });
        for name in parts.map(str::trim).filter(|name| is_name(name)) {
            if !names.iter().any(|other| fold(other) == fold(name)) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Takes the word off that says that an author follows.
fn without_by(value: &str) -> &str {
    let value = value.trim();
    let by = [
        "by ", "por ", "par ", "von ", "di ", "door ", "av ", "text: ",
    ];
    let opening = by.iter().find(|by| {
        value
            .get(..by.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(by))
    });
    opening.map_or(value, |by| value[by.len()..].trim())
}

fn is_name(name: &str) -> bool {
    let n_words = name.split(' ').count();
    let is_address = name.contains(['@', '/', ':', '<']) || name.contains("www.");
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    (1..=5).contains(&n_words)
        && name.len() > 2
        && !is_address
        && !has_digit
        && name.contains(char::is_alphabetic)
}

/// Visible blocks that are marked as naming the author.
fn byline_blocks(page: &Page) -> impl Iterator<Item = &Block> {
    let is_mark = |words: &str| {
        words
            .split(' ')
            .any(|word| matches!(word, "byline" | "author" | "authors"))
    };
    page.blocks.iter().filter(move |block| {
        block.visibility == Visibility::Visible
            && block.text.len() < 120
            && (is_mark(&block.words)
                || page
                    .ancestors(block)
                    .take(3)
                    .any(|element| is_mark(&element.words)))
    })
}

/// The line that names the authors.
pub fn byline(page: &Page, authors: &[String]) -> Option<String> {
    let names_one = |block: &&Block| authors.iter().any(|author| block.text.contains(author));
    let shown = byline_blocks(page)
        .find(names_one)
        .map(|block| block.text.clone());
    shown.or_else(|| (!authors.is_empty()).then(|| authors.join(", ")))
}

/// The day of publication.
pub fn published(page: &Page) -> Option<String> {
    let by_json = of_articles(page, |path| path == "datePublished");
    let by_meta = meta(
        page,
        &[
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "article:published",
            "published_time",
            "cxenseparse:recs:publishtime",
            "citation_publication_date",
        ],
    );
    let by_microdata = page.facts("microdata", "datePublished");
    let modified = of_articles(page, |path| path == "dateCreated");
    by_json
        .chain(by_meta)
        .chain(by_microdata)
        .chain(modified)
        .chain(page.facts("time", ""))
        .find_map(day)
}

/// `2024-07-27` of `2024-07-27T12:30:09+02:00`, `2024/07/27` and `20240727`.
fn day(value: &str) -> Option<String> {
    let digits: Vec<u8> = value.bytes().take(10).filter(u8::is_ascii_digit).collect();
    let is_iso = match value.as_bytes() {
        [_, _, _, _, a @ (b'-' | b'/' | b'.'), _, _, b, _, _, ..] => a == b,
        [y, m, d, ..] => y.is_ascii_digit() && m.is_ascii_digit() && d.is_ascii_digit(),
        _ => false,
    };
    let [y1, y2, y3, y4, m1, m2, d1, d2, ..] = digits[..] else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let (year, month, day) = (
        number(&[y1, y2, y3, y4]),
        number(&[m1, m2]),
        number(&[d1, d2]),
    );
    let is_day =
        (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (is_iso && is_day).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// A page that says that it is not free shows the start of a text; more words than this and it is
/// the whole.
const MAX_STUB_WORDS: usize = 350;

/// Whether the text breaks off.
pub fn is_truncated(page: &Page, paragraphs: &[Paragraph]) -> bool {
    let not_free = of_articles(page, |path| path == "isAccessibleForFree")
        .chain(meta(page, &["article:content_tier"]))
        .any(|value| value.eq_ignore_ascii_case("false") || value == "locked");
    let Some(last) = paragraphs.last() else {
        return false;
    };
    let breaks_off =
        last.text.ends_with(['…']) || last.text.ends_with("...") || last.text.ends_with("[…]");
    let is_short = || {
        paragraphs
            .iter()
            .map(|paragraph| count_words(&paragraph.text))
            .sum::<usize>()
            < MAX_STUB_WORDS
    };
    (not_free || breaks_off) && is_short()
}
