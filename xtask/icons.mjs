// Renders the extension's icons from `extension/icon.svg`; called by `cargo xtask extension --icons`.
//
// In: Chromium's path. Out: `extension/icons/<size>.png`.

import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { start } from './chromium.mjs';

/** As browsers ask for them, in pixels: the toolbar, the same on fine screens, the list of extensions, the store. */
const SIZES = [16, 32, 48, 128];

const folder = fileURLToPath(new URL('../extension/', import.meta.url));
const svg = await readFile(`${folder}icon.svg`, 'base64');
await mkdir(`${folder}icons`, { recursive: true });
const browser = await start(process.argv[2]);
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<body style="margin:0"><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg}">`);
    await page.$eval('img', (image) => image.decode());
    await page.screenshot({ path: `${folder}icons/${size}.png`, omitBackground: true });
  }
} finally {
  await browser.close();
}
