/**
 * The panel under the button: the sentences, how many there are of how many, the choice of length, and what can be done with them.
 * Loaded on first intent.
 *
 * It stands in the flow of the page, and is opened and closed by the button (a disclosure). All lengths are computed at once, so
 * the choice shows without delay. While it is open the article is watched: if it changes, so does the summary, and says so.
 *
 * Parts: `panel`, `heading`, `note` (what a state means), `retry`, `list` or `paragraph`, `item`, `sentence`, `why` and `reasons`,
 * `link`, `map` and `tick`, `foot`, `proof`, `hint`, `length`, `choice`, `more`, `tools`, `tool`, `names`, `name`, `mentions`,
 * `mention`, `about`, `title`, `back` (leads back from the article).
 * Custom properties, beside those in `nut-graf.js`: `--nutgraf-max-width`, `--nutgraf-on-accent`, `--nutgraf-sentence-size`,
 * `--nutgraf-space`; and in `jump.js`: `--nutgraf-highlight`, `--nutgraf-highlight-color`.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
/** @import { NutGrafElement, View } from './nut-graf.js' */
/** @import { Strings } from './strings.js' */
/** @import { Found } from './summarizer.js' */
import { making, names } from './about.js';
import { adopted } from './adopt.js';
import { NutGrafError } from './core.js';
import { button, make, part, write } from './dom.js';
import { bringIntoView, covered, hint, jumpTo, unmark } from './jump.js';
import { panelStyle } from './panel-style.js';
import { onPointed } from './pointer.js';
import { remember, remembered } from './preferences.js';
import { address, listOf } from './sentences.js';
import { fill, proof, speak } from './strings.js';
import { Strip } from './strip.js';
import { placesOf, prepare, sentenceOf, summarizeAll } from './summarizer.js';
import { Toolbar } from './toolbar.js';
import { speech } from './tools.js';
import { groundOf, selected, watch } from './watch.js';

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

/** A selection of fewer sentences is read as it is. */
const MIN_SELECTED = 3;

/**
 * Loads all that the page will need ahead of the click. A failure is for the click to tell.
 * @param {Document | Element} source
 * @param {Host} host
 * @param {string} language  Of the widget.
 */
export function preload(source, host, language) {
  Promise.all([speak(language), prepare(source, regions(host))]).catch(() => {});
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
  /** The panel's own words. @type {Strings | undefined} */
  #strings;
  /** What was read last, if there was something to read. @type {Found | undefined} */
  #found;
  /** One for each length; none where there is nothing to summarize. @type {Summary[]} */
  #summaries = [];
  /**
   * What there is to say beside the state of the summary.
   * @type {'' | 'changed' | 'failed' | 'opted-out' | 'own' | 'selected'}
   */
  #case = '';
  /** What the reader has selected on the page, … @type {Range | undefined} */
  #selected;
  /** … and wants summarized instead of the article. @type {Range | undefined} */
  #selection;
  /** Where the page was when it was read. */
  #address = '';
  /** Of the chosen sentences. @type {HTMLAnchorElement[]} */
  #links = [];
  /** Which of them the reader followed last, … */
  #visited = -1;
  /** … or which other link. @type {HTMLElement | undefined} */
  #from;
  /** What the facts below the sentences are of. @type {{ found: Found, strings: Strings } | undefined} */
  #told;
  /** As long as it is open and on the page. @type {AbortController | undefined} */
  #stay;
  #unwatch = () => {};

  /** @type {HTMLElement} */
  #heading = part('h2', 'heading', HEADING);
  #note = part('p', 'note');
  #retry = button('retry', () => this.#again());
  #sentences = make('div', 'sentences');
  #own = make('slot', 'own', { name: 'summary' });
  #strip = new Strip((sentence) => this.#jump(sentence));
  #proof = part('p', 'proof');
  #hint = part('p', 'hint');
  #legend = make('legend', 'legend');
  #choices = LENGTHS.map(([value]) => ({
    value,
    input: make('input', 'input', { type: 'radio', name: 'length', value }),
    text: make('span', 'text'),
  }));
  #length = part('fieldset', 'length', {}, this.#legend);
  #foot = part('div', 'foot', {}, make('div', 'says', {}, this.#proof, this.#hint), this.#length);
  #toolbar = new Toolbar({
    root: () => this.#view.root,
    say: (text) => this.#say(text),
    reshape: () => this.#reshape(),
    select: () => {
      this.#selection = this.#selected;
      this.show();
    },
    reading: (index) => this.#point(this.#summary?.sentences[index]?.sentence),
  });
  #facts = make('div', 'facts');
  #more = part('div', 'more', {}, this.#toolbar.element, this.#facts);
  #back = button('back', () => this.#return(), { popover: 'manual', hidden: '' });
  /** Where the way back stands; a sheet, since many pages forbid style attributes. */
  #place = new CSSStyleSheet();

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
    const { host, root, frame, button, section } = view;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, panelStyle(), this.#place];
    // What the reader has chosen before goes before what the page proposes.
    Object.assign(host, remembered());

    for (const { input, text } of this.#choices) this.#length.append(part('label', 'choice', {}, input, text));
    section.setAttribute('aria-labelledby', this.#heading.id);
    section.append(this.#heading, this.#note, this.#retry, this.#own, ...this.#shownParts);
    frame.append(this.#back);

    this.#length.addEventListener('change', (event) => {
      host.length = /** @type {Length} */ (/** @type {HTMLInputElement} */ (event.target).value);
      remember({ length: host.length });
    });
    // A press would move the focus, and so take this button away before it is released.
    this.#back.addEventListener('mousedown', (event) => event.preventDefault());
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
   * @param {'' | 'changed' | 'watched'} [reason]  Why: it has changed, or may have.
   * @throws  Where not even the panel's own words can be loaded.
   */
  async show(reason = '') {
    const { host, emit, setState, language } = this.#view;
    this.#run?.abort();
    const { signal } = (this.#run = new AbortController());
    const started = performance.now();
    try {
      const [strings, { found, without }] = await Promise.all([speak(language()), this.#read(signal)]);
      if (signal.aborted) return;
      const before = this.#found;
      this.#strings = strings;
      this.#found = found;
      this.#summaries = found?.summaries ?? [];
      const built = found && adopted(host, found);
      if (built) this.#summaries[LENGTHS.findIndex(([, most]) => built.sentences.length <= most)] = built;
      this.#watch();
      // The same words in other nodes, as when a script has drawn them again.
      if (reason === 'watched' && before?.hash === found?.hash) return;
      const isOutdated = !before && !built && host.dataset.hash;
      this.#case = without || (reason || isOutdated ? 'changed' : '');
      this.#visited = -1;
      this.#listen();
      this.#render();
      this.#reveal();
      setState(this.#summary?.state ?? (without === 'own' ? 'own-words' : without));
      this.#report({ ...found?.ms, total: performance.now() - started });
    } catch (error) {
      if (signal.aborted || reason === 'watched') return;
      this.#strings = await speak(language());
      this.#found = undefined;
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
    this.#selection = undefined;
    if (section.hidden) return;
    section.hidden = true;
    frame.classList.remove('shown');
    button.setAttribute('aria-expanded', 'false');
    emit('open', { open: false });
  }

  /** Stops what is going on. What is shown stays. */
  retire() {
    this.#run?.abort();
    this.#stay?.abort();
    this.#stay = undefined;
    this.#unwatch();
    this.#toolbar.hush();
    this.#point();
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
    if (name === 'lang') {
      speak(language()).then(
        (strings) => {
          this.#strings = strings;
          this.#render();
        },
        () => {}, // The words that are there stay.
      );
    }
    if (name !== 'length' || !this.#summary) return;
    setState(this.#summary.state);
    this.#report({ load: 0, walk: 0, core: 0, total: 0 });
    this.#say(this.#news());
  }

  /** The summary at the length that is set, if there is one. */
  get #summary() {
    return this.#summaries.at(LENGTHS.findIndex(([length]) => length === this.#view.host.length));
  }

  /** What there is only where there are sentences. */
  get #shownParts() {
    return [this.#sentences, this.#strip.element, this.#foot, this.#more];
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<{ found?: Found, without: '' | 'own' | 'opted-out' | 'selected' }>}
   */
  async #read(signal) {
    const { host, article, emit, isOptedOut, hasOwnWords } = this.#view;
    this.#address = address();
    if (hasOwnWords()) return { without: 'own' };
    if (isOptedOut()) return { without: 'opted-out' };
    const lengths = LENGTHS.map(([, sentences]) => sentences);
    const options = { ...regions(host), signal };
    if (this.#selection) {
      const found = await summarizeAll(this.#selection, lengths, options);
      if (found.summaries[0].nSentences >= MIN_SELECTED) return { found, without: 'selected' };
      this.#selection = undefined;
    }
    const named = article();
    // The page may want to know; its reader need not.
    if (host.for !== null && !named) emit('error', { code: 'for-not-found' });
    return { found: await summarizeAll(named ?? document, lengths, options), without: '' };
  }

  /** Tries again, or leaves the selection: what the button beside the note does. */
  #again() {
    this.#selection = undefined;
    this.show();
  }

  /** Sees what is selected on the page. Where the focus comes into the panel, some browsers drop the selection: it still counts. */
  #select() {
    const { host } = this.#view;
    const selection = selected(host);
    if (selection || document.activeElement !== host) this.#selected = selection;
    this.#toolbar.offerSelection(this.#selected !== undefined);
  }

  #reshape() {
    const { host } = this.#view;
    host.shape = host.shape === 'bullets' ? 'paragraph' : 'bullets';
    remember({ shape: host.shape });
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

  /** To what happens on the page while the panel is open. */
  #listen() {
    if (this.#stay) return;
    const { host } = this.#view;
    const { signal } = (this.#stay = new AbortController());
    this.#selected = selected(host);
    EventTarget.prototype.addEventListener.call(document, 'selectionchange', () => this.#select(), { signal });
    // Some browsers learn only now which voices there are.
    speech()?.addEventListener('voiceschanged', () => this.#toolbar.offerVoice(), { signal });
    const places = () =>
      this.#summary?.sentences.map(({ sentence }) => ({ sentence, ranges: this.#placesOf(sentence) })) ?? [];
    onPointed(host, places, (sentence) => this.#point(sentence), signal);
  }

  /** Reads anew when the article changes. A selection is what it was. */
  #watch() {
    this.#unwatch();
    const summary = this.#summary;
    if (!summary || !this.#found || this.#selection) return;
    const { walk, core } = this.#found.ms;
    const ground = groundOf(this.#placesOf(0), this.#placesOf(summary.nSentences - 1));
    this.#unwatch = watch(ground, walk + core, () => {
      const { host, setState } = this.#view;
      if (address() === this.#address) {
        this.show('watched');
        return;
      }
      // Another article, which nobody has asked to be summarized.
      host.open = false;
      setState('');
    });
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
    const strings = this.#strings;
    if (!strings) return;
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
    write(this.#note, this.#notes(strings).join(' '));
    write(this.#retry, this.#case === 'failed' ? strings.retry : this.#case === 'selected' ? strings.whole : '');

    const isShown = summary !== undefined && !EMPTY.includes(summary.state) && summary.sentences.length > 0;
    for (const element of this.#shownParts) element.hidden = !isShown;
    this.#links = [];
    this.#sentences.replaceChildren();
    this.#proof.textContent = isShown ? proof(strings, language(), summary) : '';
    if (isShown) this.#renderSummary(summary, strings, language());
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

  /**
   * @param {Summary} summary
   * @param {Strings} strings
   * @param {string} locale
   */
  #renderSummary(summary, strings, locale) {
    const { shape } = this.#view.host;
    const follower = {
      jump: (/** @type {number} */ sentence, /** @type {HTMLElement} */ link) => this.#jump(sentence, link),
      point: (/** @type {number | undefined} */ sentence) => this.#point(sentence),
      copy: (/** @type {string} */ text, /** @type {HTMLElement} */ pressed) => this.#toolbar.copy(text, pressed),
    };
    const { element, links } = listOf(summary, shape, strings, follower);
    this.#sentences.append(element);
    this.#links = links;
    links[this.#visited]?.classList.add('visited');
    const number = new Intl.NumberFormat(locale);
    const places = new Intl.ListFormat(locale).format(summary.sentences.map(({ sentence }) => number.format(sentence + 1)));
    this.#strip.render(summary, fill(strings.map, { places, total: number.format(summary.nSentences) }));
    this.#toolbar.render(summary, shape, this.#selected !== undefined, strings);
    // What is folded out stays so in another length.
    if (this.#told?.found === this.#found && this.#told?.strings === strings) return;
    const { excluded } = (this.#told = { found: /** @type {Found} */ (this.#found), strings }).found;
    const textOf = (/** @type {number} */ sentence) => sentenceOf(summary, sentence);
    this.#facts.replaceChildren(
      ...names(summary, textOf, strings, locale, follower),
      making(summary, excluded, strings, locale),
    );
  }

  /**
   * What the reader should know about what is shown, or about why nothing is.
   * @param {Strings} strings
   */
  #notes(strings) {
    const notes = [];
    if (this.#case !== '' && this.#case !== 'own') notes.push(strings[this.#case]);
    const state = this.#summary?.state ?? 'ok';
    if (state !== 'ok') notes.push(strings[state]);
    return notes;
  }

  /**
   * @param {number} sentence  Of the article.
   * @param {HTMLElement} [from]
   */
  async #jump(sentence, from) {
    const hash = this.#found?.hash;
    // What has been drawn again with the same words may not have been read yet.
    if (this.#placesOf(sentence).length === 0) await this.show('watched');
    const ranges = this.#placesOf(sentence);
    const summary = this.#summary;
    if (!summary || !this.#strings || this.#found?.hash !== hash || ranges.length === 0) return;
    const index = summary.sentences.findIndex((chosen) => chosen.sentence === sentence);
    this.#visited = index;
    this.#from = from;
    this.#links.forEach((link, at) => link.classList.toggle('visited', at === index));
    jumpTo(ranges, { back: () => this.#return(), left: () => this.#showWayBack('') });
    this.#showWayBack(this.#strings.back);
    this.#say(this.#strings.jumped);
    this.#view.emit('jump', { index, sentence, nSentences: summary.nSentences });
  }

  /** @param {number} sentence  Of the article. */
  #placesOf(sentence) {
    return this.#summary ? placesOf(this.#summary, sentence) : [];
  }

  /** Leads the reader from the article back to the link that led there. */
  #return() {
    unmark();
    this.#say('');
    const link = [this.#from, this.#links[this.#visited]].find((link) => link?.isConnected) ?? this.#view.button;
    link.focus({ preventScroll: true });
    bringIntoView(link);
  }

  /**
   * Shows what belongs together: a sentence in the summary, on the strip and in the article.
   * @param {number} [sentence]  Of the article; none ends it.
   */
  #point(sentence) {
    hint(sentence === undefined ? [] : this.#placesOf(sentence));
    this.#strip.point(sentence);
    const chosen = this.#summary?.sentences;
    this.#links.forEach((link, index) => link.classList.toggle('pointed', chosen?.[index].sentence === sentence));
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
