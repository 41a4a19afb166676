//! `cargo xtask api`: what the root of the crate exports, line by line, against what has been promised.
//!
//! In: what rustdoc writes of the crate. Out: a failure if `tests/public-api.txt` says otherwise. A line that is new may
//! be added to that at any time; one that has gone or changed breaks whoever uses it, which only a release may that says so by
//! its number. The modules of the stages are public for tests and training, and promised only as far as what the root exports
//! is made of their types.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project::Crate;
use crate::{process, project};

const CRATE: &str = "nutgraf";

/// Whose fields lead into every stage. They are promised themselves; what is in them is not.
const OPENED: [&str; 2] = ["nutgraf::Reading", "nutgraf::Tokenized"];

/// Methods of the traits that are derived, or stand for what the compiler knows of them.
const OF_TRAITS: [&str; 6] = ["clone", "default", "eq", "fmt", "hash", "serialize"];

const HEADER: &str = "\
# What the root of the crate exports, with the feature `serde`, and the types that this is made of.
# Written by `cargo xtask api --write`; `cargo xtask test --only api` fails where it is not so.
";

/// Fails if the listing is not what the crate exports.
pub fn check() -> Result<()> {
    let Some(now) = exported()? else {
        return Ok(());
    };
    let listed = listed()?;
    let gone = lines(&listed - &now, '-');
    let new = lines(&now - &listed, '+');
    if !gone.is_empty() {
        bail!(
            "what the crate has promised is gone or has changed:\n{gone}{new}\
             if that is meant: cargo xtask api --write, which says what the version has to be"
        );
    }
    if !new.is_empty() {
        bail!("the crate exports what is not listed; mend it with: cargo xtask api --write\n{new}");
    }
    println!("{} lines of tests/public-api.txt hold", now.len());
    Ok(())
}

/// Writes the listing anew. Fails if that takes back what a released version has promised, and the next one has no number that
/// says so.
pub fn write() -> Result<()> {
    let Some(now) = exported()? else {
        return Ok(());
    };
    let gone = if path().exists() {
        &listed()? - &now
    } else {
        BTreeSet::new()
    };
    let version = Crate::read()?.version;
    let changes = fs::read_to_string(project::root().join("CHANGELOG.md"))?;
    if let Some(released) = released(&changes).find(|released| are_compatible(released, &version))
        && !gone.is_empty()
    {
        bail!(
            "{released} has been released with these lines, and {version} may be taken in its place; raise the version in \
             Cargo.toml to {} first:\n{}",
            next(&version),
            lines(gone, '-')
        );
    }
    let text: String = now.iter().map(|line| format!("{line}\n")).collect();
    fs::write(path(), format!("{HEADER}{text}"))?;
    println!("{} lines written to {}", now.len(), path().display());
    Ok(())
}

fn path() -> PathBuf {
    project::root().join("tests/public-api.txt")
}

fn listed() -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(path()).context("cannot read tests/public-api.txt")?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

fn lines(lines: BTreeSet<String>, sign: char) -> String {
    lines
        .iter()
        .map(|line| format!("{sign} {line}\n"))
        .collect()
}

/// Returns what the crate exports, or nothing where rustdoc writes a form that we can't read.
fn exported() -> Result<Option<BTreeSet<String>>> {
    let mut rustdoc = process::cargo();
    rustdoc
        .current_dir(project::root())
        .args([
            "rustdoc",
            "--quiet",
            "--locked",
            "--package=nutgraf",
            "--lib",
        ])
        // A folder of its own: what is compiled for rustdoc with this variable set is compiled anew without it.
        .args([
            "--no-default-features",
            "--features=serde",
            "--target-dir=target/api",
        ])
        // Links lead nowhere where there are fewer features; the step `docs` looks at them.
        .args([
            "--",
            "--cap-lints=allow",
            "-Zunstable-options",
            "--output-format=json",
        ])
        .env("RUSTC_BOOTSTRAP", "1");
    process::run(&mut rustdoc)?;
    let json = project::root().join("target/api/doc/nutgraf.json");
    let built = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build();
    match built {
        Ok(api) => Ok(Some(promised(
            api.items().map(ToString::to_string).collect(),
        ))),
        Err(error) => {
            println!(
                "passed over: rustdoc of this toolchain writes a form that xtask can't read ({error})"
            );
            Ok(None)
        }
    }
}

/// Of all lines, those of what stands in the root, and of the types that these name, and so on.
fn promised(lines: Vec<String>) -> BTreeSet<String> {
    let mut by_owner = BTreeMap::<String, Vec<String>>::new();
    for line in lines {
        if let Some(owner) = owner(&line) {
            by_owner.entry(owner).or_default().push(line);
        }
    }
    let in_root = |owner: &str| owner.matches("::").count() == 1;
    let mut seen: BTreeSet<String> = by_owner
        .keys()
        .filter(|owner| in_root(owner))
        .cloned()
        .collect();
    let mut left: Vec<_> = seen.iter().cloned().collect();
    let mut promised = BTreeSet::new();
    while let Some(owner) = left.pop() {
        for line in by_owner.get(&owner).into_iter().flatten() {
            promised.insert(line.clone());
            if OPENED.contains(&owner.as_str()) {
                continue;
            }
            for named in paths(line) {
                if seen.insert(named.clone()) {
                    left.push(named);
                }
            }
        }
    }
    promised
}

/// What a line belongs to: a type, or a function in no type. None for modules.
fn owner(line: &str) -> Option<String> {
    if line.starts_with("pub mod ") || line.starts_with("pub use ") || is_said(line) {
        return None;
    }
    let of = match line.split_once(" for ") {
        Some((before, after)) if before.starts_with("impl") => after,
        _ => line,
    };
    paths(of).into_iter().next()
}

/// Whether a line says what the one of its trait does.
fn is_said(line: &str) -> bool {
    let name = line.split_once('(').and_then(|(before, _)| {
        let name = before.strip_prefix("pub fn ")?.rsplit("::").next()?;
        name.split('<').next()
    });
    let is_method = name.is_some_and(|name| OF_TRAITS.contains(&name));
    is_method || line.starts_with("impl core::marker::StructuralPartialEq")
}

/// The types of ours that a line names, each up to its name, and functions and constants that are in none.
fn paths(line: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("nutgraf::") {
        rest = &rest[at..];
        let mut end = CRATE.len();
        while let Some(tail) = rest[end..].strip_prefix("::") {
            let length = tail
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(tail.len());
            end += 2 + length;
            if tail.starts_with(char::is_uppercase) {
                break;
            }
        }
        paths.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    paths
}

/// The versions that a changelog has headings of.
fn released(changes: &str) -> impl Iterator<Item = &str> {
    changes
        .lines()
        .filter_map(|line| line.strip_prefix("## [")?.split_once(']'))
        .map(|(version, _)| version)
        .filter(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether cargo takes one version for the other: the first number that is not zero is the same.
fn are_compatible(one: &str, other: &str) -> bool {
    let significant = |version: &str| {
        let numbers: Vec<_> = version
            .split(['.', '-'])
            .take(3)
            .map(str::to_owned)
            .collect();
        let n = numbers.iter().take_while(|number| *number == "0").count();
        numbers[..numbers.len().min(n + 1)].to_vec()
    };
    significant(one) == significant(other)
}

/// The next version that may break what uses this one.
fn next(version: &str) -> String {
    let number = |index: usize| -> u64 {
        version
            .split('.')
            .nth(index)
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    };
    match number(0) {
        0 => format!("0.{}.0", number(1) + 1),
        major => format!("{}.0.0", major + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Vec<String> {
        promised(lines.iter().map(|line| (*line).to_owned()).collect())
            .into_iter()
            .collect()
    }

    #[test]
    fn what_the_root_exports_is_promised_with_the_types_it_is_made_of() {
        let lines = [
            "impl core::clone::Clone for nutgraf::Page",
            "pub fn nutgraf::summarize(page: &nutgraf::page::Page) -> nutgraf::Summary",
            "pub nutgraf::Page::blocks: alloc::vec::Vec<nutgraf::page::Block>",
            "pub nutgraf::page::Block::text: alloc::string::String",
            "pub nutgraf::page::Page::blocks: alloc::vec::Vec<nutgraf::page::Block>",
        ];
        let others = [
            "pub mod nutgraf::page",
            "pub fn nutgraf::Page::clone(&self) -> nutgraf::Page",
            "pub fn nutgraf::page::helper() -> nutgraf::trees::Trees",
            "pub nutgraf::trees::Trees::n: usize",
        ];
        assert_eq!(of(&[&lines[..], &others].concat()), lines);
    }

    #[test]
    fn what_a_reading_gives_access_to_is_not_promised_by_it() {
        let line = "pub nutgraf::Reading::tokens: nutgraf::tokens::Tokens";
        assert_eq!(of(&[line, "pub nutgraf::tokens::Tokens::n: usize"]), [line]);
    }

    #[test]
    fn a_release_may_break_only_what_its_number_says() {
        for (one, other, compatible) in [
            ("0.1.0", "0.1.3", true),
            ("0.1.0", "0.2.0", false),
            ("1.2.3", "1.9.0", true),
            ("1.2.3", "2.0.0", false),
            ("0.0.1", "0.0.2", false),
        ] {
            assert_eq!(are_compatible(one, other), compatible, "{one} and {other}");
        }
        assert_eq!(
            (next("0.1.4").as_str(), next("1.2.3").as_str()),
            ("0.2.0", "2.0.0")
        );
        let changes = "## [Unreleased]\n## [0.1.0] - 2026-12-01\n";
        assert_eq!(released(changes).collect::<Vec<_>>(), ["0.1.0"]);
    }
}
