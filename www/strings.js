/**
 * The widget's own words. A language is a file in `strings/`, an entry of `FILES`, and one of `LABELS` in `nut-graf.js`; a test
 * compares them.
 *
 * In braces stand numbers, already written as the language writes them. Where a noun goes with a number there is one form for each
 * plural category of the language (`Intl.PluralRules`), of which `other` is always there.
 */

import english from './strings/strings.en.js';

/**
 * @typedef {object} Counted
 * @property {'count' | 'total'} by  The number that the form goes by.
 * @property {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} forms
 */

/**
 * @typedef {object} Strings
 * @property {string} heading  Of the panel.
 * @property {string} own  Heading over a summary that the publisher has written.
 * @property {Counted} proof  `{count}` sentences of `{total}`, taken word for word.
 * @property {string} time  Reading time: `{minutes}`, with the unit, `{instead}` of so many.
 * @property {string} length  Names the choice of `short`, `medium` and `long`.
 * @property {string} short
 * @property {string} medium
 * @property {string} long
 * @property {string} hint  What choosing a sentence does.
 * @property {string} jumped  Said when the reader has been taken to a sentence.
 * @property {string} back  Leads from there to the summary.
 * @property {string} changed  The sentence is gone, so the summary was made anew.
 * @property {string} failed  Files could not be loaded.
 * @property {string} retry
 * @property {string} opted-out  The page asks not to be summarized.
 * @property {string} unsupported-language
 * @property {string} not-an-article
 * @property {string} truncated
 * @property {string} too-short
 * @property {string} too-little-saved
 */

/**
 * Each language is a file of its own, so that a page pays for one; English is always there.
 * @type {Record<string, () => Promise<{ default: Strings }>>}
 */
const FILES = {
  ar: () => import('./strings/strings.ar.js'),
  de: () => import('./strings/strings.de.js'),
  es: () => import('./strings/strings.es.js'),
  fr: () => import('./strings/strings.fr.js'),
  hi: () => import('./strings/strings.hi.js'),
  it: () => import('./strings/strings.it.js'),
  ja: () => import('./strings/strings.ja.js'),
  nl: () => import('./strings/strings.nl.js'),
  pl: () => import('./strings/strings.pl.js'),
  pt: () => import('./strings/strings.pt.js'),
  ru: () => import('./strings/strings.ru.js'),
  sv: () => import('./strings/strings.sv.js'),
  tr: () => import('./strings/strings.tr.js'),
  uk: () => import('./strings/strings.uk.js'),
  zh: () => import('./strings/strings.zh.js'),
};

/** The languages that the widget speaks. */
export const SPOKEN = ['en', ...Object.keys(FILES)];

/** What has been loaded, by language. @type {Map<string, Strings>} */
const spoken = new Map([['en', english]]);

/**
 * Loads the words of a language. Where that fails, English stands in.
 * @param {string} language
 * @returns {Promise<void>}
 */
export async function speak(language) {
  if (spoken.has(language) || !Object.hasOwn(FILES, language)) return;
  try {
    spoken.set(language, (await FILES[language]()).default);
  } catch {
    // The summary is worth more than the words around it, and the next call tries again.
  }
}

/** Words read in a minute, after Brysbaert, “How many words do we read per minute?” (Journal of Memory and Language 109, 2019). */
const WORDS_PER_MINUTE = 238;
/** Where characters are counted instead of words. */
const CHARACTERS_PER_MINUTE = 500;
const COUNTED_IN_CHARACTERS = ['ja', 'zh'];

/**
 * @param {string} language  One that has been loaded, by {@link speak}; any other gives English.
 * @returns {Strings}
 */
export function stringsFor(language) {
  return spoken.get(language) ?? english;
}

/**
 * What a summary saves, such as “3 of 31 sentences, word for word · 1 min instead of 4”. The time is left out where it is the
 * same minute.
 * @param {string} language  Of the widget.
 * @param {{ sentences: readonly unknown[], nSentences: number, nWords: number, nSummaryWords: number, language: string }} summary
 */
export function proof(language, summary) {
  const strings = stringsFor(language);
  const count = summary.sentences.length;
  const total = summary.nSentences;
  const { by, forms } = strings.proof;
  const rule = new Intl.PluralRules(language).select(by === 'count' ? count : total);
  const number = new Intl.NumberFormat(language);
  const said = fill(forms[rule] ?? forms.other, { count: number.format(count), total: number.format(total) });
  const minutes = readingMinutes(summary.nSummaryWords, summary.language);
  const instead = readingMinutes(summary.nWords, summary.language);
  if (minutes >= instead) return said;
  const unit = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
  const time = fill(strings.time, { minutes: unit.format(minutes), instead: number.format(instead) });
  return `${said} · ${time}`;
}

/**
 * @param {number} words  As the core counts them.
 * @param {string} language  Of the article.
 * @returns {number}  At least 1.
 */
function readingMinutes(words, language) {
  const perMinute = COUNTED_IN_CHARACTERS.includes(language) ? CHARACTERS_PER_MINUTE : WORDS_PER_MINUTE;
  return Math.max(1, Math.round(words / perMinute));
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
