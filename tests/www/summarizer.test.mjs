import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { STORY, folded, html, launch, test } from './browser.mjs';

const { visit } = launch();

const TEXT = STORY.replace(/<\/?p>/g, '');

/** Summarizes text in a page, as often as asked, and gives what comes of each call: a state or the code of an error. */
function calls(page, n, module = '/index.js') {
  return page.evaluate(
    async (text, n, module) => {
      const { summarize } = await import(module);
      const outcomes = [];
      for (let call = 0; call < n; call += 1)
        outcomes.push(
          await summarize(text).then(
            ({ state }) => state,
            (error) => error.code ?? String(error),
          ),
        );
      return outcomes;
    },
    TEXT,
    n,
    module,
  );
}

test('the module is loaded once, however often and at once it is called', async () => {
  const page = await visit(html(''));
  await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    await Promise.all([summarize(text), summarize(text), summarize(text)]);
    await summarize(text);
  }, TEXT);
  assert.equal(page.requests.filter((path) => path.endsWith('.wasm')).length, 1);
});

test('a module that could not be loaded is asked for again by the next call', async () => {
  let n = 0;
  const wasm = (request) => ((n += 1) < 3 ? request.abort() : request.continue());
  const page = await visit(html(''), { routes: [[/\.wasm$/, wasm]] });
  assert.deepEqual(await calls(page, 3), ['load-failed', 'load-failed', 'ok']);
});

test('a module that is not there is told as such', async () => {
  const page = await visit(html(''), { routes: [[/\.wasm$/, (request) => request.respond({ status: 404, body: 'not found' })]] });
  const message = await page.evaluate(async () => {
    const { summarize } = await import('/index.js');
    return summarize('x').catch(({ message, cause }) => [message, cause.message]);
  });
  assert.match(message[0], /nutgraf_bg\.wasm or its JavaScript could not be loaded$/);
  assert.match(message[1], / is 404, needs 200$/);
});

test('P14: a module that the server takes for something else is compiled all the same', async () => {
  const body = await readFile(new URL('../../www/pkg/nutgraf_bg.wasm', import.meta.url));
  for (const contentType of ['application/octet-stream', 'text/plain', 'application/wasm; charset=utf-8']) {
    const page = await visit(html(''), {
      routes: [[/\.wasm$/, (request) => request.respond({ status: 200, contentType, body })]],
    });
    assert.deepEqual(await calls(page, 1), ['ok'], contentType);
  }
});

test('P14: a published module that has been tampered with is refused', async () => {
  const body = Buffer.concat([
    await readFile(new URL('../../dist/nutgraf_bg.wasm', import.meta.url)),
    Buffer.from([0, 2, 1, 120]),
  ]);
  const answer = { status: 200, contentType: 'application/wasm', body };
  const page = await visit(html(''), { routes: [[/\.wasm$/, (request) => request.respond(answer)]] });
  assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['load-failed']);
  assert.deepEqual(await calls(page, 1, '/index.js'), ['ok'], 'it is the hash that tells');
});

test('an instance that traps is thrown away, and the next call has a new one', async () => {
  // The real glue, but for a call that runs into the real module’s `unreachable`: memory that can’t be had.
  const glue = `
    import { __wbg_reset_state, initSync as initReal, read as readReal } from '/pkg/nutgraf.js?real';
    export const initSync = (options) => (exports = initReal(options));
    let exports;
    export function read(...page) {
      if (globalThis.trap) exports.__wbindgen_malloc(2 ** 31 - 1, 3);
      return readReal(...page);
    }
    export { addLanguage } from '/pkg/nutgraf.js?real';
    const reset = () => { globalThis.resets = (globalThis.resets ?? 0) + 1; __wbg_reset_state(); };
    export { reset as __wbg_reset_state };
  `;
  const route = (request) =>
    request.url().endsWith('?real')
      ? request.continue()
      : request.respond({ status: 200, contentType: 'text/javascript', body: glue });
  const page = await visit(html(''), { routes: [[/^\/pkg\/nutgraf\.js$/, route]] });
  const summary = () => page.evaluate(async (text) => JSON.stringify(await (await import('/index.js')).summarize(text)), TEXT);
  const before = await summary();
  await page.evaluate(() => (globalThis.trap = true));
  assert.deepEqual(await calls(page, 2), ['core-failed', 'core-failed']);
  await page.evaluate(() => (globalThis.trap = false));
  assert.equal(await summary(), before, 'it knows what the old one knew');
  assert.deepEqual(await calls(page, 1), ['ok']);
  assert.equal(await page.evaluate(() => globalThis.resets), 2, 'one new instance for each trap');
  assert.equal(page.requests.filter((path) => path.endsWith('.wasm')).length, 1, 'of the module that is there');
});

test('an instance that has grown is replaced, and the new one has the word lists again', async () => {
  const page = await visit(html(''));
  const sizes = await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    const { initSync } = await import('/pkg/nutgraf.js');
    const found = [];
    for (let n = 0; n < 6; n += 1) {
      const summary = await summarize(text.repeat(400));
      found.push([initSync().memory.buffer.byteLength, JSON.stringify(summary)]);
    }
    return found;
  }, TEXT);
  assert.ok(Math.max(...sizes.map(([bytes]) => bytes)) < 4 * sizes[0][0], `${sizes.map(([bytes]) => bytes)}`);
  assert.equal(new Set(sizes.map(([, summary]) => summary)).size, 1, 'all calls gave the same');
});

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

/** Summarizes the page itself, and gives the language found, or the code of an error. */
function languageOf(page) {
  return page.evaluate(async () => {
    const { summarize } = await import('/index.js');
    return summarize(document).then(
      ({ language }) => language,
      ({ code }) => code,
    );
  });
}

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

test('word lists that can’t be loaded are asked for again by the next call', async () => {
  let n = 0;
  const list = (request) => ((n += 1) === 1 ? request.abort() : request.continue());
  const page = await visit(html(`<main>${STORY}</main>`), { routes: [[/languages\/en\.txt$/, list]] });
  assert.deepEqual([await languageOf(page), await languageOf(page)], ['load-failed', 'en']);
});

test('P14: word lists that have been tampered with are refused', async () => {
  const answer = { status: 200, contentType: 'text/plain', body: 'something else' };
  const page = await visit(html(`<main>${STORY}</main>`), {
    routes: [[/languages\/en\.txt$/, (request) => request.respond(answer)]],
  });
  assert.equal(await languageOf(page), 'load-failed');
});
