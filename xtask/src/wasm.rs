//! The wasm module and its JavaScript glue, in `www/pkg`.
//!
//! In: the crate. Out: `nutgraf_bg.wasm`, `nutgraf.js`, `nutgraf.d.ts`, a file of word lists for each language in
//! `languages/`, and their hashes in `languages.js`. The same sources give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use nutgraf::language::{LANGUAGES, pack};
use wasm_bindgen_cli_support::Bindgen;

use crate::toolchain::node::Node;
use crate::toolchain::wasm::Way;
use crate::{integrity, process, project};

/// Level of the release profile. The first whole core came to 88.5 kB, compressed, at `z`; to 99.7 at `s`, 99.5 at 2,
/// 102.3 at 3.
pub const OPTIMIZE: &str = "z";

/// Without the inlining of wasm-opt the module is bigger (209.8 kB instead of 202.9) but compresses better: to 88.7 kB
/// instead of 93.8. What is worth inlining, the compiler has inlined.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--converge",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    // Zeros compress to less than what jumps over them.
    "--skip-pass=memory-packing",
    // The linker puts the stack first, and its last 1,024 bytes are never reached without a trap.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Builds what is out of date.
pub fn build(node: &Node) -> Result<()> {
    let way = Way::ensure()?;
    println!("wasm: {way}");
    let mut rustc = way.cargo("rustc", OPTIMIZE)?;
    process::run(rustc.arg("--crate-type=cdylib"))?;
    let compiled = project::root().join("target/wasm/wasm32-unknown-unknown/release/nutgraf.wasm");
    let compiled =
        fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;

    // The rest takes many seconds, so it is done only if its input has changed: the module, the tools, or this file.
    let lock = fs::read(project::www().join("package-lock.json"))?;
    let [this, manifest] = [include_str!("wasm.rs"), include_str!("../Cargo.toml")];
    let lists: String = LANGUAGES.iter().map(|language| pack(language)).collect();
    let key = [
        &compiled,
        &lock,
        this.as_bytes(),
        manifest.as_bytes(),
        lists.as_bytes(),
    ]
    .map(integrity::of)
    .join("\n");
    let made = project::scratch().join("pkg-is-made-from");
    let pkg = project::pkg();
    if fs::read_to_string(&made).is_ok_and(|made| made == key)
        && pkg.join("nutgraf_bg.wasm").is_file()
    {
        return Ok(());
    }
    let _ = fs::remove_file(&made);
    bind(compiled, &pkg)?;
    write_languages(&pkg)?;
    optimize(node, &pkg.join("nutgraf_bg.wasm"))?;
    fs::create_dir_all(project::scratch())?;
    fs::write(&made, key)?;
    Ok(())
}

/// Writes the word lists of each language, and the hashes that they are checked against.
fn write_languages(pkg: &Path) -> Result<()> {
    let folder = pkg.join("languages");
    fs::create_dir_all(&folder)?;
    let mut hashes = BTreeMap::new();
    for language in LANGUAGES {
        let lists = pack(language);
        hashes.insert(language.tag, integrity::inlined(lists.as_bytes()));
        fs::write(folder.join(format!("{}.txt", language.tag)), lists)?;
    }
    let hashes = serde_json::to_string_pretty(&hashes)?;
    let module = format!(
        "/** Hashes of `languages/<tag>.txt`. @type {{Record<string, string>}} */\n\
         export const LISTS_BY_LANGUAGE = {hashes};\n"
    );
    fs::write(pkg.join("languages.js"), module)?;
    Ok(())
}

/// Writes the glue, and the module without what only the glue's generator reads.
fn bind(module: Vec<u8>, pkg: &Path) -> Result<()> {
    if pkg.exists() {
        fs::remove_dir_all(pkg)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("nutgraf", module)
        .web(true)?
        .typescript(true)
        // The page gets a new instance after a trap.
        .reset_state_function(true)
        // The module is fetched by `www/core.js`, which checks its hash.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(pkg).context("wasm-bindgen failed")
}

fn optimize(node: &Node, module: &Path) -> Result<()> {
    let mut wasm_opt = node.tool("binaryen/bin/wasm-opt");
    process::run(wasm_opt.args(WASM_OPT).arg(module).arg("-o").arg(module))
}
