import assert from 'node:assert/strict';
import { STORY, html, htmlWithWidget, launch, open, test, texts } from './browser.mjs';

const { visit } = launch();

for (const entry of [
  'www/index.js',
  'www/define.js',
  'www/nutgraf.js',
  'dist/index.js',
  'dist/define.js',
  'dist/nutgraf.js',
  'dist/nutgraf.single.js',
  'dist/nutgraf.plain.js',
]) {
  test(`P11: ${entry} can be imported where there is no page`, async () => {
    await import(new URL(`../../${entry}`, import.meta.url));
  });
}

test('importing the API registers no element, importing the definition does', async () => {
  const page = await visit(html(''));
  const registered = await page.evaluate(async () => {
    const { NutGrafElement } = await import('/index.js');
    const before = customElements.get('nut-graf') === NutGrafElement;
    await import('/define.js');
    return [before, customElements.get('nut-graf') === NutGrafElement];
  });
  assert.deepEqual(registered, [false, true]);
});

test('a page that has two versions of the script has the first, and no error', async () => {
  const page = await visit(htmlWithWidget(STORY, { head: '<script type="module" src="/nutgraf.js"></script>' }));
  await page.evaluate(() => import('/define.js'));
  await open(page);
  assert.equal((await texts(page, '.sentence')).length, 3);
});
