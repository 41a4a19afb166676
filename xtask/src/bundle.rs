//! The npm package as published, in `dist/`.
//!
//! In: the modules of `www/`, the built `www/pkg/`. Out: `nutgraf.js` for a script tag, the modules of the package, their
//! types, the wasm, and the hashes of all that a page loads. The same sources give the same bytes.

mod manifest;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::toolchain::node::Node;
use crate::{integrity, process, project, wasm};

/// What both bundles have in common. Shared code becomes chunks, named after their content.
const ESBUILD: &[&str] = &[
    "--bundle",
    "--splitting",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    // wasm-bindgen's glue could fetch the module itself, and would warn on the console if that were not wasm. We hand it
    // the compiled module, so these branches go: 0.3 kB.
    "--define:Response=undefined",
    "--define:Request=undefined",
    "--drop:console",
    "--log-level=warning",
    "--chunk-names=[name]-[hash]",
    "--outbase=www",
];

/// esbuild bundles; what terser folds after that, across functions, is 0.5 kB less after gzip. None of our getters does anything
/// when it is read and the value dropped.
const TERSER: &[&str] = &[
    "--module",
    "--ecma=2022",
    "--mangle",
    "--compress=passes=3,ecma=2022,unsafe_arrows,pure_getters",
];

const WASM: &str = "nutgraf_bg.wasm";

/// The folder of the word lists, a file for each language. Their hashes are in the bundle.
const LANGUAGES: &str = "languages";

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
    /// After that: every chunk that is within reach, and the wasm.
    pub on_intent: Vec<PathBuf>,
    /// And one of these, the one of the article's language.
    pub languages: Vec<PathBuf>,
    /// And one of these, the one of the page's language, unless that is English.
    pub strings: Vec<PathBuf>,
}

/// Builds all: the wasm, then `dist/`, which is replaced when the new one is whole.
pub fn build(node: &Node) -> Result<Bundle> {
    wasm::build(node)?;
    println!("bundling into dist/");
    let new = project::scratch().join("dist");
    empty(&new)?;

    let module = fs::read(project::pkg().join(WASM))?;
    let define = format!(
        "--define:__NUTGRAF_WASM_INTEGRITY__=\"{}\"",
        integrity::inlined(&module)
    );
    fs::write(new.join(WASM), module)?;
    fs::create_dir(new.join(LANGUAGES))?;
    for file in fs::read_dir(project::pkg().join(LANGUAGES))? {
        let file = file?;
        fs::copy(file.path(), new.join(LANGUAGES).join(file.file_name()))?;
    }

    // A bundle of its own: were it built along with the others, what it shares with them would be a second file that
    // a page loads before intent.
    let graph = esbuild(node, &new, &define, &["www/nutgraf.js"])?;
    esbuild(node, &new, &define, &["www/index.js", "www/define.js"])?;
    let (strings, on_intent) = on_intent(&graph, "nutgraf.js")?
        .into_iter()
        .partition(|file| file.to_string_lossy().starts_with(STRINGS));
    let bundle = Bundle {
        at_once: "nutgraf.js".into(),
        on_intent,
        strings,
        languages: languages(&new)?,
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

/// Bundles the entries into `folder` and returns what each written file imports: its name → (name, kind).
fn esbuild(node: &Node, folder: &Path, define: &str, entries: &[&str]) -> Result<Graph> {
    let graph = project::scratch().join("bundle.json");
    let mut command = node.tool("esbuild/bin/esbuild");
    command
        .args(ESBUILD)
        .arg(define)
        .arg(format!("--outdir={}", folder.display()))
        .arg(format!("--metafile={}", graph.display()))
        .args(entries);
    process::run(&mut command)?;
    let graph: Value = serde_json::from_slice(&fs::read(&graph)?)?;
    let outputs = graph["outputs"]
        .as_object()
        .context("esbuild wrote no list of its files")?;
    for file in outputs.keys() {
        let mut command = node.tool("terser/bin/terser");
        command.arg(file).args(TERSER).args(["--output", file]);
        process::run(&mut command)?;
    }
    Ok(outputs
        .iter()
        .map(|(file, output)| (name(file), imports(output)))
        .collect())
}

type Graph = BTreeMap<String, Vec<Import>>;

struct Import {
    name: String,
    /// By `import()`, when it is wanted.
    dynamic: bool,
}

fn imports(output: &Value) -> Vec<Import> {
    let imports = output["imports"].as_array().into_iter().flatten();
    imports
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
    Ok(seen.into_iter().chain([WASM]).map(PathBuf::from).collect())
}

/// Returns the files of the word lists.
fn languages(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for file in fs::read_dir(dist.join(LANGUAGES))? {
        files.push(Path::new(LANGUAGES).join(file?.file_name()));
    }
    files.sort();
    Ok(files)
}

/// Returns `sri.json`: the hash of each file that a page may load.
fn hashes(dist: &Path) -> Result<String> {
    let mut hashes = BTreeMap::new();
    for folder in ["", LANGUAGES] {
        for file in fs::read_dir(dist.join(folder))? {
            let name = Path::new(folder).join(file?.file_name());
            let extension = name.extension().and_then(|extension| extension.to_str());
            if matches!(extension, Some("js" | "wasm" | "txt")) {
                let hash = integrity::of(&fs::read(dist.join(&name))?);
                hashes.insert(name.to_string_lossy().into_owned(), hash);
            }
        }
    }
    Ok(serde_json::to_string_pretty(&hashes)? + "\n")
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}
