// Packs the corpus' pages as `www/walk.js` does in a reader's browser; called by `cargo xtask evaluate extraction --live`.
//
// In: the demo's address, Chromium's path, a folder of pages (`<id>.html.gz`), a folder. Out: a file `<id>.json` for each page there.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from './chromium.mjs';
import { visitAll } from './corpus_pages.mjs';

const [address, chromium, folder, out] = process.argv.slice(2);
const browser = await start(chromium, { defaultViewport: { width: 1280, height: 900 } });
try {
  const failed = await visitAll(browser, address, folder, {}, async (page, id) => {
    const packed = await page.evaluate(async () => {
      const { walk } = await import(`${location.origin}/walk.js`);
      const { strings, events } = walk(document);
      return { strings, events: [...events] };
    });
    writeFileSync(join(out, `${id}.json`), JSON.stringify(packed));
  });
  for (const failure of failed) console.log(`not packed: ${failure}`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
}
