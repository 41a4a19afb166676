//! The core as the browser runs it, in `www/pkg`.
//!
//! In: the crate. Out: the module (`nutgraf_bg.wasm`), the same packed (`nutgraf_bg.bin`) and as plain JavaScript
//! (`nutgraf.plain.js`), its glue (`nutgraf.js`, `nutgraf.d.ts`), a file of word lists for each language in `languages/`;
//! `files.js`, which says where all that lies and has its hashes, and `inlined.js`, which has packed module and word lists
//! in itself. The same sources give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nutgraf::language;
use serde_json::json;
use wasm_bindgen_cli_support::Bindgen;

use crate::toolchain::node::Node;
use crate::toolchain::wasm::Way;
use crate::{glue, integrity, pack, plain, process, project};

/// Level of the release profile. The first whole core came to 88.5 kB, compressed, at `z`; to 99.7 at `s`, 99.5 at 2,
/// 102.3 at 3.
pub const OPTIMIZE: &str = "z";

/// Without the inlining of wasm-opt the module is bigger (209.8 kB instead of 202.9) but compresses better: to 88.7 kB
/// instead of 93.8. What is worth inlining, the compiler has inlined.
const WASM_OPT: &[&str] = &[
    // What can never be, and constants that come from afar.
    "--gufa",
    "-Oz",
    "--converge",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--skip-pass=merge-blocks",
    // Zeros compress to less than what jumps over them.
    "--skip-pass=memory-packing",
    // The linker puts the stack first, and its last 1,024 bytes are never reached without a trap.
    "--low-memory-unused",
    STRIP,
    "--strip-producers",
];

/// Takes out the places of instructions along with names.
const STRIP: &str = "--strip-debug";

/// What is done to the module after the plain JavaScript has been made of it, which would take unaligned memory byte by
/// byte (476 kB instead of 216). Alignments are hints that no engine needs.
const LAST: &[&str] = &["--dealign", "--strip-target-features"];

const COMPILED: &str = "target/wasm/wasm32-unknown-unknown/release/nutgraf.wasm";

/// The module as it is: for Node, for bundlers, for whoever looks at it, and for browsers that can't inflate the other.
pub const MODULE: &str = "nutgraf_bg.wasm";

/// The module as pages load it.
pub const PACKED: &str = "nutgraf_bg.bin";

/// The module and its glue for pages that don't allow wasm.
pub const PLAIN: &str = "nutgraf.plain.js";

/// The folder of the word lists, a file for each language.
pub const LANGUAGES: &str = "languages";

/// Builds what is out of date.
pub fn build(node: &Node) -> Result<()> {
    let way = Way::ensure()?;
    println!("wasm: {way}");
    let mut rustc = way.cargo("rustc", OPTIMIZE)?;
    process::run(rustc.arg("--crate-type=cdylib"))?;
    let compiled = project::root().join(COMPILED);
    let compiled =
        fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;

    // The rest takes many seconds, so it is done only if its input has changed: the module, the tools, or this file.
    let lock = fs::read(project::www().join("package-lock.json"))?;
    let [this, glue, packs, plain] = [
        include_str!("wasm.rs"),
        include_str!("glue.rs"),
        include_str!("pack.rs"),
        include_str!("plain.rs"),
    ];
    let manifest = include_str!("../Cargo.toml");
    let lists: String = lists().map(|(_, lists)| lists).collect();
    let key = [
        &compiled,
        &lock,
        this.as_bytes(),
        glue.as_bytes(),
        packs.as_bytes(),
        plain.as_bytes(),
        manifest.as_bytes(),
        lists.as_bytes(),
    ]
    .map(integrity::of)
    .join("\n");
    let made = project::scratch().join("pkg-is-made-from");
    let pkg = project::pkg();
    if fs::read_to_string(&made).is_ok_and(|made| made == key) && pkg.join(PACKED).is_file() {
        return Ok(());
    }
    let _ = fs::remove_file(&made);
    fs::create_dir_all(project::scratch())?;
    bind(compiled, &pkg, false)?;
    let module = pkg.join(MODULE);
    wasm_opt(node, WASM_OPT, &module, &module)?;
    plain::write(node, &module, &pkg.join("nutgraf.js"), &pkg.join(PLAIN))?;
    wasm_opt(node, &[WASM_OPT, LAST].concat(), &module, &module)?;
    write_packed(node, &module, &pkg.join(PACKED))?;
    write_files(&pkg)?;
    fs::write(&made, key)?;
    Ok(())
}

/// The very module, and where it comes from.
pub struct Traced {
    pub module: Vec<u8>,
    /// A source map, of one line.
    pub map: Vec<u8>,
    /// What the linker says of where data lies.
    pub linked: String,
}

/// Builds the module once more, with tables of lines. `trace` makes of a module with such tables one without, and a
/// source map, which wasm-opt then keeps true.
pub fn traced(node: &Node, trace: impl Fn(&[u8]) -> Result<(Vec<u8>, String)>) -> Result<Traced> {
    let folder = project::scratch().join("traced");
    fs::create_dir_all(&folder)?;
    let linked = folder.join("linked.txt");
    let mut rustc = Way::ensure()?.cargo("rustc", OPTIMIZE)?;
    rustc
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .args(["--crate-type=cdylib", "--"])
        .arg(format!("-Clink-arg=--Map={}", linked.display()));
    process::run(&mut rustc)?;
    let compiled = fs::read(project::root().join(COMPILED))?;
    let pkg = folder.join("pkg");
    bind(compiled, &pkg, true)?;
    let (module, map) = (folder.join(MODULE), folder.join("map.json"));
    let (bytes, text) = trace(&fs::read(pkg.join(MODULE))?)?;
    fs::write(&module, bytes)?;
    fs::write(&map, text)?;
    let keep = |option| format!("--{option}-source-map={}", map.display());
    let (from, to) = (keep("input"), keep("output"));
    for passes in [WASM_OPT, &[WASM_OPT, LAST].concat()] {
        let mut passes = [passes, &[&from, &to]].concat();
        passes.retain(|pass| *pass != STRIP);
        wasm_opt(node, &passes, &module, &module)?;
    }
    Ok(Traced {
        module: fs::read(module)?,
        map: fs::read(map)?,
        linked: fs::read_to_string(linked)?,
    })
}

/// Returns the word lists of each language, by its tag.
fn lists() -> impl Iterator<Item = (&'static str, String)> {
    language::LANGUAGES
        .iter()
        .map(|language| (language.tag, language::pack(language)))
}

/// Writes the word lists, and what `www/files.js` and `www/inlined.js` read.
fn write_files(pkg: &Path) -> Result<()> {
    let file = |path: &str, bytes: &[u8]| {
        // Written out for each, so that bundlers see it and copy the file.
        format!(
            "[new URL('./{path}', import.meta.url), '{}']",
            integrity::inlined(bytes)
        )
    };
    let plain = format!(
        "/** The module as plain JavaScript, with its glue. */\n\
         export const plain = () => import('./{PLAIN}');\n"
    );
    let (module, packed) = (fs::read(pkg.join(MODULE))?, fs::read(pkg.join(PACKED))?);
    let mut files = format!(
        "/** Where a file lies, and its hash. @typedef {{[url: URL, integrity: string]}} File */\n\
         /** @type {{File}} */\nexport const MODULE = {};\n\
         /** @type {{File}} */\nexport const PACKED = {};\n\
         /** @type {{Record<string, File>}} */\nexport const LISTS = {{\n",
        file(MODULE, &module),
        file(PACKED, &packed),
    );
    fs::create_dir_all(pkg.join(LANGUAGES))?;
    for (tag, lists) in lists() {
        let path = format!("{LANGUAGES}/{tag}.txt");
        files += &format!("  {tag}: {},\n", file(&path, lists.as_bytes()));
        fs::write(pkg.join(path), lists)?;
    }
    fs::write(pkg.join("files.js"), files + "};\n" + &plain)?;

    let lists: BTreeMap<_, _> = lists().collect();
    let inlined = format!(
        "/** In base64. */\nexport const PACKED = '{}';\n\
         /** @type {{Record<string, string>}} */\nexport const LISTS = {};\n",
        STANDARD.encode(&packed),
        json!(lists),
    );
    fs::write(pkg.join("inlined.js"), inlined + &plain)?;
    Ok(())
}

/// Writes the glue, and the module without what only the glue's generator reads.
///
/// wasm-bindgen makes use of what the module says that it may have, and one with the compiled standard library says that
/// it may have more than it was compiled for: see [`Way::cargo`].
///
/// `keep_lines`: along with the tables that tell which line of the sources an instruction comes from, if it has them.
fn bind(mut module: Vec<u8>, pkg: &Path, keep_lines: bool) -> Result<()> {
    for feature in ["+\x0amultivalue", "+\x0freference-types"] {
        let mut places = module.windows(feature.len());
        if let Some(at) = places.position(|bytes| bytes == feature.as_bytes()) {
            module[at] = b'-';
        }
    }
    if pkg.exists() {
        fs::remove_dir_all(pkg)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("nutgraf", module)
        .web(true)?
        .typescript(true)
        .keep_debug(keep_lines)
        // The page gets a new instance after a trap.
        .reset_state_function(true)
        // The module is fetched by `www/core.js`, which checks its hash.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(pkg).context("wasm-bindgen failed")?;
    glue::trim(&pkg.join("nutgraf.js"))
}

/// Writes the packed module, and has the code of the page unpack it.
fn write_packed(node: &Node, module: &Path, packed: &Path) -> Result<()> {
    fs::write(packed, pack::pack(&fs::read(module)?)?)?;
    let mut unpack = node.command();
    unpack
        .arg(project::root().join("xtask/unpack.mjs"))
        .args([packed, module]);
    process::run(&mut unpack)
}

/// Runs passes of wasm-opt.
pub fn wasm_opt(node: &Node, passes: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut wasm_opt = node.tool("binaryen/bin/wasm-opt");
    process::run(wasm_opt.args(passes).arg(from).arg("-o").arg(to))
}
