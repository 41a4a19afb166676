/**
 * The panel under the button: the sentences, how many there are of how many, and the choice of length. Loaded on first intent.
 *
 * It stands in the flow of the page, and is opened and closed by the button (a disclosure). Each sentence is a link to where it
 * stands in the article; opened in another tab, it leads there by a text fragment. All lengths are computed at once, so the
 * choice shows without delay.
 *
 * Parts: `panel`, `heading`, `note` (what a state means), `retry`, `list` or `paragraph`, `item`, `sentence`, `foot`, `proof`,
 * `hint`, `length`, `choice`, `back` (leads back from the article).
 * Custom properties, beside those in `nut-graf.js`: `--nutgraf-max-width`, `--nutgraf-on-accent`, `--nutgraf-sentence-size`,
 * `--nutgraf-space`; and in `jump.js`: `--nutgraf-highlight`, `--nutgraf-highlight-color`.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
/** @import { NutGrafElement, View } from './nut-graf.js' */
import { NutGrafError } from './core.js';
import { bringIntoView, covered, jumpTo, unmark } from './jump.js';
import { proof, speak, stringsFor } from './strings.js';
import { placesOf, prepare, summarizeAll } from './summarizer.js';

/** @typedef {'short' | 'medium' | 'long'} Length */
/** @typedef {Pick<NutGrafElement, 'include' | 'exclude' | 'language' | 'shadowRoot'>} Host */

/** The lengths, each with the most sentences that it has. @type {[Length, number][]} */
const LENGTHS = [
  ['short', 3],
  ['medium', 5],
  ['long', 8],
];

/** The heading names the region, and takes the focus where what had it is gone. */
const HEADING = { id: 'heading', tabindex: '-1' };

/** States in which there is nothing to show but what they mean. */
const EMPTY = ['unsupported-language', 'not-an-article'];

const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'ckb', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];

const STYLE = `
[hidden]{display:none!important}
.frame{max-inline-size:var(--nutgraf-max-width,44rem);--space:var(--nutgraf-space,1.125rem)}
.frame.shown{border:1px solid var(--line);border-radius:var(--radius);background:var(--nutgraf-background,none)}
.shown>.button{inline-size:100%;padding-inline:var(--space);border-color:transparent;background:none}
.shown>.button::after{margin-inline-start:auto}
.shown>.button:focus-visible{outline-offset:-4px}
.panel{padding:.125rem var(--space) calc(var(--space)*.75)}
.heading{margin:0 0 .5rem;font:inherit;font-weight:600;font-size:.9375em}
.heading:not(.visible){position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.note{margin:0 0 .75rem;padding-block:.125rem;padding-inline-start:.875rem;border-inline-start:3px solid var(--accent);line-height:1.45}
.retry{min-block-size:2rem;margin-block-end:.5rem;padding:.25rem .875rem;border:1px solid var(--line);border-radius:var(--radius)}
.retry:hover{border-color:var(--accent)}
.list,.paragraph{margin:0;padding:0;list-style:none;font-size:var(--nutgraf-sentence-size,1.0625em);line-height:1.5}
.item{position:relative;margin:0;padding-block:.3125rem;padding-inline-start:1.25em}
.item::before{content:"";position:absolute;inset-block-start:calc(.3125rem + .6em);inset-inline-start:.125em;inline-size:6px;
block-size:6px;border-radius:50%;background:var(--accent)}
.sentence{color:inherit;text-decoration:underline transparent 1px;text-underline-offset:.22em;border-radius:2px;overflow-wrap:anywhere}
.sentence:hover,.sentence.visited{text-decoration-color:var(--accent)}
.sentence::after{content:"\\a0\\2193";color:var(--accent);font-size:.8125em;text-decoration:none}
@supports (content:"a"/""){.sentence::after{content:"\\a0\\2193"/""}}
.paragraph .sentence::after{content:none}
.foot{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.625rem 1rem;margin-block-start:.625rem;
padding-block-start:.75rem;border-block-start:1px solid var(--line);font-size:.875em;line-height:1.4}
.says{flex:1 1 17em;color:var(--quiet)}
.proof,.hint{margin:0}
.proof{font-variant-numeric:tabular-nums}
.length{display:flex;flex:none;margin:0;margin-inline-start:auto;padding:2px;border:1px solid var(--line);border-radius:999px}
.length legend{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
.choice{position:relative;display:block;cursor:pointer}
.choice input{position:absolute;inset:0;inline-size:100%;block-size:100%;margin:0;opacity:0;cursor:pointer}
.choice span{display:grid;place-items:center;min-block-size:1.75rem;padding-inline:.875em;border-radius:999px}
.choice:hover span{text-decoration:underline 1px;text-underline-offset:.22em}
.choice :checked+span{background:var(--accent);color:var(--nutgraf-on-accent,Canvas);text-decoration:none}
@supports (color:light-dark(red,red)){.choice :checked+span{color:var(--nutgraf-on-accent,light-dark(#fff,#1a1512))}}
.choice :focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
.back{position:fixed;border:1px solid #fff3;inset:auto 0 1rem;inline-size:fit-content;margin:0 auto;min-block-size:2.75rem;padding:.375rem 1.25rem;
border-radius:999px;background:#2b2824;color:#fbf8f2;box-shadow:0 .25rem 1rem #0004;z-index:2147483647}
.back::before{content:"\\2191\\a0\\a0"}
@supports (content:"a"/""){.back::before{content:"\\2191\\a0\\a0"/""}}
.back:focus-visible{outline-color:#fbf8f2;outline-offset:-5px}
@media (prefers-reduced-motion:no-preference){
.panel,.back{animation:.18s ease-out appear}
@keyframes appear{from{opacity:0;translate:0 -.25rem}}}
@media (prefers-contrast:more){.sentence{text-decoration-color:currentColor}}
@media (forced-colors:active){
.item::before{forced-color-adjust:none;background:CanvasText}
.choice :checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText}
.sentence{text-decoration-color:currentColor}
.shown>.button{border-color:Canvas}
.back{border:2px solid}}
@media print{.foot .length,.hint,.retry,.sentence::after{display:none}}
`;

/** @type {CSSStyleSheet | undefined} */
let styles;

/**
 * Loads all that the page will need ahead of the click. A failure is for the click to tell.
 * @param {Document | Element} source
 * @param {Host} host
 * @param {string} language  Of the widget.
 */
export function preload(source, host, language) {
  speak(language);
  prepare(source, regions(host)).catch(() => {});
}

/**
 * What the element's attributes say of the article.
 * @param {Host} host
 */
function regions({ include, exclude, language, shadowRoot: root }) {
  return { include: include ?? undefined, exclude: exclude ?? undefined, language: language ?? undefined, root };
}

export class Panel {
  #view;
  /** The run in flight, if any. @type {AbortController | undefined} */
  #run;
  /** One for each length; none where there is nothing to summarize. @type {Summary[]} */
  #summaries = [];
  /** What there is to say beside the state of the summary. @type {'' | 'changed' | 'failed' | 'opted-out' | 'own'} */
  #case = '';
  /** @type {HTMLAnchorElement[]} */
  #links = [];
  /** The sentence that the reader was taken to last. */
  #visited = -1;

  /** @type {HTMLElement} */
  #heading = part('h2', 'heading', HEADING);
  #note = part('p', 'note');
  #retry = part('button', 'retry', { type: 'button' });
  #sentences = make('div', 'sentences');
  #own = make('slot', 'own', { name: 'summary' });
  #proof = part('p', 'proof');
  #hint = part('p', 'hint');
  #legend = make('legend', 'legend');
  #choices = LENGTHS.map(([value]) => ({
    value,
    input: make('input', 'input', { type: 'radio', name: 'length', value }),
    text: make('span', 'text'),
  }));
  #length = part('fieldset', 'length');
  #foot = part('div', 'foot');
  #back = part('button', 'back', { type: 'button', popover: 'manual', hidden: '' });
  /** Where the way back stands; a sheet, since many pages forbid style attributes. */
  #place = new CSSStyleSheet();

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
    const { host, root, frame, button, section } = view;
    if (!styles) (styles = new CSSStyleSheet()).replaceSync(STYLE);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, styles, this.#place];

    const says = make('div', 'says');
    says.append(this.#proof, this.#hint);
    this.#length.append(this.#legend);
    for (const { input, text } of this.#choices) {
      const choice = part('label', 'choice');
      choice.append(input, text);
      this.#length.append(choice);
    }
    this.#foot.append(says, this.#length);
    section.setAttribute('aria-labelledby', this.#heading.id);
    section.append(this.#heading, this.#note, this.#retry, this.#own, this.#sentences, this.#foot);
    frame.append(this.#back);

    this.#length.addEventListener('change', (event) => {
      host.length = /** @type {Length} */ (/** @type {HTMLInputElement} */ (event.target).value);
    });
    this.#retry.addEventListener('click', () => this.show());
    // A press would move the focus, and so take this button away before it is released.
    this.#back.addEventListener('mousedown', (event) => event.preventDefault());
    this.#back.addEventListener('click', () => this.#return());
    frame.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || section.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      host.open = false;
      button.focus();
    });
  }

  /**
   * Reads the article anew and shows what comes of it.
   * @param {'' | 'changed'} [reason]
   */
  async show(reason = '') {
    const { host, emit, setState } = this.#view;
    this.#run?.abort();
    const { signal } = (this.#run = new AbortController());
    const started = performance.now();
    try {
      const [{ summaries, ms, without }] = await Promise.all([this.#read(signal), speak(this.#view.language())]);
      if (signal.aborted) return;
      this.#summaries = summaries;
      this.#case = without || reason;
      this.#visited = -1;
      this.#render();
      this.#reveal();
      setState(this.#summary?.state ?? (without === 'own' ? 'own-words' : without));
      this.#report({ ...ms, total: performance.now() - started });
    } catch (error) {
      if (signal.aborted) return;
      this.#summaries = [];
      this.#case = 'failed';
      this.#render();
      this.#reveal();
      setState('error');
      emit('error', { code: error instanceof NutGrafError ? error.code : 'failed' });
    }
    this.#say(host.open ? this.#news() : '');
  }

  hide() {
    const { section, frame, button, emit } = this.#view;
    this.retire();
    this.#say('');
    if (section.hidden) return;
    section.hidden = true;
    frame.classList.remove('shown');
    button.setAttribute('aria-expanded', 'false');
    emit('open', { open: false });
  }

  /** Stops what is going on. What is shown stays. */
  retire() {
    this.#run?.abort();
    unmark();
  }

  /**
   * Brings the panel in line with an attribute that has changed.
   * @param {string} name
   */
  update(name) {
    const { host, section, setState, language } = this.#view;
    if (!host.open) return;
    if (['include', 'exclude', 'language'].includes(name)) {
      this.show();
      return;
    }
    if (section.hidden) return;
    this.#render();
    if (name === 'lang') speak(language()).then(() => section.hidden || this.#render());
    if (name !== 'length' || !this.#summary) return;
    setState(this.#summary.state);
    this.#report({ load: 0, walk: 0, core: 0, total: 0 });
    this.#say(this.#news());
  }

  /** The summary at the length that is set, if there is one. */
  get #summary() {
    return this.#summaries.at(LENGTHS.findIndex(([length]) => length === this.#view.host.length));
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<{ summaries: Summary[], ms?: Record<string, number>, without: '' | 'own' | 'opted-out' }>}
   */
  async #read(signal) {
    const { host, article, emit, isOptedOut, hasOwnWords } = this.#view;
    if (hasOwnWords()) return { summaries: [], without: 'own' };
    if (isOptedOut()) return { summaries: [], without: 'opted-out' };
    const named = article();
    // The page may want to know; its reader need not.
    if (host.for !== null && !named) emit('error', { code: 'for-not-found' });
    const read = await summarizeAll(
      named ?? document,
      LENGTHS.map(([, sentences]) => sentences),
      { ...regions(host), signal },
    );
    return { ...read, without: '' };
  }

  #reveal() {
    const { section, frame, button, fallback, emit } = this.#view;
    fallback.hidden ||= this.#case === 'own' || this.#links.length > 0;
    if (!section.hidden) return;
    section.hidden = false;
    frame.classList.add('shown');
    button.setAttribute('aria-expanded', 'true');
    emit('open', { open: true });
  }

  /** @param {Record<string, number>} ms */
  #report(ms) {
    const summary = this.#summary;
    if (!summary) return;
    const { state, nSentences, nWords, nSummaryWords } = summary;
    const { length } = this.#view.host;
    const rounded = Object.fromEntries(Object.entries(ms).map(([step, time]) => [step, Math.round(time * 10) / 10]));
    this.#view.emit('summary', {
      state,
      length,
      sentences: summary.sentences.length,
      nSentences,
      nWords,
      nSummaryWords,
      ms: rounded,
    });
  }

  /** What a reader who can't see the panel is told of it. */
  #news() {
    return [this.#note.textContent, this.#proof.textContent].filter(Boolean).join(' ');
  }

  /** @param {string} text */
  #say(text) {
    this.#view.status.textContent = text;
  }

  #render() {
    const { host, root, section, language } = this.#view;
    const strings = stringsFor(language());
    const summary = this.#summary;
    const focused = root.activeElement;
    const hadFocus = section.contains(focused);
    const focusedLink = this.#links.findIndex((link) => link === focused);

    const name = /** @type {'h2'} */ (`h${host.headingLevel}`);
    if (this.#heading.localName !== name) {
      const heading = part(name, 'heading', HEADING);
      this.#heading.replaceWith(heading);
      this.#heading = heading;
    }
    this.#heading.textContent = this.#case === 'own' ? strings.own : strings.heading;
    this.#heading.classList.toggle('visible', this.#case === 'own');
    this.#own.hidden = this.#case !== 'own';
    write(this.#note, this.#notes().join(' '));
    write(this.#retry, this.#case === 'failed' ? strings.retry : '');

    const isShown = summary !== undefined && !EMPTY.includes(summary.state) && summary.sentences.length > 0;
    this.#sentences.replaceChildren(...(isShown ? [this.#list(summary)] : []));
    if (!isShown) this.#links = [];
    this.#foot.hidden = !isShown;
    this.#proof.textContent = isShown ? proof(language(), summary) : '';
    this.#hint.textContent = strings.hint;
    this.#legend.textContent = strings.length;
    for (const { value, input, text } of this.#choices) {
      input.checked = value === host.length;
      text.textContent = strings[value];
    }
    // No choice where an article has no more than so many sentences to choose from.
    this.#length.hidden = new Set(this.#summaries.map(({ sentences }) => sentences.length)).size < 2;

    // What had the focus may be gone or hidden. Then the sentence in its place has it, or the heading.
    if (!hadFocus || (section.contains(focused) && !focused?.closest('[hidden]'))) return;
    (this.#links[Math.min(focusedLink, this.#links.length - 1)] ?? this.#heading).focus();
  }

  /** What the reader should know about what is shown, or about why nothing is. */
  #notes() {
    const strings = stringsFor(this.#view.language());
    const notes = [];
    if (this.#case !== '' && this.#case !== 'own') notes.push(strings[this.#case]);
    const state = this.#summary?.state ?? 'ok';
    if (state !== 'ok') notes.push(strings[state]);
    return notes;
  }

  /**
   * The sentences as links to where they stand.
   * @param {Summary} summary
   */
  #list({ sentences, language }) {
    const isParagraph = this.#view.host.shape === 'paragraph';
    const page = location.href.split('#', 1)[0];
    const dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : language === 'und' ? 'auto' : 'ltr';
    /** @type {Record<string, string>} */
    const attributes = language === 'und' ? { dir } : { dir, lang: language };
    this.#links = sentences.map(({ text }, index) => {
      // A hyphen has a meaning in a text fragment.
      const fragment = encodeURIComponent(text).replaceAll('-', '%2D');
      const link = part('a', 'sentence', { ...attributes, href: `${page}#:~:text=${fragment}` });
      link.textContent = text;
      link.classList.toggle('visited', index === this.#visited);
      link.addEventListener('click', (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        this.#jump(index);
      });
      return link;
    });
    if (isParagraph) {
      const paragraph = part('p', 'paragraph', { dir });
      const space = ['ja', 'zh'].includes(language) ? '' : ' ';
      paragraph.append(...this.#links.flatMap((link) => [space, link]).slice(1));
      return paragraph;
    }
    // The role, because Safari takes a list without markers for none.
    const list = part('ul', 'list', { role: 'list' });
    for (const link of this.#links) {
      const item = part('li', 'item', { dir });
      item.append(link);
      list.append(item);
    }
    return list;
  }

  /** @param {number} index */
  #jump(index) {
    const summary = this.#summary;
    if (!summary) return;
    const ranges = placesOf(summary, index);
    if (ranges.length === 0) {
      this.show('changed');
      return;
    }
    const strings = stringsFor(this.#view.language());
    this.#visited = index;
    this.#links.forEach((link, at) => link.classList.toggle('visited', at === index));
    jumpTo(ranges, { back: () => this.#return(), left: () => this.#showWayBack('') });
    this.#showWayBack(strings.back);
    this.#say(strings.jumped);
    this.#view.emit('jump', { index, sentence: summary.sentences[index].sentence, nSentences: summary.nSentences });
  }

  /** Leads the reader from the article back to the sentence in the summary. */
  #return() {
    unmark();
    this.#say('');
    const link = this.#links[this.#visited] ?? this.#view.button;
    link.focus({ preventScroll: true });
    bringIntoView(link);
  }

  /** @param {string} text  Of the button that leads back; none hides it. */
  #showWayBack(text) {
    const back = this.#back;
    if (text) this.#place.replaceSync(`.back{inset-block-end:calc(1rem + ${covered('bottom')}px)}`);
    if (back.hidden !== !text) {
      back.hidden = !text;
      // In the top layer it is fixed to the window even if an ancestor is transformed. Older browsers do without; and an element
      // that has been removed is in it no more.
      if (back.isConnected && typeof back.togglePopover === 'function') back.togglePopover(Boolean(text));
    }
    back.textContent = text;
  }
}

/**
 * An element that the page's style sheets can reach.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className  And name of the part.
 * @param {Record<string, string>} [attributes]
 */
function part(name, className, attributes = {}) {
  return make(name, className, { part: className, ...attributes });
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className
 * @param {Record<string, string>} [attributes]
 */
function make(name, className, attributes = {}) {
  const element = /** @type {HTMLElementTagNameMap[K]} */ (Document.prototype.createElement.call(document, name));
  element.className = className;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/**
 * Sets the text of an element, which is hidden where there is none.
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  element.textContent = text;
  element.hidden = !text;
}
