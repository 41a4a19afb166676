import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { unpack } from '../../www/unpack.js';
import { ENGINE, STORY, cargo, changes, html, htmlWithWidget, languageOf, launch, next, open, part, test, texts } from './browser.mjs';

const { visit } = launch();

const TEXT = STORY.replace(/<\/?p>/g, '');
const DIST = new URL('../../dist/', import.meta.url);
const PAGES = new URL('../pages/', import.meta.url);

/** The strictest policy of all. */
const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'";
/** With what the published files want beside it: to be fetched, and wasm. */
const STRICT_WITH_WASM = STRICT.replace("'self'", "'self' 'wasm-unsafe-eval'") + "; connect-src 'self'";

/**
 * Two servers on this machine: a publisher's site, which takes down the reports that its policy asks for, and another origin with the
 * published files, as a CDN serves them. Not fixtures as elsewhere: a browser sends no reports from those, and lets them load nothing
 * from loopback.
 */
let site;
let cdn;
let pages = new Map();
let reports = [];
/** What either has been asked for, as addresses. */
let asked = [];
let onReport = () => {};

const servers = [0, 1].map(() =>
  createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/reports') {
      let report = '';
      for await (const chunk of request) report += chunk;
      response.end();
      const directive = JSON.parse(report)['csp-report']['effective-directive'];
      reports.push(directive);
      onReport(directive);
      return;
    }
    asked.push(`http://${request.headers.host}${pathname}`);
    const { headers, body } = pages.get(pathname) ?? {};
    response.setHeader('cache-control', 'no-store');
    response.setHeaders(new Map(Object.entries(headers ?? {})));
    response.setHeader('access-control-allow-origin', '*');
    const types = { js: 'text/javascript', html: 'text/html; charset=utf-8' };
    response.setHeader('content-type', types[pathname.split('.').pop()] ?? 'application/octet-stream');
    const file = new URL(`..${pathname}`, DIST);
    response.end(body ?? (await readFile(file).catch(() => '')));
  }),
);
before(async () => {
  for (const server of servers) await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  [site, cdn] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
});
after(() => servers.forEach((server) => server.close()));

/** Opens a page of the site under a policy. */
async function visitSite(policy, { html: body }, options) {
  reports = [];
  asked = [];
  pages.set('/page.html', { body, headers: { 'content-security-policy': `${policy}; report-uri /reports` } });
  const page = await visit(html(''), options);
  page.asked = asked;
  await page.goto(`${site}/page.html`, { waitUntil: 'load' });
  // WebKit's driver watches pages of the demo alone; here the reports tell.
  await page.evaluate(() => {
    globalThis.uncaught ??= [];
    globalThis.violations ??= [];
  });
  return page;
}

/** What has been reported so far, by directive. Reports arrive in order, so an offence of ours is the last. */
async function reported(page) {
  const last = 'style-src-attr';
  const arrived = new Promise((resolve) => (onReport = (directive) => directive === last && resolve()));
  await page.evaluate(() => document.createElement('p').setAttribute('style', 'color: red'));
  await arrived;
  await page.evaluate((last) => (globalThis.violations = globalThis.violations.filter((violation) => !violation.startsWith(last))), last);
  return reports.filter((directive) => directive !== last);
}

/** The files of ours that a page has asked for, without the hashes in their names. */
const files = (page) =>
  (page.asked ?? page.requests).filter((path) => path.includes('/dist/')).map((path) => path.split('/dist/')[1].replace(/-[0-9A-Z]{8}\./, '.'));

/** Summarizes text in a page, as often as asked, and gives what comes of each call: a state or the code of an error. */
function calls(page, n, module = '/index.js') {
  return page.evaluate(
    async (text, n, module) => {
      const { summarize } = await import(module);
      const outcomes = [];
      for (let call = 0; call < n; call += 1)
        outcomes.push(
          await summarize(text).then(
            ({ state }) => state,
            (error) => error.code ?? String(error),
          ),
        );
      return outcomes;
    },
    TEXT,
    n,
    module,
  );
}

test('the module is loaded once, however often and at once it is called', async () => {
  const page = await visit(html(''));
  await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    await Promise.all([summarize(text), summarize(text), summarize(text)]);
    await summarize(text);
  }, TEXT);
  assert.equal(page.requests.filter((path) => path.includes('nutgraf_bg.')).length, 1);
});

test('a module that could not be loaded is asked for again by the next call', async () => {
  let n = 0;
  const wasm = (request) => ((n += 1) < 5 ? request.abort() : request.continue());
  const page = await visit(html(''), { routes: [[/nutgraf_bg\./, wasm]] });
  assert.deepEqual(await calls(page, 3), ['load-failed', 'load-failed', 'ok']);
});

test('a module that is not there is told as such', async () => {
  const page = await visit(html(''), { routes: [[/nutgraf_bg\./, (request) => request.respond({ status: 404, body: 'not found' })]] });
  const message = await page.evaluate(async () => {
    const { summarize } = await import('/index.js');
    return summarize('x').catch(({ message, cause }) => [message, cause.message]);
  });
  assert.match(message[0], /nutgraf_bg\.wasm or its JavaScript could not be loaded$/);
  assert.match(message[1], /fetch|load failed/i);
});


test('P14: what is unpacked is the module, byte for byte', async () => {
  const [packed, module] = await Promise.all(['nutgraf_bg.bin', 'nutgraf_bg.wasm'].map((name) => readFile(new URL(name, DIST))));
  const inflated = new Uint8Array(inflateRawSync(packed)).buffer;
  assert.ok(module.equals(unpack(inflated)));
});

test('P14: where the packed module can’t be had or unpacked, the module itself is loaded', async () => {
  for (const answer of [
    (request) => request.abort(),
    (request) => request.respond({ status: 404, body: 'not found' }),
    (request) => request.respond({ status: 200, body: 'something else' }),
  ]) {
    const page = await visit(html(''), { routes: [[/\.bin$/, answer]] });
    assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['ok']);
    assert.ok(files(page).includes('nutgraf_bg.wasm'));
  }
  const page = await visit(html(''), { prepare: (page) => page.evaluateOnNewDocument('delete globalThis.DecompressionStream') });
  assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['ok']);
});

test('P14: a module that the server takes for something else is compiled all the same', async () => {
  const read = (name) => readFile(new URL(name, DIST));
  const [packed, module] = [await read('nutgraf_bg.bin'), await read('nutgraf_bg.wasm')];
  for (const contentType of ['application/octet-stream', 'text/plain', 'application/wasm; charset=utf-8', 'application/wasm', '']) {
    const respond = (body) => (request) => request.respond({ status: 200, contentType, body });
    const page = await visit(html(''), { routes: [[/\.bin$/, respond(packed)]] });
    assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['ok'], contentType);
    assert.ok(!files(page).includes('nutgraf_bg.wasm'), contentType);
    const other = await visit(html(''), {
      routes: [
        [/\.bin$/, (request) => request.abort()],
        [/\.wasm$/, respond(module)],
      ],
    });
    assert.deepEqual(await calls(other, 1, '/dist/index.js'), ['ok'], contentType);
  }
});

test('P14: a module or a word list that has been tampered with is refused', async () => {
  const tampered = async (name) => {
    const body = Buffer.concat([await readFile(new URL(name, DIST)), Buffer.from([0, 2, 1, 120])]);
    return [new RegExp(`${name}$`), (request) => request.respond({ status: 200, contentType: 'application/wasm', body })];
  };
  const both = [await tampered('nutgraf_bg.bin'), await tampered('nutgraf_bg.wasm')];
  for (const routes of [both, [await tampered('languages/en.txt')]]) {
    const page = await visit(html(''), { routes });
    assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['load-failed']);
  }
});

test('P14: with an import map that has the hashes of sri.json, a browser refuses any script that has been tampered with', async () => {
  const hashes = JSON.parse(await readFile(new URL('sri.json', DIST), 'utf8'));
  const scripts = Object.entries(hashes).filter(([file]) => file.endsWith('.js'));
  const integrity = Object.fromEntries(scripts.map(([file, hash]) => [`/dist/${file}`, hash]));
  const head = `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
  const strict = "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'; style-src 'self'; img-src 'self'";
  for (const [file, policy] of [
    [undefined, `${strict.replace("'self'", "'self' 'wasm-unsafe-eval'")}`],
    [undefined, strict],
    [/\/dist\/panel-.*js$/, strict],
    [/\/dist\/strings\.en-.*js$/, strict],
    [/\/dist\/nutgraf\.plain\.js$/, strict],
  ]) {
    const tampered = async (request) => {
      const body = await readFile(new URL(`..${new URL(request.url()).pathname}`, DIST), 'utf8');
      return request.respond({ contentType: 'text/javascript', body: `${body}\nglobalThis.fired = 1;` });
    };
    const page = await visit(
      { ...htmlWithWidget(STORY, { head }), headers: { 'content-security-policy': policy } },
      { routes: file ? [[file, tampered]] : [] },
    );
    const found = await page.evaluate(async () => {
      const outcomes = new Set();
      for (let press = 0; press < 2; press += 1) {
        const outcome = new Promise((resolve) => {
          for (const name of ['nutgraf-summary', 'nutgraf-error']) addEventListener(name, ({ detail }) => resolve(detail.state ?? detail.code), { once: true });
        });
        document.querySelector('nut-graf').open = false;
        document.querySelector('nut-graf').open = true;
        outcomes.add(await outcome);
      }
      return [...outcomes, globalThis.fired ?? 0];
    });
    assert.deepEqual(found, [file ? 'load-failed' : 'ok', 0], `${file}`);
  }
});

test('P14: sri.json has the hash of every file that a page may load', async () => {
  const { createHash } = await import('node:crypto');
  const hashes = JSON.parse(await readFile(new URL('sri.json', DIST), 'utf8'));
  const names = [...(await readdir(DIST)), ...(await readdir(new URL('languages/', DIST))).map((name) => `languages/${name}`)];
  assert.deepEqual(Object.keys(hashes).sort(), names.filter((name) => /\.(js|wasm|bin|txt)$/.test(name)).sort());
  for (const [name, hash] of Object.entries(hashes)) {
    assert.equal(hash, `sha384-${createHash('sha384').update(await readFile(new URL(name, DIST))).digest('base64')}`, name);
  }
});

test('P14: workers that are blocked are not missed', async () => {
  const page = await visitSite(`${STRICT_WITH_WASM}; worker-src 'none'`, htmlWithWidget(STORY));
  await open(page);
  assert.equal((await texts(page, '.sentence')).length, 3);
  assert.deepEqual([page.workers(), await reported(page)], [[], []]);
});

test('P14: once it has loaded, the widget works offline', async () => {
  const page = await visit(htmlWithWidget(STORY));
  await open(page);
  await page.setOfflineMode(true);
  await page.$eval('nut-graf', (element) => (element.open = false));
  await open(page);
  const shown = await next(page, 'nutgraf-summary');
  await page.$eval('nut-graf', (element) => (element.length = 'long'));
  await shown();
  assert.ok((await texts(page, '.sentence')).length > 3);
});

test('P4: where wasm is not allowed, the core comes as plain JavaScript, and nothing is reported', async () => {
  const policy = STRICT + "; connect-src 'self'";
  const page = await visitSite(policy, htmlWithWidget(STORY));
  await open(page);
  const plain = await texts(page, '.sentence');
  assert.equal(plain.length, 3);
  assert.deepEqual(
    files(page).filter((name) => /plain|_bg/.test(name)),
    ['nutgraf.plain.js'],
  );
  assert.deepEqual(await reported(page), []);

  const other = await visitSite(STRICT_WITH_WASM, htmlWithWidget(STORY));
  await open(other);
  assert.deepEqual(await texts(other, '.sentence'), plain);
  assert.deepEqual(
    files(other).filter((name) => /plain|_bg/.test(name)),
    ['nutgraf_bg.bin'],
  );
  assert.deepEqual(await reported(other), []);
});

test('a try that the policy refuses would have been reported', async () => {
  const page = await visitSite(STRICT, html(''));
  await page.evaluate(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => {}));
  assert.deepEqual(await reported(page), ['script-src']);
  await page.evaluate(() => globalThis.violations.splice(0));
});

test('P4: the API asks as quietly where there is a widget; where there is none, a refusal is reported once', async () => {
  for (const [policy, widget, file, expected] of [
    [STRICT, '<nut-graf></nut-graf>', 'nutgraf.plain.js', []],
    // WebKit reports no refusal.
    [STRICT, '', 'nutgraf.plain.js', ENGINE === 'webkit' ? [] : ['script-src']],
    [STRICT_WITH_WASM, '<nut-graf></nut-graf>', 'nutgraf_bg.bin', []],
    [STRICT_WITH_WASM, '', 'nutgraf_bg.bin', []],
  ]) {
    const head = '<script type="module" src="/dist/nutgraf.js"></script>';
    const page = await visitSite(`${policy}; connect-src 'self'`, html(`<main>${widget}${STORY}</main>`, { head }));
    const seen = await changes(page, async () => assert.deepEqual(await calls(page, 1, '/dist/index.js'), ['ok']));
    assert.ok(files(page).includes(file));
    assert.deepEqual(await reported(page), expected);
    assert.deepEqual(seen, [], 'the page is only read');
    await page.evaluate(() => globalThis.violations.splice(0));
  }
});

test('P4: a policy in the page counts like one in its head', async () => {
  const head = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
  const page = await visit(htmlWithWidget(STORY, { head }));
  await open(page);
  assert.ok(files(page).includes('nutgraf.plain.js'));
});

test('P4: a browser without wasm gets the plain JavaScript', async () => {
  const page = await visit(htmlWithWidget(STORY), { prepare: (page) => page.evaluateOnNewDocument('delete globalThis.WebAssembly') });
  await open(page);
  assert.equal((await texts(page, '.sentence')).length, 3);
});

test('the core in plain JavaScript that fails is started anew', async () => {
  const headers = { 'content-security-policy': `${STRICT}; connect-src 'self'` };
  const page = await visit({ ...htmlWithWidget(STORY), headers });
  const outcomes = await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    const { initSync } = await import('/pkg/nutgraf.plain.js');
    const before = JSON.stringify(await summarize(text));
    const { memory } = initSync();
    // Nothing is where it was.
    new Uint8Array(memory.buffer).fill(255);
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push(await summarize(text).then((found) => JSON.stringify(found) === before, ({ code }) => code));
    return codes;
  }, TEXT);
  assert.deepEqual(outcomes, ['core-failed', true, true]);
});

for (const slug of (await readdir(PAGES)).sort()) {
  const [, source] = (await readFile(new URL(`${slug}/ORIGIN`, PAGES), 'utf8')).match(/^source: www\/(.*)$/m);

  test(`P8: native code, wasm and plain JavaScript write the same summary of ${source}, byte for byte`, async () => {
    const native = await cargo('--', '--format', 'json', `www/${source}`);
    for (const policy of [STRICT, STRICT_WITH_WASM]) {
      const headers = { 'content-security-policy': `${policy}; connect-src 'self'; img-src *` };
      const body = await readFile(new URL(`../../www/${source}`, import.meta.url), 'utf8');
      const answer = (request) => request.respond({ status: 200, contentType: 'text/html; charset=utf-8', headers, body });
      const page = await visit(source, { routes: [[new RegExp(`/${source}$`), answer]] });
      const found = await page.evaluate(async () => {
        // What only a style sheet hides, the command can't know of.
        for (const sheet of document.styleSheets) sheet.disabled = true;
        const { summarize } = await import('/dist/index.js');
        return JSON.stringify(await summarize(document));
      });
      assert.equal(files(page).includes('nutgraf.plain.js'), policy === STRICT);
      assert.equal(`${found}\n`, native, policy);
    }
  });
}

test('P1: a script tag with the published hash, from another origin, is all that a page needs', async () => {
  const hashes = JSON.parse(await readFile(new URL('sri.json', DIST), 'utf8'));
  const policy = `default-src 'none'; img-src 'self'; script-src ${cdn} 'wasm-unsafe-eval'; connect-src ${cdn}; style-src 'self'; require-trusted-types-for 'script'`;
  for (const [name, loads] of [
    ['nutgraf.js', 5],
    ['nutgraf.single.js', 1],
  ]) {
    const tag = (hash) => `<script type="module" src="${cdn}/dist/${name}" integrity="${hash}" crossorigin></script>`;
    const page = await visitSite(policy, html(`<main><nut-graf></nut-graf>${STORY}</main>`, { head: tag(hashes[name]) }));
    await open(page);
    assert.equal((await texts(page, '.sentence')).length, 3, name);
    assert.equal(asked.filter((address) => address.startsWith(cdn)).length, loads, name);
    assert.deepEqual(await reported(page), []);

    const other = await visitSite(policy, html(`<nut-graf></nut-graf>${STORY}`, { head: tag(hashes['define.js']) }));
    assert.equal(await other.evaluate(() => customElements.get('nut-graf') === undefined), true, 'with another hash it is refused');
  }
});

test('P14: the build in one file fetches nothing', async () => {
  const head = `<script type="module" src="${cdn}/dist/nutgraf.single.js"></script>`;
  const policy = `default-src 'none'; img-src 'self'; script-src ${cdn} 'wasm-unsafe-eval'; style-src 'self'`;
  const page = await visitSite(policy, html(`<main><nut-graf lang="fr"></nut-graf>${STORY}</main>`, { head }));
  await open(page);
  assert.deepEqual(await texts(page, '.label'), ['Résumé']);
  assert.equal((await texts(page, '.sentence')).length, 3);
  const languages = await page.evaluate(async (url, text) => {
    const { summarize } = await import(url);
    return [(await summarize(text)).language, (await summarize('Die Brücke wird im März gesperrt. Das hat der Rat am Montag mit großer Mehrheit beschlossen.')).language];
  }, `${cdn}/dist/nutgraf.single.js`, TEXT);
  assert.deepEqual(languages, ['en', 'de']);
  assert.deepEqual(asked.filter((address) => address.startsWith(cdn)), [`${cdn}/dist/nutgraf.single.js`]);
  assert.deepEqual(await reported(page), []);
});

test('P14: the widget works in a sandboxed frame', async () => {
  for (const name of ['nutgraf.js', 'nutgraf.single.js']) {
    const head = `<script type="module" src="${cdn}/dist/${name}"></script>`;
    const { html: body } = html(`<main><nut-graf open></nut-graf>${STORY}</main>`, { head });
    pages.set('/frame.html', { body });
    const page = await visitSite("default-src 'self'", html('<iframe sandbox="allow-scripts" src="/frame.html"></iframe>'));
    const inside = await page.waitForFrame((frame) => frame.url().endsWith('/frame.html'));
    await inside.waitForSelector('nut-graf[state=ok]');
    assert.equal((await inside.$$('nut-graf >>> .sentence')).length, 3, name);
    assert.equal(await inside.evaluate(() => origin), 'null');
  }
});

test('an instance that traps is thrown away, and the next call has a new one', async () => {
  // The real glue, but for a call that runs into the real module’s `unreachable`: memory that can’t be had.
  const glue = `
    import { __wbg_reset_state, initSync as initReal, read as readReal } from '/pkg/nutgraf.js?real';
    export const initSync = (options) => (exports = initReal(options));
    let exports;
    export function read(...page) {
      if (globalThis.trap) exports.__wbindgen_malloc(2 ** 31 - 1, 3);
      return readReal(...page);
    }
    export { addLanguage } from '/pkg/nutgraf.js?real';
    const reset = () => { globalThis.resets = (globalThis.resets ?? 0) + 1; __wbg_reset_state(); };
    export { reset as __wbg_reset_state };
  `;
  const route = (request) =>
    request.url().endsWith('?real')
      ? request.continue()
      : request.respond({ status: 200, contentType: 'text/javascript', body: glue });
  const page = await visit(html(''), { routes: [[/^\/pkg\/nutgraf\.js$/, route]] });
  const summary = () => page.evaluate(async (text) => JSON.stringify(await (await import('/index.js')).summarize(text)), TEXT);
  const before = await summary();
  await page.evaluate(() => (globalThis.trap = true));
  assert.deepEqual(await calls(page, 2), ['core-failed', 'core-failed']);
  await page.evaluate(() => (globalThis.trap = false));
  assert.equal(await summary(), before, 'it knows what the old one knew');
  assert.deepEqual(await calls(page, 1), ['ok']);
  assert.equal(await page.evaluate(() => globalThis.resets), 2, 'one new instance for each trap');
  assert.equal(page.requests.filter((path) => path.includes('nutgraf_bg.')).length, 1, 'of the module that is there');
});

/** Has the running instance ask for more memory than there is, as long as `globalThis.trap` is set. */
const TRAPPING = `
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports);
      const read = (...values) => (globalThis.trap ? exports.__wbindgen_malloc(2 ** 31 - 1, 3) : exports.read(...values));
      this.exports = { ...exports, read };
    }
  };
`;

for (const kind of ['wasm', 'plain JavaScript']) {
  test(`P6: where memory runs out the reader is told so, and the next click works: ${kind}`, async () => {
    const isPlain = kind !== 'wasm';
    const headers = isPlain ? { 'content-security-policy': `${STRICT}; connect-src 'self'` } : {};
    const prepare = (page) => (isPlain ? undefined : page.evaluateOnNewDocument(TRAPPING));
    const page = await visit({ ...htmlWithWidget(STORY, { lang: 'fr', element: '<nut-graf language="en"></nut-graf>' }), headers }, { prepare });
    await open(page);
    assert.equal(files(page).includes('nutgraf.plain.js'), isPlain);
    const before = await texts(page, '.sentence');
    for (const press of ['.retry', '.button']) {
      // Nothing is where it was, or there is no memory.
      await page.evaluate(async (isPlain) => {
        globalThis.trap = true;
        if (isPlain) new Uint8Array((await import('/dist/nutgraf.plain.js')).initSync().memory.buffer).fill(255);
      }, isPlain);
      const failed = await next(page, 'nutgraf-error');
      await page.$eval('nut-graf', (element, press) => element.setAttribute('exclude', press), press);
      assert.deepEqual(await failed(), { code: 'core-failed' });
      assert.deepEqual(await texts(page, '.note'), ['Le résumé n’a pas pu être chargé.']);
      assert.equal(await page.$eval('nut-graf', ({ state }) => state), 'error');
      await page.evaluate(() => (globalThis.trap = false));
      const summarized = await next(page, 'nutgraf-summary');
      // Closes the panel, and opens it again.
      if (press === '.button') await (await part(page, press)).click();
      await (await part(page, press)).click();
      assert.equal((await summarized()).state, 'ok');
      assert.deepEqual(await texts(page, '.sentence'), before);
    }
  });
}

test('the memory of the core has an end, and a page that needs more costs no more', async () => {
  const page = await visit(html(''));
  const found = await page.evaluate(async () => {
    const module = await WebAssembly.compile(await (await fetch('/dist/nutgraf_bg.wasm')).arrayBuffer());
    const glue = await import('/pkg/nutgraf.js');
    glue.initSync({ module });
    const plain = await import('/dist/nutgraf.plain.js');
    plain.initSync({ module: plain.module });
    return [glue, plain].map(({ initSync, read }) => {
      const { memory, __wbindgen_malloc: take } = initSync();
      const outcomes = [];
      // All that there may be is 512 MiB: it can be had in pieces, but not all.
      try {
        for (let n = 0; n < 10; n += 1) outcomes.push(take(2 ** 26, 1) > 0);
      } catch (error) {
        outcomes.push(error instanceof Error);
      }
      return [outcomes, memory.buffer.byteLength <= 2 ** 29];
    });
  });
  const seven = [true, true, true, true, true, true, true];
  assert.deepEqual(found, [[[...seven, true], true], [[...seven, true], true]]);
});

test('an instance that has grown is replaced, and the new one has the word lists again', async () => {
  const page = await visit(html(''));
  const sizes = await page.evaluate(async (text) => {
    const { summarize } = await import('/index.js');
    const { initSync } = await import('/pkg/nutgraf.js');
    const found = [];
    for (let n = 0; n < 6; n += 1) {
      const summary = await summarize(text.repeat(400));
      found.push([initSync().memory.buffer.byteLength, JSON.stringify(summary)]);
    }
    return found;
  }, TEXT);
  assert.ok(Math.max(...sizes.map(([bytes]) => bytes)) < 4 * sizes[0][0], `${sizes.map(([bytes]) => bytes)}`);
  assert.equal(new Set(sizes.map(([, summary]) => summary)).size, 1, 'all calls gave the same');
});

test('word lists that can’t be loaded are asked for again by the next call', async () => {
  let n = 0;
  const list = (request) => ((n += 1) === 1 ? request.abort() : request.continue());
  const page = await visit(html(`<main>${STORY}</main>`), { routes: [[/languages\/en\.txt$/, list]] });
  assert.deepEqual([await languageOf(page), await languageOf(page)], ['load-failed', 'en']);
});

test('another core may be put in place of ours, and take its time', async () => {
  const page = await visit(html(''));
  const seen = await page.evaluate(async (text) => {
    const { provideCore } = await import('/core.js');
    const { summarize } = await import('/index.js');
    const seen = [];
    const answer = { summaries: [{ state: 'ok', sentences: [] }], spans: [] };
    provideCore({
      read: async (strings, events, ...numbers) => {
        seen.push([strings.split('\0').slice(1, 3), events.length, numbers]);
        return seen.length === 1 ? 'fr' : JSON.stringify(answer);
      },
      addLanguage: async (list) => void seen.push(list.split('\0')[0]),
    });
    seen.push(await summarize(text, { title: 'A title', sentences: 5, words: 90 }));
    return seen;
  }, TEXT);
  const call = [['A title', ''], 0, [90, 5, 0, 0]];
  assert.deepEqual(seen, [call, 'fr', call, { state: 'ok', sentences: [] }]);
  assert.deepEqual(page.requests.filter((path) => path.includes('nutgraf_bg')), []);
});
