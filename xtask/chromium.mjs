// Chromium, started in one way for the tests, the pictures and the timings.

import { createRequire } from 'node:module';

const puppeteer = createRequire(new URL('../www/package.json', import.meta.url))('puppeteer-core');

/** Nothing of the browser's own traffic, and no sandbox, which root can't have. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {string} executablePath
 * @param {object} [options]  Of puppeteer's `launch`; `args` are added to ours.
 */
export function start(executablePath, { args = [], ...options } = {}) {
  return puppeteer.launch({ executablePath, headless: true, args: [...FLAGS, ...args], ...options });
}
