import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { ROOT, folded, html, htmlWithWidget, launch, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** Markup as a reader sees it, in text, names, title, attributes and numbers. */
const EVIL = '<img src=x onerror="globalThis.fired=1"><script>globalThis.fired=1</script>';

/** The same where it is typed into HTML. */
const TYPED = EVIL.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SENTENCES = [
  `The council of ${TYPED} decided on Monday that the harbor will close for a year, and nobody was asked.`,
  `Mayor Ida ${TYPED} Quist said that 12 million crowns are not enough for the quay, the cranes and the sea wall.`,
  `“Nobody told us of ${TYPED},” said Piet Haan of the Dockers’ Union, which has called a strike for Friday.`,
  `The union of Piet Haan wants ${TYPED} to be kept, because half of its members will lose their jobs in a year.`,
  'Ida Quist will meet Piet Haan on Thursday in the old customs house, where the last strike ended in the year 2016.',
  'The study of the sea wall is due in May, and until then all of the fishing boats may stay where they are today.',
  'Goods for the islands will come by road, which is narrow and crosses two villages that complain about lorries.',
  'Economists of the university expect that all of it will cost between two and three percent more in the region.',
].map((sentence) => `<p>${sentence}</p>`);

test('P5: text, titles, names and attributes that hold markup stay text, wherever they are shown', async () => {
  const head = `<title>${TYPED}</title><meta name="author" content="${TYPED}"><meta property="og:title" content="${TYPED}">
    <script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: EVIL, author: EVIL }).replaceAll('<', '\\u003c')}</script>`;
  const element = `<nut-graf length="long" label="${TYPED}" language="en" data-hash="${TYPED}"></nut-graf>`;
  const page = await visit(htmlWithWidget(`<article title="${TYPED}" class="${TYPED}">${SENTENCES.join('')}</article>`, { head, element }));
  await open(page);
  assert.ok((await texts(page, '.sentence')).some((sentence) => folded(sentence).includes(folded(EVIL))));
  for (const index of (await texts(page, '.why')).keys()) await (await part(page, '.why', index)).press('Enter');
  await page.$eval('nut-graf', async ({ shadowRoot }) => {
    for (const depth of ['.facts > details', '.facts details > details']) {
      for (const details of shadowRoot.querySelectorAll(depth)) details.open = true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { append } = shadowRoot;
    shadowRoot.append = function (frame) {
      append.call(this, frame);
      frame.contentWindow.print = () => {}; // A browser with a screen would ask for a printer.
    };
    for (const button of shadowRoot.querySelectorAll('.tool')) if (!button.hidden) button.click();
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  const { names, inFrame, fired } = await page.$eval('nut-graf', ({ shadowRoot }) => ({
    names: [...new Set([...shadowRoot.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
    inFrame: [...(shadowRoot.querySelector('iframe')?.contentDocument.querySelectorAll('body *') ?? [])].map(({ localName }) => localName),
    fired: globalThis.fired,
  }));
  assert.equal(fired, undefined);
  const ours = 'a button details div fieldset h2 iframe input label legend li p section slot span summary ul'.split(' ');
  for (const name of names) assert.ok(ours.includes(name), `there is a ${name}`);
  for (const name of inFrame) assert.ok(['h1', 'p', 'ul', 'li'].includes(name), `there is a ${name} in what is printed`);
});

/** What runs if it is ever taken for markup, in each of the places that text may be put into. */
const BREAKING = [
  '<img src=x onerror=globalThis.fired=1>',
  '</style><script>globalThis.fired=1</script>',
  '</title></textarea></noscript></template></script><script>globalThis.fired=1</script>',
  '"><svg onload=globalThis.fired=1>',
  "' onmouseover=globalThis.fired=1 x='",
  '--></script><iframe srcdoc="<script>parent.fired=1</script>">',
  'javascript:globalThis.fired=1',
  '}{</style><body onload=globalThis.fired=1>',
  ']]><x:script xmlns:x="http://www.w3.org/1999/xhtml">globalThis.fired=1</x:script>',
  '{count}{words}{total}${globalThis.fired=1}',
];

test('P5: whatever holds markup, and each attribute there is, nothing in it runs in the panel, in print, or in what is copied and shared', async () => {
  const all = BREAKING.join(' ');
  const names = 'class id title alt lang dir role itemprop itemtype aria-label data-testid data-component hidden style href rel name property content datetime data-x src';
  const sentences = STORY_OF.map((sentence, k) => sentence.replace('EVIL', BREAKING[k % BREAKING.length]));
  const script = '<script type="module" src="/dist/nutgraf.js"></script>';
  // The page's own script sets all of it, so that no parser stands between.
  const page = await visit({
    ...html(`<main><h1></h1><nut-graf></nut-graf><article></article></main>`, { head: script }),
    headers: { 'content-security-policy': "default-src 'self' 'unsafe-inline' data:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'" },
  });
  await page.evaluate((sentences, all, names, breaking) => {
    document.title = all;
    document.querySelector('h1').textContent = `A story of ${breaking[0]}`;
    const article = document.querySelector('article');
    for (const text of sentences) {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      article.append(paragraph);
    }
    const set = (element, keep = []) => {
      for (const name of names.split(' ')) if (!keep.includes(name)) element.setAttribute(name, name === 'style' || name === 'hidden' ? '' : all);
    };
    for (const element of [document.querySelector('main'), article, ...article.children]) set(element, ['hidden', 'role']);
    for (const element of ['img', 'a', 'time', 'figure']) {
      const made = document.createElement(element);
      set(made, ['src', 'hidden']);
      article.append(made);
    }
    for (const [name, kind] of [['author', 'name'], ['description', 'name'], ['og:title', 'property'], ['article:author', 'property'], ['article:published_time', 'property'], ['og:site_name', 'property'], ['keywords', 'name'], [all, 'name']]) {
      const meta = document.createElement('meta');
      meta.setAttribute(kind, name);
      meta.setAttribute('content', all);
      document.head.append(meta);
    }
    const data = { '@context': 'https://schema.org', '@type': 'NewsArticle' };
    for (const key of ['headline', 'name', 'description', 'datePublished', 'inLanguage', 'articleSection', 'url', all]) data[key] = all;
    data.author = [{ '@type': 'Person', name: all }, all];
    const json = Object.assign(document.createElement('script'), { type: 'application/ld+json', text: JSON.stringify(data) });
    document.head.append(json);
    const widget = document.querySelector('nut-graf');
    for (const name of ['label', 'language', 'lang', 'shape', 'include', 'exclude', 'heading-level', 'data-version', 'data-hash', 'title', 'class', 'id']) widget.setAttribute(name, name === 'include' ? 'article' : all);
    widget.setAttribute('length', 'long');
  }, sentences, all, names, BREAKING);
  const outcome = await page.evaluate(async () => {
    const told = {};
    const define = (target, name, value) => Object.defineProperty(target, name, { value, configurable: true });
    define(navigator, 'clipboard', { writeText: async (text) => (told.copied = text) });
    define(navigator, 'share', async (shared) => (told.shared = shared));
    const widget = document.querySelector('nut-graf');
    const heard = new Promise((resolve) => addEventListener('nutgraf-summary', ({ detail }) => resolve(detail.state), { once: true }));
    widget.open = true;
    const state = await heard;
    const root = widget.shadowRoot;
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (const why of root.querySelectorAll('.why')) why.click();
    for (const depth of ['.facts > details', '.facts details > details']) {
      for (const details of root.querySelectorAll(depth)) details.open = true;
      await wait(50);
    }
    const { append } = root;
    root.append = (frame) => {
      append.call(root, frame);
      frame.contentWindow.print = () => {};
      told.frame = frame;
    };
    for (const tool of root.querySelectorAll('.tool')) if (!tool.hidden) tool.click();
    await wait(200);
    const elements = (where) => [...new Set([...where.querySelectorAll('*')].map(({ localName }) => localName))];
    const handlers = (where) => [...where.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes].map(({ name }) => name).filter((name) => /^(on|style|src)/.test(name)));
    const printed = told.frame?.contentDocument;
    return {
      state,
      names: elements(root),
      handlers: [...handlers(root), ...(printed ? handlers(printed) : [])],
      printed: printed ? elements(printed.body) : [],
      links: [...root.querySelectorAll('a')].filter(({ protocol, hash }) => protocol !== 'http:' || !hash.startsWith('#:~:text=')).length,
      sentences: [...root.querySelectorAll('.sentence')].map(({ textContent }) => textContent),
      copied: told.copied,
      fired: globalThis.fired,
    };
  });
  assert.equal(outcome.fired, undefined);
  assert.ok(outcome.sentences.length >= 3, outcome.state);
  const article = sentences.map(folded).join(' ');
  for (const sentence of outcome.sentences) assert.ok(article.includes(folded(sentence)), `${sentence} stands there word for word`);
  assert.ok(outcome.sentences.some((sentence) => BREAKING.some((text) => sentence.includes(folded(text)))));
  // Ticks of the strip have a style, set by its properties.
  assert.deepEqual(outcome.handlers.filter((name) => name !== 'style'), []);
  assert.equal(outcome.links, 0, 'each link leads to this very page');
  const ours = 'a button details div fieldset h2 iframe input label legend li p section slot span summary ul'.split(' ');
  assert.deepEqual(outcome.names.filter((name) => !ours.includes(name)), []);
  assert.deepEqual(outcome.printed.filter((name) => !['h1', 'p', 'ul', 'li'].includes(name)), []);
});

/** Eight sentences with room for something. */
const STORY_OF = SENTENCES.map((sentence) => sentence.replace(/<\/?p>/g, '').replace(TYPED, 'EVIL')).map((sentence) =>
  sentence.includes('EVIL') ? sentence : sentence.replace(' the ', ' the EVIL '),
);

test('P5: what `batch --format html` writes of such an article is text in a page, and so is what the widget makes of it', async () => {
  const sentences = STORY_OF.map((sentence, k) => sentence.replace('EVIL', BREAKING[k % BREAKING.length]));
  const typed = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const body = `<article><h1>${typed(BREAKING[0])}</h1>${sentences.map((text) => `<p>${typed(text)}</p>`).join('')}</article>`;
  const input = `${JSON.stringify({ id: 1, html: html(body).html, language: 'en' })}\n`;
  const run = spawnSync('cargo', ['run', '--quiet', '--', 'batch', '--format', 'html'], { cwd: ROOT, input, encoding: 'utf8' });
  const element = JSON.parse(run.stdout).html;
  assert.match(element, /<li data-sentence/);
  const page = await visit({
    ...htmlWithWidget(body, { element }),
    headers: { 'content-security-policy': "default-src 'self' 'unsafe-inline' data:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'" },
  });
  const names = await page.$eval('nut-graf', (element) => [...new Set([...element.querySelectorAll('*')].map(({ localName }) => localName))]);
  assert.deepEqual(names, ['ul', 'li']);
  await open(page);
  const items = await page.$$eval('nut-graf li', (all) => all.map(({ textContent }) => textContent));
  assert.deepEqual(await texts(page, '.sentence'), items, 'it is adopted');
  assert.equal(await page.evaluate(() => globalThis.fired), undefined);
});
