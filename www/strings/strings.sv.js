/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Sammanfattning',
  own: 'Redaktionens sammanfattning',
  proof: {
    by: 'total',
    forms: {
      one: '{count} av {total} mening, ord för ord',
      other: '{count} av {total} meningar, ord för ord',
    },
  },
  time: '{minutes} i stället för {instead}',
  length: 'Sammanfattningens längd',
  short: 'Kort',
  medium: 'Mellan',
  long: 'Lång',
  hint: 'Välj en mening för att se den i artikeln.',
  jumped: 'Meningen är markerad i artikeln. Tryck på Escape för att gå tillbaka till sammanfattningen.',
  back: 'Tillbaka till sammanfattningen',
  changed: 'Artikeln har ändrats sedan dess. Det här är en ny sammanfattning.',
  failed: 'Sammanfattningen kunde inte laddas.',
  retry: 'Försök igen',
  'opted-out': 'Utgivaren har bett att sidan inte sammanfattas.',
  'unsupported-language': 'Artiklar på det här språket går ännu inte att sammanfatta.',
  'not-an-article': 'På den här sidan verkar det inte finnas någon artikel att sammanfatta.',
  truncated: 'På sidan finns bara en del av artikeln. Meningarna kommer från den delen.',
  'too-short': 'Artikeln är så kort att den går att läsa i sin helhet.',
  'too-little-saved': 'Hela artikeln är knappt längre än så här.',
};
