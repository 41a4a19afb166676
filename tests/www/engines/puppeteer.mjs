/** What Chromium and Firefox have in common: a page of puppeteer, which is also the model for the one of WebKit. */

/** What does not come in this time will not come. */
export const LIMIT_MS = 60_000;
/** Addresses that hold what they stand for. */
const INLINE = ['data:', 'blob:'];
export const VIEWPORT = { width: 1280, height: 900 };

/** What went wrong on a page; `watch` in `browser.mjs` has collected it. */
export const REPORT = () => ({ errors: globalThis.uncaught, violations: globalThis.violations });

/**
 * Gives a page what the tests know it by.
 * @param {import('puppeteer-core').Page} page
 * @param {{ origin: string }} server
 * @param {import('../server.mjs').Visit} visit
 */
export async function adopt(page, server, visit) {
  // What goes to other servers, ours does not see.
  page.on('request', (request) => {
    const { origin, protocol, href } = new URL(request.url());
    if (origin !== server.origin && !INLINE.includes(protocol)) visit.requests.push(href);
  });
  return Object.assign(page, {
    requests: visit.requests,
    /** Closes the page, and tells what went wrong on it. */
    async finish() {
      const report = await page.evaluate(REPORT);
      await page.close();
      return report;
    },
  });
}
