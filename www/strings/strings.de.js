/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Kurzfassung',
  own: 'Kurzfassung der Redaktion',
  proof: {
    by: 'total',
    forms: {
      one: '{count} von {total} Satz, Wort für Wort',
      other: '{count} von {total} Sätzen, Wort für Wort',
    },
  },
  time: '{minutes} statt {instead}',
  length: 'Länge der Kurzfassung',
  short: 'Kurz',
  medium: 'Mittel',
  long: 'Lang',
  hint: 'Ein Satz führt zu seiner Stelle im Artikel.',
  jumped: 'Der Satz ist im Artikel markiert. Mit Escape geht es zurück zur Kurzfassung.',
  back: 'Zurück zur Kurzfassung',
  changed: 'Der Artikel hat sich inzwischen geändert. Dies ist eine neue Kurzfassung.',
  failed: 'Die Kurzfassung konnte nicht geladen werden.',
  retry: 'Noch einmal versuchen',
  'opted-out': 'Diese Seite soll auf Wunsch des Verlags nicht zusammengefasst werden.',
  'unsupported-language': 'Artikel in dieser Sprache lassen sich noch nicht zusammenfassen.',
  'not-an-article': 'Auf dieser Seite steht offenbar kein Artikel, der sich zusammenfassen ließe.',
  truncated: 'Auf dieser Seite steht nur ein Teil des Artikels. Die Sätze stammen aus diesem Teil.',
  'too-short': 'Dieser Artikel ist kurz genug, um ihn ganz zu lesen.',
  'too-little-saved': 'Der ganze Artikel ist kaum länger als das hier.',
};
