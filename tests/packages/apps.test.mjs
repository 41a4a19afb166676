import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { build, launch, serve, tool } from './apps.mjs';
import { HEADLINE, PARAGRAPHS } from './story.js';

/** Its word lists are so short that Vite makes a `data:` address of them. */
const JAPANESE = '港の図書館が来年の春に移ります。町の議会が火曜日に決めました。工事には六億円かかります。屋根と窓は取り替えなければなりません。本は地下に置かれています。';

const reads = launch();

test('P11: a page with the script tag, checked against sri.json, gives a summary on a click', async () => {
  const hashes = JSON.parse(await readFile(new URL('node_modules/nutgraf/sri.json', import.meta.url)));
  const page = `<!DOCTYPE html>
    <html lang="en">
    <title>A page</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/nutgraf/nutgraf.js" integrity="${hashes['nutgraf.js']}" crossorigin></script>
    <main><h1>${HEADLINE}</h1><nut-graf lang="de"></nut-graf>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}</main>`;
  const { address, close } = await serve('node_modules', { '/index.html': page });
  after(close);
  await reads(address);
});

for (const framework of ['React', 'Vue', 'Svelte']) {
  test(`P11: in an app with ${framework}, built by Vite, a click gives a summary`, async () => {
    const folder = framework.toLowerCase();
    await build('vite/bin/vite.js', 'build', folder, '--outDir', 'out', '--emptyOutDir');
    const { address, close } = await serve(`${folder}/out`);
    after(close);
    await reads(address);
  });
}

test('P11: what Vite makes of the API summarizes the page and, with other word lists, a text', async () => {
  const { address, close } = await serve('svelte/out');
  after(close);
  await reads(address, async (page) => {
    const languages = await page.evaluate(async (japanese) => {
      const summaries = [await summarize(document), await summarize(japanese)];
      return summaries.map(({ language, sentences }) => `${language} ${sentences.length}`);
    }, JAPANESE);
    assert.deepEqual(languages, ['en 3', 'ja 3']);
  });
});

test('P11: what Astro renders holds the element and a summary made meanwhile, and a click gives another', async () => {
  await build('astro/astro.js', 'build', '--root', 'astro');
  const html = await readFile(new URL('astro/out/index.html', import.meta.url), 'utf8');
  assert.match(html, /<nut-graf lang="de"><blockquote>The library/);
  const { address, close } = await serve('astro/out');
  after(close);
  await reads(address);
});

test('P11: what Next renders holds the element and a summary made meanwhile, and a click gives another', async () => {
  const next = 'next/dist/bin/next';
  await build(next, 'build', 'next');
  const server = tool(next, ['start', 'next', '--port', '0', '--hostname', '127.0.0.1']);
  after(() => server.kill());
  const address = await new Promise((resolve, reject) => {
    server.stdout.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(server.printed);
      if (found && server.printed.includes('Ready')) resolve(`${found[0]}/`);
    });
    server.once('close', () => reject(new Error(`next start ended:\n${server.printed}`)));
  });
  const html = await (await fetch(address)).text();
  assert.match(html, /<nut-graf lang="de"><blockquote>The library/);
  await reads(address);
});
