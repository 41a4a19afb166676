import assert from 'node:assert/strict';
import { axe, folded, html, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** Two who are named again and again, and somebody who is named once. */
const NAMES = [
  'The harbor of Port Ellery will close in March, the council decided on Monday after a long night of talks. Mayor Inga Torvald said that the quays had not been repaired since 1974.',
  'The Dockers’ Union called a strike for Friday, and nobody knows how long the cranes will stand still. Inga Torvald asked the union to wait until the study is due.',
  'The Dockers’ Union has 340 members in the port. One of them, Piet Haan, has worked on the quays for thirty years and fears for his pension.',
  'Mayor Torvald will meet the Dockers’ Union on Thursday. The talks are held in the old customs house, where the last strike ended nine years ago.',
  'The study of the sea wall is due in May, and until then the fishing boats may stay where they are. Most of the goods for the region will come by road, which is narrow and crosses two villages on its way.',
]
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('');

/** Folds out what a title stands over. */
async function unfold(page, selector, index = 0) {
  await (await part(page, `${selector} > .title`, index)).click();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
}

test('R13: whoever is named more than once is listed with the sentences that say so', async () => {
  const page = await visit(htmlWithWidget(NAMES));
  await open(page);
  assert.deepEqual(await texts(page, '.name'), [], 'nothing is made before it is asked for');
  await unfold(page, '.names');
  const names = await texts(page, '.name > .title');
  assert.equal(names.length, 2);
  assert.ok(names.some((name) => /^Dockers \(3\)$/.test(name)), names.join());
  assert.ok(names.some((name) => /Torvald \(3\)$/.test(name)), names.join());

  const torvald = names.findIndex((name) => name.includes('Torvald'));
  await unfold(page, '.name', torvald);
  const mentions = await texts(page, '.mention');
  assert.equal(mentions.length, 3);
  const article = folded(await page.$eval('main', ({ textContent }) => textContent));
  for (const mention of mentions) {
    assert.ok(mention.includes('Torvald'));
    assert.ok(article.includes(mention), 'word for word');
  }
  assert.deepEqual(await axe(page), []);
});

test('a sentence about somebody leads to its place, and the way back to where the reader was', async () => {
  const page = await visit(htmlWithWidget(NAMES));
  await open(page);
  await unfold(page, '.names');
  await unfold(page, '.name');
  const mention = await part(page, '.mention', 2);
  const text = await mention.evaluate(({ textContent }) => textContent);
  const jumped = await next(page, 'nutgraf-jump');
  await mention.press('Enter');
  await jumped();
  assert.equal(await page.evaluate(() => [...CSS.highlights.get('nutgraf')].join('')), text);
  await page.keyboard.press('Escape');
  const focused = await page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.activeElement.textContent);
  assert.equal(focused, text);
});

test('an article that names nobody twice has no list of names', async () => {
  const dull = 'the town has a market on the square and it is held on the first day of the month in any weather. ';
  const page = await visit(htmlWithWidget(`<p>T${dull.slice(1).repeat(2)}</p>`.repeat(8)));
  await open(page);
  assert.deepEqual(await texts(page, '.names'), []);
});

test('R6: the whole article is read, and the panel says so, and what of the page it left out', async () => {
  const paragraph = 'The council of the old harbor town decided on Monday that the quay will be closed for a whole year. ';
  const body = Array.from({ length: 2500 }, (_, k) => `<p>${paragraph.replace('Monday', `day ${k}`)}</p>`).join('');
  const caption = '<figure><img alt="" src="data:,"><figcaption>The quay of the harbor, seen from the tower.</figcaption></figure>';
  const page = await visit(htmlWithWidget(`<article>${body}${caption}</article>`));
  const told = await next(page, 'nutgraf-summary');
  await open(page);
  const { nSentences, nWords } = await told();
  assert.ok(nWords > 45_000, `${nWords} words`);
  await unfold(page, '.about');
  const lines = await texts(page, '.line');
  assert.match(lines[0], /Nothing is rewritten/);
  assert.equal(lines[1], `Sentences read: ${nSentences.toLocaleString('en')} of ${nSentences.toLocaleString('en')}.`);
  assert.equal(nSentences, 2500);
  assert.match(lines[2], /^Left out: captions \(1\)/);
});

test('R6: an article of fifty thousand words is one of those that are read whole by the API too', async () => {
  const page = await visit(html(''));
  const [n, last] = await page.evaluate(async () => {
    const { extract, summarize } = await import('/dist/index.js');
    const text = Array.from({ length: 4200 }, (_, k) => `The council of town number ${k} met again on a cold and rainy Monday.`).join('\n');
    const { paragraphs } = await extract(text);
    return [(await summarize(text)).nSentences, paragraphs.at(-1)];
  });
  assert.equal(n, 4200);
  assert.match(last, /number 4199/);
});
