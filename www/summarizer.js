/**
 * Loads the wasm module once and calls it; remembers which texts of the page each summary came from.
 *
 * In: a page or plain text, and options that have been checked. Out: what the core returns. Nothing is loaded before the first
 * call, and nothing after it but what failed, and the word lists of another language if the next text is in one.
 */

/** @import { Article, Summary } from './pkg/nutgraf.js' */
/** @import { PackedPage } from './walk.js' */
import { __wbg_reset_state, addLanguage, initSync, read as call } from './pkg/nutgraf.js';
import { LISTS_BY_LANGUAGE } from './pkg/languages.js';
import { clean, walk } from './walk.js';

/**
 * The glue. Once the module runs, `initSync` needs nothing and returns what the instance exports.
 * @typedef {object} Core
 * @property {typeof __wbg_reset_state} __wbg_reset_state
 * @property {() => { memory: WebAssembly.Memory }} initSync
 * @property {typeof addLanguage} addLanguage
 * @property {typeof call} call
 */

/**
 * What is to be summarized, and how; see `index.js`.
 * @typedef {object} Reading
 * @property {number} [words]
 * @property {string} [language]
 * @property {string} [title]
 * @property {string} [include]
 * @property {string} [exclude]
 * @property {AbortSignal} [signal]
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

/** The languages that have word lists, and the hashes of their files. @type {Map<string, string>} */
const LISTS = new Map(Object.entries(LISTS_BY_LANGUAGE));

/** Beside us when published, in wasm-bindgen's own folder when not. */
const FOLDER = new URL(INTEGRITY ? './' : './pkg/', import.meta.url);
const WASM = new URL('nutgraf_bg.wasm', FOLDER);

/** @type {Promise<Core> | undefined} */
let loading;

/** The word lists that have been asked for, by language. @type {Map<string, Promise<string>>} */
const lists = new Map();

/** The languages that the running instance knows. @type {Set<string>} */
const known = new Set();

/** Whether the running instance has trapped. Its memory can't be trusted. */
let hasTrapped = false;

/**
 * An instance never gives memory back, not even to itself (see `src/web.rs`): one that has grown past so many bytes, a dozen long
 * articles, is replaced before the next call.
 */
const MAX_MEMORY = 2 ** 24;

/**
 * A stretch of text that a sentence was taken from.
 * @typedef {object} Stretch
 * @property {Text[]} nodes
 * @property {number} start  UTF-16 unit in the first node.
 * @property {number} end  UTF-16 unit in the last one.
 * @property {string} text  What was there.
 */

/** By number of the sentence. Of all that was read, only this is kept. @type {WeakMap<Summary, Map<number, Stretch[]>>} */
const origins = new WeakMap();

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
 * Loads all that a page will need: the core and the word lists of the page's language.
 * @param {Document | Element | Range | string} source
 * @param {Reading} reading
 * @throws {NutGrafError}
 */
export async function prepare(source, reading) {
  await extractArticle(source, reading);
}

/**
 * Summarizes at several lengths at once: the page is read once, and the choice for fewer sentences is part of that for more.
 * @param {Document | Element | Range | string} source
 * @param {number[]} lengths  Most sentences of each summary; one to three.
 * @param {Reading} reading
 * @returns {Promise<{ summaries: Summary[], ms: { load: number, walk: number, core: number } }>}  As many summaries as
 *   `lengths`, and the milliseconds that it took.
 */
export async function summarizeAll(source, lengths, reading) {
  const { page, found, ms } = await read(source, reading, lengths);
  for (const summary of found.summaries) origins.set(summary, stretches(summary, found.spans, page));
  return { summaries: found.summaries, ms };
}

/**
 * Finds the article and returns it whole.
 * @param {Document | Element | Range | string} source
 * @param {Reading} reading
 * @returns {Promise<Article>}
 */
export async function extractArticle(source, reading) {
  return (await read(source, reading, [])).found;
}

/**
 * Reads a page and calls the core; again if the core asked for the word lists of a language, since that takes time in which the page
 * may have changed.
 * @param {Document | Element | Range | string} source
 * @param {Reading} reading
 * @param {number[]} lengths
 */
async function read(source, reading, lengths) {
  const ms = { load: 0, walk: 0, core: 0 };
  let begun = performance.now();
  /** @param {keyof typeof ms} what */
  const lap = (what) => {
    const now = performance.now();
    ms[what] += now - begun;
    begun = now;
  };
  const core = await within(load(), reading.signal);
  for (;;) {
    lap('load');
    const page = packed(source, reading);
    lap('walk');
    const [short = 0, medium = 0, long = 0] = lengths;
    const answer = guarded(core, () => {
      const missing = [...LISTS.keys()].filter((tag) => !known.has(tag)).join(' ');
      const fields = [missing, reading.title ?? '', reading.language ?? ''].map(clean);
      return core.call([...fields, page.strings].join('\0'), page.events, reading.words ?? 0, short, medium, long);
    });
    // Anything but JSON is the tag of a language.
    const found = answer.startsWith('{') ? JSON.parse(answer) : undefined;
    lap('core');
    if (found) return { page, found, ms };
    await within(addLists(core, answer), reading.signal);
  }
}

/**
 * A page as the core reads it. Plain text is one without events.
 * @param {Document | Element | Range | string} source
 * @param {Reading} reading
 * @returns {PackedPage}
 */
function packed(source, { include, exclude }) {
  if (typeof source !== 'string') return walk(source, { include, exclude });
  return { strings: source, events: new Uint32Array(), nodes: [], starts: [] };
}

/**
 * Gives the core the word lists of a language.
 * @param {Core} core
 * @param {string} tag
 */
async function addLists(core, tag) {
  const list = lists.get(tag) ?? fetchList(tag);
  lists.set(tag, list);
  const text = await list;
  guarded(core, () => core.addLanguage(`${tag}\0${text}`));
  known.add(tag);
}

/** @param {string} tag */
async function fetchList(tag) {
  const url = new URL(`languages/${tag}.txt`, FOLDER);
  try {
    if (url.protocol === 'file:') return new TextDecoder().decode(await readFile(url));
    const response = await fetch(url, { integrity: LISTS.get(tag) });
    if (!response.ok) throw new Error(`${response.url} is ${response.status}, needs 200`);
    return await response.text();
  } catch (error) {
    lists.delete(tag);
    throw new NutGrafError('load-failed', `${url} could not be loaded`, error);
  }
}

/**
 * The ranges of the live page that a sentence of a summary stands in; see `rangesOf` in `index.js`.
 * @param {Summary} summary
 * @param {number} index
 * @returns {Range[]}
 */
export function placesOf(summary, index) {
  const number = summary.sentences[index]?.sentence ?? -1;
  const found = origins.get(summary)?.get(number) ?? [];
  // A live blog may have put other words into the same nodes.
  const isThere = found.every((stretch) => stretch.nodes.every((node) => node.isConnected) && textOf(stretch) === stretch.text);
  return isThere ? found.flatMap(rangesOver) : [];
}

/**
 * Where the sentences of a summary come from.
 * @param {Summary} summary
 * @param {number[]} spans  Records of sentence, first text, UTF-16 unit in it, last text, UTF-16 unit in it.
 * @param {PackedPage} page
 */
function stretches({ sentences }, spans, { nodes, starts }) {
  /** @type {Map<number, Stretch[]>} */
  const found = new Map(sentences.map(({ sentence }) => [sentence, []]));
  for (let at = 0; at < spans.length; at += 5) {
    const [sentence, first, start, last, end] = [0, 1, 2, 3, 4].map((field) => spans[at + field]);
    const list = found.get(sentence);
    if (!list) continue;
    const stretch = { nodes: nodes.slice(first, last + 1), start: start + starts[first], end: end + starts[last], text: '' };
    stretch.text = textOf(stretch);
    list.push(stretch);
  }
  return found;
}

/**
 * What is now where a stretch was.
 * @param {Stretch} stretch
 */
function textOf({ nodes, start, end }) {
  const last = nodes.length - 1;
  return nodes.map(({ data }, k) => data.slice(k === 0 ? start : 0, k === last ? end : undefined)).join('');
}

/**
 * One range, unless the texts stand in several trees, since a range over the host of a shadow tree does not reach into that tree,
 * or in another order than they are shown in, as they may in slots.
 * @param {Stretch} stretch
 * @returns {Range[]}
 */
function rangesOver({ nodes, start, end }) {
  const steps = nodes.slice(1).map((node, k) => nodes[k].compareDocumentPosition(node));
  const isReordered = steps.includes(Node.DOCUMENT_POSITION_PRECEDING);
  /** @type {Range[]} */
  const ranges = [];
  let run = 0;
  nodes.forEach((node, k) => {
    // In another tree a text does not just follow: it is disconnected as well.
    if (steps[k] === Node.DOCUMENT_POSITION_FOLLOWING && !isReordered) return;
    const range = new Range();
    range.setStart(nodes[run], run === 0 ? start : 0);
    range.setEnd(node, k === nodes.length - 1 ? end : node.length);
    ranges.push(range);
    run = k + 1;
  });
  return ranges;
}

/** @returns {Promise<Core>} */
async function start() {
  // Not its default export, which can fetch the module by itself, though without checking its hash.
  initSync({ module: await compile() });
  return { __wbg_reset_state, initSync: /** @type {any} */ (initSync), addLanguage, call };
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  if (WASM.protocol === 'file:') return WebAssembly.compile(await readFile(WASM));
  const response = await fetch(WASM, INTEGRITY ? { integrity: INTEGRITY } : {});
  if (!response.ok) throw new Error(`${response.url} is ${response.status}, needs 200`);
  // Browsers refuse to compile while loading if the server names another type, or adds a character encoding, and many servers do.
  const type = response.headers.get('content-type') ?? '';
  if (type.toLowerCase() === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
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
 * Calls into the core. It throws for no text, so anything thrown is a fault of ours or memory that ran out: the next call gets a
 * new instance.
 *
 * wasm-bindgen's glue keeps its one instance in the module and initializes once: after that `initSync` returns what
 * there is. The way to a new one is `__wbg_reset_state`, which it exports on request (`Bindgen::reset_state_function`): it drops
 * all that it has cached of the old instance and makes another of the compiled module.
 * @template T
 * @param {Core} core
 * @param {() => T} call
 * @returns {T}
 */
function guarded(core, call) {
  try {
    if (hasTrapped || core.initSync().memory.buffer.byteLength > MAX_MEMORY) {
      core.__wbg_reset_state();
      known.clear();
    }
    hasTrapped = false;
    return call();
  } catch (error) {
    hasTrapped = true;
    throw new NutGrafError('core-failed', 'the core failed and will be started anew', error);
  }
}

/**
 * The outcome of a promise, unless the signal is first.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
function within(promise, signal) {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
