/**
 * The one element that the extension adds to a page: the widget's, opened at once, and removed when it is closed.
 *
 * It differs from the widget in what the page gets to know: its shadow root is closed, and its events reach nobody. Nothing of the
 * page's styles reaches it.
 */

import { bringIntoView } from '../www/jump.js';
import { NutGrafElement } from '../www/nut-graf.js';
import { getters } from '../www/walk.js';
import { own } from './document.js';
import { source } from './words.json';

// An important declaration in here wins over any on the page. The panel has a background of its own, so that it can be read anywhere.
const STYLE = `
:host{all:initial!important;display:flow-root!important;grid-column:1/-1!important;margin-block:1em!important;
color:CanvasText!important;font-family:system-ui,sans-serif!important;line-height:1.5!important;
--nutgraf-background:Canvas!important}
.source{margin:0;padding:0 var(--space) .75rem;color:var(--quiet);font-size:.8125em;line-height:1.4}
:not(.shown)>.source{display:none}
@media print{:host{display:none!important}}
`;

export class Host extends NutGrafElement {
  /** @type {ShadowRoot | undefined} */
  #root;
  #isSettled = false;
  /** What had the focus before. */
  #focused = own('activeElement');
  #observer = new MutationObserver((records) => this.#changed(records));

  /**
   * Adds the element to the page, opened.
   * @param {import('./place.js').Place} place
   */
  show({ parent, before, near }) {
    Node.prototype.insertBefore.call(parent, this, before);
    this.connectedCallback();
    this.#dress(near);
    this.#forgoPreload();
    this.#observer.observe(this, { attributeFilter: NutGrafElement.observedAttributes.concat('state'), attributeOldValue: true });
    this.open = true;
  }

  /** Takes the element away, and with it all that it did to the page. */
  close() {
    const hadFocus = own('activeElement') === this;
    this.#observer.disconnect();
    this.remove();
    this.disconnectedCallback();
    removeHighlightStyle();
    if (hadFocus && this.#focused instanceof HTMLElement) HTMLElement.prototype.focus.call(this.#focused, { preventScroll: true });
  }

  /**
   * Closed, so that neither the page nor our own walk over it sees what is shown.
   * @override
   * @param {ShadowRootInit} options
   */
  attachShadow(options) {
    return (this.#root = super.attachShadow({ ...options, mode: 'closed' }));
  }

  /**
   * What a reader does is not told to the page.
   * @override
   */
  dispatchEvent() {
    return true;
  }

  /**
   * Says where the panel comes from, and makes it look as if it belonged there all the same.
   * @param {Element} near
   */
  #dress(near) {
    const root = /** @type {ShadowRoot} */ (this.#root);
    const frame = /** @type {HTMLElement} */ (root.querySelector('.frame'));
    const label = Document.prototype.createElement.call(document, 'p');
    label.className = 'source';
    label.textContent = source[/** @type {keyof typeof source} */ (frame.lang)];
    frame.append(label);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

    // Many pages center all that is in an article by margins of each child; these do not reach us.
    const [ours, theirs] = [this, near].map((element) => getters().getBoundingClientRect.call(element));
    const indent = Math.max(0, frame.dir === 'rtl' ? ours.right - theirs.right : theirs.left - ours.left);
    const { color, textAlign } = getComputedStyle(near);
    const style = `:host{color-scheme:${schemeBeside(color)}!important;margin-inline-start:${indent}px!important}`;
    // After the others, of which one sets all.
    sheet.insertRule(style, sheet.cssRules.length);
    if (textAlign === 'center') sheet.insertRule('.frame{margin-inline:auto}');
  }

  /** What the widget loads ahead when a reader shows intent is of no use here: the page would be read a second time. */
  #forgoPreload() {
    for (const intent of ['pointerenter', 'focusin', 'touchstart']) {
      const stop = (/** @type {Event} */ event) => event.target === this.#button && event.stopPropagation();
      this.#root?.addEventListener(intent, stop, { capture: true, passive: true });
    }
  }

  /**
   * What a browser does for custom elements, and what follows from it here.
   * @param {MutationRecord[]} records
   */
  #changed(records) {
    for (const { attributeName, oldValue } of records) {
      const name = /** @type {string} */ (attributeName);
      if (name !== 'state') this.attributeChangedCallback(name, oldValue, this.getAttribute(name));
    }
    if (!this.open) this.close();
    else if (!this.#isSettled && this.state !== 'loading') this.#settle();
  }

  get #button() {
    return this.#root?.querySelector('button');
  }

  /** Leads the reader to the panel when there is something to read. */
  #settle() {
    this.#isSettled = true;
    this.#button?.focus({ preventScroll: true });
    bringIntoView(this);
  }
}

/**
 * The colors in which a panel looks right beside a text: dark ones beside light text. Where that can't be told, the reader's own.
 * @param {string} color  Of the text, as computed.
 */
function schemeBeside(color) {
  const rgb = color.match(/^rgba?\((\d+), (\d+), (\d+)/);
  if (!rgb) return 'light dark';
  const [red, green, blue] = rgb.slice(1).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 127 ? 'dark' : 'light';
}

/** `www/jump.js` leaves its sheet behind, for the next mark. In shadow trees of the page it stays, where it styles nothing. */
function removeHighlightStyle() {
  const isOurs = (/** @type {CSSRule} */ rule) => rule.cssText.startsWith('::highlight(nutgraf)');
  const sheets = own('adoptedStyleSheets');
  for (let at = sheets.length - 1; at >= 0; at -= 1) if ([...sheets[at].cssRules].some(isOurs)) sheets.splice(at, 1);
}
