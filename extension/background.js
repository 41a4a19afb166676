/**
 * What the extension does outside of pages: on a click it puts `content.js` into the page of the active tab, and it answers when that
 * asks for a summary. The core runs here since a page's policy, which holds for wasm in content scripts as well, can't reach it.
 *
 * In: a page, packed. Out: the core's JSON. Only the extension's own files are read, as its policy in `manifest.json` sees to, and
 * nothing is kept.
 */

/** @import { Answer, Request } from './remote.js' */
import { load, NutGrafError } from '../www/core.js';
import { list } from '../www/files.js';

/**
 * When to try again to put the script into a page, in milliseconds. The page's process learns of the right that a press gives us a
 * little after the press, and in Chromium 156 the script may come first: on a busy machine in up to 10 of 30 presses right after a
 * page had loaded, in 1 of 30 later. In each of them the first try after that, 20 ms later, went well.
 */
const TRY_AGAIN_MS = [20, 80, 320];

chrome.action.onClicked.addListener(async ({ id: tabId = -1 }) => {
  // The reader waits for both. Whether the core could be loaded is found out when it is called.
  load().catch(() => {});
  for (const delay of [0, ...TRY_AGAIN_MS]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      await chrome.scripting.executeScript({ target: { tabId }, files: ['content.js'] });
      return;
    } catch {
      // Too soon, or a page that is closed to us: of the browser itself, of a store, a viewer.
    }
  }
  await sayNowhere(tabId);
});

chrome.runtime.onMessage.addListener((/** @type {Request} */ request, sender, respond) => {
  const answered = request === 'nowhere' ? sayNowhere(sender.tab?.id) : answer(request);
  answered.then(respond);
  // The answer comes later.
  return true;
});

/**
 * @param {Exclude<Request, 'nowhere'>} request
 * @returns {Promise<Answer>}
 */
async function answer({ strings, events, numbers }) {
  try {
    const core = await load();
    const packed = new Uint32Array(events);
    for (;;) {
      const json = await core.read(strings, packed, ...numbers);
      if (json.startsWith('{')) return { json };
      // Anything but JSON is the tag of a language whose word lists the core lacks.
      await core.addLanguage(`${json}\0${await list(json)}`);
    }
  } catch (error) {
    return { code: error instanceof NutGrafError ? error.code : 'core-failed' };
  }
}

/**
 * Tells on the toolbar button that nothing can be done, until the tab shows another page.
 * @param {number} [tabId]
 */
async function sayNowhere(tabId = -1) {
  try {
    await Promise.all([
      chrome.action.setBadgeText({ tabId, text: '–' }),
      chrome.action.setBadgeBackgroundColor({ tabId, color: '#6b6560' }),
      chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage('nowhere') }),
    ]);
  } catch {
    // The tab has been closed.
  }
}
