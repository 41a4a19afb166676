// The documentation's site, which `cargo xtask docs` writes and the demo serves below /docs/. That its links lead somewhere, and that
// all exists that it names, is checked when it is written.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ROOT, STORY, axe, htmlWithWidget, launch, open, test, texts } from './browser.mjs';

const HERE = pathToFileURL(ROOT);

const { visit } = launch();

/** The pages of a folder of the site. */
async function pagesOf(folder) {
  const files = await readdir(new URL(`target/site/${folder}`, HERE));
  return files.filter((file) => file.endsWith('.html')).map((file) => `docs/${folder}${file}`);
}

const PAGES = await pagesOf('');
const EXAMPLES = await pagesOf('examples/');

/** How far a page can be scrolled sideways, in CSS pixels. */
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const SMALL = { width: 360, height: 740 };

/** The color schemes, by what is done to a page before it is loaded. */
const schemes = ['light', 'dark'].map((value) => [
  value,
  (page) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]),
]);

for (const path of PAGES) {
  test(`${path} shuts no reader out, and fits a phone`, async () => {
    for (const [scheme, prepare] of schemes) {
      assert.deepEqual(await axe(await visit(path, { prepare }), 'html'), [], scheme);
    }
    const page = await visit(path, { prepare: (page) => page.setViewport(SMALL) });
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await axe(page, 'html'), [], 'on a phone');
  });
}

for (const path of EXAMPLES) {
  test(`${path} has a widget that shows a summary in its theme, shuts no reader out and fits a phone`, async () => {
    for (const viewport of [SMALL, { width: 640, height: 900 }]) {
      const page = await visit(path, { prepare: (page) => page.setViewport(viewport) });
      await page.waitForSelector('nut-graf[state=ok]');
      assert.equal((await texts(page, '.sentence')).length, 3);
      assert.equal(await sideways(page), 0);
      assert.deepEqual(await axe(page, 'html'), []);
    }
  });
}

test('an example is shown beside its style sheet, which is the one it has', async () => {
  const page = await visit('docs/theming.html');
  const shown = await page.$$eval('.example', (examples) =>
    examples.map((example) => [example.querySelector('iframe').getAttribute('src'), example.querySelector('pre').textContent]),
  );
  assert.equal(shown.length, EXAMPLES.length);
  for (const [src, css] of shown) {
    const used = await page.evaluate(async (address) => (await fetch(address)).text(), src.replace('.html', '.css'));
    assert.equal(used, css);
  }
});

test('the first thing that Tab reaches leads past the list of pages', async () => {
  const page = await visit('docs/publishers.html');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'main');
  assert.equal(await page.$eval('nav [aria-current=page]', (link) => link.textContent), 'Publisher guide');
});

test('a page loads nothing but its own files, and no script', async () => {
  const page = await visit('docs/publishers.html');
  // Firefox has a font of its own, which stands in its address.
  const requests = page.requests.filter((path) => !path.startsWith('data:'));
  assert.ok(requests.every((path) => path.startsWith('/docs/') && !path.endsWith('.js')), requests.join(' '));
});

test('the demo leads to the documentation', async () => {
  const address = await (await visit('index.html')).$$eval('a', (links) => links.find((link) => /^Doc/.test(link.textContent)).href);
  const page = await visit(new URL(address).pathname.slice(1));
  assert.equal(await page.$eval('h1', (heading) => heading.textContent), 'nutgraf');
});

/** The samples of a page, with the words after the name of their language. */
async function samples(file) {
  const text = await readFile(new URL(`docs/${file}`, HERE), 'utf8');
  return [...text.matchAll(/^```js(?: (.*))?\n([^]*?)^```$/gm)].map(([, words, code]) => ({ words, code }));
}

/** A sample as the body of a function, which imports the package from where it lies. */
function body(code, folder) {
  const path = (name) => `${folder}${name === 'nutgraf' ? 'index' : name.replace('nutgraf/', '')}.js`;
  return code
    .replace(/^import \{(.*)\} from '(.*)';$/gm, (_, names, name) => `const {${names}} = await import('${path(name)}');`)
    .replace(/^import '(.*)';$/gm, (_, name) => `await import('${path(name)}');`);
}

test('the samples for plain text run in Node, and do what they say', async () => {
  const said = [];
  const console = { log: (...values) => said.push(values) };
  const dist = new URL('dist/', HERE).href;
  for (const { words, code } of await samples('JAVASCRIPT.md')) {
    if (words !== 'browser') await run(body(code, dist), console);
  }
  const [[state, title], ...rest] = said;
  assert.equal(state, 'ok');
  assert.equal(title, 'The lighthouse that pays its keeper in light');
  assert.equal(rest.filter(([text]) => text.endsWith?.('.') || text.endsWith?.('.”')).length, 2);
  assert.deepEqual(said.at(-2), ['Ferry talks fail', 2, 'en']);
  assert.deepEqual(said.at(-1), [['RangeError', 'RangeError', 'AbortError']]);
});

/** Runs a sample as a module of its own. */
async function run(code, console) {
  const module = `export default async (console) => {\n${code}\n}`;
  const { default: sample } = await import(`data:text/javascript,${encodeURIComponent(module)}`);
  await sample(console);
}

const AsyncFunction = (async () => {}).constructor;

test('the samples for pages run in a browser', async () => {
  const browserSamples = (await samples('JAVASCRIPT.md')).filter(({ words }) => words === 'browser');
  assert.ok(browserSamples.length > 1);
  for (const { code } of browserSamples) {
    const page = await visit('demo/politics.html');
    const values = await page.evaluate(
      new AsyncFunction(`return new Promise((resolve, reject) => {
        const console = { log: (...values) => resolve(values) };
        (async () => {${body(code, '/dist/')}})().catch(reject);
      })`),
    );
    if (code.includes('nutgraf-summary')) assert.deepEqual(values, ['ok', 5]);
    else assert.ok(values.every(Boolean), JSON.stringify(values));
  }
});

test('the sample of the publisher guide sends what the widget does', async () => {
  const [{ code }] = await samples('PUBLISHERS.md');
  const page = await visit('demo/politics.html');
  const sent = await page.evaluateHandle(() => {
    const sent = [];
    navigator.sendBeacon = (address, text) => sent.push(JSON.parse(text));
    return sent;
  });
  await page.evaluate(new Function(code));
  await open(page);
  await page.waitForSelector('nut-graf[state=ok]');
  assert.deepEqual(
    await sent.evaluate((sent) => sent.map(({ type }) => type)),
    ['nutgraf-open', 'nutgraf-summary'],
  );
});

test('the widget works under the policies that are told to work', async () => {
  const text = await readFile(new URL('docs/POLICY.md', HERE), 'utf8');
  const policies = [...text.matchAll(/^Content-Security-Policy: (.*)$/gm)].map(([, policy]) => policy);
  assert.equal(policies.length, 4);
  for (const policy of policies) {
    // Firefox asks for a picture of the page, and reports that it may not.
    const headers = { 'content-security-policy': `${policy.replaceAll('https://cdn.example', "'self'")}; img-src 'self'` };
    const { html } = htmlWithWidget(STORY);
    // All that the one with one file allows.
    const isSingle = policy.includes("'none'");
    const page = await visit({ html: isSingle ? html.replace('nutgraf.js', 'nutgraf.single.js') : html, headers });
    await open(page);
    await page.waitForSelector('nut-graf[state=ok]');
  }
});
