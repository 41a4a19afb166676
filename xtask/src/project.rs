//! Where things are in the project, and what Cargo.toml says about it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process;

/// Names another folder to work in than the one that we were compiled in: a copy of it, see `reproducible.rs`.
pub const ELSEWHERE: &str = "NUTGRAF_ROOT";

/// The folder of the workspace.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("xtask is a folder of the workspace");
        std::env::var_os(ELSEWHERE).map_or_else(|| ours.to_owned(), PathBuf::from)
    })
}

/// The browser side: sources, demo pages, and the tools that work on them.
pub fn www() -> PathBuf {
    root().join("www")
}

/// What wasm-bindgen and wasm-opt make.
pub fn pkg() -> PathBuf {
    www().join("pkg")
}

/// The npm package as published.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The documentation as a site.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// Our own intermediate files: logs, declarations, the bundle before it is whole.
pub fn scratch() -> PathBuf {
    root().join("target/xtask")
}

/// Returns the files of a folder whose names end in `suffix`, as sorted paths below the workspace. Fails if there are none.
pub fn files(folder: &str, suffix: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(root().join(folder)).with_context(|| format!("cannot read {folder}"))?
    {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(suffix) {
            files.push(format!("{folder}/{name}"));
        }
    }
    if files.is_empty() {
        bail!("{folder} holds no *{suffix}");
    }
    files.sort();
    Ok(files)
}

/// What Cargo.toml says about the crate.
pub struct Crate {
    pub version: String,
    pub description: String,
    pub license: String,
    pub keywords: Vec<String>,
    /// Oldest Rust that compiles it, if stated.
    pub rust_version: Option<String>,
}

impl Crate {
    /// Asks cargo.
    pub fn read() -> Result<Self> {
        let metadata = process::capture(process::cargo().current_dir(root()).args([
            "metadata",
            "--no-deps",
            "--format-version=1",
        ]))?;
        let metadata: Value = serde_json::from_str(&metadata)?;
        let package = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|p| p["name"] == "nutgraf"))
            .context("cargo metadata lists no package nutgraf")?;
        let text = |key: &str| -> Result<String> {
            let value = package[key].as_str();
            Ok(value
                .with_context(|| format!("Cargo.toml has no {key}"))?
                .to_owned())
        };
        let keywords = package["keywords"].as_array().into_iter().flatten();
        Ok(Self {
            version: text("version")?,
            description: text("description")?,
            license: text("license")?,
            keywords: keywords
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            rust_version: text("rust_version").ok(),
        })
    }
}
