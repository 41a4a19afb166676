/**
 * The files that lie beside us, read on demand and checked against their hashes. In the build that is one file `inlined.js` stands in
 * for this.
 */

/** @import { File } from './pkg/files.js' */
import { LISTS, MODULE, PACKED } from './pkg/files.js';

export { plain } from './pkg/files.js';

/** The languages that have word lists. */
export const LANGUAGES = Object.keys(LISTS);

/** Where the module is, for messages. */
export const PLACE = `${MODULE[0]}`;

/**
 * The word lists of a language.
 * @param {string} tag
 * @returns {Promise<string>}
 */
export async function list(tag) {
  const [url, integrity] = LISTS[tag];
  if (url.protocol === 'file:') return new TextDecoder().decode(await readFile(url));
  return (await fetched([url, integrity])).text();
}

/**
 * The module, packed and deflated. Not in Node, where `fetch` takes no files.
 * @returns {Promise<Response>}
 */
export function packed() {
  return fetched(PACKED);
}

/**
 * The module as it is.
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled() {
  if (MODULE[0].protocol === 'file:') return WebAssembly.compile(await readFile(MODULE[0]));
  const response = await fetched(MODULE);
  // Browsers refuse to compile while loading if the server names another type, or adds a character encoding, and many servers do.
  const type = response.headers.get('content-type') ?? '';
  if (type.toLowerCase() === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * A page that says that there is no such file has another hash, so that status needs no look.
 * @param {File} file
 */
function fetched([url, integrity]) {
  return fetch(url, { integrity });
}

/**
 * Reads a file in Node, 20.16 or newer: not by an import, which bundlers for browsers would try to follow.
 * @param {URL} url
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
function readFile(url) {
  return /** @type {any} */ (globalThis).process.getBuiltinModule('node:fs/promises').readFile(url);
}
