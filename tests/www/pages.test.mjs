import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { ROOT, cargo, launch, test } from './browser.mjs';

const { visit } = launch();

const PAGES = new URL('../pages/', import.meta.url);

/** What the core makes of a page as the browser packs it. */
async function blocksOf(page, slug) {
  const packed = await page.evaluate(async () => {
    const { walk } = await import('/walk.js');
    const { strings, events } = walk(document);
    return { strings, events: [...events] };
  });
  const file = `${ROOT}target/packed/${slug}.json`;
  await mkdir(`${ROOT}target/packed`, { recursive: true });
  await writeFile(file, JSON.stringify(packed));
  return (await cargo('--example', 'blocks', '--', '--packed', file)).split('\n');
}

/** The text of a block, in its line. */
const text = (line) => line.slice(line.indexOf('|'));

for (const slug of (await readdir(PAGES)).sort()) {
  const read = (name) => readFile(new URL(`${slug}/${name}`, PAGES), 'utf8');
  const [, source] = (await read('ORIGIN')).match(/^source: www\/(.*)$/m);

  test(`the browser and the command find the same blocks in ${source}, but for what is really hidden`, async () => {
    const native = (await read('blocks.txt')).split('\n');
    const page = await visit(source);
    const live = await blocksOf(page, slug);
    assert.equal(live.length, native.length);
    for (const [index, line] of live.entries()) {
      if (!line.startsWith('Hidden ')) assert.equal(line, native[index]);
      else assert.equal(text(line), text(native[index]));
    }

    await page.evaluate(() => {
      for (const sheet of document.styleSheets) sheet.disabled = true;
    });
    assert.deepEqual(await blocksOf(page, slug), native, 'without style sheets, nothing is hidden but by attributes');
  });
}
