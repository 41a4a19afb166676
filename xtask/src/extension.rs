//! `cargo xtask extension`: the browser extension, for Chromium and for Firefox.
//!
//! In: `extension/`, the modules of `www/` that the panel is made of, and the built `www/pkg/`. Out: a folder for each browser in
//! `target/extension/`, as browsers load it unpacked, and the same as an archive. The same sources give the same bytes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::project::Crate;
use crate::toolchain::browsers::Engine;
use crate::toolchain::node::Node;
use crate::{process, project, script, wasm};

/// The browsers, as `extension/manifest.json` names them.
const BROWSERS: [&str; 2] = ["chromium", "firefox"];

/// One classic script, since a content script can't import. `extension/element.js` says what it extends in place of
/// `HTMLElement`. Nothing lies beside a content script, and nothing is looked for there.
const CONTENT: &[&str] = &[
    "extension/content.js",
    "--format=iife",
    "--define:globalThis.HTMLElement=ExtensionElement",
    "--inject:extension/element.js",
    "--define:import.meta.url=\"nutgraf:/\"",
    // The storage is that of the page, in which the extension leaves no trace.
    "--define:localStorage=undefined",
];

const BACKGROUND: &[&str] = &["extension/background.js"];

/// What of `extension/words.json` goes into the manifest, in the browser's language.
const MESSAGES: [&str; 3] = ["description", "title", "nowhere"];

/// Rendering takes a second or two.
const ICONS_LIMIT: Duration = Duration::from_secs(60);

/// Builds the wasm, then the extension.
pub fn run() -> Result<()> {
    let node = Node::ensure()?;
    wasm::build(&node)?;
    build(&node)
}

/// Renders `extension/icons/` from `extension/icon.svg`.
pub fn render_icons() -> Result<()> {
    let mut script = Node::ensure()?.command();
    script
        .arg("xtask/icons.mjs")
        .arg(Engine::Chromium.ensure()?);
    process::run_within(&mut script, ICONS_LIMIT)
}

/// Where the extension for a browser goes, unpacked.
fn folder(browser: &str) -> PathBuf {
    project::root().join("target/extension").join(browser)
}

/// Builds the extension around the wasm that is there.
pub fn build(node: &Node) -> Result<()> {
    let Crate { version, .. } = Crate::read()?;
    let files = files(node)?;
    for browser in BROWSERS {
        let mut files = files.clone();
        files.insert("manifest.json".to_owned(), manifest(browser, &version)?);
        let folder = folder(browser);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for (name, bytes) in &files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
            fs::write(path, bytes)?;
        }
        let archive = folder.with_file_name(format!("nutgraf-{browser}-{version}.zip"));
        pack(&files, &archive)?;
        let n_bytes = archive.metadata()?.len();
        let archive = archive.strip_prefix(project::root())?.display();
        println!("{archive}: {n_bytes} bytes");
    }
    println!("content.js: {} bytes", files["content.js"].len());
    Ok(())
}

/// What both browsers get: names → bytes.
fn files(node: &Node) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (name, arguments) in [("content.js", CONTENT), ("background.js", BACKGROUND)] {
        let mut esbuild = script::esbuild(node);
        esbuild.args(arguments);
        files.insert(name.to_owned(), process::capture(&mut esbuild)?.into());
    }
    let module = fs::read(project::pkg().join(wasm::PACKED))?;
    files.insert(wasm::PACKED.to_owned(), module);
    let root = project::root();
    for (from, to) in [
        (project::pkg().join(wasm::LANGUAGES), wasm::LANGUAGES),
        (root.join("extension/icons"), "icons"),
    ] {
        for file in
            fs::read_dir(&from).with_context(|| format!("cannot read {}", from.display()))?
        {
            let file = file?;
            let name = format!("{to}/{}", file.file_name().to_string_lossy());
            files.insert(name, fs::read(file.path())?);
        }
    }
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        files.insert(license.to_owned(), fs::read(root.join(license))?);
    }
    for (locale, messages) in locales()? {
        files.insert(format!("_locales/{locale}/messages.json"), messages);
    }
    Ok(files)
}

/// Returns the manifest: what stands in `extension/manifest.json` for both browsers and for this one, and the crate's version.
fn manifest(browser: &str, version: &str) -> Result<Vec<u8>> {
    let source = read_json("extension/manifest.json")?;
    let mut manifest = Map::new();
    manifest.insert("version".to_owned(), version.into());
    for part in ["both", browser] {
        let part = source[part].as_object();
        manifest.extend(
            part.cloned()
                .context("extension/manifest.json lacks a part")?,
        );
    }
    lines(&manifest.into())
}

/// Returns the texts of `_locales/`, by the browsers' names of the languages.
fn locales() -> Result<BTreeMap<String, Vec<u8>>> {
    let words = read_json("extension/words.json")?;
    let tags = words["title"]
        .as_object()
        .context("extension/words.json has no title")?;
    let mut locales = BTreeMap::new();
    for tag in tags.keys() {
        let message = |name: &str| {
            let text = &words[name][tag];
            text.is_string()
                .then(|| (name.to_owned(), json!({ "message": text })))
                .with_context(|| format!("extension/words.json has no {name} in {tag}"))
        };
        let messages: Map<_, _> = MESSAGES.into_iter().map(message).collect::<Result<_>>()?;
        // Chromium knows these two by their countries only.
        let names = match tag.as_str() {
            "pt" => &["pt_BR", "pt_PT"][..],
            "zh" => &["zh_CN"],
            tag => &[tag],
        };
        for name in names {
            locales.insert((*name).to_owned(), lines(&messages.clone().into())?);
        }
    }
    Ok(locales)
}

fn read_json(file: &str) -> Result<Value> {
    let text = fs::read(project::root().join(file))?;
    serde_json::from_slice(&text).with_context(|| format!("{file} is no JSON"))
}

fn lines(value: &Value) -> Result<Vec<u8>> {
    Ok((serde_json::to_string_pretty(value)? + "\n").into())
}

/// Writes an archive: sorted, and every file of the same time, the first that the format knows.
fn pack(files: &BTreeMap<String, Vec<u8>>, archive: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .compression_level(Some(9));
    let mut writer = ZipWriter::new(BufWriter::new(File::create(archive)?));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    writer.finish()?.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_make_the_same_archive_at_any_time() {
        let files =
            [("b", "two"), ("a/a", "one")].map(|(name, text)| (name.to_owned(), text.into()));
        let archive = std::env::temp_dir().join(format!("nutgraf-{}.zip", std::process::id()));
        let [first, second] = [(); 2].map(|()| {
            pack(&files.clone().into(), &archive).expect("the folder can be written to");
            fs::read(&archive).expect("it was written")
        });
        fs::remove_file(&archive).expect("it was written");
        assert_eq!(first, second);
        // Local headers begin with PK\x03\x04; the time and the date, 00:00 on 1980-01-01, stand ten bytes further.
        assert_eq!(&first[..4], b"PK\x03\x04");
        assert_eq!(&first[10..14], &[0, 0, 0x21, 0]);
    }

    #[test]
    fn the_manifests_differ_in_what_the_browsers_need() {
        let of = |browser| -> Value {
            let text = manifest(browser, "1.2.3").expect("the source is there");
            serde_json::from_slice(&text).expect("it is JSON")
        };
        let [chromium, firefox] = BROWSERS.map(of);
        assert_eq!(chromium["version"], "1.2.3");
        assert_eq!(chromium["permissions"], firefox["permissions"]);
        assert!(chromium["background"]["service_worker"].is_string());
        assert!(firefox["background"]["scripts"].is_array());
    }
}
