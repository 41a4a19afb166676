/**
 * What the browser tests share: one Chromium a file, pages of the demo, and fixtures served from its origin.
 *
 * `NUTGRAF_DEMO` is the address of the demo server, `CHROMIUM` the browser; `cargo xtask test` sets both.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import { start } from '../../xtask/chromium.mjs';

const require = createRequire(new URL('../../www/package.json', import.meta.url));

export const DEMO = process.env.NUTGRAF_DEMO ?? 'http://127.0.0.1:8080';

/** As the demo server sends it; fixtures are served under the same policy. */
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'";

/**
 * Starts a browser for the tests of a file. Every page that `visit` opens is closed after its test, and must not have thrown,
 * nor have offended against the Content Security Policy.
 */
export function launch() {
  let browser;
  let profile;
  let visits = [];

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), 'nutgraf-'));
    browser = await start(process.env.CHROMIUM ?? 'chromium', {
      userDataDir: profile,
      defaultViewport: { width: 1280, height: 900 },
      // What does not come in this time will not come.
      protocolTimeout: 30_000,
    });
  });

  afterEach(async () => {
    const closing = visits;
    visits = [];
    for (const { page, errors } of closing) {
      const violations = await page.evaluate(() => {
        // What a reader has chosen in one test is not for the next.
        try {
          localStorage.clear();
        } catch {
          // Denied, as a test may have it.
        }
        return globalThis.violations;
      });
      await page.close();
      assert.deepEqual(errors, [], 'no error goes uncaught');
      assert.deepEqual(violations, [], 'the page reports no violation of its policy');
    }
  });

  after(async () => {
    await browser.close();
    await rm(profile, { recursive: true, maxRetries: 3 });
  });

  /**
   * Opens a page of the demo, or a fixture.
   * @param {string | { html: string, headers?: Record<string, string> }} what  A path below the demo, or the page itself.
   * @param {object} [options]
   * @param {[RegExp, (request: import('puppeteer-core').HTTPRequest) => unknown][]} [options.routes]  By path: what to do with a
   *   request instead of sending it.
   * @param {(page: import('puppeteer-core').Page) => Promise<unknown>} [options.prepare]  Before the page is loaded.
   * @returns {Promise<import('puppeteer-core').Page & { requests: string[] }>}  `requests` are the paths asked for so far.
   */
  async function visit(what, { routes = [], prepare } = {}) {
    const page = await browser.newPage();
    const errors = [];
    visits.push({ page, errors });
    page.requests = [];
    page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
    await page.evaluateOnNewDocument(() => {
      globalThis.violations = [];
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    const fixture = typeof what === 'string' ? undefined : what;
    const path = fixture ? '/fixture.html' : `/${what}`;
    page.on('request', (request) => page.requests.push(pathOf(request)));
    if (fixture) {
      const headers = { 'content-security-policy': POLICY, ...fixture.headers };
      const answer = { status: 200, contentType: 'text/html; charset=utf-8', headers, body: fixture.html };
      routes.push([/^\/fixture\.html$/, (request) => request.respond(answer)]);
    }
    if (routes.length > 0) {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const [, answer] = routes.find(([path]) => path.test(pathOf(request))) ?? [];
        return answer ? answer(request) : request.continue();
      });
    }
    // So that nothing is still on its way when a test goes on.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await prepare?.(page);
    await page.goto(DEMO + path, { waitUntil: 'load' });
    return page;
  }

  return { visit };
}

function pathOf(request) {
  const url = new URL(request.url());
  return url.origin === DEMO ? url.pathname : url.href;
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
      heard: new Promise((resolve) => document.addEventListener(name, (event) => resolve(event.detail), { once: true })),
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

/** Attributes of the widget. */
export function attribute(page, name) {
  return page.$eval('nut-graf', (element, name) => element.getAttribute(name), name);
}

/** What is wrong with a page for readers who use assistive technology, as axe-core sees it. */
export async function axe(page) {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run('nut-graf', {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
    );
  });
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
