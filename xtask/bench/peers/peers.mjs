// nutgraf as npm has it, in wasm, and lexrank.js, timed on articles in Node. Called by `cargo xtask bench peers`.
//
// In: a file of articles, { id, text } a line, and for how many milliseconds each article is read by each of them. Out:
// { peer, id, ns, sentences } a line: the median, and what was chosen.

import { readFile } from 'node:fs/promises';
import lexrank from 'lexrank.js';
import { summarize } from '../../../dist/index.js';

const N = 3;
const WARM_MS = 2_000;
/** A peer that took longer for an article, in milliseconds, is given no longer one. */
const LIMIT = 4_000;
const PEERS = {
  'nutgraf (wasm, Node)': async (text) => (await summarize(text, { sentences: N, language: 'en' })).sentences.map(({ text }) => text),
  'lexrank.js 3.0.0': async (text) =>
    lexrank(text)
      .flat()
      .sort((a, b) => b.weight - a.weight)
      .slice(0, N)
      .sort((a, b) => a.index - b.index)
      .map(({ text }) => text),
};

const [articles, ms] = process.argv.slice(2);
const budget = Number(ms);
const longest = {};
const lines = (await readFile(articles, 'utf8')).trim().split('\n');
// What is called for the first time is compiled, and slow.
for (const run of Object.values(PEERS)) {
  const started = performance.now();
  while (performance.now() - started < WARM_MS) await run(JSON.parse(lines[0]).text);
}
for (const line of lines) {
  const { id, text } = JSON.parse(line);
  for (const [peer, run] of Object.entries(PEERS)) {
    if (text.length > (longest[peer] ?? Infinity)) continue;
    const times = [];
    const started = performance.now();
    let sentences;
    for (;;) {
      const before = process.hrtime.bigint();
      sentences = await run(text);
      times.push(Number(process.hrtime.bigint() - before));
      const spent = performance.now() - started;
      if (spent > budget && (times.length > 2 || spent > 3 * budget)) break;
    }
    const ns = times.sort((a, b) => a - b)[times.length >> 1];
    if (ns > LIMIT * 1e6) longest[peer] = text.length;
    console.log(JSON.stringify({ peer, id, ns, sentences }));
  }
}
