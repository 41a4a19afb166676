/**
 * The row of buttons below the sentences: hear, copy, share, print, list or running text, and the selection. A button is there only
 * where it can do something.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
/** @import { Strings } from './strings.js' */
import { button, part, write } from './dom.js';
import { canShare, copy, plain, print, share, speakAloud, voiceFor } from './tools.js';
import { written } from './sentences.js';

/** How long a button says what came of it, in milliseconds. */
const TOLD_MS = 2500;

/**
 * @typedef {object} Owner
 * @property {() => ShadowRoot} root
 * @property {(text: string) => void} say  To those who can't see it.
 * @property {() => void} reshape  Shows the sentences in the other shape.
 * @property {() => void} select  Summarizes what is selected.
 * @property {(index: number) => void} reading  Which sentence is read aloud; -1 is none.
 */

export class Toolbar {
  element = part('div', 'tools');
  #owner;
  /** @type {Summary | undefined} */
  #summary;
  /** @type {Strings | undefined} */
  #strings;
  #isSpeaking = false;

  #listen = button('tool', () => this.#hear());
  #copy = button('tool', () => this.copy(this.#summary && plain(this.#summary), this.#copy));
  #share = button('tool', () => this.#summary && share(this.#summary).then((done) => done || this.#tell(this.#share, false)));
  #print = button('tool', () => this.#printed() || this.#tell(this.#print, false));
  #shape = button('tool', () => this.#owner.reshape());
  #selection = button('tool', () => this.#owner.select());

  /** @param {Owner} owner */
  constructor(owner) {
    this.#owner = owner;
    // A press would take the selection away before it is read.
    this.#selection.addEventListener('mousedown', (event) => event.preventDefault());
    this.element.append(this.#listen, this.#copy, this.#share, this.#print, this.#shape, this.#selection);
  }

  /**
   * @param {Summary} summary
   * @param {'bullets' | 'paragraph'} shape
   * @param {boolean} hasSelection
   * @param {Strings} strings
   */
  render(summary, shape, hasSelection, strings) {
    this.#summary = summary;
    this.#strings = strings;
    this.offerVoice();
    write(this.#copy, strings.copy);
    write(this.#share, canShare() ? strings.share : '');
    write(this.#print, strings.print);
    write(this.#shape, strings[shape === 'bullets' ? 'paragraph' : 'bullets']);
    this.offerSelection(hasSelection);
  }

  /** Offers to read aloud, if there is a voice by now. */
  offerVoice() {
    if (!this.#summary || !this.#strings) return;
    write(this.#listen, voiceFor(this.#summary.language) ? this.#strings[this.#isSpeaking ? 'stop' : 'listen'] : '');
  }

  /** @param {boolean} hasSelection */
  offerSelection(hasSelection) {
    if (this.#strings) write(this.#selection, hasSelection ? this.#strings.selection : '');
  }

  /**
   * Copies a text and says so on the button that was pressed.
   * @param {string | undefined} text
   * @param {HTMLElement} pressed
   */
  async copy(text, pressed) {
    if (text) this.#tell(pressed, await copy(text));
  }

  /** Ends reading aloud. */
  hush() {
    if (!this.#isSpeaking) return;
    speechSynthesis.cancel();
    this.#spoken(-1);
  }

  #hear() {
    const voice = this.#summary && voiceFor(this.#summary.language);
    if (this.#isSpeaking || !this.#summary || !voice) return this.hush();
    this.#isSpeaking = true;
    const texts = this.#summary.sentences.map(({ text }) => text);
    speakAloud(texts, voice, (index) => this.#spoken(index));
    this.#spoken(0);
  }

  /** @param {number} index */
  #spoken(index) {
    this.#isSpeaking &&= index >= 0;
    this.offerVoice();
    this.#owner.reading(index);
  }

  #printed() {
    return this.#summary !== undefined && print(this.#summary, this.#owner.root(), written(this.#summary.language));
  }

  /**
   * @param {HTMLElement} pressed
   * @param {boolean} isDone
   */
  #tell(pressed, isDone) {
    if (!this.#strings) return;
    const before = pressed.textContent ?? '';
    const told = this.#strings[isDone ? 'copied' : 'denied'];
    if (before === told) return;
    pressed.textContent = told;
    this.#owner.say(told);
    setTimeout(() => {
      if (pressed.textContent === told) pressed.textContent = before;
    }, TOLD_MS);
  }
}
