//! What a bench found → the terminal, and its section of `BENCHMARKS.md`.
//!
//! In: a section in Markdown. Out: the same, printed; if asked for, it also takes the place of the section of
//! that name in the file, with the machine, the day and the commit it was measured on. Other sections stay, each
//! with its own day.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, project};

/// The file, in the root.
pub const FILE: &str = "BENCHMARKS.md";

/// What one bench found.
pub struct Section {
    /// The word after `cargo xtask bench`.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Markdown.
    pub body: String,
}

impl Section {
    /// Prints the section, and writes it down if asked to.
    pub fn finish(&self, write: bool) -> Result<()> {
        println!("\n## {}\n\n{}", self.title, self.body.trim_end());
        if write {
            let file = path();
            let text =
                fs::read_to_string(&file).with_context(|| format!("{FILE} can't be read"))?;
            let measured = format!(
                "Measured on {} at {} by `cargo xtask bench {}`, {}.",
                today()?,
                commit()?,
                self.name,
                machine()?
            );
            let section = format!("## {}\n\n{measured}\n\n{}", self.title, self.body.trim());
            fs::write(&file, replace(&text, self.name, &section)?)?;
            println!("\nwritten to {FILE}");
        }
        Ok(())
    }
}

fn path() -> PathBuf {
    project::root().join(FILE)
}

/// A text with what stands between the marks of a section exchanged.
fn replace(text: &str, name: &str, section: &str) -> Result<String> {
    let (start, end) = (
        format!("<!-- bench {name} -->"),
        format!("<!-- end {name} -->"),
    );
    let missing =
        || format!("{FILE} has no section between `{start}` and `{end}`: add these two lines");
    let (before, rest) = text.split_once(&start).with_context(missing)?;
    let (_, after) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{before}{start}\n{section}\n{end}{after}"))
}

fn today() -> Result<String> {
    Ok(process::capture(Command::new("date").arg("+%F"))?
        .trim()
        .to_owned())
}

fn commit() -> Result<String> {
    let mut git = Command::new("git");
    git.current_dir(project::root())
        .args(["describe", "--always", "--dirty", "--abbrev=7"]);
    Ok(process::capture(&mut git)?.trim().to_owned())
}

/// The processor, its cores, and the compiler.
fn machine() -> Result<String> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("an unknown processor", |(_, model)| model.trim());
    let n_cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let rustc = process::capture(Command::new("rustc").arg("--version"))?;
    let version = rustc.split(' ').nth(1).unwrap_or_default();
    Ok(format!("{model}, {n_cores} cores, Rust {version}"))
}

/// A Markdown table whose columns but the first are numbers.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::from("|");
        for (column, (cell, &width)) in cells.zip(&widths).enumerate() {
            line += &match column {
                0 => format!(" {cell:width$} |"),
                _ => format!(" {cell:>width$} |"),
            };
        }
        line + "\n"
    };
    let mut table = line(&mut head.iter().copied());
    table += "|";
    for (column, &width) in widths.iter().enumerate() {
        let colon = if column == 0 { "-" } else { ":" };
        table += &format!(" {}{colon} |", "-".repeat(width - 1));
    }
    table += "\n";
    for row in rows {
        table += &line(&mut row.iter().map(|cell| &**cell));
    }
    table
}

/// A number to three digits that tell something.
pub fn short(number: f64) -> String {
    match number.abs() {
        size if size >= 99.95 => format!("{number:.0}"),
        size if size >= 9.995 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

/// The median.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_the_place_of_the_one_of_its_name() {
        let text = "# Figures\n<!-- bench a -->\nold\n<!-- end a -->\n<!-- bench b -->\nstays\n<!-- end b -->\n";
        let new = replace(text, "a", "new").expect("the section is there");
        assert_eq!(new, text.replace("old", "new"));
        assert!(replace(text, "c", "new").is_err());
    }

    #[test]
    fn a_table_lines_up() {
        let rows = [vec!["tokens".to_owned(), "17.4".to_owned()]];
        assert_eq!(
            table(&["stage", "ns"], &rows),
            "| stage  |   ns |\n| ------ | ---: |\n| tokens | 17.4 |\n"
        );
    }

    #[test]
    fn numbers_are_as_long_as_they_tell_something() {
        assert_eq!(
            [0.123, 1.5, 12.34, 123.4].map(short),
            ["0.12", "1.50", "12.3", "123"]
        );
    }
}
