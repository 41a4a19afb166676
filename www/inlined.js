/** What `files.js` reads, as it stands in the build that is one file; but for the core in plain JavaScript, which few pages need. */

import { LISTS, PACKED } from './pkg/inlined.js';

export { plain } from './pkg/inlined.js';

export const LANGUAGES = Object.keys(LISTS);

export const PLACE = import.meta.url;

/** @param {string} tag */
export async function list(tag) {
  return LISTS[tag];
}

export async function packed() {
  return new Response(Uint8Array.from(atob(PACKED), (character) => character.charCodeAt(0)));
}

/** @returns {Promise<WebAssembly.Module>} */
export async function compiled() {
  throw new Error('the module in this file could not be inflated, and there is no other; needs DecompressionStream');
}
