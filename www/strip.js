/**
 * A strip that stands for the article, with a mark where each chosen sentence is: a map to click. The links say the same to the
 * keyboard, and its description to screen readers.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
import { part } from './dom.js';

export class Strip {
  element = part('div', 'map', { role: 'img' });
  /** @type {number[]} */
  #sentences = [];
  #total = 1;

  /** @param {(sentence: number) => void} jump */
  constructor(jump) {
    this.element.addEventListener('click', ({ clientX }) => {
      const { left, width } = this.element.getBoundingClientRect();
      const share = (clientX - left) / width;
      const at = this.#total * (getComputedStyle(this.element).direction === 'rtl' ? 1 - share : share);
      const distance = (/** @type {number} */ sentence) => Math.abs(sentence + 0.5 - at);
      jump(this.#sentences.reduce((near, next) => (distance(next) < distance(near) ? next : near)));
    });
  }

  /**
   * @param {Summary} summary
   * @param {string} description
   */
  render({ sentences, nSentences }, description) {
    this.#sentences = sentences.map(({ sentence }) => sentence);
    this.#total = nSentences;
    this.element.setAttribute('aria-label', description);
    this.element.replaceChildren(
      ...this.#sentences.map((sentence) => {
        const tick = part('span', 'tick');
        tick.style.insetInlineStart = `${(100 * (sentence + 0.5)) / nSentences}%`;
        return tick;
      }),
    );
  }

  /** @param {number | undefined} pointed  A sentence of the article. */
  point(pointed) {
    for (const [index, tick] of [...this.element.children].entries()) {
      tick.classList.toggle('pointed', this.#sentences[index] === pointed);
    }
  }
}
