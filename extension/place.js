/**
 * Where on a page the panel goes: in the flow of the text, under the article's headline.
 *
 * In: the live page, which is only read, through the prototypes: a form field may be named as a property is. Out: where to insert.
 */

import { getters } from '../www/walk.js';
import { own } from './document.js';

/** Elements smaller than this, in CSS pixels, are for screen readers only. */
const MIN_SIZE = 4;

/** A box with no more text than this, in UTF-16 units, holds a headline and little else. */
const MAX_BESIDE = 600;

/** Boxes in which what is added stands in full width between what comes before it and what comes after. */
const FLOWING = ['block', 'flow-root', 'list-item', 'table-cell'];

/**
 * @typedef {object} Place
 * @property {Element} parent
 * @property {Node | null} before  None for the end.
 * @property {Element} near  Whose text the panel stands next to.
 */

/**
 * The place under the headline; without one, at the start of the article; without that, at the top of the page.
 * @param {HTMLElement} body
 * @returns {Place}
 */
export function placeOn(body) {
  const get = getters();
  const headline = headlineOf(body);
  if (headline) {
    let at = headline;
    for (let up = headline; up !== body; up = parentOf(up)) if (isApart(up)) at = up;
    while (parentOf(at) !== body && !FLOWING.includes(getComputedStyle(parentOf(at)).display)) at = parentOf(at);
    return { parent: parentOf(at), before: get.nextSibling.call(at), near: headline };
  }
  const [article] = [...shown('article'), ...shown('main, [role=main]')];
  const parent = article && FLOWING.includes(getComputedStyle(article).display) ? article : body;
  return { parent, before: get.firstChild.call(parent), near: parent };
}

/**
 * Whether an element is a link, or a box that holds the headline over a picture: what is added to it would be pressed with it, would
 * lie over something, or would be cut off.
 * @param {Element} element
 */
function isApart(element) {
  if (getters().matches.call(element, 'a, button, summary, label')) return true;
  if ((getters().textContent.call(element) ?? '').length > MAX_BESIDE) return false;
  const { position, overflowY } = getComputedStyle(element);
  return position === 'absolute' || position === 'fixed' || overflowY === 'hidden' || overflowY === 'clip';
}

/**
 * The heading of the article, if it has one. On some pages the name of the site is a heading of the first level too.
 * @param {HTMLElement} body
 */
function headlineOf(body) {
  const headings = shown('h1').filter((heading) => Node.prototype.contains.call(body, heading));
  const within = (/** @type {string} */ selector) => headings.find((heading) => getters().closest.call(heading, selector));
  const isInTitle = (/** @type {Element} */ heading) => {
    const text = folded(getters().textContent.call(heading) ?? '');
    return text !== '' && folded(own('title')).includes(text);
  };
  return within('article') ?? within('main, [role=main]') ?? headings.find(isInTitle) ?? headings.at(-1);
}

/**
 * @param {string} selector
 * @returns {Element[]}  Those that a reader can see.
 */
function shown(selector) {
  return [...getters().querySelectorAll.call(document, selector)].filter((element) => {
    const { width, height } = getters().getBoundingClientRect.call(element);
    return width >= MIN_SIZE && height >= MIN_SIZE && getters().checkVisibility?.call(element, { visibilityProperty: true });
  });
}

/**
 * @param {Element} element  In the body.
 * @returns {Element}
 */
function parentOf(element) {
  return /** @type {Element} */ (getters().parentNode.call(element));
}

/** @param {string} text */
function folded(text) {
  return text.replace(/\s+/g, ' ').trim();
}
