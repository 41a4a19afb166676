import assert from 'node:assert/strict';
import { extract, rangesOf, summarize } from '../../www/index.js';
import { STORY, html, launch, test } from './browser.mjs';

const { visit } = launch();

const TEXT = `Port Ellery Closes Its Harbor\n${STORY.replace(/<\/?p>/g, '')}`;

test('text is summarized without a browser', async () => {
  const summary = await summarize(TEXT);
  assert.equal(summary.state, 'ok');
  assert.equal(summary.title, 'Port Ellery Closes Its Harbor');
  assert.equal(summary.sentences.length, 3);
  for (const { text } of summary.sentences) assert.ok(TEXT.includes(text));
  assert.deepEqual(rangesOf(summary, 0), []);
});

test('an article is extracted without a browser', async () => {
  const { title, paragraphs, text } = await extract(TEXT, { language: 'en' });
  assert.equal(title, 'Port Ellery Closes Its Harbor');
  assert.equal(paragraphs.length, 7);
  assert.equal(text, paragraphs.join('\n\n'));
});

test('what comes back is plain data, with its keys in the order of the wire form', async () => {
  const page = await visit(html(`<main><h1>A story</h1>${STORY}</main>`));
  const [ofPage, ofText, article] = await page.evaluate(async (text) => {
    const { extract, summarize } = await import('/index.js');
    return [await summarize(document), await summarize(text), await extract(document)].map((value) => JSON.stringify(value));
  }, TEXT);
  for (const json of [ofPage, ofText]) {
    const summary = JSON.parse(json);
    assert.deepEqual(Object.keys(summary), [
      'state',
      'title',
      'byline',
      'authors',
      'published',
      'language',
      'sentences',
      'entities',
      'nSentences',
      'nWords',
      'nSummaryWords',
    ]);
    assert.deepEqual(Object.keys(summary.sentences[0]), [
      'text',
      'paragraph',
      'sentence',
      'score',
      'salience',
      'entityDensity',
      'entities',
      'reasons',
    ]);
    assert.doesNotMatch(json, /\d\.\d{4}/, 'numbers have three decimals');
  }
  assert.equal(ofText, JSON.stringify(await summarize(TEXT)), 'a browser and Node give the same bytes');
  assert.deepEqual(Object.keys(JSON.parse(article)), [
    'title',
    'byline',
    'authors',
    'published',
    'language',
    'standfirst',
    'paragraphs',
    'text',
    'excluded',
  ]);
});

test('at most as many sentences and words come back as are asked for', async () => {
  assert.equal((await summarize(TEXT, { sentences: 1 })).sentences.length, 1);
  assert.ok((await summarize(TEXT, { sentences: 10, words: 40 })).nSummaryWords <= 40);
  assert.equal((await summarize(TEXT, { words: 1 })).sentences.length, 1, 'the shortest one, where none fits');
});

test('a title and a language that are given are taken', async () => {
  const { title, language } = await summarize(TEXT, { title: 'Mine', language: 'de-CH' });
  assert.deepEqual([title, language], ['Mine', 'de']);
});

test('odd text is no error', async () => {
  for (const text of ['', ' ', 'x', '\0', '\uD83D', '.'.repeat(1_000), '😀'.repeat(100)]) {
    const { state } = await summarize(text);
    assert.ok(['not-an-article', 'too-short'].includes(state), `${JSON.stringify(text.slice(0, 5))} is ${state}`);
  }
});

for (const [options, name, message] of [
  [{ sentences: 0 }, 'RangeError', 'sentences is 0, needs at least 1'],
  [{ sentences: -3 }, 'RangeError', 'sentences is -3, needs at least 1'],
  [{ sentences: 2.5 }, 'RangeError', 'sentences is 2.5, needs a whole number'],
  [{ sentences: NaN }, 'RangeError', 'sentences is NaN, needs a whole number'],
  [{ sentences: 2 ** 32 }, 'RangeError', 'sentences is 4294967296, needs at most 4294967295'],
  [{ sentences: '3' }, 'TypeError', 'sentences is "3", needs a number'],
  [{ words: 0 }, 'RangeError', 'words is 0, needs at least 1'],
  [{ words: null }, 'TypeError', 'words is null, needs a number'],
  [{ language: 'not a tag' }, 'RangeError', 'language is "not a tag", needs a language tag such as "en" or "pt-BR"'],
  [{ language: 5 }, 'TypeError', 'language is 5, needs a string'],
  [{ title: ['a'] }, 'TypeError', 'title is an array, needs a string'],
  [{ include: () => {} }, 'TypeError', 'include is a function, needs a string'],
  [{ signal: {} }, 'TypeError', 'signal is an object, needs an AbortSignal'],
  [null, 'TypeError', 'options is null, needs an object'],
  [3, 'TypeError', 'options is 3, needs an object'],
]) {
  test(`an option that can’t be taken is refused: ${message}`, async () => {
    await assert.rejects(summarize(TEXT, options), { name, message });
  });
}

test('a source that can’t be taken is refused', async () => {
  for (const [source, seen] of [
    [undefined, 'undefined'],
    [{}, 'an object'],
    [42, '42'],
    [null, 'null'],
  ]) {
    const message = `source is ${seen}, needs a Document, an Element, a Range or a string`;
    await assert.rejects(summarize(source), { name: 'TypeError', message });
    await assert.rejects(extract(source), { name: 'TypeError', message });
  }
});

test('a bad option is refused before anything is loaded', async () => {
  const page = await visit(html(''));
  const messages = await page.evaluate(async () => {
    const { extract, summarize } = await import('/index.js');
    const message = (promise) =>
      promise.then(
        () => 'none',
        ({ name, message }) => `${name}: ${message}`,
      );
    return [
      await message(summarize(document, { include: 'p[' })),
      await message(extract(document, { exclude: '' })),
      await message(summarize(new Text('x'))),
    ];
  });
  assert.deepEqual(messages, [
    'TypeError: include is "p[", needs a CSS selector',
    'TypeError: exclude is "", needs a CSS selector',
    'TypeError: source is an object, needs a Document, an Element, a Range or a string',
  ]);
  assert.deepEqual(
    page.requests.filter((path) => /nutgraf_bg|\.txt/.test(path)),
    [],
    'neither the module nor word lists',
  );
});

test('a call that is aborted gives the reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(summarize(TEXT, { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const summary = summarize(TEXT, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(summary, reason);
  assert.equal((await summarize(TEXT, { signal: new AbortController().signal })).state, 'ok');
});

test('a call that is aborted while the module loads does not wait for it', async () => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const page = await visit(html(''), { routes: [[/nutgraf_bg\./, (request) => released.then(() => request.continue())]] });
  const code = await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    const controller = new AbortController();
    const summary = summarize(text, { signal: controller.signal });
    controller.abort();
    return summary.catch(({ name }) => name);
  }, TEXT);
  assert.equal(code, 'AbortError');
  const asked = page.evaluate(async (text) => (await (await import('/index.js')).summarize(text)).state, TEXT);
  release();
  assert.equal(await asked, 'ok', 'others who wait for it get it');
});

test('what is included or excluded by a selector is, or is not, summarized', async () => {
  const page = await visit(html(`<main>${STORY}</main>`));
  const texts = await page.evaluate(async () => {
    const { extract } = await import('/index.js');
    document.querySelectorAll('p').forEach((paragraph, index) => paragraph.classList.add(`n${index}`));
    return [(await extract(document, { exclude: '.n2, .n3' })).paragraphs.length, (await extract(document)).paragraphs.length];
  });
  assert.deepEqual(texts, [5, 7]);
});

test('an element, a range and a parsed document are articles as well', async () => {
  const page = await visit({
    ...html(`<main>${STORY}</main>`),
    headers: { 'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  });
  const states = await page.evaluate(async (story) => {
    const { summarize } = await import('/index.js');
    const range = new Range();
    range.selectNodeContents(document.querySelector('main'));
    const parsed = new DOMParser().parseFromString(story, 'text/html');
    const sources = [document, document.querySelector('main'), range, parsed];
    return Promise.all(sources.map(async (source) => (await summarize(source)).nSentences));
  }, STORY);
  assert.equal(new Set(states).size, 1, states.join());
});
