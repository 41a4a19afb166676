//! The declarations (`*.d.ts`) of the package, from the JSDoc of the modules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::toolchain::node::Node;
use crate::{process, project};

/// The modules that the package exports; whatever their declarations name is declared along.
const ENTRIES: [&str; 4] = ["index", "define", "nutgraf", "nutgraf.single"];

/// Writes the declarations of the exported modules, and of those that they name, into `dist`.
pub fn write(node: &Node, dist: &Path) -> Result<()> {
    let www = project::www();
    let folder = project::scratch().join("types");
    super::empty(&folder)?;
    let emitted = folder.join("www");
    let config = folder.join("tsconfig.json");
    let options = json!({
        "extends": www.join("tsconfig.json"),
        "compilerOptions": {
            "noEmit": false,
            // `cargo xtask test` checks; a slip in a type is no reason not to look at the demo.
            "checkJs": false,
            "declaration": true,
            "emitDeclarationOnly": true,
            "rootDir": &www,
            "outDir": &emitted,
        },
        "include": [],
        "files": ENTRIES.map(|entry| www.join(format!("{entry}.js"))),
    });
    fs::write(&config, options.to_string())?;
    process::run(
        node.tool("typescript/bin/tsc")
            .arg("--project")
            .arg(&config),
    )?;

    let mut seen = BTreeSet::new();
    let mut left: Vec<PathBuf> = ENTRIES
        .map(|entry| PathBuf::from(format!("{entry}.d.ts")))
        .into();
    while let Some(file) = left.pop() {
        if !seen.insert(file.clone()) {
            continue;
        }
        // What was a declaration already, such as that of the wasm, is not emitted again.
        let text = fs::read_to_string(emitted.join(&file))
            .or_else(|_| fs::read_to_string(www.join(&file)))
            .with_context(|| format!("there are no types for {}", file.display()))?;
        let to = dist.join(&file);
        fs::create_dir_all(to.parent().unwrap_or(dist))?;
        fs::write(&to, &text)?;
        let near = file.parent().unwrap_or(Path::new(""));
        left.extend(imports(&text).map(|module| near.join(module).with_extension("d.ts")));
    }
    Ok(())
}

/// Returns the relative modules that a declaration names: the quoted strings that begin with `./`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split(['\'', '"']);
    after
        .filter_map(|part| part.strip_prefix("./"))
        .filter(|module| module.ends_with(".js"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_declaration_needs_the_modules_it_names() {
        let text = "import type { A } from './pkg/nutgraf.js';\nexport { B } from \"./nut-graf.js\";\n// ./prose.js\n";
        let found: Vec<_> = super::imports(text).collect();
        assert_eq!(found, ["pkg/nutgraf.js", "nut-graf.js"]);
    }
}
