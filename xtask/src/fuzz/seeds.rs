//! What fuzzing starts from, made of the project's own test pages and cases.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project;

/// A longer seed would be read slowly, and changed hardly at all.
const MAX_BYTES: usize = 8 << 10;

/// Writes the seeds of each target into a folder of its name.
pub fn write(folder: &Path) -> Result<()> {
    let seeds = Seeds {
        folder: folder.to_owned(),
    };
    let mut pages = files("www/demo", ".html")?;
    pages.extend(files("tests/hostile", ".html")?);
    for (name, page) in pages {
        let page = head(&page);
        seeds.write("html", &name, &[&[2, 0], page.as_bytes()].concat())?;
        seeds.write("packed", &name, &packed(page))?;
        let text = without_tags(page);
        seeds.write(
            "text",
            &name,
            &[&[2, 0], "\n\n".as_bytes(), text.as_bytes()].concat(),
        )?;
        seeds.write(
            "inspect",
            &name,
            format!("\n{}", cut(&text, 4 << 10)).as_bytes(),
        )?;
        let line = serde_json::json!({ "id": name, "html": cut(page, 8 << 10), "sentences": 3 });
        seeds.write("batch", &name, format!("\0\u{40}{line}\n").as_bytes())?;
        // The model reads bytes as decisions: any will do.
        seeds.write("pages", &name, cut(&text, 2 << 10).as_bytes())?;
    }
    for (name, cases) in files("tests/cases", ".txt")? {
        let lines = cases.lines().filter_map(|line| line.split_once(" | "));
        for (number, (tag, sentences)) in lines.enumerate() {
            let text = sentences.replace('‖', "");
            let name = format!("{name}-{number}");
            seeds.write("inspect", &name, format!("{tag}\n{text}").as_bytes())?;
            seeds.write("text", &name, format!("\u{2}\0\n{tag}\n{text}").as_bytes())?;
            let line =
                serde_json::json!({ "id": number, "text": text, "language": tag, "words": 20 });
            seeds.write("batch", &name, format!("\0\u{40}{line}\n").as_bytes())?;
            let way = (number % 7) as u8;
            let input = [&[way, 9, 3], cut(&text, 200).as_bytes()].concat();
            seeds.write("growth", &name, &input)?;
        }
    }
    for tag in ["en", "ja", "ar"] {
        let packed = nutgraf::language::pack(nutgraf::language::of(tag));
        let lists: Vec<&str> = packed.split('\0').map(|list| cut(list, 400)).collect();
        let input = format!(
            "\u{2}\0{}\n---\nMr. Quist said no. He left the U.S. in Jan. 1931.",
            lists.join("\n---\n")
        );
        seeds.write("lists", tag, input.as_bytes())?;
    }
    for (number, unit) in [
        "<div>",
        "<b>",
        "<a href=x>",
        "<p>a.",
        "<br>",
        "</p>",
        "<table>",
        "<svg><p>",
        "&amp;",
        "{\"a\":",
        "[",
        "z. B. ",
        "\u{ad}",
        "½",
        "A. ",
    ]
    .into_iter()
    .enumerate()
    {
        for way in 0..7 {
            seeds.write(
                "growth",
                &format!("unit-{number}-{way}"),
                &[&[way, 0, 0], unit.as_bytes()].concat(),
            )?;
        }
    }
    Ok(())
}

struct Seeds {
    folder: PathBuf,
}

impl Seeds {
    fn write(&self, target: &str, name: &str, seed: &[u8]) -> Result<()> {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), seed)?;
        Ok(())
    }
}

/// The files of a folder, each with its name.
fn files(folder: &str, suffix: &str) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in project::files(folder, suffix)? {
        let text = fs::read_to_string(project::root().join(&path))?;
        files.push((path.replace(['/', '.'], "-"), text));
    }
    Ok(files)
}

fn head(text: &str) -> &str {
    cut(text, MAX_BYTES)
}

fn cut(text: &str, max_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(max_bytes)]
}

/// The text between tags, near enough.
fn without_tags(html: &str) -> String {
    html.split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text)
        .collect()
}

/// The packed page of a document, near enough: the format is that of the target `packed`.
fn packed(html: &str) -> Vec<u8> {
    let (mut events, mut strings) = (Vec::new(), Vec::new());
    let mut number = |text: &str, events: &mut Vec<u8>| {
        events.push(strings.len() as u8);
        strings.push(text.replace('\0', " "));
    };
    for part in html.split('<').skip(1).take(60) {
        let Some((tag, text)) = part.split_once('>') else {
            continue;
        };
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(_) => events.push(0),
            None => {
                events.push(2);
                number(name, &mut events);
                events.extend([0, 1, 0]);
                number(
                    tag.split_once('"')
                        .map_or("", |(_, rest)| rest.split('"').next().unwrap_or_default()),
                    &mut events,
                );
            }
        }
        if !text.trim().is_empty() {
            events.push(1);
            number(text, &mut events);
        }
    }
    events.resize(events.len().next_multiple_of(16), 0);
    let mut seed = vec![2, 0, (events.len() / 16) as u8];
    seed.extend(events);
    seed.extend(strings.join("\0").into_bytes());
    seed
}
