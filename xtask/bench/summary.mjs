// Times a summary in Chromium, from the live page to the result; called by `cargo xtask bench summary`.
//
// In: the demo's address, Chromium's path, the files of the pages. Out: a line a page: words, and the median, fastest and slowest of
// 20 runs, warm, in milliseconds: the walk over the page, all stages of the core, and the way into and out of the module.

import { start } from '../chromium.mjs';

const N_WARM = 5;
const N_RUNS = 20;

const [address, chromium, ...files] = process.argv.slice(2);
const browser = await start(chromium);
try {
  console.log('page                 words  median ms  fastest  slowest');
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
    console.log(`${name.padEnd(18)} ${`${words}`.padStart(7)} ${median.padStart(10)} ${fastest.padStart(8)} ${slowest.padStart(8)}`);
    await page.close();
  }
} finally {
  await browser.close();
}
