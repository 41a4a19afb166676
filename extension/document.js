/**
 * A property of the document, past what the page has put in its way: an image named `title` shadows the title.
 * @template {keyof Document} K
 * @param {K} name
 * @returns {Document[K]}
 */
export function own(name) {
  return Object.getOwnPropertyDescriptor(Document.prototype, name)?.get?.call(document);
}
