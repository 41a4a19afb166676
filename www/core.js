/**
 * A running core, whatever it is made of: loaded once, called by `summarizer.js`, started anew when it fails.
 *
 * In: the files beside us. Out: something to call. By default that is the wasm module in this very page, packed so that less has to
 * be loaded, or, where the page's policy refuses wasm, the same module as plain JavaScript: slower, and with the same answers to the
 * byte. A core that lives elsewhere, in an extension's background page for instance, is put in their place by `provideCore`.
 */

import { PLACE, compiled, packed, plain } from './files.js';
import { mayRunWasm } from './permission.js';
import { __wbg_reset_state, addLanguage, initSync, read } from './pkg/nutgraf.js';
import { unpack } from './unpack.js';

/**
 * What reads pages; see `src/web.rs` for what goes in and comes out. Both may take their time.
 * @typedef {object} Core
 * @property {(strings: string, events: Uint32Array, maxWords: number, short: number, medium: number, long: number) =>
 *   string | Promise<string>} read
 * @property {(text: string) => void | Promise<void>} addLanguage  A core that forgets what it was given is no failure: it asks again.
 */

/**
 * What wasm-bindgen makes, for either build. Once initialized, `initSync` needs nothing and returns what the instance exports.
 * @typedef {object} Glue
 * @property {typeof __wbg_reset_state} __wbg_reset_state
 * @property {typeof addLanguage} addLanguage
 * @property {(options?: any) => { memory: { buffer: ArrayBuffer } }} initSync
 * @property {typeof read} read
 */

/** Files that can't be loaded, or a core that failed: what a call rejects with, beside bad options. */
export class NutGrafError extends Error {
  name = 'NutGrafError';

  /**
   * @param {'load-failed' | 'core-failed'} code  For programs; the message is for people.
   * @param {string} message
   * @param {unknown} cause
   */
  constructor(code, message, cause) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * An instance never gives memory back, not even to itself (see `src/web.rs`): one that has grown past so many bytes, a dozen long
 * articles, is replaced before the next call.
 */
const MAX_MEMORY = 2 ** 24;

/** A page longer than this is worth a pause, in UTF-16 units. */
const LONG_UTF16 = 30_000;

/** @type {Promise<Core> | undefined} */
let loading;

/** Goes with no text, to read on. */
const NOTHING = new Uint32Array();

/** The page that is being read. @type {Promise<string>} */
let turn = Promise.resolve('');

/** The word lists that an instance has been given, for the next one. @type {Set<string>} */
const given = new Set();

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
 * @param {ShadowRoot | null} [root]  Of the widget, if there is one.
 * @returns {Promise<Core>}
 * @throws {NutGrafError}
 */
export function load(root) {
  loading ??= start(root).catch((error) => {
    loading = undefined;
    throw new NutGrafError('load-failed', `${PLACE} or its JavaScript could not be loaded`, error);
  });
  return loading;
}

/**
 * @param {ShadowRoot | null} [root]
 * @returns {Promise<Core>}
 */
async function start(root) {
  const glue = (mayRunWasm(root) && (await startWasm())) || (await startPlain());
  return {
    // One page after the other: between the steps, the instance keeps what it has found. Once it has answered, a hostile page's
    // half a gigabyte is given back at once.
    read: (...page) => (turn = turn.catch(() => {}).then(() => readIn(glue, page)).finally(() => guarded(glue, () => {}))),
    addLanguage: (text) => {
      guarded(glue, () => glue.addLanguage(text));
      given.add(text);
    },
  };
}

/**
 * Reads a page in steps, with pauses between them if it is a long one; see `src/web.rs`.
 * @param {Glue} glue
 * @param {Parameters<Core['read']>} page
 */
async function readIn(glue, [strings, events, ...lengths]) {
  let answer = guarded(glue, () => glue.read(strings, events, ...lengths));
  while (!answer) {
    await pauseAfter(strings);
    answer = guarded(glue, () => glue.read('', NOTHING, ...lengths), false);
  }
  return answer;
}

/**
 * Lets the browser do something else after work on a long text: on a slow phone, five thousand words take 40 ms.
 * @param {string} strings
 */
export async function pauseAfter(strings) {
  if (strings.length < LONG_UTF16) return;
  const { scheduler } = /** @type {any} */ (globalThis);
  // Where there is none, a form of that name is in its place, perhaps with a field named `yield`.
  await (typeof scheduler?.yield === 'function' ? scheduler.yield() : new Promise((resolve) => setTimeout(resolve)));
}

/** @returns {Promise<Glue | undefined>}  None where the policy of the page refuses it. */
async function startWasm() {
  try {
    const module = await unpacked().then((bytes) => WebAssembly.compile(bytes), compiled);
    initSync({ module });
    return { __wbg_reset_state, addLanguage, initSync, read };
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'CompileError') return undefined;
    throw error;
  }
}

/** The bytes of the module. Inflating needs what browsers have had since 2023. */
async function unpacked() {
  const { body } = await packed();
  const inflated = /** @type {ReadableStream} */ (body).pipeThrough(new DecompressionStream('deflate-raw'));
  return unpack(await new Response(inflated).arrayBuffer());
}

/** @returns {Promise<Glue>} */
async function startPlain() {
  const glue = await plain();
  glue.initSync({ module: glue.module });
  return glue;
}

/**
 * Calls into the instance. It throws for no text, so anything thrown is a fault of ours or memory that ran out: the next call gets a
 * new instance, which is given the word lists again.
 *
 * wasm-bindgen's glue keeps its one instance in the module and initializes once: after that `initSync` returns what
 * there is. The way to a new one is `__wbg_reset_state`, which it exports on request (`Bindgen::reset_state_function`): it drops
 * all that it has cached of the old instance and makes another of the compiled module.
 * @template T
 * @param {Glue} glue
 * @param {() => T} call
 * @param {boolean} [begins]  Whether it may be a new instance.
 * @returns {T}
 */
function guarded(glue, call, begins = true) {
  try {
    if (hasTrapped || (begins && glue.initSync().memory.buffer.byteLength > MAX_MEMORY)) {
      glue.__wbg_reset_state();
      given.forEach((text) => glue.addLanguage(text));
    }
    hasTrapped = false;
    return call();
  } catch (error) {
    hasTrapped = true;
    throw new NutGrafError('core-failed', 'the core failed and will be started anew', error);
  }
}
