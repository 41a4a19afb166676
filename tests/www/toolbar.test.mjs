import assert from 'node:assert/strict';
import { STORY, axe, changes, folded, htmlWithWidget, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

/** The buttons that are there, by what they say. */
const tools = (page) =>
  page.$$eval('nut-graf >>> .tool', (buttons) => buttons.filter(({ hidden }) => !hidden).map(({ textContent }) => textContent));

/** Presses the button that says something. */
async function press(page, says) {
  const index = await page.$$eval(
    'nut-graf >>> .tool',
    (buttons, says) => buttons.findIndex(({ hidden, textContent }) => !hidden && textContent === says),
    says,
  );
  assert.ok(index >= 0, `there is “${says}”`);
  await (await part(page, '.tool', index)).press('Enter');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
}

/** Puts something of ours in the place of what the browser has. */
const instead = (page, script) => page.evaluateOnNewDocument(script);

/** A clipboard that keeps what it is given, or refuses it. */
const clipboard = (isDenied) => `
  globalThis.copied = [];
  Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => ({
    writeText: async (text) => { if (${isDenied}) throw new DOMException('no', 'NotAllowedError'); globalThis.copied.push(text); },
  }) });`;

test('R14: the summary can be copied, with its title and address', async () => {
  const page = await visit(htmlWithWidget(STORY), { prepare: (page) => instead(page, clipboard(false)) });
  await open(page);
  await press(page, 'Copy');
  const [copied] = await page.evaluate(() => globalThis.copied);
  const sentences = await texts(page, '.sentence');
  assert.equal(copied, ['A page', ...sentences.map((text) => `• ${text}`), page.url()].join('\n\n'));
  assert.ok((await tools(page)).includes('Copied'));
  assert.deepEqual(await texts(page, '[role=status]'), ['Copied']);
});

test('R14: a link to a sentence can be copied', async () => {
  const page = await visit(htmlWithWidget(STORY), { prepare: (page) => instead(page, clipboard(false)) });
  await open(page);
  await (await part(page, '.why', 1)).press('Enter');
  await (await part(page, '.link')).press('Enter');
  const [copied] = await page.evaluate(() => globalThis.copied);
  assert.equal(copied, await page.$$eval('nut-graf >>> .sentence', (links) => links[1].href));
});

test('R15: a browser that allows neither clipboard nor storage nor speech nor sharing takes nothing else away', async () => {
  const page = await visit(htmlWithWidget(STORY), {
    prepare: (page) =>
      instead(
        page,
        `${clipboard(true)}
        delete globalThis.speechSynthesis;
        Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined });
        Object.defineProperty(Navigator.prototype, 'share', { value: undefined });
        for (const storage of ['localStorage', 'sessionStorage'])
          Object.defineProperty(globalThis, storage, { get() { throw new DOMException('denied', 'SecurityError'); } });`,
      ),
  });
  await open(page);
  assert.deepEqual(await tools(page), ['Copy', 'Print', 'As running text']);
  await press(page, 'Copy');
  assert.ok((await tools(page)).includes('Your browser does not allow that here.'));
  const longer = await next(page, 'nutgraf-summary');
  await (await part(page, '.choice', 1)).click();
  assert.equal((await longer()).length, 'medium');
  await press(page, 'As running text');
  assert.equal((await texts(page, '.paragraph')).length, 1);
  const jumped = await next(page, 'nutgraf-jump');
  await (await part(page, '.sentence')).press('Enter');
  await jumped();
});

test('R14: the summary is handed on to other programs where the browser can, and a change of mind is no failure', async () => {
  const page = await visit(htmlWithWidget(STORY), {
    prepare: (page) =>
      instead(
        page,
        `globalThis.shared = [];
        Object.defineProperty(Navigator.prototype, 'share', { configurable: true, value: async (data) => {
          if (globalThis.refusal) throw new DOMException('no', globalThis.refusal);
          globalThis.shared.push(data);
        } });`,
      ),
  });
  await open(page);
  await press(page, 'Share');
  const [{ title, text, url }] = await page.evaluate(() => globalThis.shared);
  assert.equal(title, 'A page');
  assert.equal(url, page.url());
  for (const sentence of await texts(page, '.sentence')) assert.ok(text.includes(sentence));
  await page.evaluate(() => (globalThis.refusal = 'AbortError'));
  await press(page, 'Share');
  assert.ok((await tools(page)).includes('Share'));
  await page.evaluate(() => (globalThis.refusal = 'NotAllowedError'));
  await press(page, 'Share');
  assert.ok((await tools(page)).includes('Your browser does not allow that here.'));
});

test('R14: the summary is printed alone, and the page stays as it is', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  const changed = await changes(page, async () => {
    await page.$eval('nut-graf', ({ shadowRoot }) => {
      // The frame that is printed has a window of its own.
      const { append } = shadowRoot;
      shadowRoot.append = function (frame) {
        append.call(this, frame);
        frame.contentWindow.print = () => {
          const page = frame.contentDocument;
          globalThis.printed = [page.title, ...[...page.querySelectorAll('li')].map((item) => item.textContent)];
          frame.contentWindow.dispatchEvent(new Event('afterprint'));
        };
      };
    });
    await press(page, 'Print');
  });
  assert.deepEqual(changed, []);
  assert.deepEqual(await page.evaluate(() => globalThis.printed), ['A page', ...(await texts(page, '.sentence'))]);
  assert.equal(await page.$eval('nut-graf', ({ shadowRoot }) => shadowRoot.querySelector('iframe')), null, 'the frame is gone');
});

/** Voices that say nothing, and tell that they do. */
const VOICES = (voices) => `
  globalThis.spoken = [];
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => ${JSON.stringify(voices)},
    speak: (utterance) => { globalThis.spoken.push([utterance.text, utterance.voice.name]); globalThis.utterances.push(utterance); },
    cancel: () => { globalThis.spoken.push('cancel'); },
  });
  globalThis.utterances = [];
  Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
  globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };`;

test('R14: only voices on the device read aloud, in the language of the article', async () => {
  const remote = { name: 'cloud', lang: 'en-US', localService: false };
  const french = { name: 'fr', lang: 'fr-FR', localService: true };
  const without = await visit(htmlWithWidget(STORY), { prepare: (page) => instead(page, VOICES([remote, french])) });
  await open(without);
  assert.ok(!(await tools(without)).includes('Listen'));

  const local = { name: 'here', lang: 'en_GB', localService: true };
  const page = await visit(htmlWithWidget(STORY), { prepare: (page) => instead(page, VOICES([remote, french, local])) });
  await open(page);
  await press(page, 'Listen');
  const sentences = await texts(page, '.sentence');
  const spoken = await page.evaluate(() => globalThis.spoken.filter((entry) => entry !== 'cancel'));
  assert.deepEqual(
    spoken,
    sentences.map((text) => [text, 'here']),
  );
  await page.evaluate(() => globalThis.utterances[1].dispatchEvent(new Event('start')));
  assert.deepEqual(await texts(page, '.sentence.pointed'), [sentences[1]], 'what is read is marked');
  await press(page, 'Stop');
  assert.equal(await page.evaluate(() => globalThis.spoken.at(-1)), 'cancel');
  assert.ok((await tools(page)).includes('Listen'));
  assert.deepEqual(await texts(page, '.sentence.pointed'), []);
});

test('R14: what is selected can be summarized, is labeled as such, and left again', async () => {
  const page = await visit('demo/politics.html');
  await open(page);
  const whole = await texts(page, '.sentence');
  assert.ok(!(await tools(page)).includes('Summarize what is selected'));
  const text = await page.evaluate(() => {
    const paragraphs = [...document.querySelectorAll('article p')].filter(({ textContent }) => textContent.length > 200).slice(4, 9);
    getSelection().setBaseAndExtent(paragraphs[0], 0, paragraphs.at(-1), paragraphs.at(-1).childNodes.length);
    return getSelection().toString();
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  const shown = await next(page, 'nutgraf-summary');
  await press(page, 'Summarize what is selected');
  await shown();
  assert.match((await texts(page, '.note'))[0], /^These sentences are from the text that you selected/);
  const sentences = await texts(page, '.sentence');
  assert.notDeepEqual(sentences, whole);
  for (const sentence of sentences) assert.ok(folded(text).includes(sentence), sentence);
  assert.deepEqual(await axe(page), []);

  const again = await next(page, 'nutgraf-summary');
  await (await part(page, '.retry')).press('Enter');
  await again();
  assert.deepEqual(await texts(page, '.sentence'), whole);
});

test('R15: what the reader has chosen holds for the next article, and nothing is kept before there was a choice', async () => {
  const first = await visit(htmlWithWidget(STORY));
  await open(first);
  assert.equal(await first.evaluate(() => localStorage.length), 0);
  const longer = await next(first, 'nutgraf-summary');
  await (await part(first, '.choice', 1)).click();
  await longer();
  await press(first, 'As running text');
  assert.equal(await first.evaluate(() => localStorage.getItem('nutgraf')), '{"length":"medium","shape":"paragraph"}');

  const second = await visit('demo/politics.html');
  await open(second);
  assert.equal((await texts(second, '.sentence')).length, 5);
  assert.equal((await texts(second, '.paragraph')).length, 1);
});

test('R15: what stands in the storage and is none of ours does no harm', async () => {
  for (const value of ['null', '7', '"x"', '{"length":{"a":1},"shape":[],"open":true,"onclick":"x"}', '{', '[]']) {
    const page = await visit(htmlWithWidget(STORY), {
      prepare: (page) => page.evaluateOnNewDocument((value) => localStorage.setItem('nutgraf', value), value),
    });
    await open(page);
    assert.equal((await texts(page, '.sentence')).length, 3, value);
    assert.equal(await page.$eval('nut-graf', (element) => element.hasAttribute('onclick')), false);
  }
});
