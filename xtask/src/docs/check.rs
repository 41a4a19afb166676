//! Code samples → whether all that they name of the element is there.

use anyhow::{Result, bail};

use super::manifest::Manifest;

/// A piece of code in a text.
pub struct Code {
    /// Of a block, what it says it is; empty for a word in running text.
    pub language: String,
    pub text: String,
}

/// Fails with the first name that the element does not have.
pub fn names(code: &[Code], manifest: &Manifest) -> Result<()> {
    for Code { language, text } in code {
        for name in words_after(text, "--nutgraf-") {
            let name = format!("--nutgraf-{name}");
            // The prefix alone stands for all of them.
            if name != "--nutgraf-" && !manifest.has_custom_property(&name) {
                bail!("there is no custom property {name}");
            }
        }
        for rest in text.split("::part(").skip(1) {
            let names = rest.split(')').next().unwrap_or_default();
            if let Some(name) = names
                .split(' ')
                .find(|name| !name.is_empty() && !manifest.has_part(name))
            {
                bail!("there is no part {name}");
            }
        }
        for name in words_after(text, "nut-graf[") {
            if !manifest.has_attribute(name) {
                bail!("there is no attribute {name}, which {text} selects");
            }
        }
        for name in attributes(text) {
            if !manifest.has_attribute(name) {
                bail!("there is no attribute {name} of <nut-graf>");
            }
        }
        let is_script = ["js", "ts", "html"].contains(&&**language);
        let events: Vec<&str> = match &**language {
            "" => vec![text],
            _ if is_script => text.split(['\'', '"', '`']).skip(1).step_by(2).collect(),
            _ => Vec::new(),
        };
        for name in events {
            let is_name = |rest: &str| {
                !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            };
            if name.strip_prefix("nutgraf-").is_some_and(is_name) && !manifest.has_event(name) {
                bail!("there is no event {name}");
            }
        }
    }
    Ok(())
}

/// What follows a beginning each time, up to where a name ends.
fn words_after<'a>(text: &'a str, beginning: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(beginning).skip(1).map(|rest| {
        let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
        &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())]
    })
}

/// The names of the attributes of each `<nut-graf>` in a piece of HTML.
fn attributes(html: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for tag in html.split("<nut-graf").skip(1) {
        let mut rest = tag;
        loop {
            // JSX closes an element within its tag.
            rest = rest.trim_start().trim_start_matches('/');
            let end = rest.find(|c: char| "=>".contains(c) || c.is_whitespace());
            let Some(end) = end.filter(|&end| end > 0) else {
                break;
            };
            names.push(&rest[..end]);
            rest = &rest[end..];
            if let Some(value) = rest.strip_prefix('=') {
                let quote = value.chars().next().unwrap_or(' ');
                rest = match (quote, value.get(1..)) {
                    ('"' | '\'', Some(value)) => {
                        value.split_once(quote).map_or("", |(_, rest)| rest)
                    }
                    _ => value.trim_start_matches(|c: char| c != '>' && !c.is_whitespace()),
                };
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str) -> Result<(), String> {
        let code = Code {
            language: language.to_owned(),
            text: text.to_owned(),
        };
        let manifest = Manifest::read().expect("there is one");
        names(&[code], &manifest).map_err(|error| error.to_string())
    }

    #[test]
    fn what_the_element_has_can_be_named() {
        for (language, text) in [
            (
                "html",
                "<nut-graf for=\"a > b\" length=long open data-hash='x'><p slot=\"summary\">a</p></nut-graf>",
            ),
            (
                "css",
                "nut-graf:not(:defined) { } nut-graf::part(button label) { --nutgraf-accent: #0a5 }",
            ),
            ("css", "nut-graf[state=error] { }"),
            ("jsx", "<nut-graf length=\"short\" />"),
            (
                "js",
                "addEventListener('nutgraf-open', f); import('nutgraf'); 'nutgraf-chromium-0.1.0.zip'",
            ),
            ("", "--nutgraf-"),
        ] {
            assert_eq!(check(language, text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_it_does_not_have_is_found() {
        for (language, text, error) in [
            (
                "html",
                "<nut-graf\n  for='a' lenght=\"long\">",
                "there is no attribute lenght of <nut-graf>",
            ),
            (
                "css",
                "nut-graf { --nutgraf-acent: red }",
                "there is no custom property --nutgraf-acent",
            ),
            (
                "css",
                "nut-graf::part(sentense) { }",
                "there is no part sentense",
            ),
            (
                "css",
                "nut-graf[status=error] { }",
                "there is no attribute status, which nut-graf[status=error] { } selects",
            ),
            (
                "js",
                "on('nutgraf-opened')",
                "there is no event nutgraf-opened",
            ),
            ("", "nutgraf-close", "there is no event nutgraf-close"),
        ] {
            assert_eq!(check(language, text), Err(error.to_owned()), "{text}");
        }
    }
}
