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
 * @property {Uint32Array} events  `0` closes; `1, string` is a text; `2, name, flags, n, (attribute, value) × n` opens an element;
 *   `3, key, value` is a fact from JSON-LD.
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
const FACT = 3;

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
/** All that the core looks at; it knows them by their numbers. */
const ATTRIBUTES = new Map(
  (
    'class id role itemprop itemtype aria-label data-testid data-component hidden aria-hidden style href rel name ' +
    'property content datetime open lang data-nosnippet http-equiv'
  )
    .split(' ')
    .map((name, number) => [name, number]),
);

/**
 * `checkVisibility` climbs to the root of the page, so that asking on every level costs the square of the depth. Parsers stop
 * nesting at 512; what scripts have nested deeper counts as shown where its ancestor at this depth is.
 */
const MAX_CHECKED_DEPTH = 512;

/** In elements without a box of their own these are not as high as their text. */
const INLINE = new Set('a abbr b bdi bdo cite code em font i ins kbd label mark q s small slot span strong sub sup time u'.split(' '));
/** How many texts of one kind are measured: what is of one class in elements of one class looks alike. */
const N_MEASURED = 2;
/** What pages push out of sight goes farther than this, in CSS pixels; what has been scrolled past is not moved by a style at all. */
const FAR = -999;

/** What makes a text invisible although its element is rendered. `checkVisibilityCSS` is the older name of the option. */
const SEEN = { visibilityProperty: true, checkVisibilityCSS: true, opacityProperty: true };
const FADED = { ...SEEN, opacityProperty: false };
const ANY = {};

const BLANK = /^[ \t\n\r\f]*$/;
/** A mark between two words, such as the colon after a kicker that only screen readers are given, is read with them. */
const MARK = /^[\p{P}\s]*$/u;

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
    const type = get.nodeType.call(/** @type {Node} */ (value));
    return type === 9 ? 'document' : type === 1 ? 'element' : undefined;
  } catch {
    // Not a node.
  }
  try {
    get.commonAncestorContainer.call(/** @type {Range} */ (value));
    return 'range';
  } catch {
    return undefined;
  }
}

class Walk {
  #get;
  #document;
  /** @type {string[]} */
  #strings = [];
  /** Where a name or a value stands among the strings. @type {Map<string, number>} */
  #ids = new Map();
  /** @type {number[]} */
  #events = [];
  /** @type {Text[]} */
  #nodes = [];
  /** @type {number[]} */
  #starts = [];
  /** @type {Element | undefined} */
  #html;
  #include;
  #exclude;
  /** How to ask for what is rendered; undefined where nothing is. @type {CheckVisibilityOptions | undefined} */
  #seen;
  /** How many texts of each kind have been measured and were there. @type {Map<string, number>} */
  #measured = new Map();
  #range = new Range();
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
      root = get.commonAncestorContainer.call(range);
      if (!isElement(get, root) && get.nodeType.call(root) !== 9) root = get.parentNode.call(root) ?? root;
    } else {
      root = /** @type {Document | Element} */ (source);
    }
    this.#document = get.ownerDocument.call(root) ?? /** @type {Document} */ (root);
    this.#html = get.documentElement.call(this.#document) ?? undefined;
    this.#include = this.#selector(include);
    this.#exclude = this.#selector(exclude);
    // A document without a window, an element outside its document, a page that is not shown at all: nothing is laid out, and
    // attributes alone must tell.
    const body = get.body.call(this.#document);
    if (get.checkVisibility && get.defaultView.call(this.#document) && get.isConnected.call(root) && body && get.checkVisibility.call(body)) {
      // What fades the whole page in, or waits for its fonts or its scripts, says nothing about a part of it.
      this.#seen = [SEEN, FADED, ANY].find((options) => get.checkVisibility?.call(body, options));
    }
    if (this.#html) {
      this.#open(this.#html, get.localName.call(this.#html), 0);
      this.#readHead();
    }
    if (root === this.#document || root === this.#html) {
      if (body) this.#readFrom(body);
    } else {
      this.#readFrom(root);
    }
    if (this.#html) this.#events.push(CLOSE);
    for (const [key, value] of facts(get, this.#document)) this.#events.push(FACT, this.#idOf(key), this.#idOf(value));
  }

  /** @returns {PackedPage} */
  packed() {
    let strings = this.#strings.join('\0');
    // Parsers leave no U+0000 in a page, scripts may. It means as much as what takes its place.
    if (strings.split('\0').length !== this.#strings.length) strings = this.#strings.map(clean).join('\0');
    return {
      strings,
      events: new Uint32Array(this.#events),
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
      this.#get.matches.call(this.#html, selector);
      return selector;
    } catch {
      return undefined;
    }
  }

  #readHead() {
    const get = this.#get;
    const head = get.head.call(this.#document);
    if (!head) return;
    this.#open(head, 'head', 0);
    for (let child = get.firstChild.call(head); child; child = get.nextSibling.call(child)) {
      const name = isElement(get, child) ? get.localName.call(child) : '';
      if (!IN_HEAD.has(name)) continue;
      this.#open(/** @type {Element} */ (child), name, 0);
      for (let text = get.firstChild.call(child); text; text = get.nextSibling.call(text)) {
        if (isText(get, text)) this.#addText(text, get.data.call(text), 0);
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
    const outside = {
      ...{ element: undefined, name: '', kind: '', flags: 0, at: 0, isStyled: false, isKnown: true, seen: this.#seen, bottom: Infinity },
      ...{ next: null, list: undefined, index: 0, closes: false, foreign: true },
    };
    if (isElement(get, root)) {
      const flags =
        (this.#include && get.closest.call(root, this.#include) ? INCLUDED : 0) |
        (this.#exclude && get.closest.call(root, this.#exclude) ? EXCLUDED : 0);
      this.#enter(root, flags, outside, stack);
    } else {
      stack.push({ ...outside, next: get.firstChild.call(root) });
    }
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const node = frame.next;
      if (!node) {
        stack.pop();
        if (frame.closes) this.#events.push(CLOSE);
      } else {
        frame.next = frame.list ? frame.list[++frame.index] : get.nextSibling.call(node);
        const type = get.nodeType.call(node);
        if (type === 1) {
          const element = /** @type {Element} */ (node);
          if (!this.#selected || this.#isWanted(element)) this.#enter(element, 0, frame, stack);
        } else if (type === 3 || type === 4) {
          this.#readText(/** @type {Text} */ (node), frame, stack);
        }
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
    const name = get.localName.call(element);
    if (SKIPPED.has(name)) return;
    if (this.#include && get.matches.call(element, this.#include)) flags |= INCLUDED;
    if (this.#exclude && get.matches.call(element, this.#exclude)) flags |= EXCLUDED;
    const events = this.#events;
    const at = this.#open(element, name, flags);
    /** @type {Frame} */
    const frame = {
      element,
      name,
      kind: '',
      flags,
      at,
      isStyled: events[at + 1] > 0 || get.hasAttributes.call(element),
      isKnown: false,
      seen: stack.length < MAX_CHECKED_DEPTH ? parent.seen : undefined,
      bottom: parent.bottom,
      next: null,
      list: undefined,
      index: 0,
      closes: true,
      foreign: parent.foreign,
    };
    const shadow = get.shadowRoot.call(element);
    const assigned = name === 'slot' ? assignedTo(get, element) : [];
    if (shadow) {
      // Text of a shadow tree is in a range if its host is: ranges end where trees do.
      if (this.#isInTree(element)) frame.foreign = this.#selected?.nodes.has(element) ?? true;
      frame.next = get.firstChild.call(shadow);
    } else if (assigned.length > 0) {
      frame.list = assigned;
      frame.next = assigned[0];
    } else {
      frame.next = get.firstChild.call(element);
    }
    stack.push(frame);
  }

  /**
   * @param {Text} text
   * @param {Frame} frame
   * @param {Frame[]} stack
   */
  #readText(text, frame, stack) {
    const data = this.#get.data.call(text);
    const selected = this.#selected;
    if (BLANK.test(data)) {
      // Half of all texts: the line feeds between tags.
      if (!selected || selected.nodes.has(text) || frame.foreign) this.#addText(text, ' ', 0);
      return;
    }
    if (frame.seen && !(frame.flags & INVISIBLE) && !MARK.test(data)) this.#look(text, frame, stack);
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
    return this.#selected !== undefined && this.#get.getRootNode.call(node) === this.#selected.root;
  }

  /**
   * Asks whether a reader can see a text, and sets the flags of its element, or of one around it, if not.
   *
   * Only where text stands is anything asked, since asking is what takes time: `checkVisibility` 0.6 µs, a height as much, the box of
   * a text 2 µs, where reading a node takes 0.1. A box around texts is asked for once; texts are measured twice for each kind.
   *
   * What only waits to be seen counts as seen: below the fold, scrolled past, in `content-visibility: auto`, or faded in when
   * it is scrolled to. That is known by the room that it takes: an opacity of 0 hides only what is out of the flow.
   * @param {Text} text
   * @param {Frame} frame
   * @param {Frame[]} stack
   */
  #look(text, frame, stack) {
    const get = this.#get;
    const { element, name, isKnown } = frame;
    if (!element) return;
    if (!isKnown) {
      const top = stack.length - 1;
      let first = top;
      while (!stack[first].isKnown && first > 0) first -= 1;
      if (!get.checkVisibility?.call(element, frame.seen) && this.#isUnseen(stack, first)) return;
      // Links make lists and menus, where it matters little; in a paragraph they are seen if it is.
      if (name === 'a') return;
      for (let level = first; level <= top; level += 1) {
        if (!stack[level].isKnown && this.#isFolded(stack, level)) return;
      }
      if (INLINE.has(name) && !frame.isStyled) return;
    } else if (frame.bottom === Infinity) {
      return;
    }
    const kind = (frame.kind ||= `${this.#classOf(stack.at(-2)?.element)} ${name} ${this.#classOf(element)}`);
    const n = this.#measured.get(kind) ?? 0;
    if (n >= N_MEASURED && frame.bottom === Infinity) return;
    this.#measured.set(kind, n + 1);
    this.#range.selectNode(text);
    const { left, right, top, bottom } = this.#range.getBoundingClientRect();
    if (
      top >= frame.bottom ||
      (left === right && getComputedStyle(element).fontSize === '0px') ||
      (right <= FAR && parseFloat(getComputedStyle(element).textIndent) <= FAR)
    ) {
      this.#mark(stack, stack.length - 1, INVISIBLE);
      this.#measured.set(kind, n);
    } else if (right + scrollX <= 0 || bottom + scrollY <= 0) {
      const level = stack.findIndex(({ element }) => element && isFarAway(element));
      if (level >= 0) this.#mark(stack, level, HIDDEN);
    }
  }

  /** @param {Element | undefined} element */
  #classOf(element) {
    return (element && this.#get.getAttribute.call(element, 'class')) ?? '';
  }

  /**
   * Why `checkVisibility` says no. Whether the text is hidden by it.
   * @param {Frame[]} stack
   * @param {number} level  From where on it is not known.
   */
  #isUnseen(stack, level) {
    const get = this.#get;
    const check = /** @type {NonNullable<Getters['checkVisibility']>} */ (get.checkVisibility);
    for (; level < stack.length; level += 1) {
      const { element, seen } = stack[level];
      if (!element || !seen || check.call(element, seen)) continue;
      const { display, opacity, position } = getComputedStyle(element);
      if (!check.call(element)) {
        // An element with `display: contents`, every slot for instance, has no box of its own; what is in it may have one.
        if (display !== 'contents') return this.#mark(stack, level, HIDDEN);
      } else if (opacity === '0' && seen === SEEN) {
        if (position === 'absolute' || position === 'fixed') return this.#mark(stack, level, HIDDEN);
        for (const frame of stack.slice(level)) frame.seen = FADED;
      }
    }
    const { element, seen } = stack[level - 1];
    if (!element || !seen) return false;
    const isSeen = check.call(element) ? check.call(element, seen) : getComputedStyle(element).visibility === 'visible' || seen === ANY;
    return !isSeen && this.#mark(stack, level - 1, INVISIBLE);
  }

  /**
   * Whether an element is folded up to nothing. If to a part of its height, what comes after that can't be seen.
   * @param {Frame[]} stack
   * @param {number} level
   */
  #isFolded(stack, level) {
    const get = this.#get;
    const frame = stack[level];
    frame.isKnown = true;
    const { element, name } = frame;
    // A style that folds an element up knows it by an attribute; only a whole page is folded by its name, to keep it from scrolling.
    if (!element || !frame.isStyled || name === 'body') return false;
    const height = get.clientHeight.call(element);
    if (height === 0 && INLINE.has(name)) return false;
    // A page that can't be scrolled, as long as a dialog is open, is as high as the window.
    if (height > 1) {
      if (height > innerHeight * 0.9 || level === stack.length - 1 || get.scrollHeight.call(element) < height + 16) return false;
    }
    const { display, overflowY } = getComputedStyle(element);
    if (display === 'contents' || (overflowY !== 'hidden' && overflowY !== 'clip')) return false;
    if (height <= 1) return this.#mark(stack, level, HIDDEN);
    const { bottom } = get.getBoundingClientRect.call(element);
    for (const inner of stack.slice(level)) inner.bottom = Math.min(inner.bottom, bottom);
    return false;
  }

  /**
   * @param {Frame[]} stack
   * @param {number} level
   * @param {number} flag
   */
  #mark(stack, level, flag) {
    const frame = stack[level];
    frame.flags |= flag;
    this.#events[frame.at] = frame.flags;
    // Nothing more to be asked in what is hidden.
    if (flag === HIDDEN) for (const inner of stack.slice(level)) inner.seen = undefined;
    return true;
  }

  /**
   * @param {Element} element
   * @param {string} name
   * @param {number} flags
   * @returns {number}  Where the flags stand; the number of attributes comes next.
   */
  #open(element, name, flags) {
    const get = this.#get;
    const events = this.#events;
    const at = events.push(OPEN, this.#idOf(name.toLowerCase()), flags, 0) - 2;
    for (const attribute of get.getAttributeNames.call(element)) {
      const number = ATTRIBUTES.get(attribute);
      if (number === undefined) continue;
      events.push(number, this.#idOf(get.getAttribute.call(element, attribute) ?? ''));
      events[at + 1] += 1;
    }
    return at;
  }

  /**
   * Where a name or a value stands among the strings, each once.
   * @param {string} string
   */
  #idOf(string) {
    let id = this.#ids.get(string);
    if (id === undefined) this.#ids.set(string, (id = this.#strings.push(string) - 1));
    return id;
  }

  /**
   * @param {Text} node
   * @param {string} text
   * @param {number} start
   */
  #addText(node, text, start) {
    this.#events.push(TEXT, this.#strings.push(text) - 1);
    this.#nodes.push(node);
    this.#starts.push(start);
  }
}

/**
 * An open element, and where we are among its children.
 * @typedef {object} Frame
 * @property {Element | undefined} element
 * @property {string} name
 * @property {string} kind  What looks like it, once a text in it has been measured.
 * @property {number} flags  As they stand in the events, …
 * @property {number} at  … at this place.
 * @property {boolean} isStyled  Whether it has attributes that a style may go by.
 * @property {boolean} isKnown  Whether it has been looked at.
 * @property {CheckVisibilityOptions | undefined} seen  How to ask for what is seen in it; undefined where nothing is, or nobody knows.
 * @property {number} bottom  What begins below is cut off, in pixels of the window.
 * @property {Node | null | undefined} next  What to read next: a sibling of the last, …
 * @property {Node[] | undefined} list  … or, in a slot, the next of the nodes assigned to it, …
 * @property {number} index  … which is this one of them.
 * @property {boolean} closes  Whether an element ends where the siblings do.
 * @property {boolean} foreign  Whether text of shadow trees in here is wanted.
 */

/**
 * The nodes in a slot; none in an element that is called a slot in another namespace.
 * @param {Getters} get
 * @param {Element} element
 */
function assignedTo(get, element) {
  try {
    return get.assignedNodes.call(/** @type {HTMLSlotElement} */ (element));
  } catch {
    return [];
  }
}

/**
 * Whether a style puts an element out of sight.
 * @param {Element} element
 */
function isFarAway(element) {
  const { position, left, top } = getComputedStyle(element);
  return (position === 'absolute' || position === 'fixed') && (parseFloat(left) <= FAR || parseFloat(top) <= FAR);
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
  const startContainer = get.startContainer.call(range);
  const startOffset = get.startOffset.call(range);
  const endContainer = get.endContainer.call(range);
  const endOffset = get.endOffset.call(range);
  const first = boundary(get, startContainer, startOffset, startContainer);
  const end = boundary(get, endContainer, endOffset, after(get, endContainer));
  /** @type {Set<Node>} */
  const nodes = new Set();
  for (let node = first; node && node !== end; node = get.firstChild.call(node) ?? after(get, node)) nodes.add(node);
  /** @type {Set<Node>} */
  const path = new Set();
  for (let node = get.parentNode.call(startContainer); node; node = get.parentNode.call(node)) path.add(node);
  path.add(startContainer);
  return { root: get.getRootNode.call(startContainer), nodes, path, startContainer, startOffset, endContainer, endOffset };
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
  return get.childNodes.call(container)[offset] ?? after(get, container);
}

/**
 * The first node, in tree order, that comes after a node and all that is in it.
 * @param {Getters} get
 * @param {Node} node
 * @returns {Node | null}
 */
function after(get, node) {
  for (let at = /** @type {Node | null} */ (node); at; at = get.parentNode.call(at)) {
    const next = get.nextSibling.call(at);
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
  /** @type {[string, string][]} */
  const facts = [];
  let index = 0;
  for (const script of get.querySelectorAll.call(document, 'script[type*="ld+json" i]')) {
    const type = (get.getAttribute.call(script, 'type') ?? '').split(';', 1)[0].trim().toLowerCase();
    if (type !== 'application/ld+json') continue;
    try {
      flatten(`${index}`, JSON.parse(get.textContent.call(script) ?? ''), facts);
    } catch {
      // A script that does not parse says nothing; many pages have one.
    }
    index += 1;
  }
  return facts;
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {[string, string][]} facts
 */
function flatten(path, value, facts) {
  /** @type {{ path: string, value: unknown, depth: number }[]} */
  const stack = [{ path, value, depth: 0 }];
  for (let top = stack.pop(); top && facts.length < MAX_FACTS; top = stack.pop()) {
    const { path, value, depth } = top;
    if (typeof value === 'object' && value !== null) {
      if (depth === MAX_FACT_DEPTH) continue;
      const keys = Object.keys(value).filter((key) => Array.isArray(value) || !UNTOLD.has(key));
      for (const key of keys.reverse()) {
        const inner = /** @type {Record<string, unknown>} */ (value)[key];
        stack.push({ path: `${path}.${key}`, value: inner, depth: depth + 1 });
      }
    } else if (value !== null && `${value}`.length <= MAX_FACT_UTF16) {
      facts.push([path, `${value}`]);
    }
  }
}

/**
 * Keeps the separator out of what it separates. One UTF-16 unit for one, so that offsets stay.
 * @param {string} string
 */
export function clean(string) {
  return string.includes('\0') ? string.replaceAll('\0', '\uFFFD') : string;
}

/**
 * @param {Getters} get
 * @param {Node} node
 * @returns {node is Text}
 */
function isText(get, node) {
  const type = get.nodeType.call(node);
  // 4 is a CDATA section, which XHTML has.
  return type === 3 || type === 4;
}

/**
 * @param {Getters} get
 * @param {Node} node
 * @returns {node is Element}
 */
function isElement(get, node) {
  return get.nodeType.call(node) === 1;
}

/** @typedef {ReturnType<typeof takeGetters>} Getters */

function takeGetters() {
  return {
    ...taken(Node.prototype, 'nodeType', 'parentNode', 'firstChild', 'nextSibling', 'childNodes', 'textContent', 'isConnected'),
    ...taken(Node.prototype, 'ownerDocument', 'getRootNode'),
    ...taken(CharacterData.prototype, 'data'),
    ...taken(Element.prototype, 'localName', 'shadowRoot', 'clientHeight', 'scrollHeight', 'closest', 'matches', 'hasAttributes'),
    ...taken(Element.prototype, 'getAttribute', 'getAttributeNames', 'getBoundingClientRect'),
    ...taken(HTMLSlotElement.prototype, 'assignedNodes'),
    ...taken(Document.prototype, 'documentElement', 'head', 'body', 'defaultView', 'querySelectorAll'),
    ...taken(Range.prototype, 'startContainer', 'startOffset', 'endContainer', 'endOffset', 'commonAncestorContainer'),
    /** Missing in older browsers, where everything counts as shown. @type {Element['checkVisibility'] | undefined} */
    checkVisibility: Element.prototype.checkVisibility,
  };
}

/**
 * The methods of a prototype, or of one above it, and the getters of its properties. Nothing on an object itself can shadow them.
 * They are called by `call`, there and then: engines make that as fast as the property itself, and not so by way of one function
 * for all.
 * @template T
 * @template {keyof T} K
 * @param {T} prototype
 * @param {K[]} names
 * @returns {{ [P in K]: T[P] extends (...values: any) => any ? T[P] : (this: T) => T[P] }}
 */
function taken(prototype, ...names) {
  const taken = /** @type {any} */ ({});
  for (const name of names) {
    /** @type {PropertyDescriptor | undefined} */
    let property;
    for (let at = prototype; !property; at = Object.getPrototypeOf(at)) property = Object.getOwnPropertyDescriptor(at, name);
    taken[name] = property.get ?? property.value;
  }
  return taken;
}
