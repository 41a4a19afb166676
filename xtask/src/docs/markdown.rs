//! A Markdown file → a page: HTML, and what is to be known of it to check it.
//!
//! HTML that the Markdown brings along is refused, but for the comments that ask for a table. So are style attributes, which a
//! strict policy forbids; pulldown-cmark writes them for aligned columns.

use std::fs;

use anyhow::{Context, Result, bail};
use nutgraf::html::escaped;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};

use super::address;
use super::check::Code;
use super::manifest::Manifest;
use crate::project;

/// Tables with more columns than this may be wider than a phone, and are scrolled.
const MAX_COLUMNS: usize = 3;

/// What a file came to.
#[derive(Default)]
pub struct Rendered {
    /// The heading of level 1, as text.
    pub title: String,
    /// The first paragraph, as text.
    pub description: String,
    pub html: String,
    /// From level 2.
    pub headings: Vec<Heading>,
    /// To pages.
    pub links: Vec<Link>,
    pub code: Vec<Code>,
    /// Names of the examples, each with its style sheet.
    pub examples: Vec<(String, String)>,
    /// Names of the tables that were asked for.
    pub tables: Vec<String>,
    /// Paths of the pictures, below the workspace.
    pub images: Vec<String>,
}

pub struct Heading {
    pub level: u8,
    pub id: String,
    /// Its text, escaped.
    pub html: String,
}

pub struct Link {
    /// The Markdown file, below the workspace.
    pub file: String,
    pub anchor: Option<String>,
}

/// Renders the text of `file`.
pub fn render(file: &str, text: &str, manifest: &Manifest) -> Result<Rendered> {
    let mut events = parser(text);
    let mut page = Page {
        file,
        manifest,
        out: Vec::new(),
        rendered: Rendered::default(),
        n_tables: 0,
    };
    while let Some(event) = events.next() {
        page.event(event, &mut events)?;
    }
    let Page {
        out, mut rendered, ..
    } = page;
    if rendered.title.is_empty() {
        bail!("it has no heading of level 1");
    }
    html::push_html(&mut rendered.html, out.into_iter());
    Ok(rendered)
}

/// The pieces of code in a text.
pub fn code_of(text: &str) -> Vec<Code> {
    let mut found = Vec::new();
    let mut events = parser(text);
    while let Some(event) = events.next() {
        match event {
            Event::Code(text) => found.push(Code {
                language: String::new(),
                text: text.into_string(),
            }),
            Event::Start(Tag::CodeBlock(kind)) => {
                let (language, _) = info(&kind);
                let text = plain(&inner(&mut events, TagEnd::CodeBlock));
                found.push(Code { language, text });
            }
            _ => {}
        }
    }
    found
}

/// Where the links and pictures of a text lead.
pub fn links_of(text: &str) -> Vec<String> {
    let links = parser(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.into_string())
        }
        _ => None,
    });
    links.collect()
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// A page while it is made.
struct Page<'a> {
    file: &'a str,
    manifest: &'a Manifest,
    out: Vec<Event<'a>>,
    rendered: Rendered,
    n_tables: usize,
}

impl<'a> Page<'a> {
    /// Takes one event, and if it starts something that we write ourselves, all up to its end.
    fn event(&mut self, event: Event<'a>, events: &mut Parser<'a>) -> Result<()> {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner = inner(events, TagEnd::Heading(level));
                self.heading(level, inner)?;
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let (language, words) = info(&kind);
                let text = plain(&inner(events, TagEnd::CodeBlock));
                self.code_block(language, &words, text);
            }
            Event::Start(Tag::Table(alignments)) => {
                let inner = inner(events, TagEnd::Table);
                self.table(alignments.len(), inner)?;
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let text = plain(&inner(events, TagEnd::Image));
                self.image(&dest_url, &text)?;
            }
            Event::Start(Tag::HtmlBlock) => {
                let text = plain(&inner(events, TagEnd::HtmlBlock));
                let comment = text.trim().strip_prefix("<!-- table: ");
                let name = comment.and_then(|rest| rest.strip_suffix(" -->"));
                let name = name.with_context(|| format!("it holds HTML: {}", text.trim()))?;
                let table = self.manifest.table(name)?;
                self.rendered.tables.push(name.to_owned());
                self.push(table);
            }
            Event::InlineHtml(text) => bail!("it holds HTML: {text}"),
            Event::Start(Tag::Paragraph) if self.rendered.description.is_empty() => {
                let inner = inner(events, TagEnd::Paragraph);
                self.rendered.description = escaped(&plain(&inner)).replace('\n', " ");
                self.push("<p>".to_owned());
                self.within(inner)?;
                self.push("</p>\n".to_owned());
            }
            event => self.within(vec![event])?,
        }
        Ok(())
    }

    /// Takes what is inline.
    fn within(&mut self, events: Vec<Event<'a>>) -> Result<()> {
        let mut events = events.into_iter();
        while let Some(event) = events.next() {
            let event = match event {
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => {
                    let dest_url = CowStr::from(self.link(&dest_url)?);
                    Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let alt: Vec<_> = events
                        .by_ref()
                        .take_while(|event| *event != Event::End(TagEnd::Image))
                        .collect();
                    self.image(&dest_url, &plain(&alt))?;
                    continue;
                }
                Event::Code(text) => {
                    self.rendered.code.push(Code {
                        language: String::new(),
                        text: text.to_string(),
                    });
                    Event::Code(text)
                }
                Event::InlineHtml(text) => bail!("it holds HTML: {text}"),
                event => event,
            };
            self.out.push(event);
        }
        Ok(())
    }

    fn push(&mut self, html: String) {
        self.out.push(Event::Html(html.into()));
    }

    fn heading(&mut self, level: HeadingLevel, inner: Vec<Event<'a>>) -> Result<()> {
        let text = plain(&inner);
        let level = level as u8;
        if level == 1 {
            if !self.rendered.title.is_empty() {
                bail!("it has two headings of level 1");
            }
            self.rendered.title = escaped(&text);
            self.push("<h1>".to_owned());
        } else {
            let id = self.id(&text);
            self.push(format!("<h{level} id=\"{id}\">"));
            self.rendered.headings.push(Heading {
                level,
                id,
                html: escaped(&text),
            });
        }
        self.within(inner)?;
        self.push(format!("</h{level}>\n"));
        Ok(())
    }

    /// The anchor of a heading, the one that GitHub gives it.
    fn id(&self, text: &str) -> String {
        let kept = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ' ';
        let id: String = text.to_lowercase().chars().filter(|&c| kept(c)).collect();
        let id = id.replace(' ', "-");
        let is_taken = |id: &str| {
            self.rendered
                .headings
                .iter()
                .any(|heading| heading.id == id)
        };
        if !is_taken(&id) {
            return id;
        }
        let mut others = (1..).map(|n| format!("{id}-{n}"));
        others.find(|id| !is_taken(id)).unwrap_or(id)
    }

    /// The address of what a link leads to. From a file to a page.
    fn link(&mut self, to: &str) -> Result<String> {
        if to.starts_with("https://") || to.starts_with("http://") {
            return Ok(to.to_owned());
        }
        let (path, anchor) = match to.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (to, None),
        };
        let file = match path.strip_prefix("../") {
            _ if path.is_empty() => self.file.to_owned(),
            Some(path) => path.to_owned(),
            None => match self.file.rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/{path}"),
                None => path.to_owned(),
            },
        };
        let anchored = anchor
            .as_ref()
            .map(|anchor| format!("#{anchor}"))
            .unwrap_or_default();
        let page = if path.is_empty() {
            String::new()
        } else {
            address(&file)
        };
        self.rendered.links.push(Link { file, anchor });
        Ok(page + &anchored)
    }

    /// A picture with its size, so that nothing moves when it comes.
    fn image(&mut self, path: &str, alt: &str) -> Result<()> {
        if alt.is_empty() {
            bail!("the picture {path} is not described");
        }
        let (width, height) = size(path)?;
        let alt = escaped(alt);
        let img = format!(
            "<img src=\"{path}\" width=\"{width}\" height=\"{height}\" alt=\"{alt}\" loading=\"lazy\">"
        );
        let dark = path.replace(".png", "-dark.png");
        let has_dark = project::root().join("docs").join(&dark).exists();
        self.push(if has_dark {
            format!("<picture><source srcset=\"{dark}\" media=\"(prefers-color-scheme: dark)\">{img}</picture>")
        } else {
            img
        });
        self.rendered.images.push(format!("docs/{path}"));
        Ok(())
    }

    fn code_block(&mut self, language: String, words: &[String], text: String) {
        let html = escaped(&shown(&language, &text));
        let pre = format!("<pre><code class=\"language-{language}\">{html}</code></pre>\n");
        let example = words.iter().find_map(|word| word.strip_prefix("example="));
        if let Some(name) = example {
            self.push(format!(
                "<div class=\"example\">\n<iframe src=\"examples/{name}.html\" title=\"Example: {name}\" loading=\"lazy\"></iframe>\n\
                 <div>\n{pre}<p><a href=\"examples/{name}.html\">This example alone: {name}</a></p>\n</div>\n</div>\n"
            ));
            self.rendered.examples.push((name.to_owned(), text.clone()));
        } else {
            self.push(pre);
        }
        self.rendered.code.push(Code { language, text });
    }

    /// A table whose first cells name their rows.
    fn table(&mut self, n_columns: usize, inner: Vec<Event<'a>>) -> Result<()> {
        self.n_tables += 1;
        let is_wide = n_columns > MAX_COLUMNS;
        if is_wide {
            // What can be scrolled must be reached from the keyboard, and say what it is.
            let heading = self
                .rendered
                .headings
                .last()
                .map_or(&self.rendered.title, |heading| &heading.html);
            let label = format!("Table {}: {heading}", self.n_tables);
            self.push(format!(
                "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">\n"
            ));
        }
        self.push("<table>\n".to_owned());
        let mut is_head = false;
        let mut column = 0;
        let mut end = "";
        let mut events = inner.into_iter().peekable();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::TableHead) => {
                    is_head = true;
                    column = 0;
                    self.push("<thead><tr>".to_owned());
                }
                Event::End(TagEnd::TableHead) => {
                    is_head = false;
                    self.push("</tr></thead>\n<tbody>\n".to_owned());
                }
                Event::Start(Tag::TableRow) => {
                    column = 0;
                    self.push("<tr>".to_owned());
                }
                Event::End(TagEnd::TableRow) => self.push("</tr>\n".to_owned()),
                Event::Start(Tag::TableCell) => {
                    let is_empty = events.peek() == Some(&Event::End(TagEnd::TableCell));
                    let (start, stop) = match (is_head, column) {
                        _ if is_empty => ("<td>", "</td>"),
                        (true, _) => ("<th scope=\"col\">", "</th>"),
                        (false, 0) => ("<th scope=\"row\">", "</th>"),
                        (false, _) => ("<td>", "</td>"),
                    };
                    column += 1;
                    end = stop;
                    self.push(start.to_owned());
                }
                Event::End(TagEnd::TableCell) => self.push(end.to_owned()),
                event => self.within(vec![event])?,
            }
        }
        self.push("</tbody>\n</table>\n".to_owned());
        if is_wide {
            self.push("</div>\n".to_owned());
        }
        Ok(())
    }
}

/// A sample without the lines that are there to make it compile, which rustdoc doesn't show either.
fn shown(language: &str, text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .filter(|line| language != "rust" || !line.starts_with("# "))
        .collect()
}

/// The events up to an end, which is taken too.
fn inner<'a>(events: &mut Parser<'a>, end: TagEnd) -> Vec<Event<'a>> {
    events
        .take_while(|event| *event != Event::End(end))
        .collect()
}

/// What is to be read in events.
fn plain(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) => text += part,
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The language of a code block, and what else its first line says.
fn info(kind: &CodeBlockKind) -> (String, Vec<String>) {
    let CodeBlockKind::Fenced(info) = kind else {
        return ("text".to_owned(), Vec::new());
    };
    let mut words = info.split_whitespace().map(str::to_owned);
    (
        words.next().unwrap_or_else(|| "text".to_owned()),
        words.collect(),
    )
}

/// Width and height of a picture in `docs/`, in pixels of CSS. They stand at the beginning of a PNG; after them, where two pixels
/// of the picture are one of CSS, how dense it is: see `xtask/png.mjs`.
fn size(path: &str) -> Result<(u32, u32)> {
    let bytes = fs::read(project::root().join("docs").join(path)).with_context(|| {
        format!("there is no docs/{path}; `cargo xtask screenshots --docs` takes it")
    })?;
    let number = |at: usize| -> Result<u32> {
        let bytes = bytes.get(at..at + 4).context("a PNG is longer")?;
        Ok(u32::from_be_bytes(bytes.try_into()?))
    };
    let scale = if bytes.get(37..41) == Some(b"pHYs") {
        2
    } else {
        1
    };
    Ok((number(16)? / scale, number(20)? / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let manifest = Manifest::read().expect("there is one");
        let page = render("docs/A.md", &format!("# A\n\n{text}"), &manifest);
        match page {
            Ok(page) => assert_eq!(page.html.trim_start_matches("<h1>A</h1>\n"), expected),
            Err(error) => assert_eq!(format!("{error:#}"), expected),
        }
    }

    #[test]
    fn headings_have_the_anchors_that_github_gives_them() {
        check(
            "## What’s `new`?\n## A\n## A",
            "<h2 id=\"whats-new\">What’s <code>new</code>?</h2>\n<h2 id=\"a\">A</h2>\n<h2 id=\"a-1\">A</h2>\n",
        );
    }

    #[test]
    fn links_to_files_become_links_to_pages() {
        check(
            "[a](THEMING.md#parts) [b](../CHANGELOG.md) [c](#a) [d](https://example.org/x.md)",
            "<p><a href=\"theming.html#parts\">a</a> <a href=\"changelog.html\">b</a> <a href=\"#a\">c</a> \
             <a href=\"https://example.org/x.md\">d</a></p>\n",
        );
    }

    #[test]
    fn code_is_shown_and_not_obeyed() {
        check(
            "```html\n<script>alert(1)</script>\n```",
            "<pre><code class=\"language-html\">&lt;script&gt;alert(1)&lt;/script&gt;\n</code></pre>\n",
        );
    }

    #[test]
    fn html_is_refused() {
        check("<div>a</div>", "it holds HTML: <div>a</div>");
        check("a <b>b</b>", "it holds HTML: <b>");
        check("b\n\na <b>b</b>", "it holds HTML: <b>");
    }

    #[test]
    fn the_first_cell_of_a_row_names_it() {
        check(
            "| | b |\n| --- | --- |\n| c | `d` |",
            "<table>\n<thead><tr><td></td><th scope=\"col\">b</th></tr></thead>\n<tbody>\n\
             <tr><th scope=\"row\">c</th><td><code>d</code></td></tr>\n</tbody>\n</table>\n",
        );
    }
}
