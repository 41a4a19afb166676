import assert from 'node:assert/strict';
import { folded, htmlWithWidget, launch, open, part, test, texts } from './browser.mjs';

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
