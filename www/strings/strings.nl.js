/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Samenvatting',
  own: 'Samenvatting van de redactie',
  proof: {
    by: 'total',
    forms: {
      one: '{count} van {total} zin, woord voor woord',
      other: '{count} van {total} zinnen, woord voor woord',
    },
  },
  time: '{minutes} in plaats van {instead}',
  length: 'Lengte van de samenvatting',
  short: 'Kort',
  medium: 'Middel',
  long: 'Lang',
  hint: 'Kies een zin om die in het artikel te zien.',
  jumped: 'De zin is in het artikel gemarkeerd. Druk op Escape om terug te gaan naar de samenvatting.',
  back: 'Terug naar de samenvatting',
  changed: 'Het artikel is intussen gewijzigd. Dit is een nieuwe samenvatting.',
  failed: 'De samenvatting kon niet worden geladen.',
  retry: 'Probeer opnieuw',
  'opted-out': 'De uitgever heeft gevraagd deze pagina niet samen te vatten.',
  'unsupported-language': 'Artikelen in deze taal kunnen nog niet worden samengevat.',
  'not-an-article': 'Op deze pagina lijkt geen artikel te staan dat kan worden samengevat.',
  truncated: 'Op deze pagina staat maar een deel van het artikel. De zinnen komen uit dat deel.',
  'too-short': 'Dit artikel is kort genoeg om helemaal te lezen.',
  'too-little-saved': 'Het hele artikel is nauwelijks langer dan dit.',
};
