/**
 * Whether WebAssembly may run in this page, asked without a report to anybody.
 *
 * Where the policy of a page lacks `'wasm-unsafe-eval'`, Chromium and Firefox send a report of every try, to the page and to its
 * publisher. A window that has lost its frame has the policy still, which it took over from us, but nobody to report to. It refuses
 * just as ours would, with a `CompileError`: in Chromium 156 and Firefox 153 to compile, in WebKitGTK 2.50, which reports neither
 * way, to instantiate. All of it within one task, so that nothing is laid out; 3 to 10 ms, nearly all of it for the frame.
 *
 * Three cases are left, in which the module itself is the try, and costs a report where it is refused. The API on a page without a
 * widget: a frame anywhere else than in our own shadow tree would be a change that the page's observers see. A sandboxed frame, which
 * is not let into the frames it makes. And a policy that only reports (`Content-Security-Policy-Report-Only`), which hears of what it
 * lets run.
 */

/** The shortest module there is. */
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/** @param {ShadowRoot | null} [root]  Of the widget that asks; else of any that is on the page. */
export function mayRunWasm(root) {
  // Missing altogether in the lockdown mode of iOS.
  if (typeof WebAssembly === 'undefined') return false;
  if (typeof document === 'undefined') return true;
  const place = root ?? Document.prototype.querySelector.call(document, 'nut-graf')?.shadowRoot;
  if (!place) return true;
  const frame = /** @type {HTMLIFrameElement} */ (Document.prototype.createElement.call(document, 'iframe'));
  try {
    place.append(frame);
    const { WebAssembly: theirs } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (frame.contentWindow));
    frame.remove();
    new theirs.Instance(new theirs.Module(EMPTY));
    return true;
  } catch (error) {
    return /** @type {Error} */ (error).name !== 'CompileError';
  } finally {
    frame.remove();
  }
}
