/**
 * The API of nutgraf. Importing it does nothing, in a browser, a worker or Node.
 *
 * @example
 * import { summarize, rangesOf } from 'nutgraf';
 * const summary = await summarize(document, { sentences: 5 });
 * const [range] = rangesOf(summary, 0);
 */

import { extractArticle, placesOf, summarizeAll } from './summarizer.js';
import { sourceKind } from './walk.js';

export { NutGrafElement } from './nut-graf.js';

/** @typedef {import('./pkg/nutgraf.js').Summary} Summary */
/** @typedef {import('./pkg/nutgraf.js').SummarySentence} SummarySentence */
/** @typedef {import('./pkg/nutgraf.js').Entity} Entity */
/** @typedef {import('./pkg/nutgraf.js').Reason} Reason */
/** @typedef {import('./pkg/nutgraf.js').State} State */
/** @typedef {import('./pkg/nutgraf.js').Article} Article */
/** @typedef {import('./attributes.js').NutGrafAttributes} NutGrafAttributes */

/**
 * How long a summary is, and what it is of. What is left out is found on the page or has the default that stands here.
 * @typedef {object} SummaryOptions
 * @property {number} [sentences]  At most so many; at least 1, by default 3.
 * @property {number} [words]  At most so many; at least 1, by default no limit. If no sentence fits, the shortest stands alone.
 * @property {string} [language]  BCP 47 tag of the article's language.
 * @property {string} [title]  The article's title.
 * @property {string} [include]  CSS selector of regions that are article text.
 * @property {string} [exclude]  CSS selector of regions that are not.
 * @property {AbortSignal} [signal]
 */

/**
 * Which article, and what is known of it.
 * @typedef {Pick<SummaryOptions, 'language' | 'title' | 'include' | 'exclude' | 'signal'>} ExtractOptions
 */

const MAX_COUNT = 2 ** 32 - 1;

/**
 * Summarizes an article with its own sentences. The first call loads the wasm module; later calls share it.
 * @param {Document | Element | Range | string} source  A page or part of one, which is only read; or plain text, where a line is
 *   a paragraph.
 * @param {SummaryOptions} [options]
 * @returns {Promise<Summary>}  A plain object, its sentences in reading order. An article that can't be summarized is no error:
 *   see its `state`.
 * @throws {TypeError | RangeError}  For a bad source or option.
 * @throws {Error}  With a `code`: `load-failed` or `core-failed`. The next call tries again. If aborted, what the
 *   signal gives as its reason.
 */
export async function summarize(source, options = {}) {
  checkSource(source);
  checkOptions(options);
  const { summaries } = await summarizeAll(source, [options.sentences ?? 3], options);
  return summaries[0];
}

/**
 * Finds the article and returns it whole: title, byline, day, paragraphs.
 * @param {Document | Element | Range | string} source
 * @param {ExtractOptions} [options]
 * @returns {Promise<Article>}
 * @throws {TypeError | RangeError | Error}  As {@link summarize} does.
 */
export async function extract(source, options = {}) {
  checkSource(source);
  checkOptions(options);
  return extractArticle(source, options);
}

/**
 * The places in the live page that a sentence of a summary was taken from, in reading order: one range, or several where
 * something that is not part of the sentence stands in its midst.
 * @param {Summary} summary  As it was returned, not a copy.
 * @param {number} index  Into `summary.sentences`.
 * @returns {Range[]}  None if the source was a string, or the text has been removed or rewritten since.
 */
export function rangesOf(summary, index) {
  return placesOf(summary, summary.sentences[index]?.sentence);
}

/** @param {unknown} source */
function checkSource(source) {
  if (typeof source === 'string' || sourceKind(source)) return;
  throw new TypeError(`source is ${shown(source)}, needs a Document, an Element, a Range or a string`);
}

/** @param {SummaryOptions} options */
function checkOptions(options) {
  if (typeof options !== 'object' || options === null) throw new TypeError(`options is ${shown(options)}, needs an object`);
  const { sentences, words, language, title, include, exclude, signal } = options;
  checkCount('sentences', sentences);
  checkCount('words', words);
  checkString('language', language);
  checkString('title', title);
  checkSelector('include', include);
  checkSelector('exclude', exclude);
  if (language !== undefined && !isLanguage(language)) {
    throw new RangeError(`language is ${shown(language)}, needs a language tag such as "en" or "pt-BR"`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`signal is ${shown(signal)}, needs an AbortSignal`);
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function checkCount(name, value) {
  if (value === undefined) return;
  if (typeof value !== 'number') throw new TypeError(`${name} is ${shown(value)}, needs a number`);
  if (!Number.isInteger(value)) throw new RangeError(`${name} is ${value}, needs a whole number`);
  if (value < 1) throw new RangeError(`${name} is ${value}, needs at least 1`);
  if (value > MAX_COUNT) throw new RangeError(`${name} is ${value}, needs at most ${MAX_COUNT}`);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function checkString(name, value) {
  if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} is ${shown(value)}, needs a string`);
}

/**
 * @param {string} name
 * @param {string | undefined} value
 */
function checkSelector(name, value) {
  checkString(name, value);
  // Without a document there is nothing that it could select.
  if (value === undefined || typeof document === 'undefined') return;
  try {
    new DocumentFragment().querySelector(value);
  } catch {
    throw new TypeError(`${name} is ${shown(value)}, needs a CSS selector`);
  }
}

/** @param {string} tag */
function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/**
 * A value as an error may name it: short, and without calling anything of its own.
 * @param {unknown} value
 */
function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
