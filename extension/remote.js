/**
 * A core that is elsewhere: what a content script has in place of the one in `www/core.js`. Each call is a message to `background.js`.
 */

/** @import { Core } from '../www/core.js' */
import { NutGrafError } from '../www/core.js';

/**
 * What a content script sends: that the document is none that can be read, or a page to read. Messages are JSON in Chromium, so the
 * events are a plain array.
 * @typedef {'nowhere' | { strings: string, events: number[], numbers: [number, number, number, number] }} Request
 */

/**
 * What comes back: the core's JSON, or why there is none.
 * @typedef {{ json: string } | { code: NutGrafError['code'] }} Answer
 */

/** @type {Core} */
export const remoteCore = {
  async read(strings, events, ...numbers) {
    /** @type {Answer} */
    const answer = await chrome.runtime.sendMessage({ strings, events: [...events], numbers });
    if ('json' in answer) return answer.json;
    throw new NutGrafError(answer.code, 'the background page has no summary', undefined);
  },
  // The background page has all word lists, so none is ever asked for.
  addLanguage() {},
};
