import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { STORY, attribute, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** The article's hash, as the core has it. */
const hashOf = (page) =>
  page.evaluate(async () => {
    const { summarizeAll } = await import('/summarizer.js');
    return (await summarizeAll(document, [8], {})).hash;
  });

/** The element with sentences in it, as `nutgraf batch --format html` writes it. */
const built = (hash, sentences) =>
  `<nut-graf data-version="0.1.0" data-hash="${hash}"><ul>${sentences
    .map(([number, text]) => `<li data-sentence="${number}">${text}</li>`)
    .join('')}</ul></nut-graf>`;

/** Not what would be chosen today. */
const CHOSEN = [
  [4, 'Nobody was hurt.'],
  [15, 'The council will vote again in May, when a study of the sea wall is due.'],
];

test('P9: a summary that was made with the page is shown as it is, as long as the article is the same', async () => {
  const hash = await hashOf(await visit(htmlWithWidget(STORY)));
  const numbers = await (await visit(htmlWithWidget(STORY))).evaluate(async (texts) => {
    const { sentenceOf, summarizeAll } = await import('/summarizer.js');
    const [summary] = (await summarizeAll(document, [8], {})).summaries;
    return texts.map((text) => Array.from({ length: summary.nSentences }, (_, k) => sentenceOf(summary, k)).indexOf(text));
  }, CHOSEN.map(([, text]) => text));
  const sentences = CHOSEN.map(([, text], k) => [numbers[k], text]);
  const page = await visit(htmlWithWidget(STORY, { element: built(hash, sentences) }));
  assert.equal(await page.$eval('nut-graf li', (item) => item.checkVisibility()), true, 'it is there before any click');
  await open(page);
  assert.deepEqual(
    await texts(page, '.sentence'),
    sentences.map(([, text]) => text),
  );
  assert.equal(await page.$eval('nut-graf li', (item) => item.checkVisibility()), false, 'it is there once');
  assert.deepEqual(await texts(page, '.note'), ['']);
  const jumped = await next(page, 'nutgraf-jump');
  await (await part(page, '.sentence', 1)).press('Enter');
  assert.equal((await jumped()).sentence, numbers[1]);
});

test('P9: a summary that was made of another text, or is not word for word, is made anew', async () => {
  const hash = await hashOf(await visit(htmlWithWidget(STORY)));
  for (const element of [built('0123456789abcdef', CHOSEN), built(hash, [[4, 'Somebody was hurt.']]), built(hash, [])]) {
    const page = await visit(htmlWithWidget(STORY, { element }));
    await open(page);
    assert.equal((await texts(page, '.sentence')).length, 3);
    assert.equal(await attribute(page, 'state'), 'ok');
    assert.match((await texts(page, '.note'))[0], /^The article has changed since/);
  }
});

const ROOT = new URL('../../', import.meta.url);

/** The element that the command writes for a page. */
function fromCommand(source) {
  const input = `${JSON.stringify({ id: 1, html: source })}\n`;
  const { stdout, stderr } = spawnSync('cargo', ['run', '--quiet', '--', 'batch', '--format', 'html'], {
    cwd: fileURLToPath(ROOT),
    input,
    encoding: 'utf8',
  });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout).html;
}

for (const name of ['politics', 'german', 'japanese']) {
  test(`P9: what the command has written for demo/${name}.html the widget adopts, and readers without scripts can read`, async () => {
    const source = await readFile(new URL(`www/demo/${name}.html`, ROOT), 'utf8');
    const element = fromCommand(source);
    const withSummary = source.replace(/<nut-graf[^>]*>.*?<\/nut-graf>/s, element);
    assert.notEqual(withSummary, source);
    const base = withSummary.replace('<head>', '<head><base href="/demo/">');
    const silent = await visit({ html: base.replaceAll(/<script.*?<\/script>/gs, '') });
    const plain = await silent.$$eval('nut-graf li', (items) =>
      items.filter((item) => item.checkVisibility()).map(({ textContent }) => textContent),
    );
    assert.equal(plain.length, 3);

    const page = await visit({ html: base });
    assert.equal(await hashOf(page), await page.$eval('nut-graf', ({ dataset }) => dataset.hash));
    await open(page);
    assert.deepEqual(await texts(page, '.sentence'), plain);
    assert.deepEqual(await texts(page, '.note'), ['']);
  });
}
