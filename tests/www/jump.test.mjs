import assert from 'node:assert/strict';
import { STORY, axe, changes, decline, folded, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** Presses a sentence of the summary, by keyboard, and waits until the reader has been taken to it. */
async function jump(page, index = 0) {
  const jumped = await next(page, 'nutgraf-jump');
  const link = await part(page, '.sentence', index);
  const text = await link.evaluate(({ textContent }) => textContent);
  await link.press('Enter');
  assert.equal((await jumped()).index, index);
  return text;
}

/** The text that is marked, without how to pronounce it, and where it is in the window. */
const marked = (page) =>
  page.evaluate(() => {
    const ranges = [...(CSS.highlights.get('nutgraf') ?? [])];
    const { top = 0, bottom = 0 } = ranges[0]?.getBoundingClientRect() ?? {};
    const texts = ranges.map((range) => {
      const content = range.cloneContents();
      for (const annotation of content.querySelectorAll('rt, rp')) annotation.remove();
      return content.textContent;
    });
    return { text: texts.join(' '), top, bottom };
  });

/** What has the focus: of the page, and of the widget. */
const focus = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return { name: activeElement.localName, tabindex: activeElement.getAttribute('tabindex'), text: activeElement.textContent };
  });

/** Before a page is loaded: its reader has nothing against motion. */
const motion = (page) => page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);

test('R2: a sentence of the summary leads to the same sentence in the article, which is marked', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  for (const index of [2, 0]) {
    const text = await jump(page, index);
    const mark = await marked(page);
    assert.equal(folded(mark.text), text);
    assert.ok(mark.top >= 0 && mark.bottom <= 900, 'it is in the window');
  }
});

test('R2: every sentence of every demo page is found in its article', async () => {
  for (const name of ['politics', 'sports', 'longread', 'live', 'french', 'german', 'arabic', 'japanese', 'paywall']) {
    const page = await visit(`demo/${name}.html`);
    await page.$eval('nut-graf', (element) => (element.length = 'long'));
    await open(page);
    const { length } = await texts(page, '.sentence');
    for (let index = 0; index < length; index += 1) {
      const text = await jump(page, index);
      assert.equal(folded((await marked(page)).text), text, name);
    }
  }
});

test('R2: the focus goes to the block of the sentence, which gets a tabindex for as long as it has it', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const changed = await changes(page, async () => {
    const text = await jump(page, 1);
    const { name, tabindex, text: block } = await focus(page);
    assert.deepEqual([name, tabindex], ['p', '-1']);
    assert.ok(folded(block).includes(text));
    await page.keyboard.press('Tab');
  });
  assert.deepEqual(changed, ['tabindex of P', 'tabindex of P'], 'set and taken away, and nothing else');
  assert.equal(
    await page.$$eval('[tabindex="-1"]', (elements) => elements.filter(({ localName }) => localName === 'p').length),
    0,
  );
});

test('a block that can have the focus is left as it is', async () => {
  const page = await visit(htmlWithWidget(STORY.replaceAll('<p>', '<p tabindex="0">')));
  await open(page);
  const changed = await changes(page, async () => {
    await jump(page);
    assert.deepEqual((await focus(page)).tabindex, '0');
    await page.keyboard.press('Escape');
  });
  assert.deepEqual(changed, []);
});

test('Escape leads back to the sentence in the summary', async () => {
  const page = await visit('demo/longread.html');
  await open(page);
  const text = await jump(page, 2);
  assert.match((await texts(page, '[role=status]'))[0], /Press Escape to go back/);
  await page.keyboard.press('Escape');
  const back = await page.$eval('nut-graf', ({ shadowRoot }) => {
    const { top, bottom } = shadowRoot.activeElement.getBoundingClientRect();
    return { text: shadowRoot.activeElement.textContent, isInWindow: top >= 0 && bottom <= innerHeight };
  });
  assert.deepEqual(back, { text, isInWindow: true });
  assert.equal((await marked(page)).text, '', 'the mark is gone');
});

test('a button leads back as well, and is there only while the reader is away', async () => {
  const page = await visit('demo/longread.html');
  await open(page);
  const isThere = () => page.$eval('nut-graf >>> .back', (button) => button.checkVisibility());
  assert.equal(await isThere(), false);
  const text = await jump(page, 2);
  assert.equal(await isThere(), true);
  assert.deepEqual(await axe(page), []);
  await (await part(page, '.back')).click();
  assert.equal(await isThere(), false);
  assert.equal(await page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.activeElement.textContent), text);

  await jump(page, 1);
  await page.keyboard.press('Tab');
  assert.equal(await isThere(), false, 'a reader who goes on reading is not followed');
});

test('closing the panel takes the mark away', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  await jump(page);
  const closed = await next(page, 'nutgraf-open');
  await (await part(page, '.button')).click();
  await closed();
  assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
});

test('a sentence is not left under a header that sticks', async () => {
  const page = await visit('demo/politics.html', { prepare: (page) => page.setViewport({ width: 360, height: 640 }) });
  await page.evaluate(() => (document.documentElement.style.scrollPaddingBlock = '0'));
  await decline(page);
  await open(page);
  await page.$eval('nut-graf', (element) => (element.length = 'long'));
  for (const index of [7, 0, 3]) {
    await jump(page, index);
    const isCovered = await page.evaluate(() => {
      const [range] = CSS.highlights.get('nutgraf');
      const [first] = range.getClientRects();
      const { parentElement } = range.startContainer;
      return !parentElement.contains(document.elementFromPoint(first.left + 2, first.top + first.height / 2));
    });
    assert.equal(isCovered, false);
  }
});

test('where motion is welcome, the page scrolls smoothly to the same place', async () => {
  const page = await visit('demo/longread.html', { prepare: motion });
  await open(page);
  await page.$eval('nut-graf', (element) => (element.length = 'long'));
  await jump(page, 7);
  await page.waitForFunction(() => {
    const [range] = CSS.highlights.get('nutgraf');
    const { top, bottom } = range.getBoundingClientRect();
    return top > 0 && bottom < innerHeight;
  });
});

test('a reader who scrolls on is not pulled back', async () => {
  const long = htmlWithWidget(`${STORY}<p>${'word '.repeat(2_000)}</p>${STORY.split('\n').at(-1)}`);
  const page = await visit(long, { prepare: motion });
  await open(page);
  await page.$eval('nut-graf', (element) => Object.assign(element, { exclude: 'p:not(:last-child)' }));
  await page.waitForFunction(() => document.querySelector('nut-graf').shadowRoot.querySelectorAll('.sentence').length === 2);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  // The last lines of a page can't be brought any higher, so that no scroll ends either.
  await page.$$eval('nut-graf >>> .sentence', (links) => links.at(-1).click());
  await page.mouse.wheel({ deltaY: -5_000 });
  await page.waitForFunction(() => scrollY === 0);
  // That the reader's own scroll has ended is told with a frame, if at all.
  const frame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(scrollY))));
  assert.deepEqual([await frame(), await frame()], [0, 0]);
});

for (const [name, prepare] of Object.entries({ 'at once': undefined, smoothly: motion })) {
  test(`a sentence that is scrolled to ${name} is clear of a header that sticks only further down`, async () => {
    const room = '<p>.</p>'.repeat(30);
    const page = await visit(htmlWithWidget(`${room}<div id="header">Header</div>${room}${STORY}${room}`), { prepare });
    await page.evaluate(() =>
      Object.assign(document.getElementById('header').style, { position: 'sticky', top: 0, height: '350px', background: 'white' }),
    );
    await open(page);
    await jump(page, 2);
    await page.waitForFunction(() => {
      const [range] = CSS.highlights.get('nutgraf');
      const header = document.getElementById('header').getBoundingClientRect();
      const { top, bottom } = range.getBoundingClientRect();
      return header.top === 0 && top > header.bottom && bottom < innerHeight;
    });
  });
}

test('a sentence inside a box that scrolls is scrolled to in its box', async () => {
  const page = await visit(htmlWithWidget(`<div id="box">${'<p>.</p>'.repeat(40)}${STORY}</div>`));
  await page.evaluate(() => Object.assign(document.getElementById('box').style, { overflowY: 'scroll', height: '200px' }));
  await open(page);
  await jump(page, 2);
  const isInBox = await page.evaluate(() => {
    const [range] = CSS.highlights.get('nutgraf');
    const box = document.getElementById('box').getBoundingClientRect();
    const { top, bottom } = range.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  });
  assert.equal(isInBox, true);
});

test('a sentence in a shadow root is marked and gets the focus', async () => {
  const page = await visit(htmlWithWidget('<x-story></x-story>', { element: '<nut-graf open for="x-story"></nut-graf>' }), {
    prepare: (page) =>
      page.evaluateOnNewDocument((story) => {
        addEventListener(
          'readystatechange',
          () => {
            const host = document.querySelector('x-story');
            if (!host || host.shadowRoot) return;
            const paragraphs = story
              .split(/<\/?p>/)
              .map((text) => Object.assign(document.createElement('p'), { textContent: text }));
            host.attachShadow({ mode: 'open' }).append(...paragraphs);
          },
          true,
        );
      }, STORY),
  });
  await page.waitForSelector('nut-graf >>> .sentence');
  const text = await jump(page, 1);
  assert.equal(folded((await marked(page)).text), text);
  const [name, sheets] = await page.$eval('x-story', ({ shadowRoot }) => [
    shadowRoot.activeElement.localName,
    shadowRoot.adoptedStyleSheets.length,
  ]);
  assert.deepEqual([name, sheets], ['p', 1]);
});

test('a sentence that is gone from the article makes the summary anew, and the reader is told', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const [first] = await texts(page, '.sentence');
  const again = await next(page, 'nutgraf-summary');
  await page.$eval('nut-graf', ({ shadowRoot }) => {
    const link = shadowRoot.querySelector('.sentence');
    [...document.querySelectorAll('main > p')].find(({ textContent }) => textContent.includes(link.textContent)).remove();
    // At once: soon after, the panel would have found out by itself.
    link.focus();
    link.click();
  });
  await again();
  assert.match((await texts(page, '.note'))[0], /^The article has changed since/);
  assert.match((await texts(page, '[role=status]'))[0], /^The article has changed since/);
  assert.equal((await texts(page, '.sentence')).includes(first), false);
  assert.equal(
    await page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.activeElement.classList[0]),
    'sentence',
    'the focus stays',
  );
});

test('a sentence that has been rewritten in its place counts as gone', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const again = await next(page, 'nutgraf-summary');
  await page.$eval('nut-graf', ({ shadowRoot }) => {
    const link = shadowRoot.querySelector('.sentence');
    const paragraphs = [...document.querySelectorAll('main > p')];
    const { firstChild } = paragraphs.find(({ textContent }) => textContent.includes(link.textContent));
    firstChild.data = firstChild.data.toUpperCase();
    link.click();
  });
  await again();
  assert.match((await texts(page, '.note'))[0], /^The article has changed since/);
});

test('removing the element gives the block back as it was', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  await jump(page);
  const left = await page.evaluate(() => {
    document.querySelector('nut-graf').remove();
    return [document.querySelectorAll('[tabindex]').length, CSS.highlights.size];
  });
  assert.deepEqual(left, [0, 0]);
});

test('a press with a modifier key is the browser’s', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const prevented = await page.$eval('nut-graf >>> .sentence', (link) => {
    const event = new MouseEvent('click', { ctrlKey: true, cancelable: true, bubbles: true });
    link.addEventListener('click', (event) => {
      event.seen = event.defaultPrevented;
      event.preventDefault();
    });
    link.dispatchEvent(event);
    return event.seen;
  });
  assert.equal(prevented, false);
});
