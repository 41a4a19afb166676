//! The corpus folder: where it is, and what is read from it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use serde_json::Value;

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

/// What a line holds; nothing, if it is blank.
fn json<T: DeserializeOwned>(line: &str) -> Result<Option<T>> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(line)?))
}

/// An article in which a reader marked the sentences that make the best summary.
pub struct Labelled {
    pub id: String,
    pub language: String,
    pub title: String,
    pub text: String,
    /// The labelled sentences, as their letters alone, each with its worth: 2 best, 1 also, 0.
    sentences: Vec<(String, f64)>,
    /// Articles with the same text are of one family and must not be apart in cross-validation.
    pub family: u64,
}

/// Reads `summaries/labels.jsonl.gz`.
pub fn labels(corpus: &Path) -> Result<Vec<Labelled>> {
    let path = corpus.join("summaries/labels.jsonl.gz");
    let file = File::open(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines
        .map(|line| labelled(&serde_json::from_str(&line?)?))
        .collect()
}

fn labelled(value: &Value) -> Result<Labelled> {
    let field = |name: &str| -> Result<String> {
        let text = value[name]
            .as_str()
            .with_context(|| format!("a label without {name}"))?;
        Ok(text.to_owned())
    };
    let is_in = |name: &str, index: usize| {
        value[name]
            .as_array()
            .is_some_and(|list| list.iter().any(|n| n.as_u64() == Some(index as u64)))
    };
    let sentences = value["sentences"]
        .as_array()
        .context("a label without sentences")?;
    let worth = |index| match (is_in("best", index), is_in("also", index)) {
        (true, _) => 2.0,
        (_, true) => 1.0,
        _ => 0.0,
    };
    let sentences: Vec<(String, f64)> = sentences
        .iter()
        .enumerate()
        .map(|(index, text)| (letters(text.as_str().unwrap_or_default()), worth(index)))
        .collect();
    let text = field("text")?;
    let opening: String = letters(&text).chars().take(200).collect();
    Ok(Labelled {
        id: field("id")?,
        language: field("language")?,
        title: field("title")?,
        family: fnv(opening.as_bytes()),
        text,
        sentences,
    })
}

impl Labelled {
    /// The labelled sentences that a sentence is, by its letters; another segmentation than the
    /// labels' is no fault of it.
    fn matches(&self, text: &str) -> impl Iterator<Item = usize> + '_ {
        let text = letters(text);
        let long = |letters: &str| letters.chars().nth(20).is_some();
        let is_it = move |(_, (label, _)): &(usize, &(String, f64))| {
            !label.is_empty()
                && (*label == text
                    || long(label) && text.contains(&**label)
                    || long(&text) && label.contains(&*text))
        };
        self.sentences
            .iter()
            .enumerate()
            .filter(is_it)
            .map(|(index, _)| index)
    }

    /// What a sentence is worth in a summary: 2 for the best, 1 for others that would do, else 0.
    pub fn worth(&self, text: &str) -> f64 {
        self.matches(text)
            .map(|index| self.sentences[index].1)
            .fold(0.0, f64::max)
    }

    /// Gain of three sentences: the share of the 6 points that they can have.
    pub fn gain<'a>(&self, texts: impl Iterator<Item = &'a str>) -> f64 {
        let mut hits: Vec<usize> = Vec::new();
        for index in texts.flat_map(|text| self.matches(text).collect::<Vec<_>>()) {
            if !hits.contains(&index) {
                hits.push(index);
            }
        }
        hits.iter()
            .take(3)
            .map(|&index| self.sentences[index].1)
            .sum::<f64>()
            / 6.0
    }

    /// Gain of the first three labelled sentences.
    pub fn lead_gain(&self) -> f64 {
        self.sentences
            .iter()
            .take(3)
            .map(|(_, worth)| worth)
            .sum::<f64>()
            / 6.0
    }
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

    /// Its part in cross-validation.
    pub fn fold(&self, n_folds: u64) -> u64 {
        fnv(self.site.as_bytes()) % n_folds
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

/// The letters and digits of a text, lower case: what is left when splits and marks differ.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
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
