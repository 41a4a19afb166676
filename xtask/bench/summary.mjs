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
    await page.evaluateOnNewDocument(countBoundary);
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
    const { elements, dom, into, out } = await page.evaluate(countCalls);
    const counts = [elements, dom, (dom / elements).toFixed(1), into, out];
    console.log(
      `${name.padEnd(18)} ${`${words}`.padStart(7)} ${median.padStart(10)} ${fastest.padStart(8)} ${slowest.padStart(8)}` +
        [9, 10, 11, 10, 10].map((width, at) => ` ${`${counts[at]}`.padStart(width)}`).join(''),
    );
    await page.close();
  }
} finally {
  await browser.close();
}

/** Counts in `boundary` the calls of what modules export and import. */
function countBoundary() {
  globalThis.boundary = { into: 0, out: 0 };
  const counted = (functions, way) =>
    Object.fromEntries(
      Object.entries(functions).map(([name, value]) => [
        name,
        typeof value === 'function' ? (...args) => ((globalThis.boundary[way] += 1), value(...args)) : value,
      ]),
    );
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports = {}) => {
    const inside = Object.fromEntries(Object.entries(imports).map(([name, functions]) => [name, counted(functions, 'out')]));
    const result = await instantiate.call(WebAssembly, source, inside);
    const instance = (result.instance ?? result);
    const wrapped = Object.create(WebAssembly.Instance.prototype, { exports: { value: counted(instance.exports, 'into') } });
    return result.instance ? { module: result.module, instance: wrapped } : wrapped;
  };
}

/** One summary, with all accessors and methods of nodes, ranges and styles counted. */
async function countCalls() {
  const { summarize } = await import('/dist/index.js');
  let dom = 0;
  const undo = [];
  const kinds = [Node, Element, HTMLElement, CharacterData, Text, Document, Range, CSSStyleDeclaration, ShadowRoot, DocumentFragment];
  for (const { prototype } of kinds) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method = property.get ? 'get' : 'value';
      const original = property[method];
      if (typeof original !== 'function' || name === 'constructor' || !property.configurable) continue;
      const count = function (...args) {
        dom += 1;
        return original.apply(this, args);
      };
      Object.defineProperty(prototype, name, { ...property, [method]: count });
      undo.push(() => Object.defineProperty(prototype, name, property));
    }
  }
  globalThis.boundary.into = 0;
  globalThis.boundary.out = 0;
  await summarize(document);
  for (const restore of undo) restore();
  return { elements: document.getElementsByTagName('*').length, dom, ...globalThis.boundary };
}
