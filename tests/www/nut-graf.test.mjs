import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { STORY, attribute, axe, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

const label = async (page) => (await texts(page, '.button'))[0].trim();
const isShown = (page) => page.$eval('nut-graf', (element) => element.checkVisibility());

test('P1: a story is offered a summary', async () => {
  const page = await visit(htmlWithWidget(STORY));
  assert.equal(await isShown(page), true);
  assert.equal(await label(page), 'Summary word for word');
  assert.equal(await attribute(page, 'state'), null);
});

test('a story of fewer than 150 words is not offered a summary', async () => {
  const page = await visit(htmlWithWidget('<p>' + 'word '.repeat(140) + '</p>'));
  assert.equal(await isShown(page), false);
  assert.equal(await attribute(page, 'state'), 'unavailable');
});

test('scripts, styles and the widget’s own children are not counted as words', async () => {
  const element = `<nut-graf><p>${'word '.repeat(200)}</p></nut-graf>`;
  const noise = `<script type="text/plain">${'word '.repeat(200)}</script><noscript>${'word '.repeat(200)}</noscript>`;
  const page = await visit(htmlWithWidget(`<p>${'word '.repeat(140)}</p>${noise}`, { element }));
  assert.equal(await isShown(page), false);
});

test('where words are not set apart, two characters count as one', async () => {
  const short = await visit(htmlWithWidget(`<p>${'港'.repeat(280)}</p>`, { lang: 'ja' }));
  assert.equal(await isShown(short), false);
  const long = await visit(htmlWithWidget(`<p>${'港'.repeat(310)}</p>`, { lang: 'ja' }));
  assert.equal(await isShown(long), true);
});

test('the words are counted where `for` points, and again when it points elsewhere', async () => {
  const page = await visit(
    htmlWithWidget(`<p id="a">${'word '.repeat(200)}</p><p id="b">word</p>`, { element: '<nut-graf for="#b"></nut-graf>' }),
  );
  assert.equal(await isShown(page), false);
  await page.$eval('nut-graf', (element) => (element.for = '#a'));
  assert.equal(await isShown(page), true);
});

test('of several articles on a page, no single one is taken for the story', async () => {
  const page = await visit(htmlWithWidget(`<article>short</article><article>${'word '.repeat(200)}</article>`));
  assert.equal(await isShown(page), true);
});

test('a page that opts out is not offered a summary', async () => {
  const page = await visit(htmlWithWidget(STORY, { head: '<meta name="NutGraf" content="off">' }));
  assert.equal(await isShown(page), false);
  assert.equal(await attribute(page, 'state'), 'unavailable');
});

test('a publisher’s own words are offered however short the story', async () => {
  const page = await visit(htmlWithWidget('<p>Short.</p>', { element: '<nut-graf><p slot="summary">Ours.</p></nut-graf>' }));
  assert.equal(await isShown(page), true);
});

test('until there is a summary, the children are shown', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf><p id="old">An older summary</p></nut-graf>' }));
  const shown = () => page.$eval('#old', (element) => element.checkVisibility());
  assert.equal(await shown(), true);
  await open(page);
  assert.equal(await shown(), false);
});

test('the button has the size that the page keeps free for it', async () => {
  const page = await visit(htmlWithWidget(STORY));
  const height = await page.$eval(
    'nut-graf',
    (element) => element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).fontSize),
  );
  assert.equal(height, 2.75);
});

test('P2: a demo page does not move when the button arrives', async () => {
  const page = await visit('demo/politics.html', {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value))).observe({
          type: 'layout-shift',
          buffered: true,
        });
      }),
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
});

for (const [lang, expected] of Object.entries({
  fr: 'Résumé mot pour mot',
  'de-AT': 'Kurzfassung Wort für Wort',
  ar: 'الملخّص بنصّ المقال',
  ja: '要約 原文のまま',
  'pt-BR': 'Resumo palavra por palavra',
  fi: 'Tiivistelmä sanasta sanaan',
  eo: 'Summary word for word',
})) {
  test(`on a page in ${lang} the button says “${expected}”`, async () => {
    const page = await visit(htmlWithWidget(STORY, { lang }));
    assert.equal(await label(page), expected);
    const [dir, own] = await page.$eval('nut-graf', ({ shadowRoot }) => [
      shadowRoot.firstElementChild.dir,
      shadowRoot.firstElementChild.lang,
    ]);
    assert.equal(dir, lang === 'ar' ? 'rtl' : 'ltr');
    assert.equal(own, expected.startsWith('Summary') ? 'en' : lang.slice(0, 2));
  });
}

test('`lang` on the element chooses its words, and may change', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf lang="es"></nut-graf>' }));
  assert.equal(await label(page), 'Resumen palabra por palabra');
  await page.$eval('nut-graf', (element) => (element.lang = 'de'));
  assert.equal(await label(page), 'Kurzfassung Wort für Wort');
});

test('a publisher’s label stands on the button alone', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf label="In brief"></nut-graf>' }));
  assert.equal(await label(page), 'In brief');
  await page.$eval('nut-graf', (element) => (element.label = null));
  assert.equal(await label(page), 'Summary word for word');
});

test('attributes are the state, and properties reflect them', async () => {
  const page = await visit(htmlWithWidget(STORY));
  const seen = await page.$eval('nut-graf', (element) => {
    const defaults = [element.length, element.shape, element.headingLevel, element.open, element.for, element.label];
    Object.assign(element, {
      length: 'long',
      shape: 'paragraph',
      headingLevel: 3,
      include: '.a',
      exclude: '.b',
      language: 'en',
      for: 'main',
    });
    const attributes = ['length', 'shape', 'heading-level', 'include', 'exclude', 'language', 'for'].map((name) =>
      element.getAttribute(name),
    );
    element.setAttribute('length', 'enormous');
    element.setAttribute('heading-level', '9');
    const odd = [element.length, element.headingLevel];
    element.exclude = undefined;
    return { defaults, attributes, odd, removed: element.hasAttribute('exclude') };
  });
  assert.deepEqual(seen, {
    defaults: ['short', 'bullets', 2, false, null, null],
    attributes: ['long', 'paragraph', '3', '.a', '.b', 'en', 'main'],
    odd: ['short', 2],
    removed: false,
  });
});

test('properties set before the script has come are kept', async () => {
  const page = await visit(htmlWithWidget(STORY, { head: '' }), {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        addEventListener(
          'readystatechange',
          () => {
            const element = document.querySelector('nut-graf');
            if (element && !customElements.get('nut-graf')) Object.assign(element, { label: 'Early', shape: 'paragraph' });
          },
          true,
        );
      }),
  });
  assert.equal(await label(page), 'Early');
  assert.equal(await attribute(page, 'shape'), 'paragraph');
});

test('the button opens and closes the panel, and says which', async () => {
  const page = await visit(htmlWithWidget(STORY));
  const expanded = () =>
    page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.querySelector('.button').getAttribute('aria-expanded'));
  assert.equal(await expanded(), 'false');
  await open(page);
  assert.equal(await expanded(), 'true');
  assert.equal(await attribute(page, 'open'), '');
  const closed = await next(page, 'nutgraf-open');
  await (await part(page, '.button')).click();
  assert.deepEqual(await closed(), { open: false });
  assert.equal(await expanded(), 'false');
  assert.equal(await attribute(page, 'open'), null);
});

test('`open` shows the panel without a click', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf open></nut-graf>' }));
  await page.waitForSelector('nut-graf >>> .sentence');
});

test('files that can’t be loaded are told of on the button, and a second press tries again', async () => {
  let isBroken = true;
  const panel = (request) => (isBroken ? request.abort() : request.continue());
  const page = await visit(htmlWithWidget(STORY), { routes: [[/^\/dist\/panel/, panel]] });
  const failed = await next(page, 'nutgraf-error');
  await (await part(page, '.button')).click();
  assert.deepEqual(await failed(), { code: 'load-failed' });
  assert.equal(await attribute(page, 'state'), 'error');
  assert.equal(await label(page), 'The summary could not be loaded. Try again');
  assert.deepEqual(await texts(page, '[role=status]'), ['The summary could not be loaded. Try again']);
  assert.deepEqual(await axe(page), []);

  isBroken = false;
  await open(page);
  assert.equal(await label(page), 'Summary word for word');
  assert.equal(await attribute(page, 'state'), 'ok');
});

test('an element that is moved while it is open shows the summary where it comes to stand', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const again = await next(page, 'nutgraf-summary');
  await page.evaluate(() => document.body.append(document.querySelector('nut-graf')));
  await again();
  assert.equal((await texts(page, '.sentence')).length, 3);
});

test('an element that is removed while it loads does nothing more', async () => {
  const element = '<nut-graf for="main"></nut-graf><nut-graf for="main" id="stays"></nut-graf>';
  const page = await visit(htmlWithWidget(STORY, { element }));
  await page.evaluate(() => {
    globalThis.events = [];
    const removed = document.querySelector('nut-graf');
    for (const name of ['open', 'summary', 'error'])
      removed.addEventListener(`nutgraf-${name}`, () => globalThis.events.push(name));
    removed.open = true;
    removed.remove();
  });
  // They share what they load, so that once this one is open the other would be as well.
  await open(page);
  assert.deepEqual(await page.evaluate(() => globalThis.events), []);
});

test('a second press while it loads takes the first one back', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await page.$eval('nut-graf', (element) => {
    globalThis.events = [];
    element.addEventListener('nutgraf-open', ({ detail }) => globalThis.events.push(detail.open));
    element.open = true;
    element.open = false;
  });
  await open(page);
  assert.deepEqual(await page.evaluate(() => globalThis.events), [true]);
});

test('a reader who changes their mind leaves no trace', async () => {
  const page = await visit(htmlWithWidget(STORY));
  const states = await page.$eval('nut-graf', async (element) => {
    const states = [];
    const settled = new Promise((resolve) => {
      element.addEventListener('nutgraf-state', ({ detail }) => states.push(detail.state) === 2 && resolve());
    });
    element.open = true;
    element.open = false;
    await settled;
    return [...states, element.getAttribute('state'), element.shadowRoot.querySelector('[aria-busy]')];
  });
  assert.deepEqual(states, ['loading', '', null, null]);
});

test('images and fields named after parts of the document do no harm', async () => {
  const names = ['querySelectorAll', 'createTreeWalker', 'createElement', 'body', 'head', 'documentElement', 'elementsFromPoint'];
  const images = names.map((name) => `<img name="${name}" alt="">`).join('');
  const body = `${images}<form><input name="nodeName"><input name="parentNode">${STORY}</form>`;
  const page = await visit(htmlWithWidget(body));
  await open(page);
  assert.equal((await texts(page, '.sentence')).length, 3);
  const jumped = await next(page, 'nutgraf-jump');
  await (await part(page, '.sentence')).press('Enter');
  await jumped();
});

test('R9: no reader is shut out of the button', async () => {
  const page = await visit(htmlWithWidget(STORY));
  assert.deepEqual(await axe(page), []);
});

test('what is documented about the element is what there is', async () => {
  const read = async (name) => readFile(new URL(`../../www/${name}`, import.meta.url), 'utf8');
  const { declarations } = JSON.parse(await read('custom-elements.json')).modules[0];
  const [{ attributes, cssParts, cssProperties, events }] = declarations;
  const names = (list) => list.map(({ name }) => name).sort();
  const sources = (await Promise.all(['nut-graf.js', 'panel.js', 'panel-style.js', 'jump.js'].map(read))).join('\n');
  const found = (pattern) => [...new Set([...sources.matchAll(pattern)].map(([, name]) => name))].sort();
  assert.deepEqual(names(cssProperties), found(/var\((--nutgraf-[a-z-]+)/g));
  assert.deepEqual(
    names(events),
    found(/emit\('(\w+)'/g).map((name) => `nutgraf-${name}`),
  );

  const page = await visit('demo/politics.html');
  await open(page);
  const [observed, parts] = await page.$eval('nut-graf', async (element) => {
    const parts = new Set();
    for (const shape of ['paragraph', 'bullets']) {
      element.shape = shape;
      element.shadowRoot.querySelector('.why').click();
      for (const depth of ['.facts > details', '.facts > details > details']) {
        for (const details of element.shadowRoot.querySelectorAll(depth)) details.open = true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      for (const part of element.shadowRoot.querySelectorAll('[part]')) parts.add(part.getAttribute('part'));
    }
    return [element.constructor.observedAttributes, [...parts]];
  });
  // `lang` is an attribute of every element, and `state` is for the element to set.
  assert.deepEqual(
    names(attributes).filter((name) => name !== 'state'),
    observed.filter((name) => name !== 'lang').sort(),
  );
  assert.deepEqual(names(cssParts), parts.sort());
});
