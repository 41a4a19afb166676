/**
 * What the browser tests share: one browser a file, pages of the demo, and fixtures served from its origin.
 *
 * `NUTGRAF_BROWSER` says which engine: `chromium` (by default), `firefox` or `webkit`; `NUTGRAF_BROWSER_PATH` where it is, for WebKit
 * its driver; `NUTGRAF_DEMO` is the address of the demo server. `cargo xtask test` sets all three. The same tests run in every
 * engine; what one can't do stands in `skipped.mjs`.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, afterEach, before, test as run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import { serve } from './server.mjs';
import { skippedOf } from './skipped.mjs';

const require = createRequire(new URL('../../www/package.json', import.meta.url));

export const ENGINE = process.env.NUTGRAF_BROWSER ?? 'chromium';

const PATHS = { chromium: process.env.CHROMIUM ?? 'chromium', firefox: 'firefox', webkit: 'WebKitWebDriver' };

/** The demo server; pages are visited by way of another one, whose address is the page's own. */
export const DEMO = process.env.NUTGRAF_DEMO ?? 'http://127.0.0.1:8080';

/** As the demo server sends it; fixtures are served under the same policy. */
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'";

const skipped = skippedOf(basename(process.argv[1]), ENGINE);
/** The names of all tests so far. */
const met = new Set();

/**
 * As `test` of `node:test`, but a test that this engine can't take is skipped, and says why.
 * @param {string} name
 * @param {object | Function} options  May be left out.
 * @param {Function} [body]
 */
export function test(name, options, body) {
  const skip = skipped.get(name);
  met.add(name);
  return body ? run(name, { skip, ...options }, body) : run(name, { skip }, options);
}

/**
 * Starts a browser for the tests of a file. Every page that `visit` opens is closed after its test, and must not have thrown,
 * nor have offended against the Content Security Policy.
 */
export function launch() {
  let browser;
  let server;
  let profile;
  let pages = [];

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), 'nutgraf-'));
    server = await serve(DEMO);
    const { start } = await import(`./engines/${ENGINE}.mjs`);
    browser = await start(process.env.NUTGRAF_BROWSER_PATH ?? PATHS[ENGINE], profile);
  });

  afterEach(async () => {
    // What a reader has chosen in one test is not for the next.
    await pages.at(-1)?.evaluate(forget);
    for (const page of pages.splice(0)) {
      const { errors, violations } = await page.finish();
      assert.deepEqual(errors, [], 'no error goes uncaught');
      assert.deepEqual(violations, [], 'the page reports no violation of its policy');
    }
  });

  after(async () => {
    for (const name of skipped.keys()) assert.ok(met.has(name), `skipped.mjs names a test that is not there: ${name}`);
    await browser?.close();
    server?.close();
    await rm(profile, { recursive: true, maxRetries: 3 });
  });

  /**
   * Opens a page of the demo, or a fixture.
   * @param {string | { html: string, headers?: Record<string, string> }} what  A path below the demo, or the page itself.
   * @param {object} [options]
   * @param {import('./server.mjs').Visit['routes']} [options.routes]  By path: what to do with a request instead of passing it on
   *   to the demo: `respond`, `abort`, `continue`, now or later.
   * @param {(page: import('puppeteer-core').Page) => Promise<unknown>} [options.prepare]  Before the page is loaded.
   * @returns {Promise<import('puppeteer-core').Page & { requests: string[] }>}  `requests` are the paths asked for so far, and in
   *   Chromium and Firefox the addresses of other servers.
   */
  async function visit(what, { routes = [], prepare } = {}) {
    const fixture = typeof what === 'string' ? undefined : what;
    const path = fixture ? '/fixture.html' : `/${what}`;
    const own = [...routes];
    if (fixture) {
      const headers = { 'content-security-policy': POLICY, ...fixture.headers };
      const answer = { contentType: 'text/html; charset=utf-8', headers, body: fixture.html };
      own.push([/^\/fixture\.html$/, (request) => request.respond(answer)]);
    }
    const page = await browser.newPage(server, () => server.expect(own));
    pages.push(page);
    await page.evaluateOnNewDocument(watch);
    // So that nothing is still on its way when a test goes on.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await prepare?.(page);
    await page.goto(server.origin + path, { waitUntil: 'load' });
    return page;
  }

  return { visit };
}

/** What a reader has chosen in one test is not for the next. */
function forget() {
  try {
    localStorage.clear();
  } catch {
    // Denied, as a test may have it.
  }
}

/** Collects what goes wrong in a page. What a browser itself complains of in its console is no error of the page. */
function watch() {
  globalThis.uncaught = [];
  globalThis.violations = [];
  addEventListener('error', ({ error, message }) => globalThis.uncaught.push(error?.stack ?? message));
  addEventListener('unhandledrejection', ({ reason }) => globalThis.uncaught.push(reason?.stack ?? String(reason)));
  addEventListener('securitypolicyviolation', (event) =>
    globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
}

/**
 * The source of a page.
 * @param {string} body
 * @param {{ lang?: string, head?: string }} [options]
 */
export function html(body, { lang = 'en', head = '' } = {}) {
  return { html: `<!DOCTYPE html><html lang="${lang}"><head><title>A page</title>${head}</head><body>${body}</body></html>` };
}

/** The source of a page with the widget on it. */
export function htmlWithWidget(body, { lang, head = '', element = '<nut-graf></nut-graf>' } = {}) {
  const script = '<script type="module" src="/dist/nutgraf.js"></script>';
  return html(`<main><h1>A story</h1>${element}${body}</main>`, { lang, head: head + script });
}

/** A story of seven paragraphs, with room to choose. */
export const STORY = [
  'The harbor of Port Ellery will close to cargo ships in March, the council decided on Monday. The vote was 9 to 4.',
  'Mayor Inga Torvald said that the quays had not been repaired since 1974. “A crane fell into the basin last autumn,” she said. Nobody was hurt.',
  'About 340 people work in the port. The Dockers’ Union fears that half of them will lose their jobs within a year, and it has called a strike for Friday.',
  'The port authority had asked for 88 million crowns in 2023. The government in Halden offered 12 million. Talks ended without a result in June.',
  'Shipping companies plan to move to Skerry Point, 60 kilometers to the north. The road there is narrow. It crosses two villages that have complained about lorries for years.',
  'Economists at the University of Tarrow expect that goods will cost between 2 and 3 percent more in the region. Islands will be hit hardest.',
  'The council will vote again in May, when a study of the sea wall is due. Until then the fishing boats may stay.',
]
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('\n');

/** The root of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a command of ours prints. */
export async function cargo(...command) {
  const { stdout } = await promisify(execFile)('cargo', ['run', '--quiet', ...command], { cwd: ROOT, maxBuffer: 2 ** 26 });
  return stdout;
}

/** White space folded, as the core folds it. */
export function folded(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Listens for the next event of a name; to be awaited before what causes the event.
 * @returns {Promise<() => Promise<any>>}  Waits for the event and gives its `detail`.
 */
export async function next(page, name) {
  const listener = await page.evaluateHandle(
    (name) => ({
      heard: new Promise((resolve) => globalThis.addEventListener(name, (event) => resolve(event.detail), { once: true })),
    }),
    name,
  );
  return () => listener.evaluate(({ heard }) => heard);
}

/** A part of the widget, by selector. */
export async function part(page, selector, index = 0) {
  const found = (await page.$$(`nut-graf >>> ${selector}`))[index];
  assert.ok(found, `the widget has ${selector}`);
  return found;
}

/** The texts of a part of the widget. */
export function texts(page, selector) {
  return page.$$eval(`nut-graf >>> ${selector}`, (elements) => elements.map((element) => element.textContent));
}

/** Sends the cookie banner of a demo page away, which on a phone covers half of it. */
export async function decline(page) {
  await (await page.$('.cookies button')).click();
}

/** Presses the button and waits for the panel. */
export async function open(page) {
  const opened = await next(page, 'nutgraf-open');
  await (await part(page, '.button')).click();
  assert.deepEqual(await opened(), { open: true });
}

/** Summarizes the page itself, and gives the language found, or the code of an error. */
export function languageOf(page) {
  return page.evaluate(async () => {
    const { summarize } = await import('/index.js');
    return summarize(document).then(
      ({ language }) => language,
      ({ code }) => code,
    );
  });
}

/** Attributes of the widget. */
export function attribute(page, name) {
  return page.$eval('nut-graf', (element, name) => element.getAttribute(name), name);
}

/**
 * What is wrong for readers who use assistive technology, as axe-core sees it.
 * @param {string} [within]  Selector of what is looked at; `html` is the whole page, but for what is in frames.
 */
export async function axe(page, within = 'nut-graf') {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (within) => {
    const { violations } = await globalThis.axe.run(within, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      iframes: false,
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
    );
  }, within);
}

/**
 * What the widget does to a page: calls `act`, then lists what has changed outside of the widget.
 * @returns {Promise<string[]>}  Such as `tabindex of P`.
 */
export async function changes(page, act) {
  await page.evaluate(() => {
    const seen = (globalThis.changes = []);
    const observer = new MutationObserver((records) => {
      for (const { type, target, attributeName } of records) {
        if (target.nodeName !== 'NUT-GRAF') seen.push(`${attributeName ?? type} of ${target.nodeName}`);
      }
    });
    observer.observe(document, { subtree: true, attributes: true, childList: true, characterData: true });
  });
  await act();
  return page.evaluate(() => globalThis.changes);
}
