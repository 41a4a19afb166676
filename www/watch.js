/**
 * Tells when an article may have been changed or replaced, so that its summary can be made anew.
 *
 * In: the part of the page that the article stands in. Out: a call soon after something in it has changed, or after all of it has
 * gone, as when a page's script shows another article. Attributes are not looked at: a class that changes is no other text. And
 * what the reader has selected.
 */

/** How long changes are gathered, in milliseconds. */
const WAIT_MS = 200;
/** Three sentences are seldom shorter, in UTF-16 units. */
const MIN_SELECTED_UTF16 = 60;
/** Reading anew takes at most this share of the time. */
const MAX_SHARE = 0.05;

/**
 * @param {Node} root  Also where it is in a shadow tree.
 * @param {number} readMs  How long reading the article took.
 * @param {() => void} changed
 * @returns {() => void}  Ends it.
 */
export function watch(root, readMs, changed) {
  // The root may be a form with fields that are named after these.
  const { contains, getRootNode } = Node.prototype;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const rested = performance.now() + readMs / MAX_SHARE;
  const observer = new MutationObserver((records) => {
    const isGone = getRootNode.call(root, { composed: true }) !== document;
    if (timer === undefined && (isGone || records.some(({ target }) => contains.call(root, target)))) {
      timer = setTimeout(() => {
        timer = undefined;
        changed();
      }, Math.max(WAIT_MS, rested - performance.now()));
    }
  });
  // Each tree reports for itself, and the tree around it reports if it goes.
  for (const tree of new Set([getRootNode.call(root), document])) {
    observer.observe(tree, { subtree: true, childList: true, characterData: true });
  }
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

/**
 * What all of an article stands in.
 * @param {Range[]} first  Places of its first sentence, …
 * @param {Range[]} last  … and of its last.
 * @returns {Node}  The document where they stand in several trees, or nowhere.
 */
export function groundOf([first], last) {
  const end = last.at(-1);
  if (!first || !end || first.startContainer.getRootNode() !== end.endContainer.getRootNode()) return document;
  const ground = new Range();
  ground.setStart(first.startContainer, first.startOffset);
  ground.setEnd(end.endContainer, end.endOffset);
  return ground.commonAncestorContainer;
}

/**
 * What the reader has selected of the page, if it may be worth a summary.
 * @param {Element} host  Of the panel, in which a selection counts for nothing.
 */
export function selected(host) {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.toString().length < MIN_SELECTED_UTF16) return undefined;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(host) ? undefined : range.cloneRange();
}
