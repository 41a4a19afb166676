//! The npm package as published, in `dist/`.
//!
//! In: the modules of `www/`, the built `www/pkg/`. Out: `nutgraf.js` for a script tag, the same in one file
//! (`nutgraf.single.js`), the modules of the package, their types, the core in all its forms, and the hashes of all that a
//! page loads. The same sources give the same bytes.

mod manifest;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::toolchain::node::Node;
use crate::{integrity, process, project, script, wasm};

/// All in one file, of that name in `www/` too.
const SINGLE: &str = "nutgraf.single.js";

/// Shared code goes into chunks named after their content.
const SPLITTING: &[&str] = &[
    "--splitting",
    "--chunk-names=[name]-[hash]",
    "--outbase=www",
];

/// How the names of the chunks with the widget's own words begin: `www/strings/strings.<tag>.js`.
const STRINGS: &str = "strings.";

/// Files that are copied as they are, with the folder they come from.
const COPIES: [(&str, &str); 4] = [
    ("www", "custom-elements.json"),
    ("", "README.md"),
    ("", "LICENSE-APACHE"),
    ("", "LICENSE-MIT"),
];

/// What a page with the script tag loads, as paths below `dist/`.
pub struct Bundle {
    /// Before the reader shows intent.
    pub at_once: PathBuf,
    /// After that: every chunk that is within reach, and the packed wasm.
    pub on_intent: Vec<PathBuf>,
    /// And one of these, the one of the article's language.
    pub languages: Vec<PathBuf>,
    /// And one of these, the one of the page's language, unless that is English.
    pub strings: Vec<PathBuf>,
    /// And this instead of the wasm where the page's policy refuses that.
    pub plain: PathBuf,
    /// All of that but the last, for whoever would rather have one file.
    pub single: PathBuf,
}

/// Builds all: the wasm, then `dist/`, which is replaced when the new one is whole.
pub fn build(node: &Node) -> Result<Bundle> {
    wasm::build(node)?;
    println!("bundling into dist/");
    let new = project::scratch().join("dist");
    empty(&new)?;

    fs::create_dir(new.join(wasm::LANGUAGES))?;
    let languages = languages()?;
    let core = [wasm::MODULE, wasm::PACKED, wasm::PLAIN].map(PathBuf::from);
    for file in core.iter().chain(&languages) {
        fs::copy(project::pkg().join(file), new.join(file))?;
    }

    // A bundle of its own: were it built along with the others, what it shares with them would be a second file that
    // a page loads before intent.
    let graph = split(node, &new, &["www/nutgraf.js"])?;
    split(node, &new, &["www/index.js", "www/define.js"])?;
    let strings = share_hash(&new)?;
    single(node, &new.join(SINGLE))?;
    let mut on_intent = on_intent(&graph, "nutgraf.js")?;
    on_intent.retain(|file| !file.to_string_lossy().starts_with(STRINGS));
    let bundle = Bundle {
        at_once: "nutgraf.js".into(),
        on_intent,
        strings,
        languages,
        plain: wasm::PLAIN.into(),
        single: SINGLE.into(),
    };

    types::write(node, &new)?;
    for (folder, file) in COPIES {
        let from = project::root().join(folder).join(file);
        fs::copy(&from, new.join(file))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    fs::write(new.join("package.json"), manifest::text()?)?;
    fs::write(new.join("sri.json"), hashes(&new)?)?;

    let dist = project::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::rename(&new, &dist).with_context(|| format!("cannot move {} to dist", new.display()))?;
    Ok(bundle)
}

/// Bundles the entries into `folder`, shared code into chunks named after their content, and returns what each written file
/// imports: its name → (name, kind).
fn split(node: &Node, folder: &Path, entries: &[&str]) -> Result<Graph> {
    let graph = project::scratch().join("bundle.json");
    let mut esbuild = script::esbuild(node);
    esbuild
        .args(SPLITTING)
        .arg(format!("--outdir={}", folder.display()))
        .arg(format!("--metafile={}", graph.display()))
        .args(entries);
    process::run(&mut esbuild)?;
    let graph: Value = serde_json::from_slice(&fs::read(&graph)?)?;
    let inputs = graph["inputs"].as_object().into_iter().flatten();
    if let Some((file, _)) = inputs
        .into_iter()
        .find(|(file, _)| file.contains("node_modules"))
    {
        bail!(
            "{file} would be shipped: what npm installs is for building and testing, and its licenses are not read for more"
        );
    }
    let outputs = graph["outputs"]
        .as_object()
        .context("esbuild wrote no list of its files")?;
    for file in outputs.keys() {
        script::minify(node, &project::root().join(file))?;
    }
    Ok(outputs
        .iter()
        .map(|(file, output)| (name(file), imports(output)))
        .collect())
}

/// Names the chunks with the widget's own words after the content of them all, and returns the new names. Names that differ only in
/// the language take 190 bytes less, compressed, of what every page loads.
fn share_hash(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut scripts = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let file = file?.path();
        if extension(&file) == Some("js") {
            scripts.insert(name(&file.to_string_lossy()), fs::read_to_string(&file)?);
        }
    }
    let words = scripts.iter().filter(|(name, _)| name.starts_with(STRINGS));
    let words: String = words.map(|(_, text)| text.as_str()).collect();
    let hash = integrity::inlined(words.as_bytes());
    let hash = hash.chars().skip("sha256-".len());
    let hash: String = hash
        .filter(char::is_ascii_alphanumeric)
        .take(HASH)
        .collect();
    let hash = hash.to_uppercase();
    let mut strings = Vec::new();
    for (name, text) in &scripts {
        let renamed = with_hash(name, &hash);
        fs::remove_file(folder.join(name))?;
        fs::write(folder.join(&renamed), with_hash(text, &hash))?;
        if renamed.starts_with(STRINGS) {
            strings.push(renamed.into());
        }
    }
    Ok(strings)
}

/// How many characters esbuild's hashes have.
const HASH: usize = 8;

/// Returns a text with another hash in the names of the chunks with the widget's own words.
fn with_hash(text: &str, hash: &str) -> String {
    let mut parts = text.split(STRINGS);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        renamed += STRINGS;
        let (before, rest) = part.split_at(part.find('-').map_or(0, |at| at + 1));
        let is_name = before.len() == "en-".len()
            && rest.get(HASH..).is_some_and(|rest| rest.starts_with(".js"));
        if is_name {
            renamed += before;
            renamed += hash;
            renamed += &rest[HASH..];
        } else {
            renamed += part;
        }
    }
    renamed
}

/// Bundles what a page loads once more, and returns the text of one of the files and its source map.
pub fn traced(node: &Node, file: &Path) -> Result<(String, Vec<u8>)> {
    let folder = project::scratch().join("traced/scripts");
    empty(&folder)?;
    let mut esbuild = script::esbuild(node);
    esbuild
        .args(SPLITTING)
        .arg("--sourcemap=external")
        .arg(format!("--outdir={}", folder.display()))
        .arg("www/nutgraf.js");
    process::run(&mut esbuild)?;
    // With a source map the hash in the name of a chunk is another.
    let stem = |file: &Path| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.split('-').next().unwrap_or_default().to_owned()
    };
    for other in fs::read_dir(&folder)? {
        let other = other?.path();
        if extension(&other) == Some("js") && stem(&other) == stem(file) {
            script::minify_traced(node, &other)?;
            // As long as the others, so that the map stays true.
            let text = with_hash(&fs::read_to_string(&other)?, &"0".repeat(HASH));
            return Ok((text, fs::read(script::map_of(&other))?));
        }
    }
    bail!("esbuild wrote no file like {}", file.display())
}

/// Bundles all into one file, with what is otherwise fetched in it.
fn single(node: &Node, file: &Path) -> Result<()> {
    let sources = project::scratch().join("single");
    empty(&sources)?;
    for folder in ["", "strings", "pkg"] {
        fs::create_dir_all(sources.join(folder))?;
        for source in fs::read_dir(project::www().join(folder))? {
            let source = source?.path();
            if let (Some("js"), Some(name)) = (extension(&source), source.file_name()) {
                fs::copy(&source, sources.join(folder).join(name))?;
            }
        }
    }
    fs::copy(sources.join("inlined.js"), sources.join("files.js"))?;
    let mut esbuild = script::esbuild(node);
    esbuild
        .arg(format!("--outfile={}", file.display()))
        .arg(sources.join(SINGLE));
    process::run(&mut esbuild)?;
    script::minify(node, file)
}

type Graph = BTreeMap<String, Vec<Import>>;

struct Import {
    name: String,
    /// By `import()`, when it is wanted.
    dynamic: bool,
}

/// The core in plain JavaScript is no part of the bundle, nor is what Node has.
fn imports(output: &Value) -> Vec<Import> {
    let imports = output["imports"].as_array().into_iter().flatten();
    imports
        .filter(|import| import["external"] != true)
        .filter_map(|import| {
            Some(Import {
                name: name(import["path"].as_str()?),
                dynamic: import["kind"] == "dynamic-import",
            })
        })
        .collect()
}

/// All files of a bundle lie in one folder, so that a relative address is the same from each of them.
fn name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Returns what is loaded after the entry, which must not load anything by itself.
fn on_intent(graph: &Graph, entry: &str) -> Result<Vec<PathBuf>> {
    let imports = |file: &str| {
        graph
            .get(file)
            .with_context(|| format!("esbuild wrote no {file}"))
    };
    if let Some(import) = imports(entry)?.iter().find(|import| !import.dynamic) {
        bail!(
            "{entry} loads {} at once; before intent it must be one file",
            import.name
        );
    }
    let mut seen = BTreeSet::new();
    let mut left = vec![entry];
    while let Some(file) = left.pop() {
        for import in imports(file)? {
            if seen.insert(import.name.as_str()) {
                left.push(&import.name);
            }
        }
    }
    Ok(seen
        .into_iter()
        .chain([wasm::PACKED])
        .map(PathBuf::from)
        .collect())
}

/// Returns the files of the word lists.
fn languages() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for file in fs::read_dir(project::pkg().join(wasm::LANGUAGES))? {
        files.push(Path::new(wasm::LANGUAGES).join(file?.file_name()));
    }
    files.sort();
    Ok(files)
}

/// Returns `sri.json`: the hash of each file that a page may load.
fn hashes(dist: &Path) -> Result<String> {
    let mut hashes = BTreeMap::new();
    for folder in ["", wasm::LANGUAGES] {
        for file in fs::read_dir(dist.join(folder))? {
            let name = Path::new(folder).join(file?.file_name());
            if matches!(extension(&name), Some("js" | "wasm" | "bin" | "txt")) {
                let hash = integrity::of(&fs::read(dist.join(&name))?);
                hashes.insert(name.to_string_lossy().into_owned(), hash);
            }
        }
    }
    Ok(serde_json::to_string_pretty(&hashes)? + "\n")
}

fn extension(file: &Path) -> Option<&str> {
    file.extension().and_then(|extension| extension.to_str())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_names_of_the_files_with_words_get_another_hash() {
        let text = r#"en:()=>import("./strings.en-ABCDEFGH.js"),el:()=>import("./strings.el-IJKLMNOP.js"),x:strings.y-z"#;
        let renamed = r#"en:()=>import("./strings.en-00000000.js"),el:()=>import("./strings.el-00000000.js"),x:strings.y-z"#;
        assert_eq!(super::with_hash(text, "00000000"), renamed);
    }
}
