/**
 * What `NutGrafElement` extends in the extension, in place of `HTMLElement`: `cargo xtask extension` has esbuild put it there.
 *
 * A content script can't make elements of a class of its own: in Chromium it has no `customElements`, and in Firefox those of the
 * page. So the constructor returns an element of an ordinary, unknown name, with the class for its prototype in the script's world
 * only. The page sees nothing of that, and the class finds all that it expects, private fields included. What a browser calls on
 * custom elements, `host.js` calls.
 */
export class ExtensionElement extends HTMLElement {
  // @ts-expect-error: `super` would throw. A constructor that returns an object need not call it.
  constructor() {
    const element = Document.prototype.createElement.call(document, 'nutgraf-extension');
    return Object.setPrototypeOf(element, new.target.prototype);
  }
}
