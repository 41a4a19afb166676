/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Riassunto',
  own: 'Riassunto della redazione',
  proof: {
    by: 'count',
    forms: {
      one: '{count} frase su {total}, parola per parola',
      other: '{count} frasi su {total}, parola per parola',
    },
  },
  time: '{minutes} invece di {instead}',
  length: 'Lunghezza del riassunto',
  short: 'Breve',
  medium: 'Medio',
  long: 'Lungo',
  hint: 'Scegli una frase per vederla nell’articolo.',
  jumped: 'La frase è evidenziata nell’articolo. Premi Esc per tornare al riassunto.',
  back: 'Torna al riassunto',
  changed: 'Nel frattempo l’articolo è cambiato. Questo è un nuovo riassunto.',
  failed: 'Non è stato possibile caricare il riassunto.',
  retry: 'Riprova',
  'opted-out': 'L’editore ha chiesto che questa pagina non venga riassunta.',
  'unsupported-language': 'Gli articoli in questa lingua non si possono ancora riassumere.',
  'not-an-article': 'In questa pagina non sembra esserci un articolo da riassumere.',
  truncated: 'In questa pagina c’è solo una parte dell’articolo. Le frasi vengono da questa parte.',
  'too-short': 'Questo articolo è abbastanza breve da leggerlo per intero.',
  'too-little-saved': 'L’intero articolo è poco più lungo di così.',
};
