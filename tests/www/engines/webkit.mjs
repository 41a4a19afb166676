/**
 * WebKit, as WebKitGTK's MiniBrowser has it, by the WebDriver protocol: as much of a page of puppeteer as the tests use.
 *
 * One window a file. A page is over when the next one is opened: what went wrong on it is asked for before.
 */

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Script } from 'node:vm';
import { LIMIT_MS, REPORT, VIEWPORT } from './puppeteer.mjs';

const POLL_MS = 20;
const TRIES = 500;

/** How WebDriver writes keys that are no characters. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

/** The toolbar must not keep the window from being as narrow as a phone. */
const TOOLBAR = '* { min-width: 0; min-height: 0; margin: 0; border: 0; padding: 0; font-size: 1px; }';

/** Where the page keeps what handles stand for. */
const HANDLES = "globalThis[Symbol.for('nutgraf-tests')]";

/** Begins scripts that are functions though they are given as strings. */
const FUNCTION = '/* function */ ';

/** Elements by a selector; `>>>` leads into the shadow trees below what is before it. */
const QUERY = `${FUNCTION}(selector, root) => {
  const { querySelectorAll } = Document.prototype;
  const all = (root, selector) => [...(root.nodeType === 9 ? querySelectorAll : root.querySelectorAll).call(root, selector)];
  const [first, ...rest] = selector.split('>>>').map((part) => part.trim());
  let found = first ? all(root ?? document, first) : [root ?? document.documentElement];
  for (const part of rest) {
    const hosts = found.flatMap((element) => [element, ...all(element, '*')]);
    const inside = new Set();
    for (const { shadowRoot } of hosts) {
      if (!(shadowRoot instanceof ShadowRoot)) continue;
      all(shadowRoot, part).forEach((element) => inside.add(element));
      hosts.push(...all(shadowRoot, '*'));
    }
    found = [...inside];
  }
  return found;
}`;

/** The middle of an element, scrolled into the window. */
const PLACE = `${FUNCTION}(element) => {
  const isIn = ({ top, bottom, left, right }) => top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  if (!isIn(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const [box] = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  if (!box) throw new Error('the element has no box');
  return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
}`;

export async function start(executablePath, profile) {
  const children = [];
  const stop = () => children.splice(0).forEach((child) => child.kill());
  process.on('exit', stop);
  // Which a test file that takes too long is sent.
  process.once('SIGTERM', () => process.exit(1));
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(xvfb);
  const display = await new Promise((resolve, reject) => {
    xvfb.stdio[3].once('data', (data) => resolve(`${data}`.trim()));
    xvfb.once('exit', () => reject(new Error('Xvfb did not start')));
    xvfb.once('error', reject);
  });
  let session;
  const close = async () => {
    await session?.close();
    process.off('exit', stop);
    stop();
  };
  /** A driver for these media features: the one that runs, or a new one. */
  const open = async (features) => {
    const settings = settingsOf(features);
    if (isDeepStrictEqual(session?.settings, settings)) return session;
    await session?.close();
    session = await Session.start(executablePath, profile, display, settings, children);
    return session;
  };
  const isReduced = [{ name: 'prefers-reduced-motion', value: 'reduce' }];
  let page;
  return {
    async newPage(server, expect) {
      // What the last page still asks for is its own.
      await page?.retire();
      page = new Page(await open(isReduced), open, expect());
      await page.setViewport(VIEWPORT);
      return page;
    },
    close,
  };
}

/** The media features come from the settings of the desktop, which are read at the start. */
function settingsOf(features) {
  const is = (feature, wanted) => features.some(({ name, value }) => name === feature && value === wanted);
  return {
    theme: is('prefers-color-scheme', 'dark') ? 'Adwaita:dark' : 'Adwaita',
    ini: `[Settings]\ngtk-enable-animations=${is('prefers-reduced-motion', 'reduce') ? 0 : 1}\n`,
  };
}

/** A driver with one window. */
class Session {
  #address;
  #id;
  #driver;

  static async start(executablePath, profile, display, settings, children) {
    await mkdir(join(profile, 'gtk-3.0'), { recursive: true });
    await writeFile(join(profile, 'gtk-3.0/settings.ini'), settings.ini);
    await writeFile(join(profile, 'gtk-3.0/gtk.css'), TOOLBAR);
    const port = await freePort();
    const session = new Session();
    session.settings = settings;
    session.#address = `http://127.0.0.1:${port}`;
    session.#driver = spawn(executablePath, [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        GDK_BACKEND: 'x11',
        GTK_THEME: settings.theme,
        XDG_CONFIG_HOME: profile,
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    children.push(session.#driver);
    for (let tries = 0; ; tries += 1) {
      const isUp = await session.#send('GET', '/status').then(
        () => true,
        () => false,
      );
      if (isUp) break;
      if (tries > TRIES) throw new Error('WebKitWebDriver does not answer');
      await setTimeout(POLL_MS);
    }
    const { sessionId } = await session.#send('POST', '/session', { capabilities: {} });
    session.#id = sessionId;
    await session.post('timeouts', { script: LIMIT_MS, pageLoad: LIMIT_MS });
    return session;
  }

  async #send(method, path, body) {
    const response = await fetch(this.#address + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  post(command, body) {
    return this.#send('POST', `/session/${this.#id}/${command}`, body);
  }

  async close() {
    await this.#send('DELETE', `/session/${this.#id}`).catch(() => {});
    this.#driver.kill();
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

class Page {
  #session;
  #reopen;
  #visit;
  #url = '';
  #at = [0, 0];
  /** What `finish` will tell, once the page is over. */
  #outcome;
  #viewport;

  keyboard = {
    press: (key) => this.#press([key]),
    type: async (text) => {
      for (const key of text) await this.#press([key]);
    },
    down: (key) => this.#keys([{ type: 'keyDown', value: KEYS[key] ?? key }]),
    up: (key) => this.#keys([{ type: 'keyUp', value: KEYS[key] ?? key }]),
  };
  mouse = {
    move: (x, y) => this.#point([], x, y),
    click: (x, y) => this.#point(['pointerDown', 'pointerUp'], x, y),
    wheel: ({ deltaX = 0, deltaY = 0 }) => {
      const [x, y] = this.#at;
      return this.#act({ type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x, y, deltaX, deltaY, duration: 0 }] });
    },
  };

  constructor(session, reopen, visit) {
    this.#session = session;
    this.#reopen = reopen;
    this.#visit = visit;
    this.requests = visit.requests;
  }

  async goto(url) {
    this.#url = url;
    // Else the mouse may be where the button will come to be.
    await this.mouse.move(0, 0);
    await this.#session.post('url', { url });
  }

  async reload() {
    await this.#session.post('refresh', {});
  }

  url() {
    return this.#url;
  }

  async setViewport({ width, height }) {
    this.#viewport = { width, height };
    const size = () => this.evaluate(() => [innerWidth, innerHeight, outerHeight]);
    const [, inner, outer] = await size();
    const rect = { x: 0, y: 0, width, height: height + Math.max(0, outer - inner) };
    await this.#session.post('window/rect', rect);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [isWide, isHigh] = await size();
      if (isWide === width && isHigh === height) return;
      if (isWide === width) {
        rect.height += height - isHigh;
        await this.#session.post('window/rect', rect);
      }
      await setTimeout(POLL_MS);
    }
    throw new Error(`the window can’t have ${width} × ${height}`);
  }

  /** Before the page is loaded: see `open` above. */
  async emulateMediaFeatures(features) {
    if (this.#url) throw new Error('WebKit takes media features only before the page is loaded');
    const before = this.#session;
    this.#session = await this.#reopen(features);
    if (this.#session !== before) await this.setViewport(this.#viewport);
  }

  /** Nothing that our server sends may be taken from a cache without asking. */
  async setCacheEnabled() {}

  async evaluateOnNewDocument(script, ...args) {
    this.#visit.scripts.push(typeof script === 'string' ? script : `(${script})(...${JSON.stringify(args)});`);
  }

  async evaluate(script, ...args) {
    const { value, error } = JSON.parse(await this.#run(script, args, 'JSON.stringify({ value })'));
    if (error) throw new Error(error);
    return value;
  }

  async evaluateHandle(script, ...args) {
    return this.#handle(await this.#run(script, args, `JSON.stringify(${HANDLES}.push(value) - 1)`));
  }

  async $$(selector, root) {
    const found = await this.#run(QUERY, [selector, root], `JSON.stringify(value.map((element) => ${HANDLES}.push(element) - 1))`);
    const ids = JSON.parse(found);
    if (ids.error) throw new Error(ids.error);
    return ids.map((id) => new Handle(this, id));
  }

  async $(selector, root) {
    return (await this.$$(selector, root))[0] ?? null;
  }

  async $eval(selector, script, ...args) {
    const found = await this.$(selector);
    if (!found) throw new Error(`no element is ${selector}`);
    return found.evaluate(script, ...args);
  }

  async $$eval(selector, script, ...args) {
    return this.evaluate(`${FUNCTION}(selector, ...args) => (${script})((${QUERY})(selector), ...args)`, selector, ...args);
  }

  async waitForSelector(selector) {
    return this.#until(() => this.$(selector), selector);
  }

  waitForFunction(script, options, ...args) {
    return this.#until(() => this.evaluate(script, ...args), `${script}`);
  }

  /** @param {(response: { url(): string, status(): number }) => boolean} isWanted */
  waitForResponse(isWanted) {
    return new Promise((resolve, reject) => {
      const timer = globalThis.setTimeout(() => reject(new Error('no such response came')), LIMIT_MS);
      this.#visit.listeners.push((url, status) => {
        const response = { url: () => url, status: () => status };
        if (!isWanted(response)) return;
        clearTimeout(timer);
        resolve(response);
      });
    });
  }

  async bringToFront() {}

  /** Leaves the page, so that another can take its place in the window. */
  async retire() {
    if (this.#outcome) return;
    // Where scripts of the page are forbidden, none of ours has watched, and none of its own has failed.
    this.#outcome = this.#visit.isPrepared ? await this.evaluate(REPORT) : { errors: [], violations: [] };
    await this.#session.post('url', { url: 'about:blank' });
  }

  async finish() {
    await this.retire();
    return this.#outcome;
  }

  async close() {
    await this.retire();
  }

  /** Clicks, or only points, at an element. */
  async pointAt(handle, isClick) {
    const [x, y] = await this.evaluate(PLACE, handle);
    await (isClick ? this.mouse.click(x, y) : this.mouse.move(x, y));
  }

  async #point(what, x, y) {
    this.#at = [x, y];
    const buttons = what.map((type) => ({ type, button: 0 }));
    const actions = [{ type: 'pointerMove', x, y, duration: 0 }, ...buttons];
    await this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  #press(keys) {
    const values = keys.map((key) => KEYS[key] ?? key);
    const down = values.map((value) => ({ type: 'keyDown', value }));
    return this.#keys([...down, ...values.reverse().map((value) => ({ type: 'keyUp', value }))]);
  }

  #keys(actions) {
    return this.#act({ type: 'key', id: 'keyboard', actions });
  }

  #act(source) {
    return this.#session.post('actions', { actions: [source] });
  }

  async #until(ask, what) {
    const end = Date.now() + LIMIT_MS;
    while (Date.now() < end) {
      const found = await ask();
      if (found) return found;
      await setTimeout(POLL_MS);
    }
    throw new Error(`did not come: ${what}`);
  }

  #handle(json) {
    const id = JSON.parse(json);
    if (id.error) throw new Error(id.error);
    return new Handle(this, id);
  }

  /**
   * Runs a script in the page.
   * @param {Function | string} script
   * @param {unknown[]} args
   * @param {string} out  What becomes of its `value`.
   * @returns {Promise<string>}  JSON; with `error` if it threw.
   */
  #run(script, args, out) {
    if (this.#outcome) throw new Error('this page is over');
    const given = args.map((arg) => (arg instanceof Handle ? `${HANDLES}[${arg.id}]` : (JSON.stringify(arg) ?? 'undefined')));
    const code = typeof script === 'string' && !script.startsWith(FUNCTION) ? program(script) : `const value = await (${script})(${given.join(', ')});`;
    return this.#session.post('execute/async', {
      script: `const done = arguments[arguments.length - 1];
${HANDLES} ??= [];
(async () => { ${code} return ${out}; })().then(done, (error) => done(JSON.stringify({ error: error?.stack ? error + '\\n' + error.stack : String(error) })));`,
      args: [],
    });
  }
}

/** The code for a script that is no function: it has a value if it is one expression. */
function program(script) {
  try {
    new Script(`(${script}\n)`);
    return `const value = await (${script}\n);`;
  } catch {
    return `${script}\n;const value = undefined;`;
  }
}

/** Something in a page. */
class Handle {
  #page;

  constructor(page, id) {
    this.#page = page;
    this.id = id;
  }

  evaluate(script, ...args) {
    return this.#page.evaluate(script, this, ...args);
  }

  jsonValue() {
    return this.evaluate((value) => value);
  }

  $(selector) {
    return this.#page.$(selector, this);
  }

  $$(selector) {
    return this.#page.$$(selector, this);
  }

  click() {
    return this.#page.pointAt(this, true);
  }

  hover() {
    return this.#page.pointAt(this, false);
  }

  focus() {
    return this.evaluate((element) => HTMLElement.prototype.focus.call(element));
  }

  async press(key) {
    await this.focus();
    await this.#page.keyboard.press(key);
  }

  async type(text) {
    await this.focus();
    await this.#page.keyboard.type(text);
  }

  async tap() {
    throw new Error('WebKitWebDriver can’t touch');
  }

  isVisible() {
    return this.evaluate((element) => element.checkVisibility({ visibilityProperty: true }));
  }

  boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async dispose() {}
}
