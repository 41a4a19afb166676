/**
 * `<nut-graf>`: the button, and the decision to offer it. Importing this does nothing; `define.js` registers the element.
 *
 * Everything else (the panel, its words, the wasm) is loaded when a reader shows intent: points at the button, touches it, moves
 * the focus to it or presses it. So this file is kept small, and shares no module with what it loads.
 *
 * Attributes are described in `custom-elements.json`. Of its own accord the element sets `open` and `length`, as the reader
 * chooses, and `state`: `unavailable` (not shown: nothing to gain), `loading`, `error`, `own-words`, `opted-out`, or the state of
 * the summary.
 *
 * Parts: `frame` (all of it), `button`, `label`, `promise` (“word for word”); inside the panel see `panel.js`.
 * Custom properties: `--nutgraf-accent`, `--nutgraf-background`, `--nutgraf-border`, `--nutgraf-color`, `--nutgraf-font`,
 * `--nutgraf-radius`, and those in `panel.js`.
 */

/** @import { Panel } from './panel.js' */
/** @typedef {import('./attributes.js').NutGrafAttributes} NutGrafAttributes */

/**
 * What the panel gets to work with.
 * @typedef {object} View
 * @property {NutGrafElement} host
 * @property {ShadowRoot} root
 * @property {HTMLElement} frame
 * @property {HTMLButtonElement} button
 * @property {HTMLElement} status  A polite live region.
 * @property {HTMLElement} section  Where the panel goes.
 * @property {HTMLSlotElement} fallback  The element's children, shown until there is a summary.
 * @property {() => string} language  Of the widget's own words.
 * @property {() => Element | undefined} article  What `for` selects.
 * @property {() => boolean} hasOwnWords  Whether the publisher has written a summary.
 * @property {() => boolean} isOptedOut  Whether the page does not want to be summarized.
 * @property {(state: string) => void} setState
 * @property {(name: string, detail: object) => void} emit
 */

/** Texts with fewer words than this are read sooner than summarized. */
const MIN_WORDS = 150;

/** How soon a page that has changed is looked at again, in milliseconds. */
const LATER_MS = 300;

/** The button's text, its promise, and what it says if the rest can't be loaded. */
const LABELS = {
  en: ['Summary', 'word for word', 'The summary could not be loaded. Try again'],
  ar: ['الملخّص', 'بنصّ المقال', 'تعذّر تحميل الملخّص. أعد المحاولة'],
  cs: ['Shrnutí', 'slovo od slova', 'Shrnutí se nepodařilo načíst. Zkusit znovu'],
  da: ['Resumé', 'ord for ord', 'Resuméet kunne ikke indlæses. Prøv igen'],
  de: ['Kurzfassung', 'Wort für Wort', 'Die Kurzfassung konnte nicht geladen werden. Noch einmal'],
  el: ['Περίληψη', 'λέξη προς λέξη', 'Η περίληψη δεν φορτώθηκε. Δοκιμάστε ξανά'],
  es: ['Resumen', 'palabra por palabra', 'No se pudo cargar el resumen. Reintentar'],
  fi: ['Tiivistelmä', 'sanasta sanaan', 'Tiivistelmää ei voitu ladata. Yritä uudelleen'],
  fr: ['Résumé', 'mot pour mot', 'Le résumé n’a pas pu être chargé. Réessayer'],
  hi: ['सारांश', 'शब्दशः', 'सारांश लोड नहीं हो सका। फिर कोशिश करें'],
  it: ['Riassunto', 'parola per parola', 'Non è stato possibile caricare il riassunto. Riprova'],
  ja: ['要約', '原文のまま', '要約を読み込めませんでした。もう一度試す'],
  ko: ['요약', '원문 그대로', '요약을 불러오지 못했습니다. 다시 시도'],
  nl: ['Samenvatting', 'woord voor woord', 'De samenvatting kon niet worden geladen. Probeer opnieuw'],
  pl: ['Streszczenie', 'słowo w słowo', 'Nie udało się wczytać streszczenia. Spróbuj ponownie'],
  pt: ['Resumo', 'palavra por palavra', 'Não foi possível carregar o resumo. Tentar novamente'],
  ro: ['Rezumat', 'cuvânt cu cuvânt', 'Rezumatul nu a putut fi încărcat. Încercați din nou'],
  ru: ['Краткое содержание', 'слово в слово', 'Не удалось загрузить краткое содержание. Повторить'],
  sv: ['Sammanfattning', 'ord för ord', 'Sammanfattningen kunde inte laddas. Försök igen'],
  tr: ['Özet', 'kelimesi kelimesine', 'Özet yüklenemedi. Yeniden dene'],
  uk: ['Стислий виклад', 'слово в слово', 'Не вдалося завантажити стислий виклад. Спробувати ще раз'],
  zh: ['摘要', '原文照录', '无法加载摘要。重试'],
};

const RIGHT_TO_LEFT = ['ar'];

/** Scripts that put no spaces between words; two characters count as a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/gu;

const CSS = `
:host{display:block;min-block-size:2.75rem}
:host([hidden]),:host([state=unavailable]){display:none}
.frame{
--accent:var(--nutgraf-accent,currentColor);
--line:var(--nutgraf-border,GrayText);
--quiet:currentColor;
--radius:var(--nutgraf-radius,.75rem);
color:var(--nutgraf-color,inherit);font:var(--nutgraf-font,inherit);
letter-spacing:normal;text-align:start;text-indent:0;text-transform:none;white-space:normal}
@supports (color:light-dark(red,red)) and (color:color-mix(in srgb,red,red)){.frame{
--accent:var(--nutgraf-accent,light-dark(#9c2f1f,#f3a492));
--line:var(--nutgraf-border,color-mix(in srgb,currentColor 24%,transparent));
--quiet:color-mix(in srgb,currentColor 78%,transparent)}}
button{box-sizing:border-box;margin:0;border:0;background:none;color:inherit;font:inherit;text-align:start;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.button{display:inline-flex;align-items:center;gap:.625em;max-inline-size:100%;min-block-size:2.75rem;padding:.375rem 1rem;
border:1px solid var(--line);border-radius:var(--radius);background:var(--nutgraf-background,none);font-size:.9375em;line-height:1.3}
.button:hover{border-color:var(--accent)}
.button::before{content:"";flex:none;inline-size:1.125em;block-size:.9375em;background:
linear-gradient(var(--accent) 0 0) 0 0/100% 3px,linear-gradient(var(--line) 0 0) 0 50%/100% 2px,
linear-gradient(var(--accent) 0 0) 0 100%/64% 3px;background-repeat:no-repeat}
.button::after{content:"";flex:none;inline-size:.4375em;block-size:.4375em;margin:-.25em .125em 0;
border:solid;border-width:0 .125em .125em 0;rotate:45deg;opacity:.7}
.button[aria-expanded=true]::after{margin-block:.25em 0;rotate:225deg}
.label{font-weight:600}
.promise{min-inline-size:0;overflow:hidden;color:var(--quiet);white-space:nowrap;text-overflow:ellipsis}
.status{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){
.button[aria-busy=true]::before{animation:1.2s infinite alternate busy}
@keyframes busy{to{opacity:.25}}
.button::after{transition:rotate .15s}}
@media (prefers-contrast:more){.frame{--line:currentColor;--quiet:currentColor}}
@media (forced-colors:active){.frame{--accent:ButtonText;--line:ButtonText;--quiet:ButtonText}.button::before{forced-color-adjust:none}}
@media print{.button{display:none}}
`;

/** @type {CSSStyleSheet | undefined} */
let styles;

/** @type {Promise<typeof import('./panel.js')> | undefined} */
let loading;

let ask = () => import('./panel.js');

/** Loads the panel once; a failure may be mended by the next call. */
function load() {
  return (loading ??= ask().catch((error) => {
    loading = undefined;
    // Firefox never asks again for a module that it could not load, only for one at another address. Which one the first is, the
    // bundler has written into the function; some write a number instead, and know what to do.
    const url = `${ask}`.match(/import\(["'`](.+?)["'`]/)?.[1];
    // At another address it would not be checked against the hash that an import map may have for it.
    if (url && !query('script[type=importmap]').length) ask = () => import(/* webpackIgnore: true */ /* @vite-ignore */ `${url}?${Date.now()}`);
    throw error;
  }));
}

/** Those that reflect attributes and can be set. */
const PROPERTIES = /** @type {const} */ ([
  'for',
  'length',
  'shape',
  'include',
  'exclude',
  'language',
  'label',
  'open',
  'headingLevel',
]);

/** Where there is no DOM, in Node for instance, the class can be imported but not made. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

export class NutGrafElement extends Base {
  static observedAttributes = [
    'open',
    'label',
    'lang',
    'length',
    'shape',
    'heading-level',
    'for',
    'include',
    'exclude',
    'language',
  ];

  /** @type {View | undefined} */
  #view;
  /** @type {Panel | undefined} */
  #panel;
  /** Sees what comes to a page that had no article. @type {MutationObserver | undefined} */
  #later;
  /** Counts the times it was to be shown; the last one has the say. */
  #shows = 0;

  connectedCallback() {
    this.#view ??= this.#build();
    this.#relabel();
    // While the page is being parsed, the article is not all there.
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => this.#offer(), { once: true });
    else this.#offer();
  }

  disconnectedCallback() {
    this.#later?.disconnect();
    this.#panel?.retire();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    if (!this.#view || !this.isConnected || before === value) return;
    if (name === 'open') {
      if (this.open) this.#show();
      else this.#panel?.hide();
      return;
    }
    this.#relabel();
    if (name === 'for') this.#offer();
    else this.#panel?.update(name);
  }

  /** CSS selector of the article. By default it is found on the page. */
  get for() {
    return this.getAttribute('for');
  }
  set for(value) {
    this.#reflect('for', value);
  }

  /** @returns {'short' | 'medium' | 'long'} */
  get length() {
    const value = this.getAttribute('length');
    return value === 'medium' || value === 'long' ? value : 'short';
  }
  set length(value) {
    this.#reflect('length', value);
  }

  /** @returns {'bullets' | 'paragraph'} */
  get shape() {
    return this.getAttribute('shape') === 'paragraph' ? 'paragraph' : 'bullets';
  }
  set shape(value) {
    this.#reflect('shape', value);
  }

  /** CSS selector of regions that are article text. */
  get include() {
    return this.getAttribute('include');
  }
  set include(value) {
    this.#reflect('include', value);
  }

  /** CSS selector of regions that are not article text. */
  get exclude() {
    return this.getAttribute('exclude');
  }
  set exclude(value) {
    this.#reflect('exclude', value);
  }

  /** Language of the article. By default it is found. */
  get language() {
    return this.getAttribute('language');
  }
  set language(value) {
    this.#reflect('language', value);
  }

  /** The button's text. */
  get label() {
    return this.getAttribute('label');
  }
  set label(value) {
    this.#reflect('label', value);
  }

  /** Whether the panel is shown. */
  get open() {
    return this.hasAttribute('open');
  }
  set open(value) {
    this.toggleAttribute('open', Boolean(value));
  }

  /** Level of the panel's heading, 1 to 6. */
  get headingLevel() {
    const level = Number(this.getAttribute('heading-level'));
    return level >= 1 && level <= 6 ? Math.floor(level) : 2;
  }
  set headingLevel(value) {
    this.#reflect('heading-level', value);
  }

  /** What has come of it; empty before the first intent. */
  get state() {
    return this.getAttribute('state') ?? '';
  }

  /**
   * @param {string} name
   * @param {string | number | null | undefined} value
   */
  #reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, `${value}`);
  }

  /** @returns {View} */
  #build() {
    // Properties that were set before the element was defined stand in the way of the accessors.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      Object.assign(this, { [name]: value });
    }
    const root = this.attachShadow({ mode: 'open' });
    if (!styles) (styles = new CSSStyleSheet()).replaceSync(CSS);
    root.adoptedStyleSheets = [styles];
    const frame = make('div', 'frame');
    const button = make('button', 'button');
    const status = make('div', 'status');
    const section = make('section', 'panel');
    const fallback = make('slot', 'fallback');
    const label = make('span', 'label');
    const promise = make('span', 'promise');
    for (const element of [frame, button, label, promise, section]) element.setAttribute('part', element.className);
    button.type = 'button';
    button.append(label, ' ', promise);
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', (section.id = 'panel'));
    status.setAttribute('role', 'status');
    section.hidden = true;
    frame.append(button, status, section, fallback);
    root.append(frame);
    for (const intent of ['pointerenter', 'focusin', 'touchstart']) {
      button.addEventListener(intent, () => this.#preload(), { once: true, passive: true });
    }
    button.addEventListener('click', () => (this.open = !this.open));
    return {
      host: this,
      root,
      frame,
      button,
      status,
      section,
      fallback,
      language: () => this.#language(),
      article: () => this.#named(),
      hasOwnWords: () => this.#hasOwnWords(),
      isOptedOut,
      setState: (state) => this.#setState(state),
      emit: (name, detail) => this.#emit(name, detail),
    };
  }

  /** Puts the button's words right. */
  #relabel() {
    const view = /** @type {View} */ (this.#view);
    const language = this.#language();
    const [label, promise, failure] = LABELS[language];
    const failed = this.state === 'error' && !this.open;
    const [first, second] = view.button.children;
    first.textContent = failed ? failure : (this.label ?? label);
    second.textContent = failed || this.label !== null || this.#hasOwnWords() ? '' : promise;
    view.status.textContent = failed ? failure : '';
    view.frame.lang = language;
    view.frame.dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  }

  /** The language of what is around the element; that of the browser where a page does not name its own. */
  #language() {
    const known = /** @type {(keyof typeof LABELS)[]} */ (Object.keys(LABELS));
    const found = known.find((language) => this.matches(`:lang(${language})`));
    if (found || this.closest('[lang]')) return found ?? 'en';
    return known.find((language) => language === navigator.language.split('-')[0]) ?? 'en';
  }

  /** Shows the button where it can help. */
  #offer() {
    if (!this.isConnected) return;
    const helps = this.#hasOwnWords() || (!isOptedOut() && hasWords(this.#likelyArticle(), MIN_WORDS));
    if (!helps) this.#setState('unavailable');
    else if (this.state === 'unavailable') this.#setState('');
    if (helps && this.open) this.#show();
    if (helps) this.#later?.disconnect();
    else this.#wait();
  }

  /** Looks again when the page's scripts have brought something. */
  #wait() {
    let isDue = false;
    this.#later ??= new MutationObserver(() => {
      if (isDue) return;
      isDue = true;
      setTimeout(() => {
        isDue = false;
        if (this.state === 'unavailable') this.#offer();
      }, LATER_MS);
    });
    this.#later.observe(document, { childList: true, subtree: true });
  }

  #hasOwnWords() {
    return this.querySelector(':scope > [slot=summary]') !== null;
  }

  /** What `for` selects, in the element's own tree if there. */
  #named() {
    try {
      const root = this.getRootNode();
      const near = root instanceof ShadowRoot && this.for ? root.querySelector(this.for) : null;
      return near ?? (this.for ? query(this.for)[0] : undefined);
    } catch {
      // Not a selector.
      return undefined;
    }
  }

  /** A guess, good enough to tell a stub from a story. The core finds the article itself. */
  #likelyArticle() {
    const articles = query('article');
    const [article] = articles.length === 1 ? articles : [...query('main'), ...query('body')];
    return this.#named() ?? this.closest('article') ?? article;
  }

  #preload() {
    load().then(
      ({ preload }) => this.#hasOwnWords() || preload(this.#named() ?? document, this, this.#language()),
      () => {}, // The click will say so.
    );
  }

  async #show() {
    const view = /** @type {View} */ (this.#view);
    const show = (this.#shows += 1);
    this.#setState('loading');
    view.button.setAttribute('aria-busy', 'true');
    try {
      const { Panel } = await load();
      if (!this.open || !this.isConnected) return;
      this.#panel ??= new Panel(view);
      this.#relabel();
      await this.#panel.show();
    } catch {
      this.#setState('error');
      this.#emit('error', { code: 'load-failed' });
      this.open = false;
      this.#relabel();
    } finally {
      if (show === this.#shows) {
        view.button.removeAttribute('aria-busy');
        // The reader has changed their mind.
        if (this.state === 'loading') this.#setState('');
      }
    }
  }

  /** @param {string} state */
  #setState(state) {
    if (state === this.state) return;
    this.#reflect('state', state || null);
    this.#emit('state', { state });
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`nutgraf-${name}`, { bubbles: true, composed: true, detail }));
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className
 */
function make(name, className) {
  // An image named `createElement` shadows the method of the document; hence by way of the prototype, here and below.
  const element = /** @type {HTMLElementTagNameMap[K]} */ (Document.prototype.createElement.call(document, name));
  element.className = className;
  return element;
}

/**
 * @param {string} selector
 * @returns {NodeListOf<Element>}
 */
function query(selector) {
  return Document.prototype.querySelectorAll.call(document, selector);
}

function isOptedOut() {
  return query('meta[name=nutgraf i][content=off i]').length > 0;
}

/**
 * Whether there are so many words under a node. Stops reading once there are.
 * @param {Node | undefined} root
 * @param {number} enough
 */
function hasWords(root, enough) {
  let n = 0;
  const roots = root ? [root] : [];
  // Grows as shadow roots are met.
  for (const root of roots) {
    const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
    const texts = Document.prototype.createTreeWalker.call(document, root, shown, (node) => {
      if (/^(script|style|noscript|template|nut-graf)$/i.test(node.nodeName)) return NodeFilter.FILTER_REJECT;
      if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
      const { shadowRoot } = /** @type {Element} */ (node);
      if (shadowRoot instanceof ShadowRoot) roots.push(shadowRoot);
      return NodeFilter.FILTER_SKIP;
    });
    // The walk begins below its root, which the filter therefore does not see.
    const own = root instanceof Element && root.shadowRoot;
    if (own) roots.push(own);
    while (n < enough && texts.nextNode()) {
      const text = /** @type {Text} */ (texts.currentNode).data;
      n += (text.match(UNSPACED)?.length ?? 0) / 2;
      n += text.replace(UNSPACED, ' ').match(/\S+/g)?.length ?? 0;
    }
  }
  return n >= enough;
}
