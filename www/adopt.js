/**
 * A summary that was made when the page was published (`nutgraf batch --format html`) and stands in the element → the summary to
 * show, as long as the article is the same.
 *
 * An editor may have looked at it, and readers without scripts and search engines have it. So it stays, even where this version of
 * the core would choose otherwise; yet each of its sentences must stand in the article, word for word.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
/** @import { Found } from './summarizer.js' */
import { sentenceOf, withSentences } from './summarizer.js';

/**
 * @param {HTMLElement} host  Its `data-hash` is that of the article; its entries have the number of their sentence, `data-sentence`.
 * @param {Found} found
 * @returns {Summary | undefined}  None where the article has changed since, or there is no such summary.
 */
export function adopted(host, { summaries, hash }) {
  const items = [...host.querySelectorAll('[data-sentence]')];
  const like = summaries.find(({ sentences }) => sentences.length >= items.length);
  if (host.dataset.hash !== hash || !like || items.length === 0) return undefined;
  const known = new Map(summaries.flatMap(({ sentences }) => sentences.map((chosen) => [chosen.sentence, chosen])));
  const sentences = items.map((item) => {
    const sentence = Number(item.getAttribute('data-sentence'));
    const text = item.textContent ?? '';
    const unknown = { text, sentence, paragraph: -1, score: 0, salience: 0, entityDensity: 0, entities: [], reasons: [] };
    return known.get(sentence) ?? unknown;
  });
  const isVerbatim = sentences.every(({ sentence }, index) => sentenceOf(like, sentence) === items[index].textContent);
  return isVerbatim ? withSentences(like, sentences) : undefined;
}
