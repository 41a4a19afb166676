/**
 * A page → its elements and texts, packed for the core in one string and one array.
 *
 * In: a document, an element or a range; it is only read. Out: a flat stream of events in flat-tree order (open an element, text,
 * close), the strings that the events name, and what the page's JSON-LD says. Nothing is judged here: what is a block, what is
 * hidden by attributes and what is the article is decided once, in the core, for this walk and for the native one alike.
 *
 * A page may be hostile, or just odd: a form field named `parentNode` shadows the property of its form. So everything is read
 * through the getters of the prototypes, and depth lives on a stack of our own. The cost is linear in the page.
 */

/**
 * A page, packed.
 * @typedef {object} PackedPage
 * @property {string} strings  Joined by U+0000. Names and attribute values stand once, texts as they come.
 * @property {Uint32Array} events  `0` closes; `1, string` is a text; `2, name, flags, n, (name, value) × n` opens an element.
 * @property {string} facts  Triples of source, key and value from JSON-LD, joined by U+0000.
 * @property {Text[]} nodes  The k-th text event is `nodes[k]`, …
 * @property {number[]} starts  … read from UTF-16 unit `starts[k]`, which is 0 but where a range begins inside a text.
 */

/**
 * What to take for the article, beside what the core finds. Both are CSS selectors, each good for all that is in its elements.
 * @typedef {object} Regions
 * @property {string} [include]
 * @property {string} [exclude]
 */

const CLOSE = 0;
const TEXT = 1;
const OPEN = 2;

/** The element and all that is in it are not rendered. */
const HIDDEN = 1;
/** The text straight in the element can't be seen. */
const INVISIBLE = 2;
const EXCLUDED = 4;
const INCLUDED = 8;

/** Not text that a reader reads, or not ours to read. */
const SKIPPED = new Set(
  'script style noscript template svg canvas iframe object audio video select textarea input button nut-graf'.split(' '),
);
const IN_HEAD = new Set(['title', 'meta', 'link']);
/** All that the core looks at. */
const ATTRIBUTES = new Set(
  (
    'class id role itemprop itemtype itemscope hidden aria-hidden aria-label style href rel name property content ' +
    'datetime open lang data-nosnippet data-testid data-component http-equiv'
  ).split(' '),
);

/**
 * `checkVisibility` climbs to the root of the page, so that asking on every level costs the square of the depth. Parsers stop
 * nesting at 512; what scripts have nested deeper counts as shown where its ancestor at this depth is.
 */
const MAX_CHECKED_DEPTH = 512;

// The same limits as in `src/html.rs`.
const MAX_FACTS = 2000;
const MAX_FACT_DEPTH = 16;
const MAX_FACT_UTF16 = 1000;
/** The text of the article is read from the page, where the reader sees it. */
const UNTOLD = new Set(['articleBody', 'text']);

/** Taken at load, before any script of the page has had much time to wrap them; later where there is no DOM yet. */
let dom = typeof Node === 'function' ? takeGetters() : undefined;

/**
 * Ways to read a DOM that nothing on the page can shadow.
 * @returns {Getters}
 */
export function getters() {
  return (dom ??= takeGetters());
}

/**
 * Packs what is under `source`, and what its document says about itself. Never throws, whatever the page.
 * @param {Document | Element | Range} source
 * @param {Regions} [regions]  A selector that can't be parsed selects nothing.
 * @returns {PackedPage}
 */
export function walk(source, regions = {}) {
  return new Walk(getters(), source, regions).packed();
}

/**
 * Says what kind of source a value is, for values of other windows too; `undefined` where it is none.
 * @param {unknown} value
 * @returns {'document' | 'element' | 'range' | undefined}
 */
export function sourceKind(value) {
  if (typeof Node !== 'function' || typeof value !== 'object' || value === null) return undefined;
  const get = getters();
  try {
    const type = get.nodeType(/** @type {Node} */ (value));
    return type === 9 ? 'document' : type === 1 ? 'element' : undefined;
  } catch {
    // Not a node.
  }
  try {
    get.commonAncestorContainer(/** @type {Range} */ (value));
    return 'range';
  } catch {
    return undefined;
  }
}

class Walk {
  #get;
  #document;
  #strings = new Strings();
  #events = new Events();
  /** @type {Text[]} */
  #nodes = [];
  /** @type {number[]} */
  #starts = [];
  /** @type {Element | undefined} */
  #html;
  #include;
  #exclude;
  /** Whether what is rendered can be asked for. */
  #isRendered = false;
  /** @type {Selected | undefined} */
  #selected;

  /**
   * @param {Getters} get
   * @param {Document | Element | Range} source
   * @param {Regions} regions
   */
  constructor(get, source, { include, exclude }) {
    this.#get = get;
    /** @type {Node} */
    let root;
    if (sourceKind(source) === 'range') {
      const range = /** @type {Range} */ (source);
      this.#selected = select(get, range);
      root = get.commonAncestorContainer(range);
      if (!isElement(get, root) && get.nodeType(root) !== 9) root = get.parentNode(root) ?? root;
    } else {
      root = /** @type {Document | Element} */ (source);
    }
    this.#document = get.ownerDocument(root) ?? /** @type {Document} */ (root);
    this.#html = get.documentElement(this.#document) ?? undefined;
    this.#include = this.#selector(include);
    this.#exclude = this.#selector(exclude);
    // A document without a window, an element outside its document, a page that is not shown at all: nothing is laid out, and
    // attributes alone must tell.
    this.#isRendered =
      get.checkVisibility !== undefined &&
      get.defaultView(this.#document) !== null &&
      get.isConnected(root) &&
      this.#html !== undefined &&
      get.checkVisibility(this.#html);
    if (this.#html) {
      this.#open(this.#html, 0);
      this.#readHead();
    }
    if (root === this.#document || root === this.#html) {
      const body = get.body(this.#document);
      if (body) this.#readFrom(body);
    } else {
      this.#readFrom(root);
    }
    if (this.#html) this.#events.push(CLOSE);
  }

  /** @returns {PackedPage} */
  packed() {
    return {
      strings: this.#strings.joined(),
      events: this.#events.all(),
      facts: facts(this.#get, this.#document),
      nodes: this.#nodes,
      starts: this.#starts,
    };
  }

  /**
   * @param {string | undefined} selector
   * @returns {string | undefined}
   */
  #selector(selector) {
    try {
      if (!selector || !this.#html) return undefined;
      this.#get.matches(this.#html, selector);
      return selector;
    } catch {
      return undefined;
    }
  }

  #readHead() {
    const get = this.#get;
    const head = get.head(this.#document);
    if (!head) return;
    this.#open(head, 0);
    for (let child = get.firstChild(head); child; child = get.nextSibling(child)) {
      if (!isElement(get, child) || !IN_HEAD.has(get.localName(child))) continue;
      this.#open(child, 0);
      for (let text = get.firstChild(child); text; text = get.nextSibling(text)) {
        if (isText(get, text)) this.#addText(text, get.data(text), 0);
      }
      this.#events.push(CLOSE);
    }
    this.#events.push(CLOSE);
  }

  /**
   * Reads `root` and all that is under it.
   * @param {Node} root  An element, or a shadow root or fragment, of which only the content is read.
   */
  #readFrom(root) {
    const get = this.#get;
    /** @type {Frame[]} */
    const stack = [];
    /** @type {Frame} */
    const outside = { next: null, list: undefined, index: 0, closes: false, hidden: false, foreign: true };
    if (isElement(get, root)) {
      const flags =
        (this.#include && get.closest(root, this.#include) ? INCLUDED : 0) |
        (this.#exclude && get.closest(root, this.#exclude) ? EXCLUDED : 0);
      this.#enter(root, flags, outside, stack);
    } else {
      stack.push({ ...outside, next: get.firstChild(root) });
    }
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const node = take(get, frame);
      if (!node) {
        stack.pop();
        if (frame.closes) this.#events.push(CLOSE);
      } else if (isText(get, node)) {
        this.#readText(node, frame);
      } else if (isElement(get, node) && this.#isWanted(node)) {
        this.#enter(node, 0, frame, stack);
      }
    }
  }

  /**
   * Opens an element and puts its content, as rendered, on the stack.
   * @param {Element} element
   * @param {number} flags
   * @param {Frame} parent
   * @param {Frame[]} stack
   */
  #enter(element, flags, parent, stack) {
    const get = this.#get;
    const name = get.localName(element);
    if (SKIPPED.has(name)) return;
    if (this.#include && get.matches(element, this.#include)) flags |= INCLUDED;
    if (this.#exclude && get.matches(element, this.#exclude)) flags |= EXCLUDED;
    if (this.#isRendered && !parent.hidden && stack.length < MAX_CHECKED_DEPTH) flags |= unseen(get, element);
    this.#open(element, flags);
    /** @type {Frame} */
    const frame = { ...parent, next: null, list: undefined, index: 0, closes: true };
    frame.hidden ||= (flags & HIDDEN) !== 0;
    const shadow = get.shadowRoot(element);
    const assigned = name === 'slot' ? get.assignedNodes(element) : [];
    if (shadow) {
      // Text of a shadow tree is in a range if its host is: ranges end where trees do.
      if (this.#isInTree(element)) frame.foreign = this.#selected?.nodes.has(element) ?? true;
      frame.next = get.firstChild(shadow);
    } else if (assigned.length > 0) {
      frame.list = assigned;
    } else {
      frame.next = get.firstChild(element);
    }
    stack.push(frame);
  }

  /**
   * @param {Text} text
   * @param {Frame} frame
   */
  #readText(text, frame) {
    const data = this.#get.data(text);
    const selected = this.#selected;
    if (!selected) {
      this.#addText(text, data, 0);
    } else if (selected.nodes.has(text)) {
      const start = text === selected.startContainer ? selected.startOffset : 0;
      const end = text === selected.endContainer ? selected.endOffset : data.length;
      if (start < end) this.#addText(text, data.slice(start, end), start);
    } else if (frame.foreign && !this.#isInTree(text)) {
      this.#addText(text, data, 0);
    }
  }

  /**
   * Whether an element, or something in it, is in the range, if we read one.
   * @param {Element} element
   */
  #isWanted(element) {
    const selected = this.#selected;
    if (!selected || selected.nodes.has(element) || selected.path.has(element)) return true;
    return !this.#isInTree(element);
  }

  /**
   * Whether a node stands in the tree that the range is in, and not in a shadow tree below it.
   * @param {Node} node
   */
  #isInTree(node) {
    return this.#selected !== undefined && this.#get.getRootNode(node) === this.#selected.root;
  }

  /**
   * @param {Element} element
   * @param {number} flags
   */
  #open(element, flags) {
    const get = this.#get;
    const events = this.#events;
    events.push(OPEN);
    events.push(this.#strings.intern(get.localName(element).toLowerCase()));
    events.push(flags);
    const count = events.push(0);
    if (!get.hasAttributes(element)) return;
    let n = 0;
    for (const name of get.getAttributeNames(element)) {
      if (!ATTRIBUTES.has(name)) continue;
      events.push(this.#strings.intern(name));
      events.push(this.#strings.intern(get.getAttribute(element, name) ?? ''));
      n += 1;
    }
    events.set(count, n);
  }

  /**
   * @param {Text} node
   * @param {string} text
   * @param {number} start
   */
  #addText(node, text, start) {
    this.#events.push(TEXT);
    this.#events.push(this.#strings.add(text));
    this.#nodes.push(node);
    this.#starts.push(start);
  }
}

/**
 * Where we are among siblings.
 * @typedef {object} Frame
 * @property {Node | null} next  The sibling to read next, …
 * @property {Node[] | undefined} list  … or, in a slot, the nodes assigned to it, …
 * @property {number} index  … from this one on.
 * @property {boolean} closes  Whether an element ends where the siblings do.
 * @property {boolean} hidden  Whether an ancestor is known not to be rendered.
 * @property {boolean} foreign  Whether text of shadow trees in here is wanted.
 */

/**
 * @param {Getters} get
 * @param {Frame} frame
 * @returns {Node | null}
 */
function take(get, frame) {
  if (frame.list) return frame.list[frame.index++] ?? null;
  const node = frame.next;
  if (node) frame.next = get.nextSibling(node);
  return node;
}

/**
 * What a reader sees of an element, as flags.
 * @param {Getters} get
 * @param {Element} element
 */
function unseen(get, element) {
  const check = get.checkVisibility;
  // `checkVisibilityCSS` is the older name of the option.
  if (!check || check(element, { visibilityProperty: true, checkVisibilityCSS: true })) return 0;
  if (check(element)) return INVISIBLE;
  // An element with `display: contents`, every slot for instance, has no box of its own; what is in it may have one.
  const { display, visibility } = getComputedStyle(element);
  if (display !== 'contents') return HIDDEN;
  return visibility === 'visible' ? 0 : INVISIBLE;
}

/**
 * What is in a range, in its own tree.
 * @typedef {object} Selected
 * @property {Node} root  The root of the tree.
 * @property {Set<Node>} nodes  All nodes that begin in the range.
 * @property {Set<Node>} path  The elements that begin before the range and reach into it.
 * @property {Node} startContainer
 * @property {number} startOffset
 * @property {Node} endContainer
 * @property {number} endOffset
 */

/**
 * @param {Getters} get
 * @param {Range} range
 * @returns {Selected}
 */
function select(get, range) {
  const startContainer = get.startContainer(range);
  const startOffset = get.startOffset(range);
  const endContainer = get.endContainer(range);
  const endOffset = get.endOffset(range);
  const first = boundary(get, startContainer, startOffset, startContainer);
  const end = boundary(get, endContainer, endOffset, after(get, endContainer));
  /** @type {Set<Node>} */
  const nodes = new Set();
  for (let node = first; node && node !== end; node = get.firstChild(node) ?? after(get, node)) nodes.add(node);
  /** @type {Set<Node>} */
  const path = new Set();
  for (let node = get.parentNode(startContainer); node; node = get.parentNode(node)) path.add(node);
  path.add(startContainer);
  return { root: get.getRootNode(startContainer), nodes, path, startContainer, startOffset, endContainer, endOffset };
}

/**
 * The first node at or after a boundary point.
 * @param {Getters} get
 * @param {Node} container
 * @param {number} offset
 * @param {Node | null} inText  What it is where the boundary is inside a text.
 */
function boundary(get, container, offset, inText) {
  if (isText(get, container)) return inText;
  return get.childNodes(container)[offset] ?? after(get, container);
}

/**
 * The first node, in tree order, that comes after a node and all that is in it.
 * @param {Getters} get
 * @param {Node} node
 * @returns {Node | null}
 */
function after(get, node) {
  for (let at = /** @type {Node | null} */ (node); at; at = get.parentNode(at)) {
    const next = get.nextSibling(at);
    if (next) return next;
  }
  return null;
}

/**
 * What a document says about itself in JSON-LD, flattened: for each string, number and boolean the path to it, which starts with
 * the number of its script.
 * @param {Getters} get
 * @param {Document} document
 */
function facts(get, document) {
  /** @type {string[]} */
  const triples = [];
  let index = 0;
  for (const script of get.querySelectorAll(document, 'script[type*="ld+json" i]')) {
    const type = (get.getAttribute(script, 'type') ?? '').split(';', 1)[0].trim().toLowerCase();
    if (type !== 'application/ld+json') continue;
    try {
      flatten(`${index}`, JSON.parse(get.textContent(script) ?? ''), triples);
    } catch {
      // A script that does not parse says nothing; many pages have one.
    }
    index += 1;
  }
  return triples.map(clean).join('\0');
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {string[]} triples
 */
function flatten(path, value, triples) {
  /** @type {{ path: string, value: unknown, depth: number }[]} */
  const stack = [{ path, value, depth: 0 }];
  for (let top = stack.pop(); top && triples.length < 3 * MAX_FACTS; top = stack.pop()) {
    const { path, value, depth } = top;
    if (typeof value === 'object' && value !== null) {
      if (depth === MAX_FACT_DEPTH) continue;
      const keys = Object.keys(value).filter((key) => Array.isArray(value) || !UNTOLD.has(key));
      for (const key of keys.reverse()) {
        const inner = /** @type {Record<string, unknown>} */ (value)[key];
        stack.push({ path: `${path}.${key}`, value: inner, depth: depth + 1 });
      }
    } else if (value !== null && `${value}`.length <= MAX_FACT_UTF16) {
      triples.push('json-ld', path, `${value}`);
    }
  }
}

/** Strings by number; those interned stand once. */
class Strings {
  /** @type {string[]} */
  #all = [];
  /** @type {Map<string, number>} */
  #numbers = new Map();

  /** @param {string} string */
  intern(string) {
    let number = this.#numbers.get(string);
    if (number === undefined) {
      number = this.add(string);
      this.#numbers.set(string, number);
    }
    return number;
  }

  /** @param {string} string */
  add(string) {
    return this.#all.push(clean(string)) - 1;
  }

  joined() {
    return this.#all.join('\0');
  }
}

/**
 * Keeps the separator out of what it separates. One UTF-16 unit for one, so that offsets stay.
 * @param {string} string
 */
function clean(string) {
  return string.includes('\0') ? string.replaceAll('\0', '\uFFFD') : string;
}

/** An array of 32-bit numbers that grows. */
class Events {
  #array = new Uint32Array(4096);
  #length = 0;

  /**
   * @param {number} value
   * @returns {number}  Where it stands.
   */
  push(value) {
    if (this.#length === this.#array.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#array);
      this.#array = grown;
    }
    this.#array[this.#length] = value;
    return this.#length++;
  }

  /**
   * @param {number} at
   * @param {number} value
   */
  set(at, value) {
    this.#array[at] = value;
  }

  all() {
    return this.#array.subarray(0, this.#length);
  }
}

/**
 * @param {Getters} get
 * @param {Node} node
 * @returns {node is Text}
 */
function isText(get, node) {
  const type = get.nodeType(node);
  // 4 is a CDATA section, which XHTML has.
  return type === 3 || type === 4;
}

/**
 * @param {Getters} get
 * @param {Node} node
 * @returns {node is Element}
 */
function isElement(get, node) {
  return get.nodeType(node) === 1;
}

/** @typedef {ReturnType<typeof takeGetters>} Getters */

function takeGetters() {
  const node = Node.prototype;
  const element = Element.prototype;
  const document = Document.prototype;
  const range = Range.prototype;
  const { assignedNodes } = HTMLSlotElement.prototype;
  const { checkVisibility, matches, closest, getAttribute, getAttributeNames, hasAttributes } = element;
  const { getRootNode } = node;
  const { querySelectorAll } = document;
  return {
    nodeType: getter(node, 'nodeType'),
    parentNode: getter(node, 'parentNode'),
    firstChild: getter(node, 'firstChild'),
    nextSibling: getter(node, 'nextSibling'),
    childNodes: getter(node, 'childNodes'),
    textContent: getter(node, 'textContent'),
    isConnected: getter(node, 'isConnected'),
    ownerDocument: getter(node, 'ownerDocument'),
    data: getter(CharacterData.prototype, 'data'),
    localName: getter(element, 'localName'),
    shadowRoot: getter(element, 'shadowRoot'),
    documentElement: getter(document, 'documentElement'),
    head: getter(document, 'head'),
    body: getter(document, 'body'),
    defaultView: getter(document, 'defaultView'),
    startContainer: getter(range, 'startContainer'),
    startOffset: getter(range, 'startOffset'),
    endContainer: getter(range, 'endContainer'),
    endOffset: getter(range, 'endOffset'),
    commonAncestorContainer: getter(range, 'commonAncestorContainer'),
    getRootNode: (/** @type {Node} */ target) => getRootNode.call(target),
    matches: (/** @type {Element} */ target, /** @type {string} */ selector) => matches.call(target, selector),
    closest: (/** @type {Element} */ target, /** @type {string} */ selector) => closest.call(target, selector),
    getAttribute: (/** @type {Element} */ target, /** @type {string} */ name) => getAttribute.call(target, name),
    getAttributeNames: (/** @type {Element} */ target) => getAttributeNames.call(target),
    hasAttributes: (/** @type {Element} */ target) => hasAttributes.call(target),
    querySelectorAll: (/** @type {Document} */ target, /** @type {string} */ selector) => querySelectorAll.call(target, selector),
    /** Empty for an element that is called a slot in another namespace. */
    assignedNodes: (/** @type {Element} */ target) => {
      try {
        return assignedNodes.call(/** @type {HTMLSlotElement} */ (target));
      } catch {
        return [];
      }
    },
    /** Missing in older browsers, where everything counts as shown. */
    checkVisibility:
      checkVisibility &&
      ((/** @type {Element} */ target, /** @type {CheckVisibilityOptions} */ options = {}) =>
        checkVisibility.call(target, options)),
  };
}

/**
 * A property of a prototype, or of one above it, as a function, which nothing on the object itself can shadow.
 * @template {object} T
 * @template {keyof T} K
 * @param {T} prototype
 * @param {K} name
 * @returns {(target: T) => T[K]}
 */
function getter(prototype, name) {
  /** @type {PropertyDescriptor | undefined} */
  let property;
  for (let at = prototype; at && !property; at = Object.getPrototypeOf(at)) {
    property = Object.getOwnPropertyDescriptor(at, name);
  }
  const get = property?.get;
  if (!get) throw new TypeError(`this DOM has no ${String(name)}, needs one`);
  return (target) => get.call(target);
}
