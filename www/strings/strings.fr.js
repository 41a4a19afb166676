/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Résumé',
  own: 'Résumé de la rédaction',
  proof: {
    by: 'count',
    forms: {
      one: '{count} phrase sur {total}, mot pour mot',
      other: '{count} phrases sur {total}, mot pour mot',
    },
  },
  time: '{minutes} au lieu de {instead}',
  length: 'Longueur du résumé',
  short: 'Court',
  medium: 'Moyen',
  long: 'Long',
  hint: 'Choisissez une phrase pour la voir dans l’article.',
  jumped: 'La phrase est surlignée dans l’article. Appuyez sur Échap pour revenir au résumé.',
  back: 'Revenir au résumé',
  changed: 'L’article a changé entre-temps. Voici un nouveau résumé.',
  failed: 'Le résumé n’a pas pu être chargé.',
  retry: 'Réessayer',
  'opted-out': 'L’éditeur a demandé que cette page ne soit pas résumée.',
  'unsupported-language': 'Les articles dans cette langue ne peuvent pas encore être résumés.',
  'not-an-article': 'Cette page ne semble pas contenir d’article à résumer.',
  truncated: 'Cette page ne contient qu’une partie de l’article. Ces phrases en sont tirées.',
  'too-short': 'Cet article est assez court pour être lu en entier.',
  'too-little-saved': 'L’article entier est à peine plus long que ceci.',
};
