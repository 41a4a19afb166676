//! wasm-bindgen's glue → the same without what a page never needs of it.
//!
//! In: what it has written for our few functions. Out: the same exports, half of the bytes. It is text that is replaced, so
//! each change names what must stand there; should a newer wasm-bindgen write otherwise, the build says so.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// From where, up to where (both go), what stands there instead.
const CHANGES: &[(&str, &str, &str)] = &[
    // An instance is replaced by `www/core.js` alone, never in the midst of a call.
    ("function __wbg_call_guard() {", "\n}\n", ""),
    ("let __wbg_reinit_scheduled = false;", "\n", ""),
    ("    __wbg_reinit_scheduled = false;", "\n", ""),
    ("    __wbg_instance_id++;", "\n", ""),
    ("let __wbg_instance_id = 0;", "\n", ""),
    // Views of the memory are made a few times a page, which is sooner done than seeing whether the last one is still good.
    (
        "let cachedDataViewMemory0 = null;",
        "\n}\n",
        "function getDataViewMemory0() { return new DataView(wasm.memory.buffer); }\n",
    ),
    (
        "let cachedUint32ArrayMemory0 = null;",
        "\n}\n",
        "function getUint32ArrayMemory0() { return new Uint32Array(wasm.memory.buffer); }\n",
    ),
    (
        "let cachedUint8ArrayMemory0 = null;",
        "\n}\n",
        "function getUint8ArrayMemory0() { return new Uint8Array(wasm.memory.buffer); }\n",
    ),
    ("    cachedDataViewMemory0 = null;", "\n", ""),
    ("    cachedUint32ArrayMemory0 = null;", "\n", ""),
    ("    cachedUint8ArrayMemory0 = null;", "\n", ""),
    ("    if (typeof numBytesDecoded", "\n", ""),
    ("    if (typeof WASM_VECTOR_LEN", "\n", ""),
    // The decoder that stops working after two gigabytes would have to decode a hundred thousand summaries.
    (
        "let cachedTextDecoder = ",
        "return cachedTextDecoder.decode(bytes);",
        "const cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\n\
         function decodeText(bytes) {\n    return cachedTextDecoder.decode(bytes);",
    ),
    // Browsers that run the module have it.
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n", ""),
    // The text is encoded at once. To begin with, character by character, where it is ASCII, was faster in browsers of 2018.
    (
        "    if (realloc === undefined) {",
        "    WASM_VECTOR_LEN = offset;\n    return ptr;",
        "    const buf = cachedTextEncoder.encode(arg);\n    \
         const ptr = malloc(buf.length, 1) >>> 0;\n    \
         getUint8ArrayMemory0().set(buf, ptr);\n    \
         WASM_VECTOR_LEN = buf.length;\n    \
         return ptr;",
    ),
    // What has been allocated when the next allocation fails goes with the instance; see `www/core.js`.
    ("        try {\n            ptr0", " = ", "        ptr0 = "),
    ("        } catch (e) {", "throw e;\n        }\n", ""),
    // The module imports nothing.
    (
        "function __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n    };\n",
        "\n}\n",
        "",
    ),
    // To start the first instance is to start another.
    (
        "    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());\n    wasm = wasmInstance.exports;",
        "\n",
        "    wasm = new WebAssembly.Instance(wasmModule).exports;\n",
    ),
    (
        "let wasmModule, wasmInstance, wasm;",
        "export { initSync, __wbg_init as default };",
        "let wasmModule, wasm;\n\
         export function initSync(options) {\n    \
         if (wasm === undefined) {\n        \
         wasmModule = options.module;\n        \
         __wbg_reset_state();\n    \
         }\n    \
         return wasm;\n\
         }",
    ),
];

/// What is called at the start of each function.
const GUARD: &str = "__wbg_call_guard();\n";

/// Where the types of what is taken out begin; they are the last.
const TYPES: &str = "/**\n * If `module_or_path`";

/// Rewrites the glue and its types.
pub fn trim(script: &Path) -> Result<()> {
    fs::write(script, trimmed(&fs::read_to_string(script)?)?)?;
    let types = script.with_extension("d.ts");
    let text = fs::read_to_string(&types)?;
    let (kept, _) = text.split_once(TYPES).with_context(|| lacks(TYPES))?;
    fs::write(types, kept)?;
    Ok(())
}

fn trimmed(glue: &str) -> Result<String> {
    let mut text = glue.to_owned();
    for &(from, to, instead) in CHANGES {
        let start = text.find(from).with_context(|| lacks(from))?;
        let after = start + from.len();
        let end = text[after..].find(to).with_context(|| lacks(to))?;
        text.replace_range(start..after + end + to.len(), instead);
    }
    Ok(text.replace(GUARD, "\n"))
}

fn lacks(text: &str) -> String {
    format!("wasm-bindgen's glue has no {text:?}; xtask/src/glue.rs needs to follow")
}
