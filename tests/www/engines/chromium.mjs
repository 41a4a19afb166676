/** Chromium, by puppeteer and its own protocol. */

import { start as launch } from '../../../xtask/chromium.mjs';
import { LIMIT_MS, VIEWPORT, adopt } from './puppeteer.mjs';

export async function start(executablePath, profile) {
  const browser = await launch(executablePath, { userDataDir: profile, defaultViewport: VIEWPORT, protocolTimeout: LIMIT_MS });
  return {
    newPage: async (server, expect) => adopt(await browser.newPage(), server, expect()),
    close: () => browser.close(),
  };
}
