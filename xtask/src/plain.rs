//! The module as plain JavaScript, for pages that don't allow wasm.
//!
//! In: the optimized module and its glue. Out: one script with a copy of the glue, which takes what wasm2js has written
//! for the real thing. Same functions, same memory: same answers, to the byte.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::toolchain::node::Node;
use crate::toolchain::wasm::MAX_MEMORY;
use crate::wasm::wasm_opt;
use crate::{process, project, script};

/// Plain JavaScript has no instructions to extend a sign, nor to convert what is out of range.
const LOWER: &[&str] = &["--signext-lowering", "--llvm-nontrapping-fptoint-lowering"];

/// Where wasm2js' memory begins and ends, in its own words.
const MEMORY: (&str, &str) = (
    " function __wasm_memory_size() {",
    " return {\n  \"memory\"",
);

/// What stands there instead. wasm2js would copy all of the memory whenever it grows by a page: 1.2 s of 1.3 for a text of 300 kB.
/// And the old buffer must be detached, as that of wasm is, since by that the glue sees that there is a new one.
const OUR_MEMORY: &str = "
 var pages = buffer.byteLength >> 16;
 function __wasm_memory_size() {
  return pages;
 }
 function __wasm_memory_grow(more) {
  var before = pages;
  if (more < 0 || before + more > MAX_PAGES) return -1;
  pages += more;
  if (pages << 16 > buffer.byteLength) {
   var larger = new ArrayBuffer(Math.max(pages << 16, Math.min(buffer.byteLength * 2, MAX_PAGES << 16)));
   var old = HEAPU8;
   HEAP8 = new Int8Array(larger);
   HEAP16 = new Int16Array(larger);
   HEAP32 = new Int32Array(larger);
   HEAPU8 = new Uint8Array(larger);
   HEAPU16 = new Uint16Array(larger);
   HEAPU32 = new Uint32Array(larger);
   HEAPF32 = new Float32Array(larger);
   HEAPF64 = new Float64Array(larger);
   HEAPU8.set(old);
   structuredClone(buffer, { transfer: [buffer] });
   buffer = larger;
   bufferView = HEAPU8;
  }
  return before;
 }
";

/// Where wasm2js makes its one instance. The glue makes as many as it needs.
const INSTANCE: &str = "\nvar retasmFunc = ";

const STAND_IN: &str = "
export const WebAssembly = {
  Module: class {},
  Instance: class {
    exports = asmFunc({});
  },
};
";

const TYPES: &str = "\
export { __wbg_reset_state, addLanguage, initSync, read } from './nutgraf.js';
export const module: WebAssembly.Module;
";

/// Writes the script, and its types beside it.
pub fn write(node: &Node, module: &Path, glue: &Path, plain: &Path) -> Result<()> {
    let folder = project::scratch().join("plain");
    fs::create_dir_all(&folder)?;
    let (lowered, file) = (folder.join("lowered.wasm"), folder.join("module.js"));
    wasm_opt(node, LOWER, module, &lowered)?;
    let mut wasm2js = node.tool("binaryen/bin/wasm2js");
    process::run(wasm2js.arg("-O").arg(&lowered).arg("-o").arg(&file))?;
    let text = with_our_memory(&fs::read_to_string(&file)?)
        .context("wasm2js writes otherwise than it did; xtask/src/plain.rs needs to follow")?;
    fs::write(&file, text)?;

    let entry = folder.join("entry.js");
    let text = format!(
        "import {{ WebAssembly }} from './module.js';\n{}\nexport const module = new WebAssembly.Module();\n",
        fs::read_to_string(glue)?
    );
    fs::write(&entry, text)?;
    let mut esbuild = script::esbuild(node);
    esbuild
        .arg(&entry)
        .arg(format!("--outfile={}", plain.display()));
    process::run(&mut esbuild)?;
    script::minify(node, plain)?;
    fs::write(plain.with_extension("d.ts"), TYPES)?;
    Ok(())
}

fn with_our_memory(text: &str) -> Option<String> {
    let (text, _) = text.split_once(INSTANCE)?;
    let (before, rest) = text.split_once(MEMORY.0)?;
    let (_, after) = rest.split_once(MEMORY.1)?;
    let memory = OUR_MEMORY.replace("MAX_PAGES", &(MAX_MEMORY >> 16).to_string());
    Some([before, &memory, MEMORY.1, after, STAND_IN].concat())
}
