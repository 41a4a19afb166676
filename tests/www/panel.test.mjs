import assert from 'node:assert/strict';
import { STORY, attribute, axe, changes, decline, folded, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** Long enough to be offered a summary, and too short for one. */
const FOUR_SENTENCES = ['harbor', 'market', 'school', 'bridge']
  .map(
    (place) =>
      `<p>The council decided that the old ${place} of the town ${'will have to be repaired and painted, and '.repeat(5)}that it opens on Monday.</p>`,
  )
  .join('');

/** Sees to it that a page has what a reader of it would have to say about its panel: nothing. */
async function isAccessible(page) {
  assert.deepEqual(await axe(page), []);
}

/** The element inside the widget that has the focus, as `name.class`. */
const focused = (page) =>
  page.$eval('nut-graf', ({ shadowRoot }) => {
    const { activeElement } = shadowRoot;
    return activeElement && `${activeElement.localName}.${activeElement.classList[0]}`;
  });

const isVisible = (page, selector) => page.$eval(`nut-graf >>> ${selector}`, (element) => element.checkVisibility());

test('R1: a click shows sentences of the article, word for word', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const sentences = await texts(page, '.sentence');
  assert.equal(sentences.length, 3);
  const article = folded(await page.$eval('article', ({ textContent }) => textContent));
  for (const sentence of sentences) assert.ok(article.includes(sentence), sentence);
});

test('the panel is a region with a heading, and the button points to it', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const found = await page.$eval('nut-graf', ({ shadowRoot }) => {
    const byId = (id) => shadowRoot.getElementById(id);
    const section = byId(shadowRoot.querySelector('.button').getAttribute('aria-controls'));
    const heading = byId(section.getAttribute('aria-labelledby'));
    return [section.localName, heading.localName, heading.textContent];
  });
  assert.deepEqual(found, ['section', 'h2', 'Summary']);
});

test('the heading has the level that the page asks for', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf heading-level="4"></nut-graf>' }));
  await open(page);
  assert.equal((await texts(page, 'h4')).length, 1);
  await page.$eval('nut-graf', (element) => (element.headingLevel = 3));
  assert.equal((await texts(page, 'h3')).length, 1);
  assert.equal((await texts(page, 'h4')).length, 0);
});

test('a line says how many sentences of how many, and the time saved', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const [proof] = await texts(page, '.proof');
  assert.match(proof, /^3 of \d+ sentences, word for word · 1 min instead of \d$/);
});

test('R7: the choice of length shows at once, without reading the page again', async () => {
  const page = await visit('demo/politics.html', {
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.reads = 0;
        const { getAttributeNames } = Element.prototype;
        Element.prototype.getAttributeNames = function () {
          globalThis.reads += 1;
          return getAttributeNames.call(this);
        };
      }),
  });
  await open(page);
  const reads = await page.evaluate(() => globalThis.reads);
  assert.ok(reads > 0);
  for (const [index, [length, most]] of [
    ['short', 3],
    ['medium', 5],
    ['long', 8],
  ].entries()) {
    if (index > 0) {
      const shown = await next(page, 'nutgraf-summary');
      await (await part(page, '.choice', index)).click();
      const { length: told, sentences, ms } = await shown();
      assert.deepEqual([told, sentences, ms.total], [length, most, 0]);
    }
    assert.equal(await attribute(page, 'length'), index > 0 ? length : null);
    assert.equal((await texts(page, '.sentence')).length, most);
    assert.match((await texts(page, '.proof'))[0], new RegExp(`^${most} of `));
  }
  assert.equal(await page.evaluate(() => globalThis.reads), reads);
});

test('the sentences of a shorter summary are in the longer one', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const short = await texts(page, '.sentence');
  await page.$eval('nut-graf', (element) => (element.length = 'long'));
  const long = await texts(page, '.sentence');
  assert.deepEqual(
    long.filter((sentence) => short.includes(sentence)),
    short,
  );
});

test('an article that has no more sentences to choose from has no choice of length', async () => {
  const page = await visit(htmlWithWidget(FOUR_SENTENCES));
  await open(page);
  assert.equal(await isVisible(page, '.length'), (await texts(page, '.sentence')).length < 4);
});

test('sentences can run on as a paragraph', async () => {
  const page = await visit(htmlWithWidget(STORY, { element: '<nut-graf shape="paragraph"></nut-graf>' }));
  await open(page);
  const [paragraph] = await texts(page, '.paragraph');
  assert.equal(paragraph, (await texts(page, '.sentence')).join(' '));
  await page.$eval('nut-graf', (element) => (element.shape = 'bullets'));
  assert.equal((await texts(page, 'li')).length, 3);
});

test('a sentence is a link that finds its text, for readers who open it elsewhere', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const links = await page.$$eval('nut-graf >>> .sentence', (links) =>
    links.map(({ href, textContent }) => ({ href, textContent })),
  );
  for (const { href, textContent } of links) {
    const [base, fragment] = href.split('#:~:text=');
    assert.equal(base, page.url());
    assert.equal(decodeURIComponent(fragment), textContent);
    assert.doesNotMatch(fragment, /[-,&]/, 'these have a meaning in a text fragment');
  }
});

test('R9: the panel tells once what it shows, and again when the length changes', async () => {
  const page = await visit('demo/politics.html');
  await page.$eval('nut-graf', ({ shadowRoot }) => {
    globalThis.said = [];
    const status = shadowRoot.querySelector('[role=status]');
    new MutationObserver(() => status.textContent && globalThis.said.push(status.textContent)).observe(status, {
      childList: true,
    });
  });
  await open(page);
  const shown = await next(page, 'nutgraf-summary');
  await (await part(page, '.choice', 1)).click();
  await shown();
  const said = await page.evaluate(() => globalThis.said);
  assert.equal(said.length, 2);
  assert.match(said[0], /^3 of \d+ sentences/);
  assert.match(said[1], /^5 of \d+ sentences/);
});

test('R9: all of it can be done by keyboard alone', async () => {
  const page = await visit('demo/politics.html');
  for (let tabs = 0; (await focused(page)) === null; tabs += 1) {
    assert.ok(tabs < 100, 'the button is within reach of the Tab key');
    await page.keyboard.press('Tab');
  }
  assert.equal(await focused(page), 'button.button');
  const opened = await next(page, 'nutgraf-open');
  await page.keyboard.press('Enter');
  await opened();
  assert.equal(await focused(page), 'button.button', 'opening moves no focus');

  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'a.sentence');
  for (const next of ['button.why', 'a.sentence', 'button.why', 'a.sentence', 'button.why', 'input.input']) {
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), next);
  }
  const longer = await next(page, 'nutgraf-summary');
  await page.keyboard.press('ArrowRight');
  assert.equal((await longer()).length, 'medium');
  assert.equal(await focused(page), 'input.input', 'choosing moves no focus');

  const closed = await next(page, 'nutgraf-open');
  await page.keyboard.press('Escape');
  assert.deepEqual(await closed(), { open: false });
  assert.equal(await focused(page), 'button.button', 'Escape leads back to the button');
});

test('everything that can be pressed is at least 24 pixels high and wide', async () => {
  const page = await visit('demo/politics.html', { prepare: (page) => page.setViewport({ width: 360, height: 740 }) });
  await decline(page);
  await open(page);
  const boxes = await page.$$eval('nut-graf >>> :is(.button, .choice input, .sentence, .why, .tool:not([hidden]), .title)', (elements) =>
    elements.map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return [element.className, Math.min(width, height)];
    }),
  );
  assert.ok(boxes.length > 6);
  for (const [name, size] of boxes) assert.ok(size >= 24, `${name} has ${size}`);
});

test('the panel fits a phone', async () => {
  const page = await visit('demo/german.html', { prepare: (page) => page.setViewport({ width: 320, height: 640 }) });
  await open(page);
  const overflow = await page.$eval('nut-graf', (element) => {
    const { right } = element.getBoundingClientRect();
    return [...element.shadowRoot.querySelectorAll('.frame, .frame *')]
      .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > right + 1)
      .map((part) => part.className);
  });
  assert.deepEqual(overflow, []);
});

test('P7: the publisher’s own words are shown instead, and labeled as theirs', async () => {
  const page = await visit(
    htmlWithWidget(STORY, { element: '<nut-graf><p slot="summary" id="own">Our own words.</p></nut-graf>' }),
  );
  await open(page);
  assert.deepEqual(await texts(page, '.heading'), ['Summary by the publisher']);
  assert.equal(await isVisible(page, '.heading'), true);
  assert.equal(await page.$eval('#own', (element) => element.checkVisibility()), true);
  assert.deepEqual(await texts(page, '.sentence'), []);
  assert.equal(await attribute(page, 'state'), 'own-words');
  assert.deepEqual(
    page.requests.filter((path) => path.includes('nutgraf_bg.')),
    [],
    'nothing is computed',
  );
  await isAccessible(page);
});

test('a page that opts out after it has loaded is told apart from one without an article', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await page.evaluate(() =>
    document.head.append(Object.assign(document.createElement('meta'), { name: 'nutgraf', content: 'off' })),
  );
  await open(page);
  assert.equal(await attribute(page, 'state'), 'opted-out');
  assert.deepEqual(await texts(page, '.note'), ['The publisher has asked that this page is not summarized.']);
  assert.deepEqual(await texts(page, '.sentence'), []);
  await isAccessible(page);
});

/** It marks no ends of sentences. */
const THAI = 'สภาเมืองมีมติเมื่อวันจันทร์ว่าท่าเรือจะปิดในเดือนมีนาคม ';

for (const [state, { what, note, shows, element }] of Object.entries({
  'not-an-article': { what: 'demo/list.html', note: /no article on this page/, shows: false },
  truncated: { what: 'demo/paywall.html', note: /only part of the article/i, shows: true },
  'unsupported-language': {
    what: htmlWithWidget(`<p>${THAI.repeat(20)}</p>`.repeat(5), { lang: 'en' }),
    note: /in this language can’t be summarized/,
    shows: false,
  },
  'too-short': {
    what: htmlWithWidget(FOUR_SENTENCES),
    note: /short enough to read in full/,
    shows: true,
  },
  'too-little-saved': {
    what: htmlWithWidget(STORY, { element: '<nut-graf length="long"></nut-graf>' }),
    note: /hardly longer/,
    shows: true,
  },
})) {
  test(`R8: a page that is ${state} is told so in words of its own`, async () => {
    const page = await visit(what);
    const told = await next(page, 'nutgraf-summary');
    await open(page);
    assert.equal((await told()).state, state);
    assert.equal(await attribute(page, 'state'), state);
    assert.match((await texts(page, '.note'))[0], note);
    assert.equal((await texts(page, '.sentence')).length > 0, shows);
    assert.equal(await isVisible(page, '.foot'), shows);
    await isAccessible(page);
  });
}

test('a module that can’t be loaded is told in the panel, and can be tried again', async () => {
  let isBroken = true;
  const wasm = (request) => (isBroken ? request.abort() : request.continue());
  const page = await visit(htmlWithWidget(STORY), { routes: [[/nutgraf_bg\./, wasm]] });
  const failed = await next(page, 'nutgraf-error');
  await open(page);
  assert.deepEqual(await failed(), { code: 'load-failed' });
  assert.equal(await attribute(page, 'state'), 'error');
  assert.deepEqual(await texts(page, '.note'), ['The summary could not be loaded.']);
  assert.deepEqual(await texts(page, '[role=status]'), ['The summary could not be loaded.']);
  await isAccessible(page);

  isBroken = false;
  const shown = await next(page, 'nutgraf-summary');
  await (await part(page, '.retry')).click();
  await shown();
  assert.equal((await texts(page, '.sentence')).length, 3);
  assert.equal(await isVisible(page, '.retry'), false);
  assert.equal(await focused(page), 'h2.heading', 'the focus is not lost with the button');
});

test('R9: no reader is shut out of the panel, in any language, shape or color scheme', async () => {
  for (const name of ['politics', 'sports', 'longread', 'live', 'french', 'german', 'arabic', 'japanese']) {
    for (const scheme of ['light', 'dark']) {
      const features = [
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ];
      const page = await visit(`demo/${name}.html`, { prepare: (page) => page.emulateMediaFeatures(features) });
      assert.equal(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), scheme === 'dark');
      await open(page);
      await isAccessible(page);
      await page.$eval('nut-graf', (element) => Object.assign(element, { shape: 'paragraph', length: 'long' }));
      await isAccessible(page);
    }
  }
});

test('an Arabic page has a panel from right to left', async () => {
  const page = await visit('demo/arabic.html');
  await open(page);
  const [dir, lang] = await page.$eval('nut-graf >>> .sentence', (link) => [link.dir, link.lang]);
  assert.deepEqual([dir, lang], ['rtl', 'ar']);
  const [button, choice] = await page.$eval('nut-graf', ({ shadowRoot }) =>
    ['.proof', '.length'].map((selector) => shadowRoot.querySelector(selector).getBoundingClientRect().right),
  );
  assert.ok(button > choice, 'the proof stands to the right of the choice');
});

test('a sentence in another language than the widget says so', async () => {
  const page = await visit('demo/french.html');
  await page.$eval('nut-graf', (element) => (element.lang = 'de'));
  await open(page);
  assert.equal(await page.$eval('nut-graf >>> .sentence', (link) => link.lang), 'fr');
  assert.equal(await page.$eval('nut-graf >>> .frame', (frame) => frame.lang), 'de');
  assert.match((await texts(page, '.proof'))[0], /Sätzen/);
});

test('the article is read where `for` points; where it points nowhere, the page is told and the article found', async () => {
  const element = '<nut-graf for="#gone"></nut-graf>';
  const page = await visit(htmlWithWidget(`<div id="part"><p>${STORY}</div>`, { element }));
  const failed = await next(page, 'nutgraf-error');
  await open(page);
  assert.deepEqual(await failed(), { code: 'for-not-found' });
  assert.equal((await texts(page, '.sentence')).length, 3);
});

test('P7: what is excluded is not summarized, and a change of it shows', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const [first] = await texts(page, '.sentence');
  const again = await next(page, 'nutgraf-summary');
  await page.evaluate((text) => {
    const paragraph = [...document.querySelectorAll('main > p')].find(({ textContent }) => textContent.includes(text));
    paragraph.id = 'out';
    document.querySelector('nut-graf').exclude = '#out';
  }, first);
  await again();
  assert.equal((await texts(page, '.sentence')).includes(first), false);
});

test('an article that changes while the panel is closed is read anew', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const closed = await next(page, 'nutgraf-open');
  await (await part(page, '.button')).click();
  await closed();
  await page.evaluate(() => document.querySelectorAll('main > p').forEach((paragraph, k) => k % 2 && paragraph.remove()));
  await open(page);
  const article = folded(await page.$eval('main', ({ textContent }) => textContent));
  for (const sentence of await texts(page, '.sentence')) assert.ok(article.includes(sentence));
});

test('P13: events say how much and how long, and hold no text of the article', async () => {
  const page = await visit('demo/politics.html');
  await page.evaluate(() => {
    globalThis.events = [];
    for (const name of ['open', 'summary', 'jump', 'error', 'state']) {
      document.addEventListener(`nutgraf-${name}`, ({ type, detail, composed }) =>
        globalThis.events.push({ type, detail, composed }),
      );
    }
  });
  await open(page);
  const jumped = await next(page, 'nutgraf-jump');
  await (await part(page, '.sentence')).click();
  await jumped();
  const events = await page.evaluate(() => globalThis.events);
  assert.deepEqual(
    events.map(({ type, detail }) => (type === 'nutgraf-state' ? detail.state : type)),
    ['loading', 'nutgraf-open', 'ok', 'nutgraf-summary', 'nutgraf-jump'],
  );
  const { detail } = events.find(({ type }) => type === 'nutgraf-summary');
  assert.deepEqual(Object.keys(detail), ['state', 'length', 'sentences', 'nSentences', 'nWords', 'nSummaryWords', 'ms']);
  assert.deepEqual(Object.keys(detail.ms), ['load', 'walk', 'core', 'total']);
  for (const { detail, composed } of events) {
    assert.equal(composed, true);
    assert.ok(JSON.stringify(detail).length < 300);
    for (const sentence of await texts(page, '.sentence')) assert.ok(!JSON.stringify(detail).includes(sentence.slice(0, 10)));
  }
});

test('R2: opening, choosing and closing leave the page as it was', async () => {
  const page = await visit('demo/politics.html');
  const changed = await changes(page, async () => {
    await open(page);
    const shown = await next(page, 'nutgraf-summary');
    await (await part(page, '.choice', 2)).click();
    await shown();
    const closed = await next(page, 'nutgraf-open');
    await (await part(page, '.button')).click();
    await closed();
  });
  assert.deepEqual(changed, []);
});
