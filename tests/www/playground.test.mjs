import assert from 'node:assert/strict';
import { ENGINE, STORY, launch, test } from './browser.mjs';

const { visit } = launch();

/** Waits until the page shows something else than before, and gives it. */
async function result(page, act = () => {}) {
  const before = await page.$eval('#status', ({ textContent }) => textContent);
  await act();
  await page.waitForFunction((before) => document.getElementById('status').textContent !== before, {}, before);
  return page.evaluate(() => ({
    status: document.getElementById('status').textContent,
    sentences: [...document.querySelectorAll('.sentence__text')].map(({ textContent }) => textContent),
    json: document.getElementById('json').textContent,
  }));
}

/** Puts a text in and asks for its summary. */
async function summarize(page, text) {
  await page.$eval('#text', (field, text) => (field.value = text), text);
  return result(page, async () => (await page.$('button[type=submit]')).click());
}

async function visitPlayground() {
  const page = await visit('playground.html');
  await page.waitForFunction(() => document.getElementById('status').textContent !== '');
  return page;
}

test('the example is summarized, with the reasons for each choice', async () => {
  const page = await visitPlayground();
  const [text, sentences] = await page.evaluate(() => [
    document.getElementById('text').value,
    [...document.querySelectorAll('.sentence')].map((item) => [
      item.querySelector('.sentence__text').textContent,
      item.querySelectorAll('meter').length,
      item.textContent,
    ]),
  ]);
  assert.equal(sentences.length, 3);
  for (const [sentence, meters, all] of sentences) {
    assert.ok(text.includes(sentence));
    assert.equal(meters, 3);
    assert.match(all, /Because it/);
    assert.doesNotMatch(all, /undefined/);
  }
  assert.ok((await page.$$('.entity')).length > 0);
});

test('the summary object is shown as it is', async () => {
  const page = await visitPlayground();
  const { json, sentences, status } = await summarize(page, STORY.replace(/<\/?p>/g, ''));
  const summary = JSON.parse(json);
  assert.deepEqual(
    summary.sentences.map(({ text }) => text),
    sentences,
  );
  assert.match(status, /3 of \d+ sentences, \d+ of \d+ words, language “en”\. Read as text in [\d.]+ ms\.$/);
});

test('markup is read as HTML, or as text where that is asked for', async () => {
  const page = await visitPlayground();
  const asHtml = await summarize(
    page,
    `<article><script>globalThis.ran = true</script>${STORY}<img src="x" onerror="globalThis.ran = true"></article>`,
  );
  assert.match(asHtml.status, /Read as HTML/);
  for (const sentence of asHtml.sentences) assert.doesNotMatch(sentence, /</);
  assert.equal(await page.evaluate(() => globalThis.ran), undefined, 'no script in it runs');
  assert.deepEqual(
    await page.evaluate(() => globalThis.violations.splice(0)),
    ENGINE === 'chromium' ? ['script-src-attr inline'] : [],
    'its own are reported, in Chromium',
  );
  const asText = await result(page, async () => (await page.$('[name=input][value=text]')).click());
  assert.match(asText.status, /Read as text/);
});

test('the number of sentences can be chosen', async () => {
  const page = await visitPlayground();
  const { sentences } = await result(page, () =>
    page.$eval('#sentences', (field) => {
      field.value = 5;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }),
  );
  assert.equal(sentences.length, 5);
});

test('a text with nothing to summarize is told as such', async () => {
  const page = await visitPlayground();
  const { status, sentences } = await summarize(page, '');
  assert.match(status, /0 of 0 sentences/);
  assert.deepEqual(sentences, []);
});
