//! `cargo xtask docs`: the documentation as a site of static files, in `target/site`.
//!
//! In: the Markdown of `docs/`, the templates and style sheets in `docs/site/`, `www/custom-elements.json`, the built `dist/`.
//! Out: pages that need no server of ours and no scripts; only the examples of themes have the widget, which is copied along.
//! The links among them are relative, so the folder may lie anywhere.
//!
//! A page is a Markdown file, as it can be read in the project too. What is more than Markdown:
//!
//! - `<!-- table: attributes -->` is the table of that name, made from `www/custom-elements.json`: see `docs/manifest.rs`.
//! - A code block that begins with ` ```css example=NAME ` is the style sheet of a page with the widget on it, which is shown
//!   beside it.
//! - An image with a second one beside it, whose name ends in `-dark`, is shown in dark colors as that.
//!
//! A page does not come to be if a link in it leads nowhere, if no page leads to it, or if it names an attribute, an event, a part
//! or a custom property that the element does not have.

mod check;
mod manifest;
mod markdown;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Crate;
use crate::toolchain::node::Node;
use crate::{bundle, project};
use manifest::Manifest;
use markdown::Rendered;

/// The page that leads to all others.
const FRONT: &str = "docs/README.md";

const README: &str = "README.md";

/// All other pages, as they are listed on every page: file and name.
const NAVIGATION: [(&str, &[(&str, &str)]); 4] = [
    (
        "For publishers",
        &[
            ("docs/PUBLISHERS.md", "Publisher guide"),
            ("docs/THEMING.md", "Theming"),
            ("docs/POLICY.md", "Policies and privacy"),
            ("docs/ACCESSIBILITY.md", "Accessibility"),
        ],
    ),
    (
        "For developers",
        &[
            ("docs/JAVASCRIPT.md", "JavaScript"),
            ("docs/FRAMEWORKS.md", "Frameworks"),
            ("docs/RUST.md", "Rust"),
            ("docs/COMMAND.md", "Command line"),
        ],
    ),
    (
        "For readers",
        &[
            ("docs/READERS.md", "What readers see"),
            ("docs/SUMMARIES.md", "How sentences are chosen"),
            ("docs/EXTENSION.md", "Browser extension"),
        ],
    ),
    (
        "The project",
        &[
            ("CHANGELOG.md", "Changes"),
            ("SECURITY.md", "Security"),
            ("docs/STYLE.md", "How we write code"),
            ("docs/TESTING.md", "How it is tested"),
        ],
    ),
];

/// Builds the package and the site.
pub fn run() -> Result<()> {
    bundle::build(&Node::ensure()?)?;
    build()?;
    let index = project::site().join("index.html");
    println!("the documentation is at {}", index.display());
    Ok(())
}

/// Builds the site around the package that is in `dist/`.
pub fn build() -> Result<()> {
    println!("writing the documentation into target/site/");
    let site = Site::read()?;
    let new = project::scratch().join("site");
    if new.exists() {
        fs::remove_dir_all(&new)?;
    }
    for (name, text) in site.files(&Crate::read()?)? {
        write(&new.join(name), text.as_bytes())?;
    }
    for (from, to) in assets()? {
        let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        write(&new.join(to), &bytes)?;
    }
    let site = project::site();
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&new, &site)?;
    Ok(())
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    let folder = file.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// What is copied as it is: from where, to which path of the site.
fn assets() -> Result<Vec<(PathBuf, String)>> {
    let root = project::root();
    let mut assets = vec![
        (root.join("docs/site/site.css"), "site.css".to_owned()),
        (root.join("docs/site/example.css"), "example.css".to_owned()),
        (
            project::www().join("demo/img/favicon.svg"),
            "icon.svg".to_owned(),
        ),
    ];
    for image in project::files("docs/images", ".png")? {
        let name = image.trim_start_matches("docs/").to_owned();
        assets.push((root.join(&image), name));
    }
    let hashes = fs::read(project::dist().join("sri.json"))?;
    let hashes: Value = serde_json::from_slice(&hashes)?;
    for file in hashes.as_object().context("sri.json is no object")?.keys() {
        assets.push((project::dist().join(file), format!("nutgraf/{file}")));
    }
    Ok(assets)
}

/// The pages, rendered and checked.
struct Site {
    /// By file.
    pages: BTreeMap<&'static str, Rendered>,
}

impl Site {
    /// Reads and checks the project's Markdown.
    fn read() -> Result<Self> {
        let manifest = Manifest::read()?;
        let mut pages = BTreeMap::new();
        for file in files() {
            let text = fs::read_to_string(project::root().join(file))
                .with_context(|| format!("cannot read {file}"))?;
            let page = markdown::render(file, &text, &manifest)
                .and_then(|page| check::names(&page.code, &manifest).map(|()| page))
                .with_context(|| file.to_owned())?;
            pages.insert(file, page);
        }
        let site = Self { pages };
        site.check_links()?;
        check_readme(&manifest).context(README)?;
        for file in project::files("docs", ".md")? {
            if !site.pages.contains_key(&*file) {
                bail!("no page leads to {file}; add it to NAVIGATION in xtask/src/docs.rs");
            }
        }
        Ok(site)
    }

    /// Every link leads to a page, and to a heading that is on it.
    fn check_links(&self) -> Result<()> {
        for (from, page) in &self.pages {
            for link in &page.links {
                let Some(target) = self.pages.get(&*link.file) else {
                    bail!("{from} links to {}, which is no page", link.file);
                };
                let is_there =
                    |anchor: &String| target.headings.iter().any(|heading| heading.id == *anchor);
                if let Some(anchor) = link.anchor.as_ref().filter(|anchor| !is_there(anchor)) {
                    bail!(
                        "{from} links to {}#{anchor}, which is no heading",
                        link.file
                    );
                }
            }
        }
        Ok(())
    }

    /// Returns the files that are made: path below the site → text.
    fn files(&self, about: &Crate) -> Result<BTreeMap<String, String>> {
        let template = Template::read("page.html")?;
        let example = Template::read("example.html")?;
        let story = Template::read("story.html")?.0;
        let mut files = BTreeMap::new();
        for (file, page) in &self.pages {
            let navigation = self.navigation(file);
            let html = template.fill(&[
                ("title", &page.title),
                ("description", &page.description),
                ("navigation", &navigation),
                ("content", &page.html),
                ("version", &about.version),
                ("source", file),
            ])?;
            files.insert(address(file), html);
            for (name, css) in &page.examples {
                let html = example.fill(&[("name", name), ("story", &story)])?;
                files.insert(format!("examples/{name}.html"), html);
                files.insert(format!("examples/{name}.css"), css.clone());
            }
        }
        Ok(files)
    }

    /// The list of pages, as it stands on one of them, whose headings are listed with it.
    fn navigation(&self, current: &str) -> String {
        let mut html = String::new();
        for (group, pages) in NAVIGATION {
            html += &format!("<li><span class=\"group\">{group}</span>\n<ul>\n");
            for (file, name) in pages {
                let address = address(file);
                if *file != current {
                    html += &format!("<li><a href=\"{address}\">{name}</a></li>\n");
                    continue;
                }
                html += &format!("<li><a href=\"{address}\" aria-current=\"page\">{name}</a>\n");
                html += &self.contents(file);
                html += "</li>\n";
            }
            html += "</ul></li>\n";
        }
        html
    }

    /// The headings of a page, if there are several.
    fn contents(&self, file: &str) -> String {
        let headings = self
            .pages
            .get(file)
            .into_iter()
            .flat_map(|page| &page.headings);
        let headings: Vec<_> = headings.filter(|heading| heading.level == 2).collect();
        if headings.len() < 2 {
            return String::new();
        }
        let entries: String = headings
            .iter()
            .map(|heading| {
                format!(
                    "<li><a href=\"#{}\">{}</a></li>\n",
                    heading.id, heading.html
                )
            })
            .collect();
        format!("<ul class=\"contents\">\n{entries}</ul>\n")
    }
}

/// The README is no page, since it has the documentation's own front page in its place; what it names must be there as well.
fn check_readme(manifest: &Manifest) -> Result<()> {
    let text = fs::read_to_string(project::root().join(README))?;
    check::names(&markdown::code_of(&text), manifest)?;
    for link in markdown::links_of(&text) {
        let is_outside = link.contains("://") || link.starts_with('#');
        let file = link.split('#').next().unwrap_or_default();
        if !is_outside && !project::root().join(file).exists() {
            bail!("it links to {link}, which is not there");
        }
    }
    Ok(())
}

/// All Markdown files that become pages.
fn files() -> impl Iterator<Item = &'static str> {
    let listed = NAVIGATION
        .iter()
        .flat_map(|(_, pages)| pages.iter().map(|(file, _)| *file));
    std::iter::once(FRONT).chain(listed)
}

/// Where the page of a Markdown file is, below the site.
fn address(file: &str) -> String {
    if file == FRONT {
        return "index.html".to_owned();
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    format!("{}.html", name.trim_end_matches(".md").to_lowercase())
}

/// HTML with `{{names}}` in it.
struct Template(String);

impl Template {
    fn read(name: &str) -> Result<Self> {
        let file = project::root().join("docs/site").join(name);
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read docs/site/{name}"))?;
        Ok(Self(text))
    }

    /// Puts each value in the place of its name. Values may hold anything; they are not looked at again.
    fn fill(&self, values: &[(&str, &str)]) -> Result<String> {
        let mut filled = String::new();
        let mut parts = self.0.split("{{");
        filled += parts.next().unwrap_or_default();
        for part in parts {
            let (name, rest) = part.split_once("}}").context("a {{ lacks its }}")?;
            let value = values.iter().find(|(known, _)| *known == name);
            let (_, value) = value.with_context(|| format!("nothing stands for {{{{{name}}}}}"))?;
            filled += value;
            filled += rest;
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        match Site::read() {
            Ok(site) => site,
            Err(error) => panic!("{error:#}"),
        }
    }

    #[test]
    fn every_link_of_the_documentation_leads_somewhere_and_every_page_is_listed() {
        let site = site();
        assert_eq!(site.pages.len(), files().count());
    }

    #[test]
    fn nothing_on_a_page_offends_against_the_strictest_policy() {
        let about = Crate::read().expect("Cargo.toml tells of the crate");
        let files = site().files(&about).expect("the templates are whole");
        for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            for bad in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
                assert!(!html.contains(bad), "{name} holds {bad}");
            }
            let scripts: Vec<_> = html.split("<script").skip(1).collect();
            let is_example = name.starts_with("examples/");
            assert_eq!(scripts.len(), usize::from(is_example), "{name}");
            assert!(
                scripts.iter().all(|script| script.contains("src=")),
                "{name}"
            );
            assert_eq!(
                html.matches("<h1").count(),
                1,
                "{name} has one heading of its own"
            );
        }
    }

    #[test]
    fn addresses_lead_from_any_folder() {
        let about = Crate::read().expect("Cargo.toml tells of the crate");
        let files = site().files(&about).expect("the templates are whole");
        for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            for attribute in ["href=\"", "src=\"", "srcset=\""] {
                for address in html.split(attribute).skip(1) {
                    let address = address.split('"').next().unwrap_or_default();
                    let outside = address.starts_with("https://") || address.starts_with("http://");
                    assert!(outside || !address.starts_with('/'), "{name}: {address}");
                }
            }
        }
    }

    #[test]
    fn all_that_the_element_has_is_in_a_table() {
        let site = site();
        let tables: Vec<_> = site.pages.values().flat_map(|page| &page.tables).collect();
        for name in manifest::TABLES {
            assert!(
                tables.iter().any(|table| *table == name),
                "no page has the table {name}"
            );
        }
    }

    #[test]
    fn all_states_and_reasons_of_a_summary_are_told() {
        let site = site();
        let page = &site.pages["docs/JAVASCRIPT.md"];
        let declared = nutgraf::json::TYPESCRIPT;
        for declaration in ["export type State =", "  code:"] {
            let (_, rest) = declared.split_once(declaration).expect("it is declared");
            let (union, _) = rest.split_once(';').expect("a declaration ends");
            for code in union.split('\'').skip(1).step_by(2) {
                assert!(
                    page.html
                        .contains(&format!("<th scope=\"row\"><code>{code}</code></th>")),
                    "docs/JAVASCRIPT.md has no row for {code}"
                );
            }
        }
    }

    #[test]
    fn the_pictures_are_small_and_all_are_shown() {
        let shown: Vec<_> = site()
            .pages
            .into_values()
            .flat_map(|page| page.images)
            .collect();
        let mut n_bytes = 0;
        for image in project::files("docs/images", ".png").expect("there are some") {
            let light = image.replace("-dark.png", ".png");
            assert!(shown.contains(&light), "no page shows {image}");
            n_bytes += fs::metadata(project::root().join(&image)).map_or(0, |file| file.len());
        }
        assert!(n_bytes < 600_000, "docs/images has {n_bytes} bytes");
    }

    #[test]
    fn a_template_says_what_it_lacks() {
        let template = Template("a {{b}} c {{d}}".to_owned());
        assert_eq!(
            template.fill(&[("b", "{{d}}"), ("d", "e")]).ok().as_deref(),
            Some("a {{d}} c e")
        );
        let error = template
            .fill(&[("b", "")])
            .expect_err("nothing stands for d");
        assert_eq!(error.to_string(), "nothing stands for {{d}}");
    }
}
