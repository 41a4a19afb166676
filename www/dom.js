/** Elements of the panel. What they say is only ever text. */

/**
 * An element that the page's style sheets can reach.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className  And name of the part.
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
export function part(name, className, attributes = {}, ...children) {
  return make(name, className, { part: className, ...attributes }, ...children);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
export function make(name, className, attributes = {}, ...children) {
  // An image named `createElement` shadows the method of the document.
  const element = /** @type {HTMLElementTagNameMap[K]} */ (Document.prototype.createElement.call(document, name));
  element.className = className;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/**
 * A button that is a part of the panel.
 * @param {string} className
 * @param {() => void} press
 * @param {Record<string, string>} [attributes]
 */
export function button(className, press, attributes = {}) {
  const element = part('button', className, { type: 'button', ...attributes });
  element.addEventListener('click', press);
  return element;
}

/**
 * Sets the text of an element, which is hidden where there is none.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function write(element, text) {
  element.textContent = text;
  element.hidden = !text;
}
