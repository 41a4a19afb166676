import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { STORY, folded, html, launch, next, test } from './browser.mjs';

const { visit } = launch();

const FOLDER = new URL('../hostile/', import.meta.url);

/** The pages have scripts and styles of all kinds in them. */
const LOOSE = {
  'content-security-policy': "default-src 'self' 'unsafe-inline' data:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
};

/** Reads a file of the set and carries its recipes out: see its README. */
async function recipe(file) {
  const read = (file) => readFile(new URL(file, FOLDER), 'utf8');
  const story = (await read('story.txt')).trim().split('\n');
  const repeated = (await read(file)).replace(/^@repeat (\d+) (.*\n)/gm, (_, n, text) =>
    Array.from({ length: Number(n) }, (_, k) => text.replaceAll('{n}', `${k + 1}`)).join(''),
  );
  return repeated.replace(/\{\{(\d)\}\}/g, (_, n) => story[n - 1]);
}

/** What must come out of each page in the browser. */
async function expected() {
  const pages = [];
  for (const line of (await recipe('expected.txt')).split('\n')) {
    const [, mark, text = ''] = line.match(/^(\S) ?(.*)/s) ?? [];
    const paragraphs = pages.at(-1)?.paragraphs;
    if (mark === '#') {
      const [name, state] = text.split(' ');
      pages.push({ name, state, paragraphs: [] });
    } else if (paragraphs && (mark === '=' || mark === '+')) {
      paragraphs.push(text);
    } else if (paragraphs && mark === '~') {
      const before = paragraphs.pop();
      paragraphs.push(before === '' ? text : `${before} ${text}`);
    }
  }
  return pages;
}

/** Extracts and summarizes a page; tells what came out, and what that changed on the page. */
function read(page) {
  return page.evaluate(async () => {
    const { extract, rangesOf, summarize } = await import('/dist/index.js');
    const records = [];
    const observer = new MutationObserver((more) => records.push(...more));
    observer.observe(document, { subtree: true, attributes: true, childList: true, characterData: true });
    const article = await extract(document);
    const summary = await summarize(document);
    records.push(...observer.takeRecords());
    observer.disconnect();
    return {
      ...article,
      state: summary.state,
      sentences: summary.sentences.map(({ text }, index) => ({ text, shown: rangesOf(summary, index).join('') })),
      changes: records.map(({ type }) => type),
    };
  });
}

for (const { name, state, paragraphs } of await expected()) {
  test(`P6: the page ${name} gives its article, and is only read`, { timeout: 120_000 }, async () => {
    const page = await visit({ html: await recipe(`${name}.html`), headers: LOOSE });
    const found = await read(page);
    assert.equal(found.paragraphs.length, paragraphs.length);
    found.paragraphs.forEach((text, k) => assert.ok(text === paragraphs[k], `${text.slice(0, 200)}\nis not\n${paragraphs[k].slice(0, 200)}`));
    assert.equal(found.state, state);
    for (const { text, shown } of found.sentences) assert.equal(folded(shown), text, 'every sentence has its place');
    assert.deepEqual(found.changes, []);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  });
}

/** A page with a story, and what a script of the page does to it. */
async function visitStory(script = '') {
  return visit({ ...html(`<main><h1>A story</h1>${STORY}</main><script>${script}</script>`), headers: LOOSE });
}

const COUNT = STORY.match(/<p>/g).length;

test('a page that changes after it was read has no place for what has gone', async () => {
  const page = await visitStory();
  const found = await page.evaluate(async () => {
    const { rangesOf, summarize } = await import('/dist/index.js');
    const main = document.querySelector('main');
    const changes = {
      removed: () => main.remove(),
      rewritten: () => main.querySelectorAll('p').forEach((p) => (p.firstChild.data = 'Other words.')),
      emptied: () => main.replaceChildren(),
      split: () => main.querySelectorAll('p').forEach((p) => p.firstChild.splitText(10)),
      moved: () => document.body.append(document.createElement('section')) ?? document.querySelector('section').append(main),
    };
    const out = {};
    for (const [name, change] of Object.entries(changes)) {
      const before = main.innerHTML;
      const summary = await summarize(document);
      change();
      out[name] = [summary.nSentences, summary.sentences.map((_, k) => rangesOf(summary, k).length)];
      document.body.append(main);
      main.innerHTML = before;
    }
    const summary = await summarize(document);
    document.open();
    document.write('<p>Another page.</p>');
    document.close();
    out.replaced = [summary.nSentences, summary.sentences.map((_, k) => rangesOf(summary, k).length)];
    return out;
  });
  const [n] = found.removed;
  assert.ok(n > 10);
  const gone = [n, [0, 0, 0]];
  const { moved, ...others } = found;
  assert.deepEqual(others, { removed: gone, rewritten: gone, emptied: gone, split: gone, replaced: gone });
  assert.deepEqual(moved, [n, [1, 1, 1]], 'what only stands elsewhere has a place');
});

test('a page that changes before the answer has come gives the article that was there, or that there is none', async () => {
  const page = await visitStory();
  const counts = await page.evaluate(async () => {
    const { extract } = await import('/dist/index.js');
    await extract(document);
    const main = document.querySelector('main');
    const counts = [];
    for (let ticks = 0; ticks < 20; ticks += 1) {
      const coming = extract(document);
      for (let tick = 0; tick < ticks; tick += 1) await undefined;
      main.remove();
      counts.push((await coming).paragraphs.length);
      document.body.append(main);
    }
    return counts;
  });
  // Reading is one step: nothing can come between the first paragraph and the last.
  assert.deepEqual([...new Set(counts)], [0, COUNT]);
});

test('a page that changes at every step of reading neither throws nor hangs', async () => {
  // Reactions of custom elements, observers and timers run between our steps, if at all: the walk itself gives way to none.
  const page = await visitStory(`
    let n = 0;
    const restless = () => document.querySelector('x-restless');
    customElements.define('x-restless', class extends HTMLElement {
      static observedAttributes = ['n'];
      connectedCallback() { this.setAttribute('n', n++); }
      disconnectedCallback() { document.querySelector('h1').append('.'); }
      attributeChangedCallback() { this.replaceChildren(new Comment(n)); }
    });
    document.querySelector('main').append(document.createElement('x-restless'));
    new MutationObserver(() => {
      if (n++ < 5000) document.querySelector('h1').textContent = 'A story ' + n;
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    document.querySelector('h1').textContent = 'A story begins';
    setInterval(() => document.querySelector('main').prepend(restless()), 0);
  `);
  const counts = await page.evaluate(async () => {
    const { extract, rangesOf, summarize } = await import('/dist/index.js');
    const counts = [];
    for (let k = 0; k < 20; k += 1) {
      const [article, summary] = await Promise.all([extract(document), summarize(document)]);
      counts.push(article.paragraphs.length, summary.sentences.length);
      summary.sentences.forEach((_, index) => rangesOf(summary, index));
      await new Promise((resolve) => setTimeout(resolve));
    }
    return counts;
  });
  assert.deepEqual(new Set(counts), new Set([COUNT, 3]));
});

test('a page that has wrapped what it could is read all the same', async () => {
  // What a page does to prototypes before we come, it does to itself; it must not hang or be changed by us.
  const page = await visitStory(`
    Object.defineProperty(Object.prototype, 'hidden', { value: true });
    Array.prototype.push = Array.prototype.push;
    Map.prototype.extra = String.prototype.extra = Array.prototype.extra = () => { throw new Error('not ours'); };
  `);
  assert.equal((await read(page)).paragraphs.length, COUNT);
});

test('closed regions stay closed', async () => {
  const page = await visit({ html: await recipe('hidden-by-attributes.html'), headers: LOOSE });
  await read(page);
  const open = await page.evaluate(() => [...document.querySelectorAll('details[open], dialog[open]')].length);
  assert.equal(open, 0);
  assert.equal(await page.$eval('[hidden="until-found"]', (element) => element.hidden), 'until-found');
});

test('what has been scrolled past is read, in a box that scrolls too', async () => {
  const page = await visitStory();
  const counts = await page.evaluate(async () => {
    const { extract } = await import('/dist/index.js');
    const main = document.querySelector('main');
    const counts = [];
    for (const style of ['overflow: auto; height: 90px', 'overflow: hidden auto; height: 90px', 'columns: 9 300px; height: 90px; overflow: auto', 'margin-top: -3000px; padding-bottom: 9000px']) {
      main.style.cssText = style;
      main.scrollTop = main.scrollLeft = 1e6;
      scrollTo(0, 1e6);
      counts.push((await extract(document)).paragraphs.length);
    }
    return counts;
  });
  assert.deepEqual(counts, [COUNT, COUNT, COUNT, COUNT]);
});

test('P6: a page that has named its images and fields after what the panel needs gets its summary, and follows a change', async () => {
  const names = ['addEventListener', 'activeElement', 'getSelection', 'adoptedStyleSheets', 'title', 'querySelectorAll'];
  const images = names.map((name) => `<img alt="" name="${name}">`).join('');
  const fields = ['contains', 'isConnected', 'getRootNode', 'parentNode', 'closest', 'lang'].map((name) => `<input name="${name}">`).join('');
  const script = '<script type="module" src="/dist/nutgraf.js"></script>';
  const page = await visit(
    html(`<form name="documentElement">${fields}<h1>A story</h1><nut-graf></nut-graf>${STORY}</form>${images}`, { head: script }),
  );
  const summary = () => page.evaluate(() => new Promise((resolve) => addEventListener('nutgraf-summary', ({ detail }) => resolve(detail.state), { once: true })));
  const shown = summary();
  await page.$eval('nut-graf', (element) => (element.open = true));
  assert.equal(await shown, 'ok');
  const jumped = await next(page, 'nutgraf-jump');
  await page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.querySelector('.sentence').click());
  assert.equal((await jumped()).index, 0);
  assert.equal(await page.evaluate(() => CSS.highlights.get('nutgraf').size), 1);
  const again = summary();
  await page.evaluate(() => {
    document.getElementsByTagName('p')[6].remove();
  });
  assert.ok(['ok', 'too-little-saved'].includes(await again));
});
