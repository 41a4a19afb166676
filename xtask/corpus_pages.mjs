// The corpus' pages in Chromium, for the timings and the measures of live pages.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Scripts of ours only. */
const POLICY = "script-src 'self' 'unsafe-eval'";
/** What a page says about policies, or where else it would go. */
const EQUIV = /<meta[^>]+http-equiv\s*=\s*["']?(content-security-policy(-report-only)?|refresh)["']?[^>]*>/gi;

/**
 * Opens each page of a folder of `<id>.html`, packed as `.gz` or not, in turn and hands it to `visit`. Scripts of a page do not run, nothing is fetched,
 * and its styles are those in it.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} address  Of the demo; what lies there is served as it is.
 * @param {string} folder
 * @param {Record<string, string>} modules  JavaScript that is served at these paths besides.
 * @param {(page: import('puppeteer-core').Page, id: string) => Promise<unknown>} visit
 * @returns {Promise<string[]>}  Why pages could not be visited.
 */
export async function visitAll(browser, address, folder, modules, visit) {
  const files = readdirSync(folder).filter((file) => /\.html(\.gz)?$/.test(file));
  const failed = [];
  for (const [index, file] of files.sort().entries()) {
    const id = file.replace(/\.html(\.gz)?$/, '');
    const bytes = readFileSync(join(folder, file));
    const body = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replace(EQUIV, '');
    const page = await browser.newPage();
    try {
      page.on('dialog', (dialog) => dialog.dismiss());
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const { origin, pathname } = new URL(request.url());
        const headers = { 'content-security-policy': POLICY };
        if (pathname === '/page.html') request.respond({ contentType: 'text/html; charset=utf-8', headers, body });
        else if (modules[pathname]) request.respond({ contentType: 'text/javascript', body: modules[pathname] });
        // What the page asks for of its own is answered by nobody.
        else if (origin === address && /^\/(dist\/|walk\.js)/.test(pathname)) request.continue();
        else request.abort();
      });
      await page.goto(`${address}/page.html`, { waitUntil: 'domcontentloaded' });
      await visit(page, id);
    } catch (error) {
      failed.push(`${id}: ${`${error?.message ?? error}`.split('\n')[0]}`);
    } finally {
      await page.close();
    }
    if (index % 100 === 99) console.log(`read ${index + 1} of ${files.length} pages`);
  }
  return failed;
}
