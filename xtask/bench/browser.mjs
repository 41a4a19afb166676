// Times what a reader on a slow phone waits for, in Chromium at a quarter of its speed; called by `cargo xtask bench browser`.
//
// In: the demo's address, Chromium's path. Out: three figures, each with its budget, and where the time goes.
//
// 1. From the click to the first painted sentence, on an article of 1,000 words, with the files in the browser's cache: the median
//    of 20 page loads. The button is tapped, so nothing has been loaded ahead but in the instant between touch and click. Time runs
//    from the click's own time stamp to the second animation frame after a sentence has come into the panel: the first of the two
//    begins the frame that shows it, the second can only come when that has been drawn. So up to one frame (17 ms) is counted in excess.
// 2. The longest task on an article of 10,000 words, of those that the browser reports as long (over 50 ms): while the files
//    are loaded ahead, from the click to the summary, and as another length is chosen. The median of 5 page loads, since whatever
//    else runs on the machine makes tasks longer; the worst is told as well.
// 3. The cumulative layout shift of a demo page, with the line of CSS that the README gives, while it loads and settles.

import { readFile } from 'node:fs/promises';
import { start } from '../chromium.mjs';
import { serve } from '../../tests/www/server.mjs';

const N_RUNS = 20;
const N_LONG_RUNS = 5;
const LONG_MS = 50;
const SLOWDOWN = 4;
const PHASES = ['preload', 'click', 'length'];
const BUDGET = { click: 100, task: 50, shift: 0 };

/** As a server sends files whose names hold their version. */
const CACHED = { 'cache-control': 'max-age=31536000, immutable' };
/** A paragraph takes one sentence by each. */
const STRIDES = [1, 7, 11, 13];
/** English demo pages, whose sentences make the articles. */
const SOURCES = ['politics', 'sports', 'longread', 'live'];

const [address, chromium] = process.argv.slice(2);

const server = await serve(address);
const browser = await start(chromium, { defaultViewport: { width: 360, height: 740, hasTouch: true, isMobile: true } });
try {
  const sentences = await read();
  const article = (nWords) => ({ contentType: 'text/html; charset=utf-8', body: grown(sentences, nWords) });
  server.expect([
    [/^\/(dist|demo\.css)/, (request) => request.continue(CACHED)],
    [/^\/1000\.html/, (request) => request.respond(article(1_000))],
    [/^\/10000\.html/, (request) => request.respond(article(10_000))],
  ]);
  await timeClicks();
  await timeTasks();
  await measureShift();
} finally {
  await browser.close();
  server.close();
}

async function timeClicks() {
  const runs = [];
  const page = await browser.newPage();
  // The first two fill the caches: of files, and of compiled code.
  for (let run = -2; run < N_RUNS; run += 1) {
    const found = await withWidget(page, '1000.html', async () => {
      const shown = page.evaluate(watchClick);
      await (await page.$('nut-graf >>> .button')).tap();
      return shown;
    });
    if (run >= 0) runs.push(found);
  }
  await page.close();
  const of = (what) => runs.map(what).sort((a, b) => a - b);
  const total = of(({ total }) => total);
  console.log(verdict('click to first painted sentence, 1,000 words, median', median(total), BUDGET.click));
  console.log(`  fastest ${shown(total[0])}, slowest ${shown(total.at(-1))}; ${runs[0].nWords} words counted`);
  const parts = ['load', 'walk', 'core', 'total'].map((part) => `${part} ${shown(median(of(({ ms }) => ms[part])))}`);
  console.log(`  medians as the widget tells them: ${parts.join(', ')}; until a frame has shown it ${shown(median(of(({ frame }) => frame)))}`);
}

async function timeTasks() {
  const loads = [];
  const page = await browser.newPage();
  for (let run = 0; run < N_LONG_RUNS; run += 1) {
    const found = await withWidget(page, '10000.html', async () => {
      await page.evaluate(watchTasks);
      const button = await page.$('nut-graf >>> .button');
      await page.evaluate(() => globalThis.phase('preload'));
      await button.focus();
      await page.evaluate(() => globalThis.settled());
      await page.evaluate(() => globalThis.phase('click'));
      const summary = page.evaluate(() => globalThis.event('nutgraf-summary'));
      await button.evaluate((button) => setTimeout(() => button.click()));
      const detail = await summary;
      await page.evaluate(() => globalThis.settled());
      await page.evaluate(() => globalThis.phase('length'));
      const [, , long] = await page.$$('nut-graf >>> .choice input');
      await long.evaluate((input) => setTimeout(() => input.click()));
      await page.evaluate(() => globalThis.settled());
      return { tasks: await page.evaluate(() => globalThis.tasks), detail };
    });
    loads.push(found);
  }
  await page.close();
  const longest = (phase) =>
    loads
      .map(({ tasks }) => Math.max(0, ...tasks.filter((task) => !phase || task.phase === phase).map(({ duration }) => duration)))
      .sort((a, b) => a - b);
  const named = (ms) => (ms < LONG_MS ? `none over ${LONG_MS} ms` : shown(ms));
  const all = longest();
  console.log(verdict('longest task, 10,000 words, median', median(all), BUDGET.task, named(median(all))));
  for (const phase of PHASES) console.log(`  ${phase}: median ${named(median(longest(phase)))}, worst ${named(longest(phase).at(-1))}`);
  const parts = ['walk', 'core', 'total'].map((part) => `${part} ${shown(median(loads.map(({ detail }) => detail.ms[part]).sort((a, b) => a - b)))}`);
  console.log(`  medians as the widget tells them, files loaded: ${parts.join(', ')}; ${loads[0].detail.nWords} words counted`);
}

async function measureShift() {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    globalThis.shifts = [];
    const observer = new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value)));
    observer.observe({ type: 'layout-shift', buffered: true });
  });
  await page.emulateCPUThrottling(SLOWDOWN);
  await page.goto(`${server.origin}/demo/politics.html`, { waitUntil: 'networkidle0' });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const shifts = await page.evaluate(() => globalThis.shifts);
  console.log(verdict('cumulative layout shift of a demo page', shifts.reduce((sum, shift) => sum + shift, 0), BUDGET.shift, undefined, ''));
  await page.close();
}

/** Loads a page, slows the browser down, and does something with the widget. */
async function withWidget(page, path, act) {
  await page.emulateCPUThrottling(1);
  await page.goto(`${server.origin}/${path}`, { waitUntil: 'networkidle0' });
  await page.emulateCPUThrottling(SLOWDOWN);
  return act();
}

/** Gives the times from the next click to the frame that shows a sentence. */
function watchClick() {
  return new Promise((resolve) => {
    const { shadowRoot } = document.querySelector('nut-graf');
    let clicked;
    addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), { capture: true, once: true });
    const told = new Promise((resolve) => document.addEventListener('nutgraf-summary', ({ detail }) => resolve(detail), { once: true }));
    const observer = new MutationObserver(() => {
      if (!shadowRoot.querySelector('.sentence')) return;
      observer.disconnect();
      const there = performance.now();
      requestAnimationFrame(() =>
        requestAnimationFrame(async () => {
          const now = performance.now();
          resolve({ total: now - clicked, frame: now - there, ...(await told) });
        }),
      );
    });
    observer.observe(shadowRoot, { subtree: true, childList: true });
  });
}

/** Collects the long tasks of each phase. */
function watchTasks() {
  let name = '';
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.tasks.push({ phase: name, duration });
  }).observe({ type: 'longtask' });
  globalThis.phase = (next) => {
    name = next;
  };
  globalThis.event = (name) =>
    new Promise((resolve) => document.addEventListener(name, ({ detail }) => resolve(detail), { once: true }));
  // Idle for two seconds of an unthrottled clock: what was to come has come, and has been reported.
  globalThis.settled = () => new Promise((resolve) => setTimeout(() => requestIdleCallback(() => setTimeout(resolve, 100)), 1_500));
}

/** The sentences of the demo's English articles. */
async function read() {
  const pages = await Promise.all(SOURCES.map((name) => readFile(new URL(`../../www/demo/${name}.html`, import.meta.url), 'utf8')));
  const texts = pages.flatMap((page) => page.match(/<p(?: class="[^"]*")?>[^<]{80,}<\/p>/g) ?? []);
  return texts.flatMap((text) => text.replace(/<[^>]*>/g, '').match(/.+?[.?!]”?(?=\s+[A-Z“]|$)/g) ?? []);
}

/** An article of so many words, in sections. No two paragraphs are alike, since what comes twice is taken for no part of a story. */
function grown(sentences, nWords) {
  const body = [];
  let n = 0;
  for (let k = 1; n < nWords; k += 1) {
    const text = STRIDES.map((stride) => sentences[(k * stride) % sentences.length].trim()).join(' ');
    if (k % 8 === 7) body.push(`<h2>Part ${body.length}</h2>`);
    body.push(`<p>${text}</p>`);
    n += text.split(/\s+/).length;
  }
  return `<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>A long story</title>
<link rel="stylesheet" href="/demo.css"><script type="module" src="/dist/nutgraf.js"></script></head>
<body><header><nav><a href="/">Home</a></nav></header><main><article><h1>A long story</h1><nut-graf></nut-graf>
${body.join('\n')}</article></main></body></html>`;
}

function median(sorted) {
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function shown(ms) {
  return `${ms.toFixed(1)} ms`;
}

function verdict(what, value, budget, words, unit = ' ms') {
  const found = words ?? `${unit ? value.toFixed(1) : value}${unit}`;
  return `${what}: ${found}, budget ${budget}${unit}${value > budget ? ': OVER' : ''}`;
}
