/**
 * Tells when an article may have been changed or replaced, so that its summary can be made anew.
 *
 * In: the part of the page that the article stands in. Out: a call soon after something in it has changed, or after all of it has
 * gone, as when a page's script shows another article. Attributes are not looked at: a class that changes is no other text.
 */

/** How long changes are gathered, in milliseconds. */
const WAIT_MS = 200;
/** Reading anew takes at most this share of the time. */
const MAX_SHARE = 0.05;

/**
 * @param {Node} root  Also where it is in a shadow tree.
 * @param {number} readMs  How long reading the article took.
 * @param {() => void} changed
 * @returns {() => void}  Ends it.
 */
export function watch(root, readMs, changed) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const observer = new MutationObserver((records) => {
    if (timer === undefined && (!root.isConnected || records.some(({ target }) => root.contains(target)))) {
      timer = setTimeout(() => {
        timer = undefined;
        changed();
      }, Math.max(WAIT_MS, readMs / MAX_SHARE));
    }
  });
  // Each tree reports for itself, and the tree around it reports if it goes.
  for (const tree of new Set([root.getRootNode(), document])) {
    observer.observe(tree, { subtree: true, childList: true, characterData: true });
  }
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
