/**
 * What the tests of apps share: building one, serving what was built, and a reader who opens it.
 *
 * `cargo xtask test --only packages` puts the package where the apps find it, as `node_modules/nutgraf`, and sets `CHROMIUM`.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { after, before } from 'node:test';
import { start } from '../../xtask/chromium.mjs';
import { PARAGRAPHS } from './story.js';

const HERE = new URL('.', import.meta.url);

/** A build that takes longer hangs. Next takes ten seconds of one core, with webpack twenty, the others two to five. */
const BUILD_MS = 240_000;

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Nothing but what the app brings itself. */
export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:; connect-src 'self' data:";

/**
 * Starts a tool in the folder of the tests. It ends with us.
 * @param {string} script  Its path from there.
 * @param {string[]} args
 */
export function tool(script, args) {
  // So that all of them build for production, and none talks to its makers.
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', CI: '1' };
  const child = spawn(process.execPath, [script, ...args], { cwd: HERE, env, stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill());
  child.printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (child.printed += data));
  return child;
}

/**
 * Builds an app. What the tool prints is shown if it fails.
 * @param {string} script
 * @param {string[]} args
 */
export async function build(script, ...args) {
  const child = tool(script, args);
  const timer = setTimeout(() => child.kill(), BUILD_MS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  assert.equal(code, 0, `${script} ${args.join(' ')} failed:\n${child.printed}`);
}

/**
 * Serves a folder as any server would.
 * @param {string} folder  Below that of the tests.
 * @param {object} [options]
 * @param {string} [options.page]  The front page, if that is in no file.
 * @param {string} [options.policy]
 */
export async function serve(folder, { page, policy = POLICY } = {}) {
  const root = new URL(`${folder}/`, HERE);
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, 'http://localhost').pathname.replace(/\/$/, '/index.html');
    try {
      const body = (path === '/index.html' && page) || (await readFile(new URL(`.${path}`, root)));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': policy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** One Chromium for the tests of a file. */
export function launch() {
  let browser;
  before(async () => (browser = await start(process.env.CHROMIUM ?? 'chromium', { protocolTimeout: 30_000 })));
  after(() => browser.close());

  /**
   * Opens a page, presses the button and reads the summary: three sentences of the article, introduced in German, as the attribute
   * `lang` of the element asks. So the core, the word lists of English and the widget's words in German have all been found.
   * @param {string} address
   * @param {(page: import('puppeteer-core').Page) => Promise<unknown>} [then]  What else is to be looked at.
   */
  return async function reads(address, then) {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('requestfailed', (request) => errors.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('response', (response) => response.status() >= 400 && errors.push(`${response.url()} is ${response.status()}`));
    try {
      await page.goto(address);
      const button = await page.waitForSelector('nut-graf >>> .button', { visible: true });
      await button.click();
      const state = await page.waitForFunction(() => /^(?!loading)./.exec(document.querySelector('nut-graf').state)?.input);
      assert.equal(await state.jsonValue(), 'ok');
      const texts = (selector) => page.$$eval(`nut-graf >>> ${selector}`, (found) => found.map((element) => element.textContent));
      const sentences = await texts('.sentence');
      assert.equal(sentences.length, 3);
      for (const sentence of sentences) assert.ok(PARAGRAPHS.some((text) => text.includes(sentence)), sentence);
      assert.deepEqual(await texts('.heading'), ['Kurzfassung']);
      await then?.(page);
      assert.deepEqual(errors, []);
    } catch (error) {
      // Such as a timeout, which does not say why.
      if (errors.length > 0) error.message += `\n${errors.join('\n')}`;
      throw error;
    } finally {
      await page.close();
    }
  };
}
