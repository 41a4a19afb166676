/**
 * A sentence of the summary → its place in the article: scrolled to, marked, and with the focus on it.
 *
 * In: the ranges of the sentence. The article's DOM stays as it is, but for a `tabindex` on the block that takes the focus, which
 * goes when the focus does. The mark is a highlight of the CSS Custom Highlight API; its colors are `--nutgraf-highlight` and
 * `--nutgraf-highlight-color`, set on the article or above it.
 */

import { getters } from './walk.js';

/** Names of the highlights: of what was jumped to, and of what is pointed at. */
const NAME = 'nutgraf';
const HINT = 'nutgraf-hint';

// Underlined as well, since color alone tells some readers nothing.
const STYLE = `
::highlight(${NAME}),::highlight(${HINT}){background-color:var(--nutgraf-highlight,#ffe08a);
color:var(--nutgraf-highlight-color,#1d1a12);text-decoration:underline #b26a00 2px}
@media (forced-colors:active){::highlight(${NAME}),::highlight(${HINT}){background-color:Mark;color:MarkText}}
`;

/** Free space, in CSS pixels, between what is jumped to and what covers the window's edge. */
const MARGIN = 16;
/** Kept free at the bottom for the button that leads back, in CSS pixels. */
const WAY_BACK = 72;
/** Bars that stick to one edge of the window stand on each other; more than this are a page's fault. */
const MAX_BARS = 4;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** What is marked, by the name of the highlight. @type {Map<string, Highlight>} */
const marks = new Map();

/** The scroll that has yet to come to rest, if any. */
let settling = new AbortController();

/** Ends the visit to a place in the article, if a reader is on one. */
let endVisit = () => {};

/**
 * Takes the reader to a sentence.
 * @param {Range[]} ranges  At least one.
 * @param {object} listener
 * @param {() => void} listener.back  Called when the reader asks for the way back, by Escape.
 * @param {() => void} listener.left  Called once, when the focus has gone elsewhere.
 */
export function jumpTo(ranges, listener) {
  endVisit();
  mark(ranges, NAME);
  const block = blockOf(ranges[0].startContainer);
  bringIntoView(ranges[0]);
  if (block) focusOn(block, listener);
}

/**
 * Marks a sentence that the reader points at elsewhere.
 * @param {Range[]} ranges  None takes the mark away.
 */
export function hint(ranges) {
  if (ranges.length > 0) mark(ranges, HINT);
  else unset(HINT);
}

/** Takes the mark away, and ends the visit. */
export function unmark() {
  endVisit();
  unset(NAME);
}

/** @param {string} name */
function unset(name) {
  // A second copy of this script may have put its own in the place of ours.
  if (marks.has(name) && CSS.highlights.get(name) === marks.get(name)) CSS.highlights.delete(name);
  marks.delete(name);
}

/**
 * Scrolls until what is given can be read: clear of bars that cover the window's edges, in the upper part of what is free. Does
 * nothing where it can be read already.
 * @param {Range | Element} target
 */
export function bringIntoView(target) {
  scrollInner(target);
  // Where nobody tells when a scroll ends, as in Safari, there is no way to see to its end.
  const isSmooth = 'onscrollend' in document && !matchMedia('(prefers-reduced-motion:reduce)').matches;
  settling.abort();
  if (!scrollWindow(target, isSmooth ? 'smooth' : 'instant')) return;
  // Only when it has come to rest may a header that was further down on the page have stuck to the top. By then a reader may have
  // taken over, or the page may not have moved at all, being at its end.
  const { signal } = (settling = new AbortController());
  const stop = () => settling.abort();
  const settle = () => {
    stop();
    scrollWindow(target, 'instant');
  };
  if (!isSmooth) return settle();
  addEventListener('scrollend', settle, { signal });
  for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    addEventListener(type, stop, { signal, passive: true, capture: true });
  }
}

/**
 * How much of the window is covered at an edge by what stays there when the page scrolls, in CSS pixels. `scroll-margin` would
 * have to be set on the article, which is not ours to change, and few pages set `scroll-padding`.
 * @param {'top' | 'bottom'} edge
 */
export function covered(edge) {
  let depth = 0;
  for (let bars = 0; bars < MAX_BARS; bars += 1) {
    const y = edge === 'top' ? depth + 1 : innerHeight - depth - 1;
    const at = [0.1, 0.5, 0.9].flatMap((x) => Document.prototype.elementsFromPoint.call(document, innerWidth * x, y));
    const ends = at.filter(stays).map((bar) => {
      const box = bar.getBoundingClientRect();
      return edge === 'top' ? box.bottom : innerHeight - box.top;
    });
    // What covers half of the window is no bar, but a veil or a column.
    const end = Math.max(0, ...ends.filter((end) => end < innerHeight / 2));
    if (end <= depth) break;
    depth = end;
  }
  return depth;
}

/**
 * @param {Range[]} ranges
 * @param {string} name
 */
function mark(ranges, name) {
  if (!CSS.highlights || !CSS.supports(`selector(::highlight(${NAME}))`)) {
    if (name === HINT) return;
    // Older browsers show it as selected text.
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(ranges[0].cloneRange());
    return;
  }
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
  for (const range of ranges) {
    // Style sheets reach as far as their tree does.
    const root = /** @type {Document | ShadowRoot} */ (getters().getRootNode.call(range.startContainer));
    // An image of that name shadows the property of the document.
    const { prototype } = root instanceof ShadowRoot ? ShadowRoot : Document;
    const sheets = Reflect.get(prototype, 'adoptedStyleSheets', root);
    if (!sheets.includes(sheet)) Reflect.set(prototype, 'adoptedStyleSheets', [...sheets, sheet], root);
  }
  const highlight = new Highlight(...ranges);
  CSS.highlights.set(name, highlight);
  marks.set(name, highlight);
}

/**
 * The block that holds a text: what a screen reader reads as one.
 * @param {Node} text
 * @returns {HTMLElement | undefined}
 */
function blockOf(text) {
  for (let node = parentOf(text); node; node = parentOf(node)) {
    if (!(node instanceof HTMLElement)) continue;
    const { display } = getComputedStyle(node);
    if (!/^(inline|contents|ruby)/.test(display)) return node;
  }
  return undefined;
}

/**
 * @param {Node} node
 * @returns {Node | null}
 */
function parentOf(node) {
  return getters().parentNode.call(node) ?? (node instanceof ShadowRoot ? node.host : null);
}

/**
 * Moves the focus to a block. One that can't have it gets a `tabindex` for as long as it has it.
 * @param {HTMLElement} block
 * @param {{ back: () => void, left: () => void }} listener
 */
function focusOn(block, { back, left }) {
  const root = /** @type {Document | ShadowRoot} */ (getters().getRootNode.call(block));
  // A form may have fields named after these methods, and a form may be the block.
  const { focus } = HTMLElement.prototype;
  const { getAttribute, setAttribute, removeAttribute } = Element.prototype;
  const { addEventListener } = EventTarget.prototype;
  const before = getAttribute.call(block, 'tabindex');
  const events = new AbortController();
  let isLent = false;

  focus.call(block, { preventScroll: true });
  if (root.activeElement !== block) {
    isLent = true;
    setAttribute.call(block, 'tabindex', '-1');
    focus.call(block, { preventScroll: true });
  }

  endVisit = () => {
    endVisit = () => {};
    events.abort();
    if (isLent) before === null ? removeAttribute.call(block, 'tabindex') : setAttribute.call(block, 'tabindex', before);
    left();
  };
  const onBlur = () => {
    // Another window has come to the front; the focus will be here when the reader returns.
    if (root.activeElement !== block) endVisit();
  };
  const onKey = (/** @type {Event} */ event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    back();
  };
  addEventListener.call(block, 'blur', onBlur, { signal: events.signal });
  addEventListener.call(block, 'keydown', onKey, { signal: events.signal });
}

/**
 * Scrolls what scrolls inside the window.
 * @param {Range | Element} target
 */
function scrollInner(target) {
  const from = target instanceof Element ? target : target.startContainer;
  for (let node = parentOf(from); node; node = parentOf(node)) {
    if (!(node instanceof HTMLElement) || node === document.scrollingElement || node === document.body) continue;
    if (node.scrollHeight <= node.clientHeight || !/auto|scroll/.test(getComputedStyle(node).overflowY)) continue;
    const box = node.getBoundingClientRect();
    const top = distance(target.getBoundingClientRect(), box.top, box.top + node.clientHeight);
    if (top) node.scrollBy({ top, behavior: 'instant' });
  }
}

/**
 * @param {Range | Element} target
 * @param {ScrollBehavior} behavior
 * @returns {number}  By how many CSS pixels.
 */
function scrollWindow(target, behavior) {
  const html = getters().documentElement.call(document);
  const padding = html ? Number.parseFloat(getComputedStyle(html).scrollPaddingTop) || 0 : 0;
  const top = Math.max(covered('top'), padding) + MARGIN;
  const bottom = innerHeight - covered('bottom') - WAY_BACK - MARGIN;
  const by = distance(target.getBoundingClientRect(), top, bottom);
  if (by) scrollBy({ top: by, behavior });
  return by;
}

/**
 * How far to scroll so that a box comes to lie between two lines, nearer to the upper one; 0 where it does, or where it is empty,
 * since what is not rendered has no place.
 * @param {DOMRect} box
 * @param {number} top
 * @param {number} bottom
 */
function distance(box, top, bottom) {
  if (box.height === 0 || (box.top >= top && box.bottom <= bottom)) return 0;
  return Math.round(box.top - top - Math.max(0, bottom - top - box.height) / 3);
}

/** @param {Element} element */
function stays(element) {
  const { position } = getComputedStyle(element);
  return position === 'fixed' || position === 'sticky';
}
