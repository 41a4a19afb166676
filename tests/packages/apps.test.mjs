import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { after, test } from 'node:test';
import { POLICY, build, launch, serve, tool } from './apps.mjs';
import { HEADLINE, PARAGRAPHS } from './story.js';

const ESBUILD = '../../www/node_modules/esbuild/bin/esbuild';
const [ASTRO, NEXT, VITE] = ['astro/astro.js', 'next/dist/bin/next', 'vite/bin/vite.js'].map((script) => `node_modules/${script}`);

/** Its word lists are so short that Vite makes a `data:` address of them. */
const JAPANESE =
  '港の図書館が来年の春に移ります。町の議会が火曜日に決めました。工事には六億円かかります。屋根と窓は取り替えなければなりません。本は地下に置かれています。';

const reads = launch();

/** A page without a framework. */
function page(script) {
  return `<!DOCTYPE html>
    <html lang="en">
    <title>A page</title>
    <link rel="icon" href="data:,">
    ${script}
    <main><h1>${HEADLINE}</h1><nut-graf lang="de"></nut-graf>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}</main>`;
}

test('P11: a page with the script tag, checked against sri.json, gives a summary on a click', async () => {
  const hashes = JSON.parse(await readFile(new URL('node_modules/nutgraf/sri.json', import.meta.url)));
  const script = `<script type="module" src="/nutgraf/nutgraf.js" integrity="${hashes['nutgraf.js']}" crossorigin></script>`;
  const { address, close } = await serve('node_modules', { page: page(script) });
  after(close);
  await reads(address);
});

test('P11: esbuild, which copies no files, makes a working script of the build that is one file', async () => {
  await build(ESBUILD, 'esbuild/main.js', '--bundle', '--minify', '--format=esm', '--outdir=esbuild/out');
  const { address, close } = await serve('esbuild/out', { page: page('<script type="module" src="main.js"></script>') });
  after(close);
  await reads(address);
});

for (const framework of ['React', 'Vue', 'Svelte']) {
  test(`P11: in an app with ${framework}, built by Vite, a click gives a summary`, async () => {
    const folder = framework.toLowerCase();
    await build(VITE, 'build', folder, '--outDir', 'out', '--emptyOutDir');
    const { address, close } = await serve(`${folder}/out`);
    after(close);
    await reads(address, async (page) => {
      if (framework !== 'Svelte') return;
      const found = await page.evaluate(async (japanese) => {
        const summaries = [await summarize(document), await summarize(japanese)];
        return summaries.map(({ language, sentences }) => `${language} ${sentences.length}`);
      }, JAPANESE);
      assert.deepEqual(found, ['en 3', 'ja 3'], 'the API works as well, and finds other word lists');
    });
  });
}

test('P11: a bundled app finds the core in plain JavaScript where its policy refuses wasm', async () => {
  const { address, close } = await serve('vue/out', { policy: POLICY.replace(" 'wasm-unsafe-eval'", '') });
  after(close);
  await reads(address);
});

test('P11: what Astro renders holds the element and a summary made meanwhile, and a click gives another', async () => {
  await build(ASTRO, 'build', '--root', 'astro');
  checkRendered(await readFile(new URL('astro/out/index.html', import.meta.url), 'utf8'));
  const { address, close } = await serve('astro/out');
  after(close);
  await reads(address);
});

for (const bundler of ['turbopack', 'webpack']) {
  test(`P11: what Next renders, built by ${bundler}, holds the element and a summary made meanwhile, and a click gives another`, async () => {
    await rm(new URL('next/out', import.meta.url), { recursive: true, force: true });
    await build(NEXT, 'build', 'next', `--${bundler}`);
    const server = tool(NEXT, ['start', 'next', '--port', '0', '--hostname', '127.0.0.1']);
    after(() => server.kill());
    const address = await new Promise((resolve, reject) => {
      server.stdout.on('data', () => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(server.printed);
        if (found && server.printed.includes('Ready')) resolve(`${found[0]}/`);
      });
      server.once('close', () => reject(new Error(`next start ended:\n${server.printed}`)));
    });
    checkRendered(await (await fetch(address)).text());
    await reads(address);
    server.kill();
  });
}

/** What readers without scripts get. */
function checkRendered(html) {
  const [, sentence] = /<nut-graf lang="de"><blockquote>(.*?)<\/blockquote><\/nut-graf>/.exec(html) ?? [];
  assert.ok(PARAGRAPHS.some((text) => sentence && text.includes(sentence)), html);
}
