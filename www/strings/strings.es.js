/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Resumen',
  own: 'Resumen de la redacción',
  proof: {
    by: 'total',
    forms: {
      one: '{count} de {total} frase, palabra por palabra',
      other: '{count} de {total} frases, palabra por palabra',
    },
  },
  time: '{minutes} en vez de {instead}',
  length: 'Extensión del resumen',
  short: 'Corto',
  medium: 'Medio',
  long: 'Largo',
  hint: 'Elige una frase para verla en el artículo.',
  jumped: 'La frase está marcada en el artículo. Pulsa Escape para volver al resumen.',
  back: 'Volver al resumen',
  changed: 'El artículo ha cambiado. Este es un resumen nuevo.',
  failed: 'No se pudo cargar el resumen.',
  retry: 'Reintentar',
  'opted-out': 'El medio ha pedido que esta página no se resuma.',
  'unsupported-language': 'Todavía no se pueden resumir artículos en este idioma.',
  'not-an-article': 'No parece haber en esta página un artículo que se pueda resumir.',
  truncated: 'En esta página solo hay una parte del artículo. Estas frases son de esa parte.',
  'too-short': 'Este artículo es tan corto que se puede leer entero.',
  'too-little-saved': 'El artículo entero es apenas más largo que esto.',
};
