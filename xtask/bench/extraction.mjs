// Times `extract` in Chromium against Readability.js, on real pages; called by `cargo xtask bench extraction`.
//
// In: the demo's address, Chromium's path, a folder of pages (`<id>.html.gz`), a page that is grown to twenty megabytes. Out: a
// table of milliseconds and of ratios, and how the time grows with the page.
//
// Both extractors run on the same live page in turn, N_RUNS times after one run that is not counted, the order changing each time.
// A page counts with the median of its runs. Readability.js changes the document that it is given, so whoever keeps the page clones
// it first; the clone is counted apart.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { start } from '../chromium.mjs';
import { visitAll } from '../corpus_pages.mjs';

const N_RUNS = 9;
const N_SLOWEST = 5;
/** Megabytes of the pages that show how the time grows; each is twice the one before. */
const SIZES = [1.25, 2.5, 5, 10, 20];

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const readability = `const module = { exports: {} };
${readFileSync(require.resolve('@mozilla/readability/Readability.js'), 'utf8')}
export default module.exports;`;

const [address, chromium, folder, grown] = process.argv.slice(2);
const browser = await start(chromium, { defaultViewport: { width: 1280, height: 900 } });
const rows = [];
const growth = [];
let failed = [];
try {
  for (const megabytes of SIZES) growth.push(await timeGrown(megabytes));
  failed = await visitAll(browser, address, folder, { '/readability.js': readability }, async (page, id) => {
    rows.push({ id, ...(await time(page)) });
  });
} finally {
  await browser.close();
}
print();

/** The medians of a page, in milliseconds. */
function time(page) {
  return page.evaluate(async (nRuns) => {
    const { extract } = await import(`${location.origin}/dist/index.js`);
    const { default: Readability } = await import(`${location.origin}/readability.js`);
    const times = { ours: [], clone: [], parse: [] };
    const ours = async () => {
      const start = performance.now();
      await extract(document);
      times.ours.push(performance.now() - start);
    };
    const theirs = () => {
      const start = performance.now();
      const clone = document.cloneNode(true);
      const cloned = performance.now();
      new Readability(clone).parse();
      times.clone.push(cloned - start);
      times.parse.push(performance.now() - cloned);
    };
    for (let run = 0; run <= nRuns; run += 1) {
      for (const extractor of run % 2 ? [ours, theirs] : [theirs, ours]) await extractor();
    }
    const median = (times) => times.slice(1).sort((a, b) => a - b)[(nRuns - 1) / 2];
    return {
      elements: document.getElementsByTagName('*').length,
      ours: median(times.ours),
      parse: median(times.parse),
      whole: median(times.parse.map((ms, run) => ms + times.clone[run])),
    };
  }, N_RUNS);
}

/** The milliseconds of a page whose body is repeated up to a size: one run, after one on a small page. */
async function timeGrown(megabytes) {
  const page = await browser.newPage();
  try {
    await page.goto(`${address}/${grown}`, { waitUntil: 'networkidle0' });
    return await page.evaluate(async (bytes) => {
      const { extract } = await import('/dist/index.js');
      await extract(document);
      const parts = [...document.body.children].filter(({ localName }) => localName !== 'script');
      const size = new Blob(parts.map(({ outerHTML }) => outerHTML)).size;
      for (let n = size; n < bytes; n += size) document.body.append(...parts.map((part) => part.cloneNode(true)));
      document.body.getBoundingClientRect();
      const start = performance.now();
      await extract(document);
      return performance.now() - start;
    }, megabytes * 1e6);
  } finally {
    await page.close();
  }
}

function print() {
  console.log('a page grown, in Chromium:');
  growth.forEach((ms, k) => {
    const exponent = k > 0 ? `, exponent ${Math.log2(ms / growth[k - 1]).toFixed(2)}` : '';
    console.log(`  ${SIZES[k]} MB: ${ms.toFixed(0)} ms${exponent}`);
  });
  const line = (name, ...values) => console.log(name.padEnd(34) + values.map((value) => `${value}`.padStart(12)).join(''));
  const figures = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return [at(0.5), at(0.95), at(1)].map((value) => value.toFixed(2));
  };
  line(`${rows.length} pages`, 'median', 'p95', 'worst');
  line('nutgraf, ms', ...figures(rows.map(({ ours }) => ours)));
  line('Readability.js, ms', ...figures(rows.map(({ parse }) => parse)));
  line('  with the clone that it needs, ms', ...figures(rows.map(({ whole }) => whole)));
  line('nutgraf / Readability.js', ...figures(rows.map(({ ours, parse }) => ours / parse)));
  line('  with the clone', ...figures(rows.map(({ ours, whole }) => ours / whole)));
  const { length } = rows.filter(({ ours, parse }) => ours < parse);
  console.log(`nutgraf is faster than Readability.js without the clone on ${length} pages`);
  console.log('slowest pages:');
  const slowest = [...rows].sort((a, b) => b.ours - a.ours).slice(0, N_SLOWEST);
  for (const { id, elements, ours, parse } of slowest) {
    console.log(`  ${ours.toFixed(1)} ms, Readability.js ${parse.toFixed(1)}, ${elements} elements: ${id}`);
  }
  for (const failure of failed) console.log(`not timed: ${failure}`);
  if (failed.length > 0) process.exitCode = 1;
}
