// Takes pictures of the demo pages with the widget open; called by `cargo xtask screenshots`.
//
// In: the demo's address, Chromium's path, `pages` or `readme`, where to write, the files of the pages. Out: PNG files.

import { basename, join } from 'node:path';
import { start } from './chromium.mjs';

const PHONE = 360;
const DESKTOP = 1280;
/** The first page is also taken in dark colors. */
const SCHEMES = ['light', 'dark'];
/** The long read has some twenty screens; the widget is on the first ones. */
const MAX_HEIGHT = 3000;
/** What the README shows: from the headline to the end of the widget, with a little room. */
const ROOM = 32;

/** For what the widget does after a click; it takes well under a second. */
const TIMEOUT_MS = 10_000;

const [address, chromium, what, out, ...pages] = process.argv.slice(2);

const browser = await start(chromium, { args: ['--hide-scrollbars'] });
try {
  await (what === 'readme' ? readme() : all());
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
        await page.close();
      }
    }
  }
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

/** Opens a page and the widget on it, if it shows a button: on a page that it can't help, it doesn't. */
async function open(file, width, scheme) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.log(`${file}: ${error}`));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.goto(`${address}/${file.replace(/^www\//, '')}`, { waitUntil: 'networkidle0' });
  const button = await page.$('nut-graf >>> button');
  if (!(await button?.isVisible())) {
    console.log(`${file}: no button to click`);
    return page;
  }
  const settled = page.evaluate(
    (ms) =>
      new Promise((resolve, reject) => {
        for (const event of ['nutgraf-summary', 'nutgraf-error']) document.addEventListener(event, resolve, { once: true });
        setTimeout(() => reject(new Error(`the widget shows nothing after ${ms} ms`)), ms);
      }).then(() => undefined),
    TIMEOUT_MS,
  );
  await button.click();
  await settled;
  // The panel is drawn by now; its fonts may not be.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}
