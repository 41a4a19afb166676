//! JavaScript as published: bundled by esbuild, then folded by terser.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::toolchain::node::Node;
use crate::{process, wasm};

const ESBUILD: &[&str] = &[
    "--bundle",
    // White space is left to terser: along with it esbuild would drop the comments that tell bundlers what to pass over.
    "--minify-identifiers",
    "--minify-syntax",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    // wasm-bindgen's glue would warn of what we never do.
    "--drop:console",
    "--log-level=warning",
];

/// What terser folds after esbuild, across functions, is 0.5 kB less after gzip. None of our getters does anything when it is
/// read and the value dropped.
const TERSER: &[&str] = &[
    "--module",
    "--ecma=2022",
    "--mangle",
    "--compress=passes=3,ecma=2022,unsafe_arrows,pure_getters",
    // Without them Turbopack refuses a page that imports an address which is not known beforehand.
    "--comments=/webpackIgnore|@vite-ignore/",
];

/// Returns a command that bundles; where to and what is left to say.
pub fn esbuild(node: &Node) -> Command {
    let mut esbuild = node.tool("esbuild/bin/esbuild");
    // The core in plain JavaScript is loaded on its own, and is minified already.
    esbuild
        .args(ESBUILD)
        .arg(format!("--external:*/{}", wasm::PLAIN));
    esbuild
}

/// Replaces a file by a shorter one.
pub fn minify(node: &Node, file: &Path) -> Result<()> {
    let mut terser = node.tool("terser/bin/terser");
    process::run(terser.arg(file).args(TERSER).arg("--output").arg(file))
}

/// Where the source map of a file is.
pub fn map_of(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".map");
    path.into()
}

/// Does what [`minify`] does and keeps the source map true that lies beside the file.
pub fn minify_traced(node: &Node, file: &Path) -> Result<()> {
    let mut terser = node.tool("terser/bin/terser");
    terser
        .arg(file)
        .args(TERSER)
        .arg("--source-map")
        .arg(format!("content='{}'", map_of(file).display()));
    process::run(terser.arg("--output").arg(file))
}
