import assert from 'node:assert/strict';
import { STORY, axe, folded, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** The sentences of a summary as the API gives them. */
const summarized = (page) =>
  page.evaluate(async () => {
    const { summarize } = await import('/dist/index.js');
    return (await summarize(document)).sentences;
  });

/** The reasons that are open, as text. */
const reasons = (page) => texts(page, '.reason');

test('R12: each sentence says why it was chosen, in words that stand in it', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const sentences = await summarized(page);
  const shown = await texts(page, '.sentence');
  for (const index of shown.keys()) {
    const { text, reasons: given } = sentences[index];
    assert.equal(shown[index], text);
    await (await part(page, '.why', index)).click();
    const said = await texts(page, `.item:nth-child(${index + 1}) .reason`);
    assert.equal(said.length, given.length + 1, 'the last one copies a link');
    assert.ok(given.length > 0);
    for (const [k, { words }] of given.entries()) {
      for (const word of words) {
        assert.ok(text.includes(word), `${word} is in the sentence`);
        if (said[k].includes(':')) assert.ok(said[k].includes(word), `${word} is said`);
      }
    }
  }
});

test('the reasons open and close by keyboard, below their sentence', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const why = await part(page, '.why', 1);
  const expanded = () => why.evaluate((element) => element.getAttribute('aria-expanded'));
  assert.equal(await expanded(), 'false');
  await why.press('Enter');
  assert.equal(await expanded(), 'true');
  const holder = await page.$eval('nut-graf >>> .reasons', (list) => list.parentElement.querySelector('a').textContent);
  assert.equal(holder, (await texts(page, '.sentence'))[1]);
  assert.deepEqual(await axe(page), []);
  await why.press('Enter');
  assert.equal(await expanded(), 'false');
  assert.deepEqual(await reasons(page), []);
});

test('a sentence points to its place in the article, and its place to the sentence', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const hinted = () =>
    page.evaluate(() => [...(CSS.highlights.get('nutgraf-hint') ?? [])].map((range) => range.toString()).join(' '));
  const pointed = () => texts(page, '.sentence.pointed');
  const [, second] = await texts(page, '.sentence');

  await (await part(page, '.sentence', 1)).hover();
  assert.equal(folded(await hinted()), second);
  assert.deepEqual(await pointed(), [second]);
  assert.equal((await texts(page, '.tick.pointed')).length, 1);

  // In the article, the other way around.
  const place = await page.evaluate(async () => {
    const [range] = CSS.highlights.get('nutgraf-hint');
    range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const { left, top, height } = range.getClientRects()[0];
    return { x: left + 20, y: top + height / 2 };
  });
  await page.mouse.move(2, 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await pointed(), []);
  assert.equal(await hinted(), '');
  await page.mouse.move(place.x, place.y);
  assert.deepEqual(await pointed(), [second]);
  assert.equal(folded(await hinted()), second);
});

test('the strip says where the sentences stand, and a click on it leads to the nearest', async () => {
  for (const name of ['politics', 'arabic']) {
    const page = await visit(`demo/${name}.html`);
    await open(page);
    const { said, total, at } = await page.$eval('nut-graf >>> .map', (map) => ({
      said: map.getAttribute('aria-label'),
      total: map.children.length,
      at: [...map.children].map((tick) => {
        const { left, width } = tick.getBoundingClientRect();
        return left + width / 2;
      }),
    }));
    assert.equal(total, 3);
    if (name === 'politics') assert.match(said, /^Where they stand in the article: \d+, \d+,? and \d+ of \d+$/);
    assert.deepEqual(at, [...at].sort((a, b) => (name === 'arabic' ? b - a : a - b)), 'in reading order');

    const y = await page.$eval('nut-graf >>> .map', (map) => {
      map.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { top, height } = map.getBoundingClientRect();
      return top + height / 2;
    });
    const jumped = await next(page, 'nutgraf-jump');
    await page.mouse.click(at[2] + (name === 'arabic' ? -8 : 8), y);
    assert.equal((await jumped()).index, 2);
  }
});

test('R7: length and shape change within 50 ms, by keyboard, without reading the page again', async () => {
  const page = await visit('demo/longread.html');
  await open(page);
  const times = await page.$eval('nut-graf', (element) => {
    const times = [];
    for (const [name, value] of [
      ['length', 'medium'],
      ['length', 'long'],
      ['shape', 'paragraph'],
      ['shape', 'bullets'],
      ['length', 'short'],
    ]) {
      const begun = performance.now();
      element[name] = value;
      element.shadowRoot.querySelector('.panel').getBoundingClientRect();
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b);
  });
  assert.ok(times[2] <= 50, `${times} ms`);

  await (await part(page, '.tools button:nth-child(5)')).press('Enter');
  assert.equal((await texts(page, '.paragraph')).length, 1);
  assert.equal((await texts(page, '.list')).length, 0);
});
