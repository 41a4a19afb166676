import assert from 'node:assert/strict';
import { html, launch, test } from './browser.mjs';

const { visit } = launch();

/** Fixtures here have style attributes, and parse HTML. */
const LOOSE = { 'content-security-policy': "default-src 'self' 'unsafe-inline'" };

/** In the order of the numbers that stand for them. */
const ATTRIBUTES = (
  'class id role itemprop itemtype aria-label data-testid data-component hidden aria-hidden style href rel name ' +
  'property content datetime open lang data-nosnippet http-equiv'
).split(' ');
const FLAGS = ['hidden', 'invisible', 'excluded', 'included'];

/** Opens a page with this body and packs what `find` returns in it. */
async function walkedBody(body, find = () => document, regions = {}, options = {}) {
  const page = await visit({ ...html(body, options), headers: LOOSE });
  return walked(page, find, regions);
}

/** Packs what `find` returns in a page, and writes it as markup: `<p class="a" !hidden>text</p>`. */
async function walked(page, find, regions = {}) {
  const source = await page.evaluateHandle(find);
  const packed = await page.evaluate(
    async (source, regions) => {
      const { walk } = await import('/walk.js');
      const { strings, events, nodes, starts } = walk(source, regions);
      return { strings, events: [...events], starts, nodes: nodes.map((node) => node.data) };
    },
    source,
    regions,
  );
  return { ...packed, ...markup(packed) };
}

function markup({ strings, events }) {
  const string = strings.split('\0');
  const texts = [];
  const facts = [];
  const open = [];
  let all = '';
  for (let at = 0; at < events.length;) {
    const op = events[at++];
    if (op === 0) {
      all += `</${open.pop()}>`;
    } else if (op === 1) {
      texts.push(string[events[at]]);
      all += string[events[at++]];
    } else if (op === 3) {
      facts.push([string[events[at++]], string[events[at++]]]);
    } else {
      const [name, flags, n] = [string[events[at]], events[at + 1], events[at + 2]];
      at += 3;
      let attributes = '';
      for (let k = 0; k < n; k += 1, at += 2) attributes += ` ${ATTRIBUTES[events[at]]}="${string[events[at + 1]]}"`;
      attributes += FLAGS.map((flag, bit) => (flags & (1 << bit) ? ` !${flag}` : '')).join('');
      all += `<${name}${attributes}>`;
      open.push(name);
    }
  }
  assert.deepEqual(open, [], 'every element is closed');
  return { all, texts, facts, body: all.replace(/^<html[^>]*><head[^>]*>.*?<\/head>/s, '').replace(/<\/html>$/, '') };
}

/** Builds an open shadow root; as a string, since fixtures may not contain scripts. */
const SHADOW = `(host, html) => { host.attachShadow({ mode: 'open' }).innerHTML = html; }`;

test('a page is its elements and texts in the order of reading', async () => {
  const { all, nodes, texts } = await walkedBody('<article class="story"><p>One <b>two</b> three.</p></article>');
  assert.equal(
    all,
    '<html lang="en"><head><title>A page</title></head>' +
      '<body><article class="story"><p>One <b>two</b> three.</p></article></body></html>',
  );
  assert.deepEqual(nodes, ['A page', 'One ', 'two', ' three.'], 'each text has its node');
  assert.deepEqual(texts, nodes);
});

test('of the head only title, meta and link are read', async () => {
  const head = '<base href="/"><meta name="author" content="Ann"><link rel="canonical" href="/a"><style>p{}</style>';
  const { all } = await walkedBody('', undefined, undefined, { head });
  assert.match(
    all,
    /<head><title>A page<\/title><meta name="author" content="Ann"><\/meta><link rel="canonical" href="\/a"><\/link><\/head>/,
  );
});

test('what is not text to a reader is not sent', async () => {
  const { body } = await walkedBody(
    '<p>Kept</p><script type="text/plain">no</script><style>no{}</style><noscript>no</noscript><template>no</template>' +
      '<svg><text>no</text></svg><canvas>no</canvas><iframe></iframe><object>no</object><audio>no</audio><video>no</video>' +
      '<select><option>no</select><textarea>no</textarea><input value="no"><button>no</button><nut-graf>no</nut-graf><!-- no -->',
  );
  assert.equal(body, '<body><p>Kept</p></body>');
});

test('only the attributes that the core looks at are sent', async () => {
  const { body } = await walkedBody(
    '<p id="a" onclick="x()" data-track="1" data-testid="t" itemprop="articleBody" title="no">x</p>',
  );
  assert.equal(body, '<body><p id="a" data-testid="t" itemprop="articleBody">x</p></body>');
});

test('what is not rendered is marked as hidden, and so is text that is only invisible', async () => {
  const { body } = await walkedBody(
    '<div style="display:none"><p>a</p></div><div style="visibility:hidden">b<p style="visibility:visible">c</p></div>' +
      '<div style="display:contents"><p>d</p></div><div style="display:none"><div style="display:contents"><p>e</p></div></div>' +
      '<details><summary>f</summary><p>g</p></details>',
  );
  assert.equal(
    body.replace(/ style="[^"]*"/g, ''),
    '<body><div !hidden><p>a</p></div><div !invisible>b<p>c</p></div><div><p>d</p></div>' +
      '<div !hidden><div><p>e</p></div></div><details><summary>f</summary><p !hidden>g</p></details></body>',
  );
});

test('a parsed document that is not shown is read by its attributes alone', async () => {
  const { body } = await walkedBody('', () =>
    new DOMParser().parseFromString('<div hidden><p style="display:none">a</p></div>', 'text/html'),
  );
  assert.equal(body, '<body><div hidden=""><p style="display:none">a</p></div></body>');
});

test('an element outside of any document is read by its attributes alone', async () => {
  const { body } = await walkedBody('', () => Object.assign(document.createElement('div'), { textContent: 'a' }));
  assert.equal(body, '<div>a</div>');
});

test('an element as source is read with what is under it, and the head of its page', async () => {
  const { all } = await walkedBody('<p>a</p><section id="s"><p>b</p></section>', () => document.getElementById('s'));
  assert.equal(all, '<html lang="en"><head><title>A page</title></head><section id="s"><p>b</p></section></html>');
});

test('regions to include and exclude are marked where their selectors match', async () => {
  const regions = { include: '.in, .in *', exclude: 'aside' };
  const { body } = await walkedBody('<p class="in">a</p><aside>b</aside><p>c</p>', undefined, regions);
  assert.equal(body, '<body><p class="in" !included>a</p><aside !excluded>b</aside><p>c</p></body>');
});

test('a source inside a region is marked as the region is', async () => {
  const find = () => document.querySelector('p');
  const { body } = await walkedBody('<div id="d"><p>a</p></div>', find, { include: '#d', exclude: 'body' });
  assert.equal(body, '<p !excluded !included>a</p>');
});

test('a selector that can’t be parsed selects nothing', async () => {
  const { body } = await walkedBody('<p>a</p>', undefined, { include: 'p[', exclude: ':nonsense' });
  assert.equal(body, '<body><p>a</p></body>');
});

test('open shadow roots are read as they are shown: slots with what is assigned to them, or else with their own content', async () => {
  const page = await visit({
    ...html('<x-card id="host"><p slot="b">second</p><p slot="none">not shown</p><p>first</p></x-card>'),
    headers: LOOSE,
  });
  await page.evaluate(
    `(${SHADOW})(document.getElementById('host'), '<h2>head</h2><slot></slot><slot name="b"></slot><slot name="c">fallback</slot>')`,
  );
  const { body } = await walked(page, () => document);
  assert.equal(
    body,
    '<body><x-card id="host"><h2>head</h2><slot><p>first</p></slot><slot name="b"><p>second</p></slot>' +
      '<slot name="c">fallback</slot></x-card></body>',
  );
});

test('a range is read from its first character to its last', async () => {
  const { body, texts, starts } = await walkedBody('<p>no</p><p>One <b>two</b></p><p>three four</p><p>no</p>', () => {
    const [, first, second] = document.querySelectorAll('p');
    const range = new Range();
    range.setStart(first.firstChild, 1);
    range.setEnd(second.firstChild, 5);
    return range;
  });
  assert.equal(body, '<body><p>ne <b>two</b></p><p>three</p></body>');
  assert.deepEqual(texts, ['A page', 'ne ', 'two', 'three']);
  assert.deepEqual(starts, [0, 1, 0, 0], 'offsets count from where the range begins in its first text');
});

test('a range inside one text is that part of it', async () => {
  const { body, starts } = await walkedBody('<p>One two three</p>', () => {
    const range = new Range();
    const text = document.querySelector('p').firstChild;
    range.setStart(text, 4);
    range.setEnd(text, 7);
    return range;
  });
  assert.equal(body, '<p>two</p>');
  assert.deepEqual(starts, [0, 4]);
});

test('a range between elements holds whole elements', async () => {
  const { body } = await walkedBody('<p>a</p><p>b</p><p>c</p>', () => {
    const range = new Range();
    range.setStart(document.body, 1);
    range.setEnd(document.body, 2);
    return range;
  });
  assert.equal(body, '<body><p>b</p></body>');
});

test('an empty range holds no text', async () => {
  const { texts } = await walkedBody('<p>a</p>', () => {
    const range = new Range();
    range.setStart(document.body, 1);
    return range;
  });
  assert.deepEqual(texts, ['A page']);
});

test('a range over the whole document is the document', async () => {
  const find = () => {
    const range = new Range();
    range.selectNodeContents(document);
    return range;
  };
  assert.equal((await walkedBody('<p>a</p>', find)).body, '<body><p>a</p></body>');
});

test('a range that selects a part of what a component shows leaves out the component’s own text', async () => {
  const page = await visit({ ...html('<x-card id="host"><p>a</p><p>b</p><span id="inner"></span></x-card>'), headers: LOOSE });
  await page.evaluate(`(${SHADOW})(document.getElementById('host'), '<h2>Not selected</h2><slot></slot>')`);
  await page.evaluate(`(${SHADOW})(document.getElementById('inner'), '<b>selected</b>')`);
  const { body } = await walked(page, () => {
    const range = new Range();
    range.setStart(document.querySelectorAll('p')[1], 0);
    range.setEndAfter(document.getElementById('inner'));
    return range;
  });
  assert.equal(body, '<x-card id="host"><h2></h2><slot><p>b</p><span id="inner"><b>selected</b></span></slot></x-card>');
});

test('a range inside a shadow root is read', async () => {
  const page = await visit({ ...html('<x-card id="host"></x-card>'), headers: LOOSE });
  await page.evaluate(`(${SHADOW})(document.getElementById('host'), '<p>a</p><p>b</p>')`);
  const { body } = await walked(page, () => {
    const range = new Range();
    range.selectNodeContents(document.getElementById('host').shadowRoot);
    return range;
  });
  assert.equal(body, '<p>a</p><p>b</p>');
});

test('form fields named after properties of the DOM change nothing', async () => {
  const names = [
    'parentNode',
    'firstChild',
    'nextSibling',
    'childNodes',
    'nodeType',
    'localName',
    'tagName',
    'attributes',
    'getAttribute',
    'getAttributeNames',
    'hasAttributes',
    'shadowRoot',
    'ownerDocument',
    'isConnected',
    'matches',
    'closest',
    'checkVisibility',
    'getRootNode',
    'textContent',
    'assignedNodes',
  ];
  const fields = names.map((name) => `<input name="${name}">`).join('');
  const images = ['body', 'head', 'documentElement', 'querySelectorAll', 'defaultView', 'createTreeWalker'].map(
    (name) => `<img name="${name}">`,
  );
  const { body } = await walkedBody(`<form id="f">${fields}<p>a</p></form>${images.join('')}`, undefined, { exclude: '.x' });
  assert.equal(
    body,
    `<body><form id="f"><p>a</p></form>${images.map((image) => image.replace(/(name="\w+")>/, '$1></img>')).join('')}</body>`,
  );
});

test('elements nested ten thousand deep are read to the innermost', async () => {
  const page = await visit(html(''));
  const counts = await page.evaluate(async () => {
    const { walk } = await import('/walk.js');
    const nest = (document, levels) => {
      let at = document.body;
      for (let level = 0; level < levels; level += 1) {
        const child = document.createElement('div');
        child.append('x');
        at.append(child);
        at = child;
      }
      return walk(document).nodes.length;
    };
    // Deeper than this, Chromium itself takes seconds to lay a page out.
    return [nest(document.implementation.createHTMLDocument(''), 10_000), nest(document, 1_000)];
  });
  assert.deepEqual(counts, [10_001, 1_001], 'the title, and a text on every level');
});

test('half a character, and a null character, keep their place', async () => {
  const { texts, strings } = await walkedBody('', () => {
    const paragraph = document.createElement('p');
    paragraph.append('a\uD83D', '\uDE00b', 'c\0d');
    document.body.replaceChildren(paragraph);
    return document;
  });
  assert.deepEqual(texts, ['A page', 'a\uD83D', '\uDE00b', 'c\uFFFDd']);
  assert.equal(strings.split('\0').length, 10, 'six names and values, four texts');
});

test('a name or a value that comes back is sent once', async () => {
  const { strings } = await walkedBody('<p class="a">1</p><p class="a">2</p><p class="p">3</p>');
  const all = strings.split('\0');
  assert.deepEqual(
    ['p', 'a'].map((string) => all.filter((other) => other === string).length),
    [1, 1],
  );
});

test('JSON-LD is told as paths and values, without the text of the article', async () => {
  const data = {
    '@graph': [
      null,
      { headline: 'H', wordCount: 12, isAccessibleForFree: false, articleBody: 'no', text: 'no', description: 'x'.repeat(1001) },
    ],
    author: { name: 'A\0nn' },
  };
  const { facts } = await walkedBody(
    '<script type="application/ld+json">{ broken</script>' +
      `<script type="application/ld+json; charset=utf-8">${JSON.stringify(data)}</script><script type="text/ld+json">{"no":1}</script>`,
  );
  assert.deepEqual(facts, [
    ['1.@graph.1.headline', 'H'],
    ['1.@graph.1.wordCount', '12'],
    ['1.@graph.1.isAccessibleForFree', 'false'],
    ['1.author.name', 'A\uFFFDnn'],
  ]);
});

test('JSON-LD without end is told up to a limit', async () => {
  const wide = JSON.stringify(Array.from({ length: 5_000 }, (_, k) => `${k}`));
  const deep = '['.repeat(17) + '1' + ']'.repeat(17);
  const fits = '['.repeat(16) + '2' + ']'.repeat(16);
  const script = (json) => `<script type="application/ld+json">${json}</script>`;
  const { facts } = await walkedBody(script(deep) + script(fits) + script(wide));
  assert.equal(facts.length, 2_000);
  assert.equal(facts[0][0], `1${'.0'.repeat(16)}`, 'the one nested too deep is left out');
});

test('a page without facts has none', async () => {
  assert.deepEqual((await walkedBody('')).facts, []);
});

test('reading changes nothing on the page', async () => {
  const page = await visit('demo/politics.html');
  const changed = await page.evaluate(async () => {
    const { walk } = await import('/walk.js');
    const records = [];
    const observer = new MutationObserver((more) => records.push(...more));
    observer.observe(document, { subtree: true, attributes: true, childList: true, characterData: true });
    walk(document);
    return observer.takeRecords().length + records.length;
  });
  assert.equal(changed, 0);
});

test('every kind of source is told apart, from other windows too', async () => {
  const page = await visit({ ...html('<iframe></iframe>'), headers: LOOSE });
  const kinds = await page.evaluate(async () => {
    const { sourceKind } = await import('/walk.js');
    const other = document.querySelector('iframe').contentWindow;
    const range = other.document.createRange();
    return [document, other.document, other.document.body, range, new Text('x'), {}, null, 'text', other].map(
      (value) => sourceKind(value) ?? 'none',
    );
  });
  assert.deepEqual(kinds, ['document', 'document', 'element', 'range', 'none', 'none', 'none', 'none', 'none']);
});

test('a mark that only screen readers are given parts the words around it', async () => {
  const style = 'position:absolute;width:1px;height:1px;overflow:hidden';
  const { body } = await walkedBody(`<h1>A kicker<span style="${style}">: </span>A headline<i style="${style}">no</i></h1>`);
  assert.equal(body.replace(/ style="[^"]*"/g, ''), '<body><h1>A kicker<span>: </span>A headline<i !hidden>no</i></h1></body>');
});
