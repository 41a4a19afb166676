import assert from 'node:assert/strict';
import { STORY, htmlWithWidget, launch, next, open, part, test } from './browser.mjs';

const { visit } = launch();

/** What a page has loaded of ours. */
const ours = (page) => page.requests.filter((path) => /^\/(dist|pkg)\//.test(path));

test('P2: before the reader shows intent, a page loads one file of ours', async () => {
  const page = await visit('demo/politics.html', { prepare: (page) => page.setCacheEnabled(false) });
  await page.evaluate(() => new Promise((resolve) => (globalThis.requestIdleCallback ?? requestAnimationFrame)(resolve)));
  assert.deepEqual(ours(page), ['/dist/nutgraf.js']);
});

for (const [intent, show] of Object.entries({
  'pointing at the button': async (page) => (await part(page, '.button')).hover(),
  'moving the focus to the button': async (page) => (await part(page, '.button')).focus(),
  'touching the button': async (page) => (await part(page, '.button')).tap(),
})) {
  test(`${intent} loads the rest`, async () => {
    const page = await visit(htmlWithWidget(STORY));
    assert.deepEqual(ours(page), ['/dist/nutgraf.js']);
    const wasm = page.waitForResponse((response) => response.url().endsWith('/dist/nutgraf_bg.bin'));
    await show(page);
    assert.equal((await wasm).status(), 200);
  });
}

test('R4: after the files have loaded, no request is made, whatever the reader does', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const loaded = page.requests.length;
  assert.ok(ours(page).includes('/dist/nutgraf_bg.bin'));

  const longer = await next(page, 'nutgraf-summary');
  await (await part(page, '.choice', 2)).click();
  await longer();
  const jumped = await next(page, 'nutgraf-jump');
  await (await part(page, '.sentence', 1)).click();
  await jumped();
  await page.keyboard.press('Escape');
  const closed = await next(page, 'nutgraf-open');
  await (await part(page, '.button')).click();
  await closed();
  await open(page);
  assert.deepEqual(page.requests.slice(loaded), []);
});

test('a second widget on a page loads nothing more', async () => {
  const element = '<nut-graf for="main"></nut-graf><nut-graf for="main" id="second"></nut-graf>';
  const page = await visit(htmlWithWidget(STORY, { element }));
  await open(page);
  const loaded = page.requests.length;
  const opened = await next(page, 'nutgraf-open');
  await (await page.$('#second >>> .button')).click();
  await opened();
  assert.deepEqual(page.requests.slice(loaded), []);
});
