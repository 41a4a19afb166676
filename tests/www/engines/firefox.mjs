/** Firefox, by puppeteer and WebDriver BiDi. */

import { createRequire } from 'node:module';
import { LIMIT_MS, VIEWPORT, adopt } from './puppeteer.mjs';

const puppeteer = createRequire(new URL('../../../www/package.json', import.meta.url))('puppeteer-core');

/** What a media feature is set by, and to, for want of a command; the last value is for a feature that is not asked for. */
const FEATURES = {
  'prefers-reduced-motion': ['ui.prefersReducedMotion', { reduce: 1, 'no-preference': 0 }, 0],
  'prefers-color-scheme': ['layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }, 1],
  'prefers-contrast': ['layout.css.prefers-contrast.content-override', { more: 0, less: 1, custom: 3, 'no-preference': 2 }, 2],
  'forced-colors': ['browser.display.document_color_use', { active: 2, none: 1 }, 1],
};

export async function start(executablePath, profile) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profile,
    defaultViewport: VIEWPORT,
    protocolTimeout: LIMIT_MS,
    // For the preferences above.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'dom.w3c_touch_events.enabled': 1 },
  });
  const send = async (method, params) => (await browser.connection.send(method, params)).result;
  const { contexts } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  let current;
  /** Sets the media features, of all pages. */
  const emulate = async (features) => {
    const values = Object.entries(FEATURES).map(([feature, [preference, values, none]]) => {
      const { value } = features.find(({ name }) => name === feature) ?? {};
      return [preference, values[value] ?? none];
    });
    const expression = `for (const [name, value] of ${JSON.stringify(values)}) Services.prefs.setIntPref(name, value)`;
    if (expression === current) return;
    current = expression;
    await send('script.evaluate', { expression, target: { context: contexts[0].context }, awaitPromise: false });
  };
  return {
    async newPage(server, expect) {
      const page = await adopt(await browser.newPage(), server, expect());
      return Object.assign(page, { emulateMediaFeatures: emulate });
    },
    close: () => browser.close(),
  };
}
