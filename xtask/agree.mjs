// The core as it runs in browsers, in Node: `node agree.mjs wasm|plain`. A page a line in, packed; what the core answers a line out.
// `xtask/src/evaluate/agreement.rs` asks and compares.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

// Where there is no WebAssembly, the core is plain JavaScript.
if (process.argv[2] === 'plain') delete globalThis.WebAssembly;
const { load } = await import(new URL('../www/core.js', import.meta.url));
const core = await load();
const files = new URL('../www/pkg/languages/', import.meta.url);

/** As `www/summarizer.js` asks: where the core lacks the word lists of a language, it is given them and asked again. */
async function answer(strings, events, lengths) {
  for (;;) {
    const found = await core.read(strings, events, 0, ...lengths);
    if (found.startsWith('{')) return found;
    await core.addLanguage(`${found}\0${await readFile(new URL(`${found}.txt`, files), 'utf8')}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { strings, events, lengths } = JSON.parse(line);
  const packed = Uint32Array.from(events);
  const answers = [await answer(strings, packed, lengths), await answer(strings, packed, [0, 0, 0])];
  const [{ summaries, ...rest }, article] = answers.map((text) => JSON.parse(text));
  // What a caller of the API gets as an object, written as any page would write it.
  const written = [...summaries, article].map((found) => JSON.stringify(found));
  process.stdout.write(`${JSON.stringify({ answers, written, ...rest })}\n`);
}
