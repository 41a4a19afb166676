import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { SPOKEN, proof, speak } from '../../www/strings.js';

/** Every language's strings. */
const ALL = new Map(await Promise.all(SPOKEN.map(async (language) => [language, await speak(language)])));

const summary = { sentences: [1, 2, 3], nSentences: 31, nWords: 950, nSummaryWords: 74, language: 'en' };

test('P10: the panel speaks at least twenty languages, and each says everything', () => {
  assert.ok(SPOKEN.length >= 20);
  const english = ALL.get('en');
  const keys = Object.keys(english).sort();
  const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [language, strings] of ALL) {
    assert.deepEqual(Object.keys(strings).sort(), keys, language);
    const { proof, ...rest } = strings;
    for (const [key, text] of [...Object.entries(rest), ...Object.entries(proof.forms)])
      assert.ok(text.trim(), `${language}: ${key}`);
    for (const [key, text] of Object.entries(rest)) assert.deepEqual(places(text), places(english[key]), `${language}: ${key}`);
  }
});

test('every language of the panel has a button, and the other way around', async () => {
  // The button is a module of its own and shares none with the panel, so that it stays small.
  const source = await readFile(new URL('../../www/nut-graf.js', import.meta.url), 'utf8');
  const labels = source.match(/const LABELS = \{(.*?)\n\};/s)[1];
  const languages = [...labels.matchAll(/^ {2}(\w+):/gm)].map(([, language]) => language);
  assert.deepEqual(languages.sort(), [...SPOKEN].sort());
});

test('every language has a form for each of its plurals, unless it takes the general one', () => {
  for (const [language, { proof }] of ALL) {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const form of Object.keys(proof.forms)) assert.ok(categories.includes(form), `${language} has no ${form}`);
    assert.ok(proof.forms.other.includes('{count}') && proof.forms.other.includes('{total}'), language);
  }
});

test('the proof line says how many sentences of how many, and the time saved', () => {
  const plain = (language) => proof(ALL.get(language), language, summary).replaceAll('\u00A0', ' ');
  assert.equal(plain('en'), '3 of 31 sentences, word for word · 1 min instead of 4');
  assert.equal(plain('fr'), '3 phrases sur 31, mot pour mot · 1 min au lieu de 4');
  assert.equal(plain('de'), '3 von 31 Sätzen, Wort für Wort · 1 Min. statt 4');
});

test('an article in one sentence is told in the singular', () => {
  const one = { ...summary, sentences: [1], nSentences: 1, nWords: 20, nSummaryWords: 20 };
  assert.equal(proof(ALL.get('en'), 'en', one), '1 of 1 sentence, word for word');
  assert.equal(proof(ALL.get('fr'), 'fr', one), '1 phrase sur 1, mot pour mot');
});

test('no time is claimed where none is saved', () => {
  assert.equal(proof(ALL.get('en'), 'en', { ...summary, nWords: 300, nSummaryWords: 200 }), '3 of 31 sentences, word for word');
});

test('a text counted in characters is read at a pace in characters', () => {
  assert.match(proof(ALL.get('en'), 'en', { ...summary, nWords: 2_000, nSummaryWords: 150, language: 'ja' }), /1 min instead of 4$/);
});
