/** The playground: pasted text or HTML → what the core makes of it, with scores and reasons. */

/** @import { Summary, SummarySentence } from './pkg/nutgraf.js' */
import { summarize } from './index.js';

const form = /** @type {HTMLFormElement} */ (byId('form'));
const status = byId('status');
const output = byId('output');

/** What the states mean, for those who try things out. */
const STATES = {
  ok: 'A summary worth having.',
  'unsupported-language': 'The text is in no language that can be cut into sentences.',
  'not-an-article': 'There is no running text.',
  truncated: 'Only a part of the article is here; this is a summary of that part.',
  'too-short': 'Fewer than five sentences: short enough to read in full.',
  'too-little-saved': 'The summary is nearly as long as the text.',
};

const REASONS = {
  'opens-article': 'opens the article',
  'matches-headline': 'shares words with the headline',
  'key-terms': 'uses the key terms',
  'names-key-entities': 'names who it is about',
  'first-mention': 'is the first to name someone',
  central: 'is close to many other sentences',
  consequence: 'tells what follows',
  'has-number': 'gives a number',
  'has-quote': 'quotes someone',
};

/** The run in flight, if any. @type {AbortController | undefined} */
let run;

/** Loads the core, so that no time is told which includes that. A failure is told by the call that needs it. */
const loaded = summarize('').catch(() => {});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show();
});
form.addEventListener('change', (event) => {
  // A new text is for the button to send; a new option shows at once.
  if (event.target !== byId('text') && form.checkValidity()) show();
});
show();

async function show() {
  run?.abort();
  const { signal } = (run = new AbortController());
  const fields = new FormData(form);
  const text = String(fields.get('text'));
  const isHtml = fields.get('input') === 'html' || (fields.get('input') === 'auto' && looksLikeHtml(text));
  await loaded;
  try {
    const started = performance.now();
    const source = isHtml ? new DOMParser().parseFromString(text, 'text/html') : text;
    const summary = await summarize(source, { sentences: Number(fields.get('sentences')), signal });
    render(summary, isHtml, performance.now() - started);
  } catch (error) {
    if (signal.aborted) return;
    status.classList.add('is-error');
    status.textContent = error instanceof Error ? error.message : String(error);
    output.hidden = true;
  }
}

/**
 * Whether a text starts as markup does, or has the end of a paragraph in it.
 * @param {string} text
 */
function looksLikeHtml(text) {
  return /^\s*<(!doctype|!--|[a-z])/i.test(text) || /<\/p\s*>/i.test(text);
}

/**
 * @param {Summary} summary
 * @param {boolean} isHtml
 * @param {number} ms
 */
function render(summary, isHtml, ms) {
  const { sentences, entities, nSentences, nWords, nSummaryWords } = summary;
  const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
  status.classList.remove('is-error');
  status.textContent =
    `${STATES[summary.state]} ${sentences.length} of ${nSentences} sentences, ${nSummaryWords} of ${numbers.format(nWords)} words, ` +
    `language “${summary.language}”. Read as ${isHtml ? 'HTML' : 'text'} in ${numbers.format(ms)} ms.`;
  output.hidden = false;
  byId('chosen').replaceChildren(...sentences.map((sentence) => sentenceItem(sentence, summary.language)));
  byId('no-entities').hidden = entities.length > 0;
  byId('entities').replaceChildren(
    ...entities.map(({ name, kind, mentions }) =>
      element('li', 'entity', name, ' ', element('small', '', `${kind}${mentions > 1 ? ` × ${mentions}` : ''}`)),
    ),
  );
  byId('json').textContent = JSON.stringify(summary, null, 2);
}

/**
 * @param {SummarySentence} sentence
 * @param {string} language
 */
function sentenceItem({ text, paragraph, sentence, score, salience, entityDensity, entities, reasons }, language) {
  const words = element('p', 'sentence__text', text);
  words.lang = language;
  words.dir = 'auto';
  const list = element('dl', '');
  for (const [name, value] of /** @type {const} */ ([
    ['Score', score],
    ['Salience', salience],
    ['Entity density', entityDensity],
  ])) {
    const meter = element('meter', '');
    meter.value = value;
    meter.setAttribute('aria-label', name);
    list.append(element('dt', '', name), element('dd', '', meter, element('span', 'sentence__number', `${value}`)));
  }
  const because = reasons.map(({ code, words }) =>
    element('span', '', REASONS[code], words.length > 0 ? element('span', 'evidence', `: ${words.join(', ')}`) : ''),
  );
  if (because.length > 0) list.append(element('dt', '', 'Because it'), element('dd', 'reasons', ...because));
  if (entities.length > 0) list.append(element('dt', '', 'Names'), element('dd', '', entities.join(', ')));
  list.append(element('dt', '', 'Where'), element('dd', '', `paragraph ${paragraph}, sentence ${sentence}, counted from 0`));
  return element('li', 'sentence', words, list);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
