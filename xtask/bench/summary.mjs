// Times a summary in Chromium, from the live page to the result; called by `cargo xtask bench summary`.
//
// In: the demo's address, Chromium's path, the files of the pages. Out: a line a page: words, and the median, fastest and slowest of
// 20 runs, warm, in milliseconds: the walk over the page, all stages of the core, and the way into and out of the module. Then what
// one more run asks of the page and of the module, counted apart from the time: how often it reads a property of a node or calls a
// method of one, by element of the page, and how often JavaScript calls into wasm and wasm calls JavaScript.

import { start } from '../chromium.mjs';

const N_WARM = 5;
const N_RUNS = 20;

const [address, chromium, ...files] = process.argv.slice(2);
const browser = await start(chromium);
try {
  console.log('page                 words  median ms  fastest  slowest  elements  DOM calls  an element  into wasm  out of it');
  for (const file of files) {
    const page = await browser.newPage();
    await page.goto(`${address}/${file.replace(/^www\//, '')}`, { waitUntil: 'networkidle0' });
    const { words, times } = await page.evaluate(
      async (nWarm, nRuns) => {
        const { summarize } = await import('/dist/index.js');
        const times = [];
        let words = 0;
        for (let run = -nWarm; run < nRuns; run += 1) {
          const start = performance.now();
          words = (await summarize(document)).nWords;
          if (run >= 0) times.push(performance.now() - start);
        }
        return { words, times: times.sort((a, b) => a - b) };
      },
      N_WARM,
      N_RUNS,
    );
    const [median, fastest, slowest] = [times[N_RUNS / 2], times[0], times[N_RUNS - 1]].map((ms) => ms.toFixed(1));
    const name = file.replace(/^.*\//, '').replace('.html', '');
    const { elements, dom, into, out } = await counts(file);
    const calls = [elements, dom, (dom / elements).toFixed(1), into, out];
    console.log(
      `${name.padEnd(18)} ${`${words}`.padStart(7)} ${median.padStart(10)} ${fastest.padStart(8)} ${slowest.padStart(8)}` +
        [9, 10, 11, 10, 10].map((width, at) => ` ${`${calls[at]}`.padStart(width)}`).join(''),
    );
    await page.close();
  }
} finally {
  await browser.close();
}

/** What one summary asks of a page and of the module, on a page of its own: counting takes time. */
async function counts(file) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(countCalls);
  await page.goto(`${address}/${file.replace(/^www\//, '')}`, { waitUntil: 'networkidle0' });
  const counted = await page.evaluate(async () => {
    const { summarize } = await import('/dist/index.js');
    await summarize(document);
    Object.assign(globalThis.calls, { dom: 0, into: 0, out: 0 });
    await summarize(document);
    return { ...globalThis.calls };
  });
  counted.elements = await page.evaluate(() => document.getElementsByTagName('*').length);
  await page.close();
  return counted;
}

/** Counts in `calls`, before anything else runs, what is asked of nodes, ranges and styles, and what modules export and import. */
function countCalls() {
  globalThis.calls = { dom: 0, into: 0, out: 0 };
  const kinds = [Node, Element, HTMLElement, CharacterData, Text, Attr, NamedNodeMap, Document, Range, TreeWalker, CSSStyleDeclaration, ShadowRoot];
  for (const { prototype } of kinds) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const way = property.get ? 'get' : 'value';
      const original = property[way];
      if (typeof original !== 'function' || name === 'constructor' || !property.configurable) continue;
      const counted = function (...args) {
        globalThis.calls.dom += 1;
        return original.apply(this, args);
      };
      Object.defineProperty(prototype, name, { ...property, [way]: counted });
    }
  }
  const counted = (functions, way) => {
    const count = (value) => (typeof value === 'function' ? (...args) => ((globalThis.calls[way] += 1), value(...args)) : value);
    return Object.fromEntries(Object.entries(functions).map(([name, value]) => [name, count(value)]));
  };
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (module, imports = {}) {
    const inside = Object.entries(imports).map(([name, functions]) => [name, counted(functions, 'out')]);
    const instance = new Instance(module, Object.fromEntries(inside));
    return { exports: counted(instance.exports, 'into') };
  };
}
