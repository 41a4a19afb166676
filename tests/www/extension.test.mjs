/**
 * The browser extension, as it is loaded unpacked, in Chromium and in Firefox. The toolbar button is pressed as a reader presses it,
 * so that the extension has the rights that the press gives it, and no others.
 *
 * `cargo xtask test --only extension` builds it and sets `CHROMIUM`, `FIREFOX` if there is one, and `NUTGRAF_DEMO`.
 */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import { start } from '../../xtask/chromium.mjs';
import { STORY, html } from './browser.mjs';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = `${ROOT}target/extension/`;

/** Nothing is allowed, not even scripts. */
const LOCKED = "default-src 'none'; script-src 'none'; style-src 'none'; require-trusted-types-for 'script'; sandbox";

/** Pages by path, and what was asked of their server: the paths, and the policy's reports. */
function serve() {
  const pages = new Map();
  const requests = [];
  const reports = [];
  let nReported = 0;
  let onReport = () => {};
  const server = createServer(async (request, response) => {
    if (request.url === '/reports') {
      let body = '';
      for await (const chunk of request) body += chunk;
      const report = JSON.parse(body)['csp-report'];
      // What Firefox asks for of its own accord.
      if (!report['blocked-uri'].endsWith('/favicon.ico')) reports.push(report['effective-directive']);
      response.writeHead(204).end();
      onReport();
      return;
    }
    requests.push(request.url);
    const page = pages.get(request.url);
    const policy = `${page?.policy ?? LOCKED}; report-uri /reports`;
    response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/html; charset=utf-8', 'content-security-policy': policy });
    response.end(page?.body);
  });
  return {
    requests,
    reports,
    listen: () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
    /** Adds a page and returns its address. */
    add(path, body, { policy, type } = {}) {
      pages.set(path, { body, policy, type });
      return `http://127.0.0.1:${server.address().port}${path}`;
    },
    /**
     * Makes the page itself offend against its policy, and waits for the report of that: by then, those before it should have come.
     * @returns {Promise<string[]>}  The reports since the last time, but for this one.
     */
    async reported(page) {
      const came = new Promise((resolve) => {
        onReport = () => reports.includes('media-src') && resolve();
      });
      // The same offense is reported once.
      await page.evaluate((name) => void new Audio(name), `/forbidden-${(nReported += 1)}`);
      await came;
      return reports.splice(0).filter((directive) => directive !== 'media-src');
    },
  };
}

/** The source of an article. */
const article = (body, head = '') => html(`<h1>Harbor closes to cargo ships</h1>${body}`, { head }).html;

/** A demo page without what a policy that forbids everything would find in it: reports are to be of the extension alone. */
async function demo(name) {
  const page = await readFile(`${ROOT}www/demo/${name}.html`, 'utf8');
  return page.replaceAll(/<(link|img)\b[^>]*>|<script\b[^>]*\bsrc=[^>]*><\/script>/g, '');
}

/** The sentences that the command gives of a page. */
async function sentencesOf(page) {
  const run = promisify(execFile)('cargo', ['run', '--quiet', '--', '--input', 'html', '--format', 'json'], { cwd: ROOT });
  run.child.stdin.end(page);
  return JSON.parse((await run).stdout).sentences.map(({ text }) => text);
}

const manifestOf = async (browser) => JSON.parse(await readFile(`${BUILT}${browser}/manifest.json`, 'utf8'));

for (const browser of ['chromium', 'firefox']) {
  test(`P15: in ${browser} the extension asks for the tab that it is called on, and for nothing else`, async () => {
    const manifest = await manifestOf(browser);
    assert.deepEqual(manifest.permissions, ['activeTab', 'scripting']);
    const others = /permissions|content_scripts|web_accessible|externally|background|action|commands|security/;
    assert.deepEqual(Object.keys(manifest).filter((key) => others.test(key)).sort(), [
      'action',
      'background',
      'commands',
      'content_security_policy',
      'permissions',
    ]);
    const policy = manifest.content_security_policy.extension_pages;
    assert.match(policy, /^default-src 'none';/);
    assert.match(policy, /connect-src 'self'$/, 'it can reach its own files only');
  });

  test(`what the manifest for ${browser} names is there, in every language`, async () => {
    const manifest = await manifestOf(browser);
    assert.equal(manifest.manifest_version, 3);
    assert.match(await readFile(`${ROOT}Cargo.toml`, 'utf8'), new RegExp(`^version = "${manifest.version}"$`, 'm'));
    const { service_worker, scripts } = manifest.background;
    const { default_icon } = manifest.action;
    for (const file of [service_worker ?? scripts[0], ...Object.values(manifest.icons), ...Object.values(default_icon)]) {
      assert.ok((await readFile(`${BUILT}${browser}/${file}`)).length > 0, file);
    }
    for (const language of ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'nl', 'pl', 'pt_BR', 'pt_PT', 'ru', 'sv', 'tr', 'uk', 'zh_CN']) {
      const messages = JSON.parse(await readFile(`${BUILT}${browser}/_locales/${language}/messages.json`, 'utf8'));
      assert.deepEqual(Object.keys(messages), ['description', 'title', 'nowhere']);
      // The stores take no more.
      assert.ok(messages.description.message.length <= 132, `${language}: ${messages.description.message.length} characters`);
    }
  });
}

describe('in Chromium', () => {
  const server = serve();
  let browser;
  let extension;
  let worker;
  /** What the background has asked for. */
  const background = [];

  before(async () => {
    await server.listen();
    browser = await start(process.env.CHROMIUM ?? 'chromium', {
      pipe: true,
      enableExtensions: true,
      defaultViewport: { width: 1280, height: 900 },
      protocolTimeout: 30_000,
    });
    const id = await browser.installExtension(`${BUILT}chromium`);
    extension = (await browser.extensions()).get(id);
    const target = await browser.waitForTarget((target) => target.type() === 'service_worker' && target.url().includes(id));
    worker = await target.worker();
    await worker.client.send('Network.enable');
    worker.client.on('Network.requestWillBeSent', ({ request }) => background.push(request.url));
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  /** Opens a page and follows its DOM from outside, since scripts of the page may be forbidden. */
  async function visit(address, prepare) {
    const page = await browser.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(error.stack ?? `${error}`));
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await prepare?.(page);
    await page.goto(address, { waitUntil: 'load' });
    page.dom = await page.createCDPSession();
    await page.dom.send('DOM.enable');
    await page.dom.send('DOM.getDocument', { depth: -1 });
    return page;
  }

  const press = (page) => page.triggerExtensionAction(extension);

  /** Presses the toolbar button and waits until the panel has something to say. */
  async function open(page) {
    const state = new Promise((resolve) => {
      page.dom.on('DOM.attributeModified', ({ name, value }) => {
        if (name === 'state' && !['loading', 'unavailable'].includes(value)) resolve(value);
      });
    });
    await press(page);
    await state;
    // When this is answered, the driver has heard of the extension's world too.
    await page.evaluate(() => {});
    return state;
  }

  /** Does something that closes the panel, and waits until it is gone. */
  async function close(page, act) {
    const gone = new Promise((resolve) => page.dom.once('DOM.childNodeRemoved', resolve));
    await act();
    await gone;
    assert.equal(await page.$('nutgraf-extension'), null);
  }

  /** Elements of the panel. Its shadow root is closed to the page, but not to the extension. */
  async function parts(page, selector) {
    const [realm] = page.extensionRealms();
    const list = await realm.evaluateHandle((selector) => {
      const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('nutgraf-extension'));
      return [...root.querySelectorAll(selector)];
    }, selector);
    return [...(await list.getProperties()).values()].map((handle) => handle.asElement());
  }

  const texts = async (page, selector) =>
    Promise.all((await parts(page, selector)).map((part) => part.evaluate(({ textContent }) => textContent)));

  /** All of a page that a script of it could see. */
  const dom = (page) =>
    page.evaluate(() => `${document.documentElement.outerHTML} ${document.adoptedStyleSheets.length} ${CSS.highlights.size}`);

  for (const [name, language] of [
    ['politics', 'en'],
    ['french', 'fr'],
    ['japanese', 'ja'],
  ]) {
    test(`P15: on a page that forbids everything, the panel shows the sentences that the command gives: ${name}`, async () => {
      const source = await demo(name);
      const page = await visit(server.add(`/${name}`, source));
      assert.deepEqual(await server.reported(page), []);
      const asked = server.requests.length;
      const before = await dom(page);

      assert.equal(await open(page), 'ok');
      assert.deepEqual(await texts(page, '.sentence'), await sentencesOf(source));
      const [frame] = await parts(page, '.frame');
      assert.equal(await frame.evaluate(({ lang }) => lang), language);
      assert.match((await texts(page, '.source'))[0], /nutgraf/);

      await close(page, () => press(page));
      assert.equal(await dom(page), before, 'the page is as it was');
      assert.deepEqual(await server.reported(page), [], 'no policy was offended against');
      assert.deepEqual(server.requests.slice(asked), [], 'nothing was asked of the server');
      const others = background.filter((url) => !url.startsWith('chrome-extension://'));
      assert.deepEqual(others, [], 'nor of any other');
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  }

  test('P15: a sentence leads to its place on such a page, marks it and has the focus there, and leaves no trace', async () => {
    const page = await visit(server.add('/story', article(STORY)));
    const before = await dom(page);
    await open(page);
    const text = (await texts(page, '.sentence'))[1];
    await (await parts(page, '.sentence'))[1].click();
    const there = await page.evaluate(() => ({
      marked: [...CSS.highlights.get('nutgraf')].join(''),
      focused: document.activeElement.textContent,
    }));
    assert.equal(there.marked.replace(/\s+/g, ' '), text);
    assert.ok(there.focused.replace(/\s+/g, ' ').includes(text));

    await page.keyboard.press('Escape');
    const [realm] = page.extensionRealms();
    assert.equal(await realm.evaluate(() => document.activeElement.localName), 'nutgraf-extension', 'Escape leads back');
    await close(page, () => page.keyboard.press('Escape'));
    assert.equal(await dom(page), before);
    await page.close();
  });

  test('P15: nothing is written into the storage of the site', async () => {
    const content = await readFile(new URL('../../target/extension/chromium/content.js', import.meta.url), 'utf8');
    assert.doesNotMatch(content, /localStorage|sessionStorage|indexedDB|caches\b|document\.cookie/);
  });

  test('pressing the panel’s own button closes it, and the next press of the toolbar button opens it anew', async () => {
    const page = await visit(server.add('/story', article(STORY)));
    await open(page);
    const first = await texts(page, '.sentence');
    await close(page, async () => (await parts(page, '.button'))[0].click());
    assert.equal(await open(page), 'ok');
    assert.deepEqual(await texts(page, '.sentence'), first);
    await page.close();
  });

  test('what had the focus has it again when the panel is closed', async () => {
    const page = await visit(server.add('/field', article(`<label>Search <input id="search"></label> ${STORY}`)));
    await page.focus('#search');
    await open(page);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'nutgraf-extension');
    await close(page, () => page.keyboard.press('Escape'));
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.close();
  });

  test('the page is read once, whatever length the reader chooses', async () => {
    await worker.evaluate(() => {
      globalThis.n = 0;
      chrome.runtime.onMessage.addListener(() => void (globalThis.n += 1));
    });
    const page = await visit(server.add('/politics', await demo('politics')));
    await open(page);
    await (await parts(page, '.button'))[0].hover();
    await (await parts(page, '.choice'))[2].click();
    const [list] = await parts(page, '.sentences');
    await list.evaluate(
      (list) =>
        new Promise((resolve) => {
          const look = () => list.querySelectorAll('.sentence').length === 8 && resolve();
          new MutationObserver(look).observe(list, { childList: true });
          look();
        }),
    );
    assert.equal(await worker.evaluate(() => globalThis.n), 1);
    await page.close();
  });

  test('the panel stands under the headline, in the width of the text', async () => {
    const page = await visit(server.add('/story', article(STORY)));
    await open(page);
    assert.equal(await page.$eval('h1 + nutgraf-extension', (panel) => panel.nextElementSibling.localName), 'p');
    await page.close();
  });

  for (const [name, body, place] of [
    ['a link', `<a href="#"><h1>Harbor bridge closes</h1></a>${STORY}`, 'a + nutgraf-extension'],
    [
      'a picture with the headline over it',
      `<section style="position:relative;height:9rem;overflow:hidden"><div style="position:absolute;bottom:0"><h1>Harbor bridge closes</h1></div></section>${STORY}`,
      'section + nutgraf-extension',
    ],
    [
      'a row of headline and buttons',
      `<header style="display:flex"><h1>Harbor bridge closes</h1><button>Share</button></header>${STORY}`,
      'header + nutgraf-extension',
    ],
    [
      'a headline of the site, and one in the article',
      `<h1>The Courier</h1><article><h1>Harbor bridge closes</h1>${STORY}</article>`,
      'article h1 + nutgraf-extension',
    ],
    ['no headline at all', `<p>Menu</p><article>${STORY}</article>`, 'article > nutgraf-extension:first-child'],
  ]) {
    test(`the panel has its place beside ${name}`, async () => {
      const page = await visit(server.add('/place', html(body).html, { policy: 'sandbox' }));
      await open(page);
      assert.ok(await page.$(place), await page.$eval('body', (body) => body.outerHTML.slice(0, 500)));
      await page.close();
    });
  }

  test('styles of the page do not reach the panel', async () => {
    const style = `<style>
      * { all: unset; color: red !important; font: 40px cursive !important; display: inline !important }
      :not(:defined) { visibility: hidden; opacity: 0 } nutgraf-extension, :empty { display: none !important; margin: -99px !important }
      body { color: #eee } </style>`;
    const page = await visit(server.add('/styles', article(STORY, style), { policy: 'sandbox' }));
    assert.equal(await open(page), 'ok');
    const look = await page.$eval('nutgraf-extension', (panel) => {
      const { display, visibility, opacity, fontFamily, fontSize, marginTop } = getComputedStyle(panel);
      return { display, visibility, opacity, fontFamily, fontSize, marginTop };
    });
    assert.deepEqual(look, {
      display: 'flow-root',
      visibility: 'visible',
      opacity: '1',
      fontFamily: 'system-ui, sans-serif',
      fontSize: '16px',
      marginTop: '16px',
    });
    await page.close();
  });

  test('images named as what the document has stand in the way of nothing', async () => {
    const names = ['title', 'body', 'contentType', 'activeElement', 'createElement', 'querySelectorAll', 'documentElement'];
    const images = names.map((name) => `<img name="${name}" alt="">`).join('');
    const page = await visit(server.add('/clobbered', article(images + STORY), { policy: 'sandbox' }));
    assert.equal(await open(page), 'ok');
    await close(page, () => press(page));
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('P15: a page that has opted out is not summarized, and the reader is told', async () => {
    const page = await visit(server.add('/out', article(STORY, '<meta name="nutgraf" content="off">')));
    assert.equal(await open(page), 'opted-out');
    assert.deepEqual(await texts(page, '.sentence'), []);
    assert.notEqual((await texts(page, '.note')).join(''), '');
    await page.close();
  });

  test('P15: regions that have opted out are not read', async () => {
    const [first, ...rest] = STORY.split('\n');
    const page = await visit(server.add('/part', article(`<div data-nosnippet>${first}</div>${rest.join('\n')}`)));
    await open(page);
    const shown = await texts(page, '.sentence');
    assert.ok(shown.length > 0);
    for (const sentence of shown) assert.ok(!first.includes(sentence), sentence);
    await page.close();
  });

  test('a short text is said to be short', async () => {
    const page = await visit(server.add('/short', article('<p>The bridge is closed. Ferries run every ten minutes.</p>')));
    assert.match(await open(page), /too-short|not-an-article/);
    assert.notEqual((await texts(page, '.note')).join(''), '');
    await page.close();
  });

  test('P15: where the page has the publisher’s own widget, that is opened, and closed', async () => {
    const page = await visit(`${process.env.NUTGRAF_DEMO}/demo/politics.html`);
    assert.equal(await open(page), 'ok');
    assert.equal(await page.$('nutgraf-extension'), null);
    assert.equal(await page.$eval('nut-graf', (widget) => widget.open), true);
    const closed = new Promise((resolve) => page.dom.once('DOM.attributeRemoved', resolve));
    await press(page);
    await closed;
    assert.equal(await page.$eval('nut-graf', (widget) => widget.open), false);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('the page hears nothing of what the reader does', async () => {
    const page = await visit(server.add('/story', article(STORY), { policy: "script-src 'none'" }));
    await page.evaluate(() => {
      globalThis.heard = [];
      for (const name of ['open', 'summary', 'jump', 'error', 'state']) {
        addEventListener(`nutgraf-${name}`, (event) => globalThis.heard.push(event.type), true);
      }
    });
    await open(page);
    await (await parts(page, '.sentence'))[0].click();
    assert.deepEqual(await page.evaluate(() => globalThis.heard), []);
    assert.equal(await page.$eval('nutgraf-extension', (panel) => panel.shadowRoot), null);
    await page.close();
  });

  for (const [name, address] of [
    ['a page of the browser', () => 'chrome://version/'],
    ['a picture', () => server.add('/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', { type: 'image/svg+xml' })],
  ]) {
    test(`where nothing can be done, the toolbar button says so: ${name}`, async () => {
      const page = await visit(address());
      await page.bringToFront();
      await press(page);
      // There is no event for it.
      const said = await worker.evaluate(async () => {
        const [{ id: tabId }] = await chrome.tabs.query({ active: true });
        for (let n = 0; n < 200 && !(await chrome.action.getBadgeText({ tabId })); n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
        return [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
      });
      assert.deepEqual(said, ['–', 'nutgraf can’t read this page']);
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  }
});

describe('in Firefox', () => {
  const server = serve();
  let browser;

  before(async () => {
    await server.listen();
    browser = await require('puppeteer-core').launch({
      browser: 'firefox',
      executablePath: process.env.FIREFOX,
      headless: true,
      // So that the test may use the shortcut, which is not the page's to hear.
      args: ['--remote-allow-system-access'],
      protocolTimeout: 30_000,
    });
    await browser.installExtension(`${BUILT}firefox`);
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  /** Has the browser carry out the extension's shortcut in the tab in front. */
  async function press(page) {
    await page.bringToFront();
    const chrome = { 'moz:scope': 'chrome' };
    const { result } = await browser.connection.send('browsingContext.getTree', chrome);
    const { context } = result.contexts.find(({ url }) => url === 'chrome://browser/content/browser.xhtml');
    const { result: done } = await browser.connection.send('script.evaluate', {
      target: { context },
      awaitPromise: true,
      expression: `document.querySelector('keyset[id*="nutgraf"] > key').doCommand()`,
    });
    assert.equal(done.type, 'success');
  }

  async function visit(address) {
    const page = await browser.newPage();
    await page.goto(address, { waitUntil: 'load' });
    return page;
  }

  test('P15: on a page that forbids everything, a press shows the panel, a sentence leads to its place, a second press removes it all', async () => {
    const source = await demo('politics');
    const page = await visit(server.add('/politics', source));
    assert.deepEqual(await server.reported(page), []);
    const asked = server.requests.length;
    const before = await page.evaluate(() => document.documentElement.outerHTML);

    await press(page);
    await page.waitForSelector('nutgraf-extension[state=ok]');
    // The button has the focus; the first sentence comes next.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => CSS.highlights.get('nutgraf'));
    const [first] = await sentencesOf(source);
    const marked = await page.evaluate(() => [...CSS.highlights.get('nutgraf')].join(''));
    assert.equal(marked.replace(/\s+/g, ' '), first);
    const focused = await page.evaluate(() => document.activeElement.textContent);
    assert.ok(focused.replace(/\s+/g, ' ').includes(first));

    await press(page);
    await page.waitForFunction(() => !document.querySelector('nutgraf-extension'));
    assert.equal(await page.evaluate(() => document.documentElement.outerHTML), before);
    assert.deepEqual(await server.reported(page), []);
    assert.deepEqual(server.requests.slice(asked), []);
    await page.close();
  });

  test('P15: a page that has opted out is not summarized', async () => {
    const page = await visit(server.add('/out', article(STORY, '<meta name="nutgraf" content="off">')));
    await press(page);
    await page.waitForSelector('nutgraf-extension[state=opted-out]');
    await page.close();
  });
});
