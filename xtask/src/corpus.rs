//! The corpus folder: where it is, and what is read from it.

mod human;
mod labelled;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use human::{Human, humans};
pub use labelled::{Labelled, labelled_pages, labels, long_sentences};

/// The corpus folder that the command line or the environment names.
pub fn dir(named: Option<PathBuf>) -> Result<PathBuf> {
    let dir = named.or_else(|| std::env::var_os("NUTGRAF_CORPUS").map(PathBuf::from));
    match dir {
        Some(dir) if dir.is_dir() => Ok(dir),
        Some(dir) => bail!("no corpus folder at {}", dir.display()),
        None => bail!("no corpus: name its folder with --corpus DIR or NUTGRAF_CORPUS"),
    }
}

/// Reads the JSON lines of all `.jsonl` files of a folder, in the order of their names. Each comes with
/// the name of its set, which is that of its file.
pub fn items<T: DeserializeOwned>(corpus: &Path, folder: &str) -> Result<Vec<(String, T)>> {
    let folder = corpus.join(folder);
    let unread = |path: &Path| format!("{} can't be read", path.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| unread(&folder))? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            paths.push(path);
        }
    }
    paths.sort();
    let mut items = Vec::new();
    for path in paths {
        let set = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = File::open(&path).with_context(|| unread(&path))?;
        for (index, line) in BufReader::new(file).lines().enumerate() {
            let item = line.map_err(Into::into).and_then(|line| json(&line));
            let item = item.with_context(|| format!("{}, line {}", path.display(), index + 1))?;
            items.extend(item.map(|item| (set.to_string(), item)));
        }
    }
    if items.is_empty() {
        bail!("no lines of JSON in {}/*.jsonl", folder.display());
    }
    Ok(items)
}

/// Reads the JSON lines of a packed file.
fn packed_items<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("{} can't be read", path.display()))?;
    let mut items = Vec::new();
    for (index, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let item = line.map_err(Into::into).and_then(|line| json(&line));
        let item = item.with_context(|| format!("{}, line {}", path.display(), index + 1))?;
        items.extend(item);
    }
    Ok(items)
}

/// What a line holds; nothing, if it is blank.
fn json<T: DeserializeOwned>(line: &str) -> Result<Option<T>> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(line)?))
}

/// A real page and what is the article on it.
pub struct TruePage {
    pub id: String,
    pub set: String,
    /// Pages of one site must not be apart in cross-validation.
    pub site: String,
    pub title: Option<String>,
    pub authors: Vec<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    pub html: String,
    /// Accepted texts of the article.
    pub texts: Vec<String>,
}

impl TruePage {
    /// Whether its truth may be learned from. That of the set `moz` is another extractor's output.
    pub fn is_training(&self) -> bool {
        self.set != "moz"
    }

    /// A number for its site.
    pub fn family(&self) -> u64 {
        fnv(self.site.as_bytes())
    }

    /// Its part in cross-validation.
    pub fn fold(&self, n_folds: u64) -> u64 {
        self.family() % n_folds
    }
}

/// Reads the pages of `extraction/`, one at a time, in the order of their names.
pub fn pages(corpus: &Path) -> Result<impl Iterator<Item = Result<TruePage>>> {
    let dir = corpus.join("extraction");
    let path = dir.join("truth.json");
    let file = File::open(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let truth: BTreeMap<String, Value> = serde_json::from_reader(BufReader::new(file))?;
    Ok(truth.into_iter().map(move |(id, truth)| {
        let path = dir.join("html").join(format!("{id}.html.gz"));
        let file =
            File::open(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let mut bytes = Vec::new();
        GzDecoder::new(file).read_to_end(&mut bytes)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Ok(TruePage {
            id,
            set: text(&truth["set"]).unwrap_or_default(),
            site: text(&truth["site"]).unwrap_or_default(),
            title: text(&truth["title"]),
            authors: strings(&truth["authors"]),
            date: text(&truth["date"]),
            html: String::from_utf8_lossy(&bytes).into_owned(),
            texts: text(&truth["articleBody"])
                .into_iter()
                .chain(strings(&truth["alternatives"]))
                .collect(),
        })
    }))
}

/// The strings of a value: one, a list, or none.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The words of a text, as the measure of extraction counts them.
pub fn words(text: &str) -> Vec<String> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let text = text.replace('\u{ad}', "");
    text.split(is_end)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// FNV-1a, the same on every machine.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message for a folder of one file that holds `text`.
    fn refused(name: &str, text: &str) -> String {
        let corpus = std::env::temp_dir().join(format!("nutgraf-{name}-{}", std::process::id()));
        std::fs::create_dir_all(corpus.join("words")).expect("a folder for the test");
        std::fs::write(corpus.join("words/set.jsonl"), text).expect("a file for the test");
        let read = items::<Vec<String>>(&corpus, "words");
        std::fs::remove_dir_all(&corpus).expect("the folder of the test");
        format!("{:#}", read.expect_err("it is not what was asked for"))
    }

    #[test]
    fn a_bad_line_of_a_corpus_is_named_by_file_and_number() {
        let error = refused("bad-line", "[\"a\"]\n\n{}\n");
        assert!(
            error.contains("set.jsonl, line 3: invalid type: map"),
            "{error}"
        );
    }

    #[test]
    fn a_corpus_without_lines_is_no_perfect_score() {
        let error = refused("no-lines", "\n");
        assert!(error.starts_with("no lines of JSON in "), "{error}");
    }
}
