//! `dist/package.json`. What the crate knows too is taken from Cargo.toml.

use anyhow::Result;
use serde_json::json;

use crate::project::Crate;

/// Written out, since the order of conditions counts: the first that holds is taken.
const TEMPLATE: &str = r#"{
  "name": "nutgraf",
  "version": VERSION,
  "description": DESCRIPTION,
  "keywords": KEYWORDS,
  "license": LICENSE,
  "type": "module",
  "main": "./index.js",
  "types": "./index.d.ts",
  "exports": {
    ".": {
      "types": "./index.d.ts",
      "default": "./index.js"
    },
    "./define": {
      "types": "./define.d.ts",
      "default": "./define.js"
    },
    "./nutgraf.js": {
      "types": "./nutgraf.d.ts",
      "default": "./nutgraf.js"
    },
    "./nutgraf.single.js": {
      "types": "./nutgraf.single.d.ts",
      "default": "./nutgraf.single.js"
    },
    "./nutgraf.plain.js": "./nutgraf.plain.js",
    "./custom-elements.json": "./custom-elements.json",
    "./nutgraf_bg.wasm": "./nutgraf_bg.wasm",
    "./nutgraf_bg.bin": "./nutgraf_bg.bin",
    "./languages/*.txt": "./languages/*.txt",
    "./sri.json": "./sri.json",
    "./package.json": "./package.json"
  },
  "engines": {
    "node": ">=20.16"
  },
  "sideEffects": [
    "./define.js",
    "./nutgraf.js",
    "./nutgraf.single.js"
  ],
  "customElements": "custom-elements.json"
}
"#;

/// Returns the text of the file.
pub fn text() -> Result<String> {
    let about = Crate::read()?;
    Ok(TEMPLATE
        .replace("VERSION", &json!(about.version).to_string())
        .replace("DESCRIPTION", &json!(about.description).to_string())
        .replace("KEYWORDS", &json!(about.keywords).to_string())
        .replace("LICENSE", &json!(about.license).to_string()))
}
