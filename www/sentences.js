/**
 * The chosen sentences: a list, or running text. Each is a link to its place in the article, and behind it a button opens why it
 * was chosen.
 *
 * In: a summary. Out: elements, and calls to who listens when a reader points at a sentence or follows it. A link that is opened in
 * another tab leads to the sentence by a text fragment.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
/** @import { Strings } from './strings.js' */
import { button, make, part } from './dom.js';
import { quoted } from './strings.js';

/**
 * @typedef {object} Follower
 * @property {(sentence: number, link: HTMLAnchorElement) => void} jump  A sentence of the article, by number, has been chosen.
 * @property {(sentence: number | undefined) => void} point  The pointer or the focus has come to a sentence, or has left it.
 */

/**
 * @typedef {object} Copier
 * @property {(text: string, pressed: HTMLElement) => void} copy  Puts a text on the clipboard, and says so where it was asked for.
 */

const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'ckb', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];

/** Languages that put no space between sentences. */
const UNSPACED = ['ja', 'zh'];

/**
 * What an element that holds text of the article says of its language.
 * @param {string} language
 * @returns {Record<string, string>}
 */
export function written(language) {
  if (language === 'und') return { dir: 'auto' };
  return { lang: language, dir: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
}

/** The address of the page, whatever part of it is shown. */
export const address = () => location.href.split('#', 1)[0];

/**
 * The address of a sentence.
 * @param {string} text
 */
export function addressOf(text) {
  // A hyphen has a meaning in a text fragment.
  return `${address()}#:~:text=${encodeURIComponent(text).replaceAll('-', '%2D')}`;
}

/**
 * A sentence of the article as a link to its place there.
 * @param {{ text: string, sentence: number }} sentence
 * @param {string} className  And name of the part.
 * @param {string} language
 * @param {Follower} follower
 */
export function linkTo({ text, sentence }, className, language, { jump, point }) {
  const link = part('a', className, { ...written(language), href: addressOf(text) }, text);
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    jump(sentence, link);
  });
  for (const type of ['pointerenter', 'focus']) link.addEventListener(type, () => point(sentence));
  for (const type of ['pointerleave', 'blur']) link.addEventListener(type, () => point(undefined));
  return link;
}

/**
 * The sentences of a summary, each behind its link.
 * @param {Summary} summary
 * @param {'bullets' | 'paragraph'} shape
 * @param {Strings} strings
 * @param {Follower & Copier} follower
 * @returns {{ element: HTMLElement, links: HTMLAnchorElement[] }}
 */
export function listOf({ sentences, language }, shape, strings, follower) {
  const { dir } = written(language);
  const isList = shape === 'bullets';
  // The role, because Safari takes a list without markers for none.
  const element = isList ? part('ul', 'list', { role: 'list' }) : part('div', 'paragraph', { dir });
  const links = sentences.map((sentence, index) => {
    const link = linkTo(sentence, 'sentence', language, follower);
    link.id = `sentence-${index}`;
    const holder = isList ? part('li', 'item', { dir }) : element;
    if (!isList && index > 0 && !UNSPACED.includes(language)) holder.append(' ');
    // Without a space, so that the button stays with the last word.
    holder.append(link, whyButton(sentence, link.id, holder, strings, follower));
    if (isList) element.append(holder);
    return link;
  });
  return { element, links };
}

/**
 * The button that opens the reasons for a choice, below what holds the sentence.
 * @param {Summary['sentences'][number]} sentence
 * @param {string} id  Of the link.
 * @param {HTMLElement} holder
 * @param {Strings} strings
 * @param {Copier} follower
 */
function whyButton({ text, reasons }, id, holder, strings, { copy }) {
  /** @type {HTMLElement | undefined} */
  let shown;
  // What it shows is a matter of style: text that is copied is the article's.
  const why = button(
    'why',
    () => {
      why.setAttribute('aria-expanded', `${!shown}`);
      if (shown) {
        shown.remove();
        shown = undefined;
        return;
      }
      shown = part('ul', 'reasons', { role: 'list' });
      for (const { code, words } of reasons) shown.append(make('li', 'reason', {}, quoted(strings[code], words)));
      const link = button('link', () => copy(addressOf(text), link));
      link.textContent = strings.link;
      shown.append(make('li', 'reason', {}, link));
      holder.append(shown);
    },
    { 'aria-expanded': 'false', 'aria-label': strings.why, 'aria-describedby': id, title: strings.why },
  );
  return why;
}
