/**
 * The widget's own words. A language is a file in `strings/`, an entry of `FILES`, and one of `LABELS` in `nut-graf.js`; a test
 * compares them.
 *
 * In braces stand numbers, already written as the language writes them. Where a noun goes with a number there is one form for each
 * plural category of the language (`Intl.PluralRules`), of which `other` is always there.
 */

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
 * @property {string} changed  The article is another one now, so the summary was made anew.
 * @property {string} failed  Files could not be loaded.
 * @property {string} retry
 * @property {string} opted-out  The page asks not to be summarized.
 * @property {string} unsupported-language
 * @property {string} not-an-article
 * @property {string} truncated
 * @property {string} too-short
 * @property {string} too-little-saved
 * @property {string} why  Opens the reasons for the choice of a sentence, which follow. `{words}` are its own.
 * @property {string} opens-article
 * @property {string} matches-headline
 * @property {string} names-key-entities
 * @property {string} first-mention
 * @property {string} key-terms
 * @property {string} central
 * @property {string} consequence
 * @property {string} has-number
 * @property {string} has-quote
 * @property {string} link  Copies the address of a sentence.
 * @property {string} map  Describes the strip: at which `{places}` of `{total}` the sentences stand.
 * @property {string} names  Heading of the people, organizations and places.
 * @property {string} about  Heading of how the summary was made.
 * @property {string} made  How it was.
 * @property {string} read  `{count}` sentences of `{total}` were.
 * @property {string} left  The `{kinds}` of text, which follow, that were left out.
 * @property {string} ads
 * @property {string} author
 * @property {string} captions
 * @property {string} comments
 * @property {string} navigation
 * @property {string} offers
 * @property {string} related
 * @property {string} other
 * @property {string} listen
 * @property {string} stop  Listening.
 * @property {string} copy
 * @property {string} copied
 * @property {string} share
 * @property {string} print
 * @property {string} paragraph  Shows the sentences as running text, …
 * @property {string} bullets  … and as a list.
 * @property {string} denied  The browser does not allow to copy, share or print.
 * @property {string} selection  Summarizes what the reader has selected.
 * @property {string} selected  Says that it was.
 * @property {string} whole  Goes back to the whole article.
 */

/**
 * Each language is a file of its own, so that a page pays for one.
 * @type {Record<string, () => Promise<{ default: Strings }>>}
 */
const FILES = {
  ar: () => import('./strings/strings.ar.js'),
  cs: () => import('./strings/strings.cs.js'),
  da: () => import('./strings/strings.da.js'),
  de: () => import('./strings/strings.de.js'),
  el: () => import('./strings/strings.el.js'),
  en: () => import('./strings/strings.en.js'),
  es: () => import('./strings/strings.es.js'),
  fi: () => import('./strings/strings.fi.js'),
  fr: () => import('./strings/strings.fr.js'),
  hi: () => import('./strings/strings.hi.js'),
  it: () => import('./strings/strings.it.js'),
  ja: () => import('./strings/strings.ja.js'),
  ko: () => import('./strings/strings.ko.js'),
  nl: () => import('./strings/strings.nl.js'),
  pl: () => import('./strings/strings.pl.js'),
  pt: () => import('./strings/strings.pt.js'),
  ro: () => import('./strings/strings.ro.js'),
  ru: () => import('./strings/strings.ru.js'),
  sv: () => import('./strings/strings.sv.js'),
  tr: () => import('./strings/strings.tr.js'),
  uk: () => import('./strings/strings.uk.js'),
  zh: () => import('./strings/strings.zh.js'),
};

/** The languages that the widget speaks. */
export const SPOKEN = Object.keys(FILES);

/**
 * Loads the words of a language.
 * @param {string} language  One of {@link SPOKEN}.
 */
export async function speak(language) {
  return (await FILES[language]()).default;
}

/** Words read in a minute, after Brysbaert, “How many words do we read per minute?” (Journal of Memory and Language 109, 2019). */
const WORDS_PER_MINUTE = 238;
/** Where characters are counted instead of words. */
const CHARACTERS_PER_MINUTE = 500;
const COUNTED_IN_CHARACTERS = ['ja', 'zh'];

/**
 * What a summary saves, such as “3 of 31 sentences, word for word · 1 min instead of 4”. The time is left out where it is the
 * same minute.
 * @param {Strings} strings
 * @param {string} language  That they are in.
 * @param {{ sentences: readonly unknown[], nSentences: number, nWords: number, nSummaryWords: number, language: string }} summary
 */
export function proof(strings, language, summary) {
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
 * A string with words of the article in it, which may run in another direction.
 * @param {string} template
 * @param {string[]} words
 */
export function quoted(template, words) {
  const comma = template.includes('：') ? '、' : /\p{sc=Arab}/u.test(template) ? '، ' : ', ';
  return fill(template, { words: `\u2068${words.join(comma)}\u2069` });
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
