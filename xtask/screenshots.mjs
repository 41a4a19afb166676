// Takes pictures of the demo pages with the widget open; called by `cargo xtask screenshots`.
//
// In: the demo's address, Chromium's path, `pages`, `states`, `docs` or `readme`, where to write, the files of the pages. Out: PNG
// files.

import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { start } from './chromium.mjs';
import { small } from './png.mjs';
import { DOCS, STATES } from './states.mjs';

const PHONE = 360;
const DESKTOP = 1280;
/** The first page and all states are also taken in dark colors. */
const SCHEMES = ['light', 'dark'];
/** The long read has some twenty screens; the widget is on the first ones. */
const MAX_HEIGHT = 3000;
/** What the README shows: from the headline to the end of the widget, with a little room. */
const ROOM = 32;
/** Around a picture of the widget alone. */
const EDGE = 8;
/** A phone has two pixels for one of CSS. */
const scaleOf = (width) => (width === PHONE ? 2 : 1);

/** For what the widget does after a click; it takes well under a second. */
const TIMEOUT_MS = 10_000;

const [address, chromium, what, out, ...pages] = process.argv.slice(2);

const browser = await start(chromium, { args: ['--hide-scrollbars'] });
try {
  await { pages: all, states, docs, readme }[what]();
} finally {
  await browser.close();
}

async function all() {
  for (const [index, file] of pages.entries()) {
    for (const scheme of index === 0 ? SCHEMES : ['light']) {
      for (const width of [PHONE, DESKTOP]) {
        const page = await open(file, width, scheme);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        const path = join(out, `${basename(file, '.html')}-${width}${scheme === 'dark' ? '-dark' : ''}.png`);
        await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(height, MAX_HEIGHT) } });
        console.log(path);
        await page.browserContext().close();
      }
    }
  }
}

/** Every state of the panel, at both widths, in both schemes. */
async function states() {
  for (const name of Object.keys(STATES)) {
    for (const scheme of SCHEMES) {
      for (const width of [PHONE, DESKTOP]) {
        await takeState(name, width, scheme, join(out, `${name}-${width}${scheme === 'dark' ? '-dark' : ''}.png`));
      }
    }
  }
}

async function docs() {
  for (const [state, width, scheme, name = state] of DOCS) await takeState(state, width, scheme, join(out, `${name}.png`));
}

/** Takes a picture of the widget alone. */
async function takeState(name, width, scheme, path) {
  const { on = 'politics', ...state } = STATES[name];
  const page = await open(`www/demo/${on}.html`, width, scheme, state);
  // What is pointed at looks different.
  await page.mouse.move(0, 0);
  const box = await page.$eval('nut-graf', (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + scrollX, y: top + scrollY, width, height };
  });
  const x = Math.max(0, Math.floor(box.x) - EDGE);
  const clip = { x, y: Math.floor(box.y) - EDGE, width: Math.min(width - x, Math.ceil(box.width) + 2 * EDGE), height: Math.ceil(box.height) + 2 * EDGE };
  await writeFile(path, small(await page.screenshot({ clip }), scaleOf(width)));
  console.log(path);
  await page.browserContext().close();
}

async function readme() {
  const page = await open(pages[0], DESKTOP, 'light');
  // What asks for consent is part of a news page, but it is in the way.
  await page.$$eval('dialog[open]', (dialogs) => dialogs.forEach((dialog) => dialog.close()));
  const [top, bottom] = await page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    return [box('h1').top + scrollY, box('nut-graf').bottom + scrollY];
  });
  const y = Math.floor(top) - ROOM;
  await page.screenshot({ path: out, clip: { x: 0, y, width: DESKTOP, height: Math.ceil(bottom) + ROOM - y } });
}

/** The same voices on every machine, and from the beginning. */
function giveVoices() {
  const voices = ['en', 'ar'].map((lang) => ({ lang, localService: true }));
  const value = { getVoices: () => voices, addEventListener() {} };
  Object.defineProperty(globalThis, 'speechSynthesis', { value });
}

/** Opens a page and the widget on it, if it shows a button: on a page that it can't help, it doesn't. */
async function open(file, width, scheme, { init = () => {}, before = () => {}, act = () => {}, media = {} } = {}) {
  // What was chosen for one picture is not for the next.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`${file}: ${error}`));
  const isState = what === 'states' || what === 'docs';
  await page.setViewport({ width, height: 900, deviceScaleFactor: isState ? scaleOf(width) : 1 });
  const features = { 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce', ...media };
  // puppeteer's own function does not know forced colors.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });
  if (isState) await page.evaluateOnNewDocument(giveVoices);
  await page.evaluateOnNewDocument(init);
  await page.goto(`${address}/${file.replace(/^www\//, '')}`, { waitUntil: 'networkidle0' });
  if (isState) {
    // What asks for consent would cover it.
    await page.$$eval('dialog[open], .cookies', (banners) => banners.forEach((banner) => banner.remove()));
  }
  await before(page);
  const button = await page.$('nut-graf >>> button');
  if (!(await button?.isVisible())) {
    console.log(`${file}: no button to click`);
    return page;
  }
  const settled = page.evaluate(
    (ms) =>
      new Promise((resolve, reject) => {
        for (const event of ['nutgraf-summary', 'nutgraf-error', 'nutgraf-open']) document.addEventListener(event, resolve, { once: true });
        setTimeout(() => reject(new Error(`the widget shows nothing after ${ms} ms`)), ms);
      }).then(() => undefined),
    TIMEOUT_MS,
  );
  await button.click();
  await settled;
  await act(page);
  // The panel is drawn by now; its fonts may not be.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}
