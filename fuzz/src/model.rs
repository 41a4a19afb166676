//! Arbitrary bytes → pages as they are found, and as nobody would write them.
//!
//! A page is a list of events, as a walk gives them. Elements are those of our table and some that are
//! not in it; attributes are those that are looked at; texts are made of words in many languages,
//! abbreviations, names, marks, odd white space, characters of no width, direction marks, what is left
//! of half a pair of surrogates, and long runs of one thing.

use std::fmt::Write;

use arbitrary::{Arbitrary, Unstructured};
use nutgraf::Page;
use nutgraf::html::escaped;
use nutgraf::page::{Attribute, Attributes, Flags, PageBuilder};

/// What a walk tells.
#[derive(Arbitrary, Debug)]
pub enum Event {
    Open(Name, Vec<(u8, Value)>, u8),
    Close,
    Text(Text),
    Paragraph(Name, Text),
    Fact(Key, Value),
}

/// An element's name.
#[derive(Arbitrary, Debug)]
pub struct Name(u8);

/// A path in JSON-LD.
#[derive(Arbitrary, Debug)]
pub struct Key(u8, u8);

/// An attribute's value, or a fact's.
#[derive(Arbitrary, Debug)]
pub enum Value {
    Known(u8),
    Text(Text),
}

/// A text.
#[derive(Arbitrary, Debug)]
pub struct Text(Vec<Piece>);

#[derive(Arbitrary, Debug)]
enum Piece {
    /// A word and the blank after it.
    Word(u8),
    /// Ends a sentence.
    Stop(u8),
    /// A whole sentence of words.
    Sentence(u8, u8, u8),
    Odd(u8),
    Char(char),
    Run(u8, u8),
}

const NAMES: &[&str] = &[
    "p",
    "div",
    "a",
    "span",
    "b",
    "h1",
    "h2",
    "h3",
    "li",
    "ul",
    "ol",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "figcaption",
    "blockquote",
    "pre",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "form",
    "fieldset",
    "legend",
    "details",
    "summary",
    "dialog",
    "dl",
    "dt",
    "dd",
    "hr",
    "br",
    "title",
    "meta",
    "link",
    "time",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "canvas",
    "iframe",
    "object",
    "video",
    "audio",
    "select",
    "option",
    "textarea",
    "input",
    "button",
    "ruby",
    "rt",
    "rp",
    "img",
    "html",
    "head",
    "body",
    "center",
    "address",
    "hgroup",
    "menu",
    "dir",
    "search",
    "em",
    "strong",
    "i",
    "wbr",
    "slot",
    "x-card",
    "nut-graf",
    "xmp",
    "listing",
    "plaintext",
    "frameset",
    "marquee",
    "H1",
    "",
    "amp-ad",
];

const VALUES: &[&str] = &[
    "",
    "true",
    "false",
    "hidden",
    "until-found",
    "article-body",
    "articleBody",
    "author",
    "byline",
    "headline",
    "datePublished",
    "dateModified",
    "name",
    "comment-list",
    "comments",
    "related",
    "teaser promo",
    "ad",
    "sponsored",
    "caption",
    "sidebar",
    "nav",
    "newsletter signup",
    "paywall",
    "display:none",
    "visibility: hidden",
    "opacity:0",
    "DISPLAY : NONE !important",
    "nofollow author",
    "canonical",
    "og:title",
    "article:published_time",
    "description",
    "nutgraf",
    "off",
    "en",
    "en-US",
    "de",
    "fr",
    "ja",
    "zh-Hant",
    "ar",
    "hi",
    "th",
    "nb",
    "iw",
    "x",
    "content-language",
    "2024-07-27T23:59:60-23:00",
    "2024-02-30",
    "20240727",
    "27.07.2024",
    "July 27, 2024",
    "yesterday",
    "http://schema.org/NewsArticle",
    "https://example.org/author/ida-quist",
    "/a?b=c#d",
    "javascript:",
    "mailto:a@b",
    "main",
    "banner",
    "contentinfo",
    "complementary",
    "dialog",
    "story-body__inner",
    "isAccessibleForFree",
    "__proto__",
    "constructor",
    "Ida Quist",
    "By Ida Quist and Paul Orme",
    "Tarrow Times",
    "Ida Quist | Tarrow Times",
];

const KEYS: &[&str] = &[
    "@type",
    "headline",
    "name",
    "author",
    "author.name",
    "author.0.name",
    "datePublished",
    "dateModified",
    "isAccessibleForFree",
    "articleBody",
    "publisher.name",
    "@graph.2.author.0.name",
    "hasPart.isAccessibleForFree",
    "inLanguage",
    "mainEntityOfPage",
    "",
];

const WORDS: &[&str] = &[
    "the",
    "council",
    "of",
    "Tarrow",
    "voted",
    "on",
    "Tuesday",
    "to",
    "close",
    "harbor",
    "bridge",
    "Mayor",
    "Ida",
    "Quist",
    "said",
    "it",
    "because",
    "However,",
    "12",
    "million",
    "3.5",
    "1,000",
    "Mr.",
    "Dr.",
    "U.S.",
    "p.m.",
    "No.",
    "Jan.",
    "z. B.",
    "J. K.",
    "vs.",
    "St.",
    "University",
    "Inc.",
    "Paul",
    "Orme",
    "“We",
    "three”",
    "(AP)",
    "—",
    "-",
    "and",
    "therefore",
    "died",
    "He",
    "They",
    "der",
    "Brücke",
    "Straße",
    "Herr",
    "l'eau",
    "aujourd’hui",
    "école",
    "el",
    "año",
    "niño",
    "São",
    "большой",
    "мост",
    "Москва",
    "т. е.",
    "міста",
    "şehir",
    "İstanbul'da",
    "och",
    "łódź",
    "مدينة",
    "الجسر",
    "قال",
    "पुल",
    "शहर",
    "橋は",
    "東京",
    "カタカナ",
    "ひらがな",
    "北京市",
    "的",
    "สะพาน",
    "ກາ",
    "မြန်",
    "한국어",
    "Ελλάδα",
    "ΑΘΗΝΑ",
    "Հայաստան",
    "גשר",
    "‘tis",
    "e-mail",
    "@orme",
    "#bridge",
    "https://example.org/a.b",
    "½",
    "10%",
    "$5",
    "№",
    "fi",
    "ﬁ",
    "Ǆ",
    "ẞ",
    "ŉ",
    "a",
    "I",
    "READ",
    "MORE:",
    "Photo:",
    "1.",
    "a)",
    "•",
    "[1]",
];

const STOPS: &[&str] = &[
    ". ",
    "! ",
    "? ",
    "… ",
    "... ",
    ".” ",
    "?” ",
    "。",
    "！",
    "？」",
    "। ",
    "؟ ",
    ": ",
    "; ",
    ".",
    "?! ",
    ". . . ",
    "\n",
    "։ ",
    "۔ ",
    ".[1] ",
    ".) ",
    " – ",
    ", ",
    ".\u{200b} ",
    "．",
];

const ODD: &[&str] = &[
    "\u{ad}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{202a}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{2060}",
    "\u{fffd}",
    "\u{0}",
    "\u{1}",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{3000}",
    "\u{85}",
    "\u{1680}",
    "\u{300}",
    "\u{301}\u{301}\u{301}",
    "\u{64b}",
    "\u{640}",
    "\u{e0001}",
    "\u{10ffff}",
    "👩‍👩‍👧‍👦",
    "🇸🇪🇸",
    "é",
    "\u{1d400}",
    "\u{fe0f}",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&amp;",
    "</script>",
    "\\u0000",
    "\u{378}",
    "ℹ",
    "\u{1f3fb}",
    "\u{d7ff}",
    "\u{e000}",
    "𠮷",
    "ｶﾞ",
    "Ａ",
];

fn pick<'a>(list: &[&'a str], number: u8) -> &'a str {
    list[usize::from(number) % list.len()]
}

impl Text {
    fn write(&self, text: &mut String) {
        for piece in &self.0 {
            match *piece {
                Piece::Word(word) => *text += &format!("{} ", pick(WORDS, word)),
                Piece::Stop(stop) => *text += pick(STOPS, stop),
                Piece::Sentence(first, step, stop) => {
                    let mut word = first;
                    for _ in 0..step % 24 {
                        *text += pick(WORDS, word);
                        text.push(' ');
                        word = word.wrapping_mul(5).wrapping_add(step | 1);
                    }
                    *text += pick(STOPS, stop);
                }
                Piece::Odd(odd) => *text += pick(ODD, odd),
                Piece::Char(c) => text.push(c),
                Piece::Run(what, n) => {
                    let list = [ODD, STOPS, WORDS][usize::from(what) % 3];
                    *text += &pick(list, what / 3).repeat(usize::from(n) * 4);
                }
            }
        }
    }
}

impl Value {
    fn write(&self) -> String {
        let mut text = String::new();
        match self {
            Value::Known(number) => text += pick(VALUES, *number),
            Value::Text(words) => words.write(&mut text),
        }
        text
    }
}

/// A page in all the forms that it can have.
#[derive(Default)]
pub struct Model {
    /// As `www/walk.js` packs it. A text holds no U+0000: the walk replaces it.
    pub strings: String,
    pub events: Vec<u32>,
    n_strings: u32,
    /// As HTML.
    pub html: String,
    /// The names of the elements that are open.
    open: Vec<&'static str>,
    builder: PageBuilder,
}

impl Model {
    /// The page that some bytes stand for.
    pub fn new(bytes: &mut Unstructured) -> arbitrary::Result<Model> {
        let mut model = Model::default();
        for event in bytes.arbitrary_iter::<Event>()? {
            model.add(&event?);
        }
        Ok(model)
    }

    /// The page as the builder makes it.
    pub fn finish(&mut self) -> Page {
        std::mem::take(&mut self.builder).finish()
    }

    fn add(&mut self, event: &Event) {
        match event {
            Event::Open(name, attributes, flags) => {
                let values: Vec<(usize, String)> = attributes
                    .iter()
                    .map(|(number, value)| {
                        (
                            usize::from(*number) % 24,
                            value.write().replace('\0', "\u{fffd}"),
                        )
                    })
                    .collect();
                self.open(pick(NAMES, name.0), &values, *flags);
            }
            Event::Close => self.close(),
            Event::Text(text) => self.text(text),
            Event::Paragraph(name, text) => {
                self.open(pick(NAMES, name.0 % 16), &[], 0);
                self.text(text);
                self.close();
            }
            Event::Fact(key, value) => {
                let key = format!("{}.{}", key.0 % 3, pick(KEYS, key.1));
                let value = value.write().replace('\0', "\u{fffd}");
                self.builder.fact("json-ld", &key, &value);
                let numbers = [3, self.string(&key), self.string(&value)];
                self.events.extend(numbers);
            }
        }
    }

    fn string(&mut self, string: &str) -> u32 {
        if self.n_strings > 0 {
            self.strings.push('\0');
        }
        self.strings += string;
        self.n_strings += 1;
        self.n_strings - 1
    }

    fn open(&mut self, name: &'static str, values: &[(usize, String)], flags: u8) {
        let mut attributes = Attributes::default();
        self.html.push('<');
        self.html += name;
        let numbers = [2, self.string(name), u32::from(flags), values.len() as u32];
        self.events.extend(numbers);
        for (number, value) in values {
            attributes.add(*number, value);
            let numbers = [*number as u32, self.string(value)];
            self.events.extend(numbers);
            if let Some(name) = Attribute::NAMES.get(*number) {
                write!(self.html, " {name}=\"{}\"", escaped(value)).expect("strings take all");
            }
        }
        self.html.push('>');
        let flags = Flags {
            hidden: flags & 1 != 0,
            invisible: flags & 2 != 0,
            excluded: flags & 4 != 0,
            included: flags & 8 != 0,
        };
        self.builder.open(name, &attributes, flags);
        self.open.push(name);
    }

    fn close(&mut self) {
        self.builder.close();
        self.events.push(0);
        if let Some(name) = self.open.pop() {
            write!(self.html, "</{name}>").expect("strings take all");
        }
    }

    fn text(&mut self, text: &Text) {
        let mut written = String::new();
        text.write(&mut written);
        let written = written.replace('\0', "\u{fffd}");
        self.builder.text(&written);
        self.html += &escaped(&written);
        let numbers = [1, self.string(&written)];
        self.events.extend(numbers);
    }
}
