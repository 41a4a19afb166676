/**
 * Calls the core with pages; remembers which texts of the page each summary came from.
 *
 * In: a page or plain text, and options that have been checked. Out: what the core returns. Nothing is loaded before the first
 * call, and nothing after it but what failed, and the word lists of another language if the next text is in one.
 */

/** @import { Article, Excluded, Summary } from './pkg/nutgraf.js' */
/** @import { PackedPage } from './walk.js' */
/** @import { Core } from './core.js' */
import { NutGrafError, load, pauseAfter } from './core.js';
import { LANGUAGES, list } from './files.js';
import { clean, getters, walk } from './walk.js';

/**
 * What is to be summarized, and how; see `index.js`.
 * @typedef {object} Reading
 * @property {number} [words]
 * @property {string} [language]
 * @property {string} [title]
 * @property {string} [include]
 * @property {string} [exclude]
 * @property {AbortSignal} [signal]
 * @property {ShadowRoot | null} [root]  Of the widget that asks.
 */

/** The word lists that have been asked for, by language. @type {Map<string, Promise<string>>} */
const lists = new Map();

/**
 * A stretch of text that a sentence was taken from.
 * @typedef {object} Stretch
 * @property {Text[]} nodes
 * @property {number} start  UTF-16 unit in the first node.
 * @property {number} end  UTF-16 unit in the last one.
 * @property {string} [text]  What was there when it was first looked at: at once for the sentences of a summary, and for others
 *   when somebody asks for them. To take the text of a node is to copy it in some browsers, however long it is.
 */

/**
 * Where the sentences of an article stand, by their numbers. Of all that was read, only this is kept.
 * @type {WeakMap<Summary, Map<number, Stretch[]>>}
 */
const origins = new WeakMap();

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
 * What came of reading a page.
 * @typedef {object} Found
 * @property {Summary[]} summaries  One for each length that was asked for.
 * @property {Excluded} excluded  How many blocks of text are not the article's.
 * @property {string} hash  Changes with any paragraph of the article.
 * @property {{ load: number, walk: number, core: number }} ms  How long it took.
 */

/**
 * Summarizes at several lengths at once: the page is read once, and the choice for fewer sentences is part of that for more.
 * @param {Document | Element | Range | string} source
 * @param {number[]} lengths  Most sentences of each summary; one to three.
 * @param {Reading} reading
 * @returns {Promise<Found>}
 */
export async function summarizeAll(source, lengths, reading) {
  const { page, found, ms } = await read(source, reading, lengths);
  const { summaries, spans, excluded, hash } = found;
  const places = stretches(spans, page);
  for (const summary of summaries) {
    origins.set(summary, places);
    for (const { sentence } of summary.sentences) {
      for (const stretch of places.get(sentence) ?? []) stretch.text ??= textOf(stretch);
    }
  }
  return { summaries, excluded, hash, ms };
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
  // What the page says of its language is nearly always true: so its word lists come along with the core.
  const root = typeof source === 'string' ? undefined : getters().documentElement.call(document);
  const declared = reading.language ?? root?.getAttribute('lang') ?? '';
  const tag = declared.split('-')[0].toLowerCase();
  if (LANGUAGES.includes(tag)) listOf(tag).catch(() => {}); // It will be asked for again.
  const core = await within(load(reading.root), reading.signal);
  for (;;) {
    lap('load');
    const page = packed(source, reading);
    lap('walk');
    await pauseAfter(page.strings);
    const [short = 0, medium = 0, long = 0] = lengths;
    const fields = [LANGUAGES.join(' '), reading.title ?? '', reading.language ?? ''].map(clean);
    const strings = [...fields, page.strings].join('\0');
    const answer = await within(core.read(strings, page.events, reading.words ?? 0, short, medium, long), reading.signal);
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
 * The word lists of a language, asked for once.
 * @param {string} tag
 */
function listOf(tag) {
  const text = lists.get(tag) ?? list(tag);
  lists.set(tag, text);
  return text;
}

/**
 * Gives the core the word lists of a language.
 * @param {Core} core
 * @param {string} tag
 */
async function addLists(core, tag) {
  try {
    await core.addLanguage(`${tag}\0${await listOf(tag)}`);
  } catch (error) {
    lists.delete(tag);
    throw error instanceof NutGrafError ? error : new NutGrafError('load-failed', `the word lists of ${tag} could not be loaded`, error);
  }
}

/**
 * The ranges of the live page that a sentence of the article stands in; see `rangesOf` in `index.js`.
 * @param {Summary} summary  Of that article.
 * @param {number} sentence  Which of the article.
 * @returns {Range[]}
 */
export function placesOf(summary, sentence) {
  const found = origins.get(summary)?.get(sentence) ?? [];
  // A live blog may have put other words into the same nodes.
  const isThere = found.every((stretch) => {
    const text = textOf(stretch);
    stretch.text ??= text;
    return text === stretch.text && stretch.nodes.every((node) => node.isConnected);
  });
  return isThere ? found.flatMap(rangesOver) : [];
}

/**
 * The text of any sentence of the article, white space folded, without the readings that stand over its words.
 * @param {Summary} summary  Of that article.
 * @param {number} sentence  Which of the article.
 */
export function sentenceOf(summary, sentence) {
  const found = origins.get(summary)?.get(sentence) ?? [];
  return found
    .map((stretch) => textOf(stretch, isReading))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** @param {Text} text */
function isReading({ parentElement }) {
  return parentElement !== null && Element.prototype.closest.call(parentElement, 'rt, rp') !== null;
}

/**
 * A summary of the same article with other sentences.
 * @param {Summary} summary
 * @param {Summary['sentences']} sentences
 * @returns {Summary}
 */
export function withSentences(summary, sentences) {
  const other = { ...summary, sentences };
  origins.set(other, origins.get(summary) ?? new Map());
  return other;
}

/**
 * Where the sentences of an article come from.
 * @param {number[]} spans  Records of sentence, first text, UTF-16 unit in it, last text, UTF-16 unit in it.
 * @param {PackedPage} page
 */
function stretches(spans, { nodes, starts }) {
  /** @type {Map<number, Stretch[]>} */
  const found = new Map();
  // Plain text has no nodes.
  for (let at = 0; at < spans.length && nodes.length > 0; at += 5) {
    const [sentence, first, start, last, end] = [0, 1, 2, 3, 4].map((field) => spans[at + field]);
    const stretch = { nodes: nodes.slice(first, last + 1), start: start + starts[first], end: end + starts[last] };
    found.set(sentence, [...(found.get(sentence) ?? []), stretch]);
  }
  return found;
}

/**
 * What is now where a stretch was.
 * @param {Stretch} stretch
 * @param {(text: Text) => boolean} [isLeftOut]
 */
function textOf({ nodes, start, end }, isLeftOut = () => false) {
  const last = nodes.length - 1;
  const parts = nodes.map((node, k) => (isLeftOut(node) ? '' : node.data.slice(k === 0 ? start : 0, k === last ? end : undefined)));
  return parts.join('');
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

/**
 * The outcome of a promise, unless the signal is first.
 * @template T
 * @param {T | Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
function within(promise, signal) {
  if (!signal) return Promise.resolve(promise);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(promise).then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
