import assert from 'node:assert/strict';
import { STORY, folded, html, languageOf, launch, test } from './browser.mjs';

const { visit } = launch();

const TEXT = STORY.replace(/<\/?p>/g, '');

test('each sentence of a page has its place in it', async () => {
  const page = await visit('demo/politics.html');
  const found = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const summary = await summarize(document, { sentences: 10 });
    return summary.sentences.map(({ text }, index) => [text, rangesOf(summary, index).map(String).join(' ')]);
  });
  assert.equal(found.length, 10);
  for (const [text, inPage] of found) assert.equal(folded(inPage), text);
});

test('a sentence that something hidden stands in has a range on each side of it', async () => {
  const page = await visit(html(`<main>${STORY}</main>`));
  const ranges = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const first = document.querySelector('p');
    const [before] = first.textContent.split('council');
    const hidden = Object.assign(document.createElement('span'), { hidden: true, textContent: 'not to be seen ' });
    const rest = first.firstChild.splitText(before.length);
    rest.before(hidden);
    const summary = await summarize(document, { sentences: 30 });
    const index = summary.sentences.findIndex(({ text }) => text.startsWith(before));
    return rangesOf(summary, index).map(String);
  });
  assert.deepEqual(ranges.map(folded), [
    'The harbor of Port Ellery will close to cargo ships in March, the',
    'council decided on Monday.',
  ]);
});

test('a source that begins inside a text has its places counted from there', async () => {
  const page = await visit(html(`<main>${STORY}</main>`));
  const [text, inPage] = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const paragraphs = document.querySelectorAll('p');
    const range = new Range();
    range.setStart(paragraphs[2].firstChild, paragraphs[2].textContent.indexOf('The Dockers'));
    range.setEnd(paragraphs[6].firstChild, paragraphs[6].textContent.length);
    const summary = await summarize(range, { sentences: 30 });
    return [summary.sentences[0].text, rangesOf(summary, 0).join()];
  });
  assert.match(text, /^The Dockers’ Union fears/);
  assert.equal(inPage, text);
});

test('half a character before a sentence does not move its place', async () => {
  const page = await visit(html('<main></main>'));
  const [text, inPage] = await page.evaluate(async (story) => {
    const { summarize, rangesOf } = await import('/index.js');
    for (const words of story.split(/<\/?p>/)) {
      const paragraph = document.createElement('p');
      paragraph.textContent = words && `\uD83D 😀 é ${words}`;
      document.querySelector('main').append(paragraph);
    }
    const summary = await summarize(document, { sentences: 30 });
    return [summary.sentences.map(({ text }) => text), summary.sentences.map((_, index) => rangesOf(summary, index).join())];
  }, STORY);
  assert.ok(text.length > 5);
  assert.deepEqual(
    inPage.map((text) => folded(text).toWellFormed?.() ?? folded(text).replaceAll('\uD83D ', '\uFFFD ')),
    text,
  );
});

test('a sentence across the borders of a shadow tree has a range on each side of them', async () => {
  const page = await visit(html(`<main><x-note id="note">in Halden</x-note>${STORY}</main>`));
  const found = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const note = document.getElementById('note');
    note.attachShadow({ mode: 'open' }).append('the capital, ', document.createElement('slot'));
    const paragraph = document.querySelector('p');
    paragraph.replaceChildren(
      'The council met ',
      note,
      ' on Monday to close the harbor of the town for good. The vote was 9 to 4.',
    );
    const summary = await summarize(document, { sentences: 30 });
    const index = summary.sentences.findIndex(({ text }) => text.startsWith('The council met'));
    return [summary.sentences[index].text, ...rangesOf(summary, index).map(String)];
  });
  assert.deepEqual(found, [
    'The council met the capital, in Halden on Monday to close the harbor of the town for good.',
    'The council met ',
    'the capital, ',
    'in Halden on Monday to close the harbor of the town for good.',
  ]);
});

test('a sentence that slots show in another order has a range for each text', async () => {
  const page = await visit(
    html(
      `<main><p><x-name id="name"><b slot="family">Torvald</b><i slot="given">Mayor Inga</i></x-name> said no to it on Monday.</p>${STORY}</main>`,
    ),
  );
  const found = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const slots = ['given', 'family'].map((name) => Object.assign(document.createElement('slot'), { name }));
    document
      .getElementById('name')
      .attachShadow({ mode: 'open' })
      .append(...slots);
    const summary = await summarize(document, { sentences: 30 });
    const index = summary.sentences.findIndex(({ text }) => text.includes('said no'));
    return [summary.sentences[index].text, ...rangesOf(summary, index).map(String)];
  });
  assert.deepEqual(found, ['Mayor IngaTorvald said no to it on Monday.', 'Mayor Inga', 'Torvald', ' said no to it on Monday.']);
});

test('a summary of text, or a copy of a summary, has no place in a page', async () => {
  const page = await visit(html(`<main>${STORY}</main>`));
  const found = await page.evaluate(async (text) => {
    const { summarize, rangesOf } = await import('/index.js');
    const summary = await summarize(document);
    return [
      rangesOf(await summarize(text), 0),
      rangesOf(structuredClone(summary), 0),
      rangesOf(summary, 99),
      rangesOf(summary, -1),
    ];
  }, TEXT);
  assert.deepEqual(found, [[], [], [], []]);
});

test('a sentence has no place once its text is gone or is another', async () => {
  const page = await visit(html(`<main>${STORY}</main>`));
  const counts = await page.evaluate(async () => {
    const { summarize, rangesOf } = await import('/index.js');
    const summary = await summarize(document, { sentences: 30 });
    const [range] = rangesOf(summary, 0);
    const { startContainer } = range;
    const { data, parentElement } = startContainer;
    const counts = [rangesOf(summary, 0).length];
    startContainer.data = 'Something else entirely';
    counts.push(rangesOf(summary, 0).length);
    startContainer.data = data;
    counts.push(rangesOf(summary, 0).length);
    parentElement.remove();
    counts.push(rangesOf(summary, 0).length);
    return counts;
  });
  assert.deepEqual(counts, [1, 0, 1, 0]);
});

/** The word lists that a page has asked for. */
const lists = (page) => page.requests.filter((path) => path.includes('/languages/'));

test('a page has the word lists of its own language loaded, once', async () => {
  const page = await visit('demo/french.html');
  assert.deepEqual([await languageOf(page), await languageOf(page)], ['fr', 'fr']);
  assert.deepEqual(lists(page), ['/pkg/languages/fr.txt']);
});

test('a page in a language without word lists has none loaded', async () => {
  const page = await visit(
    html(`<main>${'<p>Det regnede hele dagen i byen, og ingen gik ud.</p>'.repeat(8)}</main>`, { lang: 'da' }),
  );
  assert.equal(await languageOf(page), 'da');
  assert.deepEqual(lists(page), []);
});
