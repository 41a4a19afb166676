//! `www/custom-elements.json` → tables for the documentation, and what names there are.

use std::fs;

use anyhow::{Context, Result, bail};
use nutgraf::html::escaped;
use serde_json::Value;

use crate::project;

/// What a page may have a table of.
pub const TABLES: [&str; 6] = [
    "attributes",
    "properties",
    "events",
    "slots",
    "parts",
    "custom-properties",
];

/// What the element is declared to have.
pub struct Manifest {
    element: Value,
}

impl Manifest {
    /// Reads `www/custom-elements.json`.
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string(project::www().join("custom-elements.json"))?;
        let manifest: Value = serde_json::from_str(&text)?;
        let element = manifest["modules"][0]["declarations"][0].clone();
        if element["tagName"] != "nut-graf" {
            bail!("www/custom-elements.json declares no nut-graf first");
        }
        Ok(Self { element })
    }

    /// Returns the table of a name, as HTML.
    pub fn table(&self, name: &str) -> Result<String> {
        let row = |entry: &Value, cells: &[&dyn Fn(&Value) -> String]| -> String {
            let cells: String = cells
                .iter()
                .map(|cell| format!("<td>{}</td>", cell(entry)))
                .collect();
            let name = code(text(entry, "name"));
            format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
        };
        let table =
            |columns: &[&str], key: &str, cells: &[&dyn Fn(&Value) -> String]| -> Result<String> {
                let head: String = columns
                    .iter()
                    .map(|column| format!("<th scope=\"col\">{column}</th>"))
                    .collect();
                let rows: String = self.entries(key)?.map(|entry| row(entry, cells)).collect();
                Ok(format!(
                    "<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
                ))
            };
        match name {
            "attributes" => table(
                &["Attribute", "Values", "Meaning"],
                "attributes",
                &[&values, &description],
            ),
            "properties" => table(
                &["Property", "Type", "Attribute"],
                "members",
                &[&kind, &attribute],
            ),
            "events" => table(
                &["Event", "When", "<code>detail</code>"],
                "events",
                &[&description, &detail],
            ),
            "slots" => {
                // The slot without a name is for all other children.
                let rows: String = self
                    .entries("slots")?
                    .map(|slot| {
                        let name = match text(slot, "name") {
                            "" => "no slot".to_owned(),
                            name => code(&format!("slot=\"{name}\"")),
                        };
                        format!(
                            "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>\n",
                            description(slot)
                        )
                    })
                    .collect();
                Ok(format!(
                    "<table>\n<thead><tr><th scope=\"col\">Child with</th><th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
                ))
            }
            "parts" => table(&["Part", "What it is"], "cssParts", &[&description]),
            "custom-properties" => table(
                &["Property", "Value", "Meaning"],
                "cssProperties",
                &[&values, &description],
            ),
            _ => bail!("there is no table {name}; there are {}", TABLES.join(", ")),
        }
    }

    /// Whether the element has an attribute, or any element has it.
    pub fn has_attribute(&self, name: &str) -> bool {
        const GLOBAL: [&str; 6] = ["class", "dir", "hidden", "id", "lang", "slot"];
        GLOBAL.contains(&name) || name.starts_with("data-") || self.has("attributes", name)
    }

    /// Whether it sends an event.
    pub fn has_event(&self, name: &str) -> bool {
        self.has("events", name)
    }

    /// Whether it has a part.
    pub fn has_part(&self, name: &str) -> bool {
        self.has("cssParts", name)
    }

    /// Whether it heeds a custom property.
    pub fn has_custom_property(&self, name: &str) -> bool {
        self.has("cssProperties", name)
    }

    fn has(&self, key: &str, name: &str) -> bool {
        self.entries(key)
            .is_ok_and(|mut entries| entries.any(|entry| text(entry, "name") == name))
    }

    fn entries(&self, key: &str) -> Result<impl Iterator<Item = &Value>> {
        let entries = self.element[key].as_array();
        Ok(entries
            .with_context(|| format!("www/custom-elements.json has no {key}"))?
            .iter())
    }
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_default()
}

/// A text with `code` in it.
fn description(entry: &Value) -> String {
    let text = text(entry, "description");
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => escaped(part),
            _ => code(part),
        })
        .collect()
}

/// What an attribute or a custom property may be, and is by default.
fn values(entry: &Value) -> String {
    let kind = match text(entry, "syntax") {
        "" => text(&entry["type"], "text"),
        syntax => syntax,
    };
    let kind = code(&kind.replace('\'', ""));
    match text(entry, "default") {
        "" => kind,
        default => format!("{kind}, by default {}", code(&default.replace('\'', ""))),
    }
    .replace("<code></code>, by", "By")
    .replace("<code></code>", "")
}

fn kind(entry: &Value) -> String {
    let kind = code(text(&entry["type"], "text"));
    match entry["readonly"].as_bool() {
        Some(true) => format!("{kind}, can’t be set"),
        _ => kind,
    }
}

fn attribute(entry: &Value) -> String {
    code(text(entry, "attribute"))
}

/// `CustomEvent<{ open: boolean }>` → `{ open: boolean }`.
fn detail(entry: &Value) -> String {
    let kind = text(&entry["type"], "text");
    let detail = kind
        .strip_prefix("CustomEvent<")
        .and_then(|kind| kind.strip_suffix('>'));
    code(detail.unwrap_or(kind))
}

fn code(text: &str) -> String {
    // A long union may be broken between its members.
    format!("<code>{}</code>", escaped(text)).replace(" | ", " | <wbr>")
}
