/** Tells which chosen sentence of the article the pointer is over. The article gets no listeners, and no elements to hang them on. */

/** How often is looked, in milliseconds. */
const WAIT_MS = 60;

/**
 * @param {Element} host  Of the panel, whose links speak for themselves.
 * @param {() => { sentence: number, ranges: Range[] }[]} places
 * @param {(sentence: number | undefined) => void} pointed  Called when it is another one, or none.
 * @param {AbortSignal} signal  Ends it.
 */
export function onPointed(host, places, pointed, signal) {
  let last = 0;
  /** @type {number | undefined} */
  let now;
  const look = (/** @type {PointerEvent} */ { clientX: x, clientY: y, timeStamp, target }) => {
    if (timeStamp - last < WAIT_MS || target === host) return;
    last = timeStamp;
    const isHere = (/** @type {DOMRect} */ box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    const found = places().find(({ ranges }) => ranges.some((range) => [...range.getClientRects()].some(isHere)));
    if (found?.sentence !== now) pointed((now = found?.sentence));
  };
  addEventListener('pointermove', /** @type {EventListener} */ (/** @type {unknown} */ (look)), { signal, passive: true });
}
