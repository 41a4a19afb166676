/**
 * What a reader can do with a summary: hear it, copy it, share it, print it. Each is offered only where the browser has it, and may
 * be refused when it is asked for.
 */

/** @import { Summary } from './pkg/nutgraf.js' */
import { make } from './dom.js';

/**
 * The summary as text that can stand in a letter: title, sentences, address.
 * @param {Summary} summary
 */
export function plain({ title, sentences }) {
  const lines = sentences.map(({ text }) => `• ${text}`);
  return [title ?? document.title, ...lines, location.href].join('\n\n');
}

/**
 * @param {string} text
 * @returns {Promise<boolean>}  Whether it is on the clipboard.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Missing where the connection is not secure; denied in many frames.
    return false;
  }
}

/** Whether the browser can hand something on to another program. */
export const canShare = () => typeof navigator.share === 'function';

/**
 * @param {Summary} summary
 * @returns {Promise<boolean>}  Whether it was allowed. A reader who thinks better of it was allowed to.
 */
export async function share(summary) {
  try {
    await navigator.share({ title: summary.title ?? document.title, text: plain(summary), url: location.href });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
}

/**
 * Prints the summary alone, from a frame of its own, since the page is not ours to change.
 * @param {Summary} summary
 * @param {ShadowRoot} root  Where the frame stands while it is printed.
 * @param {Record<string, string>} attributes  Language and direction of the text.
 * @returns {boolean}  Whether there was a frame to print from.
 */
export function print({ title, byline, sentences }, root, attributes) {
  root.querySelector('.print')?.remove();
  const frame = make('iframe', 'print', { 'aria-hidden': 'true', tabindex: '-1' });
  root.append(frame);
  const { contentWindow: view, contentDocument: page } = frame;
  if (!view || !page) return false;
  page.title = title ?? document.title;
  for (const [name, value] of Object.entries(attributes)) page.documentElement.setAttribute(name, value);
  page.body.append(
    make('h1', '', {}, page.title),
    make('p', '', {}, byline ?? ''),
    make('ul', '', {}, ...sentences.map(({ text }) => make('li', '', {}, text))),
    make('p', '', {}, location.href),
  );
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
  return true;
}

/** What reads aloud, if the browser can. If not, elements of the page may bear its name. */
export function speech() {
  const { speechSynthesis } = globalThis;
  return typeof speechSynthesis?.getVoices === 'function' ? speechSynthesis : undefined;
}

/** Voices that speak on this device. Others would send the text away. */
export function voiceFor(/** @type {string} */ language) {
  const voices = speech()?.getVoices() ?? [];
  return voices.find(({ localService, lang }) => localService && lang.split(/[-_]/)[0].toLowerCase() === language);
}

/**
 * Reads sentences aloud, one after the other.
 * @param {string[]} texts
 * @param {SpeechSynthesisVoice} voice
 * @param {(index: number) => void} reached  Which is being read; -1 at the end.
 */
export function speakAloud(texts, voice, reached) {
  speechSynthesis.cancel();
  texts.forEach((text, index) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.addEventListener('start', () => reached(index));
    if (index === texts.length - 1) utterance.addEventListener('end', () => reached(-1));
    utterance.addEventListener('error', () => reached(-1));
    speechSynthesis.speak(utterance);
  });
}
