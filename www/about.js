/**
 * What there is to know beside the sentences: who is in the article and what is said of them, how the summary was made, and what of
 * the page was left out. Both fold out, and are made when they do.
 */

/** @import { Excluded, Summary } from './pkg/nutgraf.js' */
/** @import { Follower } from './sentences.js' */
/** @import { Strings } from './strings.js' */
import { make, part } from './dom.js';
import { linkTo } from './sentences.js';
import { fill } from './strings.js';

/** Whoever is named once is seldom whom an article is about. */
const MIN_MENTIONS = 2;
const MAX_NAMES = 8;
/** Sentences shown of each. */
const MAX_SENTENCES = 3;

/**
 * People, organizations and places, each with its sentences; nothing where there are none. What kind a name is, is not said: it is
 * guessed right for six of ten.
 * @param {Summary} summary
 * @param {(sentence: number) => string} textOf  A sentence of the article, by number.
 * @param {Strings} strings
 * @param {string} locale
 * @param {Follower} follower
 */
export function names({ entities, language }, textOf, strings, locale, follower) {
  const named = entities.filter(({ mentions }) => mentions >= MIN_MENTIONS).slice(0, MAX_NAMES);
  if (named.length === 0) return [];
  const number = new Intl.NumberFormat(locale);
  return [
    foldOut('names', strings.names, () =>
      named.map(({ name, mentions, sentences }) =>
        foldOut('name', `${name} (${number.format(mentions)})`, () => {
          const list = part('ul', 'mentions', { role: 'list' });
          for (const sentence of sentences.slice(0, MAX_SENTENCES)) {
            list.append(make('li', '', {}, linkTo({ text: textOf(sentence), sentence }, 'mention', language, follower)));
          }
          return [list];
        }),
      ),
    ),
  ];
}

/**
 * @param {Summary} summary
 * @param {Excluded} excluded
 * @param {Strings} strings
 * @param {string} locale
 */
export function making({ nSentences }, excluded, strings, locale) {
  return foldOut('about', strings.about, () => {
    const number = new Intl.NumberFormat(locale);
    const count = number.format(nSentences);
    const left = Object.entries(excluded).filter(([, n]) => n > 0);
    const kinds = left.map(([kind, n]) => `${strings[/** @type {keyof Excluded} */ (kind)]} (${number.format(n)})`);
    const lines = [strings.made, fill(strings.read, { count, total: count })];
    if (left.length > 0) lines.push(fill(strings.left, { kinds: new Intl.ListFormat(locale, { type: 'unit' }).format(kinds) }));
    return lines.map((line) => make('p', 'line', {}, line));
  });
}

/**
 * @param {string} className
 * @param {string} title
 * @param {() => HTMLElement[]} content
 */
function foldOut(className, title, content) {
  const details = part('details', className, {}, part('summary', 'title', {}, title));
  details.addEventListener('toggle', () => details.append(...content()), { once: true });
  return details;
}
