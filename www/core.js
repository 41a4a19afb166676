/**
 * A running core, whatever it is made of: loaded once, called by `summarizer.js`, started anew when it fails.
 *
 * In: nothing; the files lie beside us. Out: something to call. By default that is the wasm module in this very page; a core that
 * lives elsewhere, in an extension's background page for instance, is put in its place by `provideCore`.
 */

import { __wbg_reset_state, addLanguage, initSync, read } from './pkg/nutgraf.js';

/**
 * What reads pages; see `src/web.rs` for what goes in and comes out. Both may take their time.
 * @typedef {object} Core
 * @property {(strings: string, events: Uint32Array, maxWords: number, short: number, medium: number, long: number) =>
 *   string | Promise<string>} read
 * @property {(text: string) => void | Promise<void>} addLanguage  A core that forgets what it was given is no failure: it asks again.
 */

/** Files that can't be loaded, or a core that failed: what a call rejects with, beside bad options. */
export class NutGrafError extends Error {
  name = 'NutGrafError';

  /**
   * @param {'load-failed' | 'wasm-refused' | 'core-failed'} code  For programs; the message is for people.
   * @param {string} message
   * @param {unknown} cause
   */
  constructor(code, message, cause) {
    super(message, { cause });
    this.code = code;
  }
}

// @ts-expect-error: In the published files the bundler has put the hash of the wasm module in place of this name.
const INTEGRITY = typeof __NUTGRAF_WASM_INTEGRITY__ === 'string' ? __NUTGRAF_WASM_INTEGRITY__ : '';

/** Beside us when published, in wasm-bindgen's own folder when not. */
const FOLDER = new URL(INTEGRITY ? './' : './pkg/', import.meta.url);
const WASM = new URL('nutgraf_bg.wasm', FOLDER);

/**
 * An instance never gives memory back, not even to itself (see `src/web.rs`): one that has grown past so many bytes, a dozen long
 * articles, is replaced before the next call.
 */
const MAX_MEMORY = 2 ** 24;

/** @type {Promise<Core> | undefined} */
let loading;

/** Whether the running instance has trapped. Its memory can't be trusted. */
let hasTrapped = false;

/**
 * Puts another core in place of ours, which is then never loaded.
 * @param {Core} core
 */
export function provideCore(core) {
  loading = Promise.resolve(core);
}

/**
 * Loads the core, if that has not been done. A failure may be mended by the next call.
 * @returns {Promise<Core>}
 * @throws {NutGrafError}
 */
export function load() {
  loading ??= start().catch((error) => {
    loading = undefined;
    // WebAssembly is missing altogether in the lockdown mode of iOS.
    if (typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError) {
      throw new NutGrafError('wasm-refused', `the browser refused to compile ${WASM}`, error);
    }
    throw new NutGrafError('load-failed', `${WASM} or its JavaScript could not be loaded`, error);
  });
  return loading;
}

/**
 * The text of a file that lies beside us.
 * @param {string} name
 * @param {string | undefined} integrity  Its hash.
 * @returns {Promise<string>}
 * @throws {NutGrafError}
 */
export async function textOfFile(name, integrity) {
  const url = new URL(name, FOLDER);
  try {
    if (url.protocol === 'file:') return new TextDecoder().decode(await readFile(url));
    return await (await fetched(url, integrity)).text();
  } catch (error) {
    throw new NutGrafError('load-failed', `${url} could not be loaded`, error);
  }
}

/** @returns {Promise<Core>} */
async function start() {
  // Not the default export of the glue, which can fetch the module by itself, though without checking its hash.
  initSync({ module: await compile() });
  return { read: (...page) => guarded(() => read(...page)), addLanguage: (text) => guarded(() => addLanguage(text)) };
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  if (WASM.protocol === 'file:') return WebAssembly.compile(await readFile(WASM));
  const response = await fetched(WASM, INTEGRITY);
  // Browsers refuse to compile while loading if the server names another type, or adds a character encoding, and many servers do.
  const type = response.headers.get('content-type') ?? '';
  if (type.toLowerCase() === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * @param {URL} url
 * @param {string | undefined} integrity
 */
async function fetched(url, integrity) {
  const response = await fetch(url, integrity ? { integrity } : {});
  if (!response.ok) throw new Error(`${response.url} is ${response.status}, needs 200`);
  return response;
}

/**
 * Reads a file in Node. The name of the module stands in a variable, so that bundlers for browsers pass it over.
 * @param {URL} url
 */
async function readFile(url) {
  const files = 'node:fs/promises';
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ files);
  return readFile(url);
}

/**
 * Calls into the instance. It throws for no text, so anything thrown is a fault of ours or memory that ran out: the next call gets a
 * new instance, which knows no word lists and asks for them.
 *
 * wasm-bindgen's glue keeps its one instance in the module and initializes once: after that `initSync` returns what
 * there is. The way to a new one is `__wbg_reset_state`, which it exports on request (`Bindgen::reset_state_function`): it drops
 * all that it has cached of the old instance and makes another of the compiled module.
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
function guarded(call) {
  try {
    if (hasTrapped || /** @type {any} */ (initSync)().memory.buffer.byteLength > MAX_MEMORY) __wbg_reset_state();
    hasTrapped = false;
    return call();
  } catch (error) {
    hasTrapped = true;
    throw new NutGrafError('core-failed', 'the core failed and will be started anew', error);
  }
}
