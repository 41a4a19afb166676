/**
 * The widget's own words. A language is one entry of `STRINGS` and one of `LABELS` in `nut-graf.js`; a test compares their keys.
 *
 * In braces stand numbers, already written as the language writes them. Where a noun goes with a number there is one form for each
 * plural category of the language (`Intl.PluralRules`), of which `other` is always there.
 */

/**
 * @typedef {object} Counted
 * @property {'count' | 'total'} by  The number that the form goes by.
 * @property {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} forms
 */

/**
 * @typedef {object} Strings
 * @property {string} heading  Of the panel.
 * @property {string} own  Heading over a summary that the publisher has written.
 * @property {Counted} proof  `{count}` sentences of `{total}`, taken word for word.
 * @property {string} time  Reading time: `{minutes}`, with the unit, `{instead}` of so many.
 * @property {string} length  Names the choice of `short`, `medium` and `long`.
 * @property {string} short
 * @property {string} medium
 * @property {string} long
 * @property {string} hint  What choosing a sentence does.
 * @property {string} jumped  Said when the reader has been taken to a sentence.
 * @property {string} back  Leads from there to the summary.
 * @property {string} changed  The sentence is gone, so the summary was made anew.
 * @property {string} failed  Files could not be loaded.
 * @property {string} retry
 * @property {string} opted-out  The page asks not to be summarized.
 * @property {string} unsupported-language
 * @property {string} not-an-article
 * @property {string} truncated
 * @property {string} too-short
 * @property {string} too-little-saved
 */

/** @type {Record<string, Strings>} */
export const STRINGS = {
  ar: {
    heading: 'الملخّص',
    own: 'الملخّص كما كتبه الناشر',
    proof: {
      by: 'total',
      forms: {
        zero: '{count} من أصل {total} جملة، بنصّ المقال',
        one: 'الجملة الوحيدة في المقال، بنصّها',
        two: '{count} من جملتين، بنصّ المقال',
        few: '{count} من أصل {total} جمل، بنصّ المقال',
        many: '{count} من أصل {total} جملة، بنصّ المقال',
        other: '{count} من أصل {total} جملة، بنصّ المقال',
      },
    },
    time: '{minutes} بدلًا من {instead}',
    length: 'طول الملخّص',
    short: 'قصير',
    medium: 'متوسط',
    long: 'طويل',
    hint: 'اختر جملة لتراها في موضعها من المقال.',
    jumped: 'الجملة مظلّلة في المقال. اضغط Escape للعودة إلى الملخّص.',
    back: 'العودة إلى الملخّص',
    changed: 'تغيّر المقال منذ ذلك الحين. هذا ملخّص جديد.',
    failed: 'تعذّر تحميل الملخّص.',
    retry: 'أعد المحاولة',
    'opted-out': 'طلب الناشر عدم تلخيص هذه الصفحة.',
    'unsupported-language': 'لا يمكن بعد تلخيص المقالات بهذه اللغة.',
    'not-an-article': 'لا يبدو أن في هذه الصفحة مقالًا يمكن تلخيصه.',
    truncated: 'لا يظهر في هذه الصفحة سوى جزء من المقال. هذه الجمل من الجزء الظاهر وحده.',
    'too-short': 'هذا المقال قصير بما يكفي لقراءته كاملًا.',
    'too-little-saved': 'المقال نفسه ليس أطول من هذا بكثير.',
  },
  de: {
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
  },
  en: {
    heading: 'Summary',
    own: 'Summary by the publisher',
    proof: {
      by: 'total',
      forms: {
        one: '{count} of {total} sentence, word for word',
        other: '{count} of {total} sentences, word for word',
      },
    },
    time: '{minutes} instead of {instead}',
    length: 'Length of the summary',
    short: 'Short',
    medium: 'Medium',
    long: 'Long',
    hint: 'Choose a sentence to see it in the article.',
    jumped: 'The sentence is marked in the article. Press Escape to go back to the summary.',
    back: 'Back to the summary',
    changed: 'The article has changed since. This is a new summary.',
    failed: 'The summary could not be loaded.',
    retry: 'Try again',
    'opted-out': 'The publisher has asked that this page is not summarized.',
    'unsupported-language': 'Articles in this language can’t be summarized yet.',
    'not-an-article': 'There seems to be no article on this page that could be summarized.',
    truncated: 'Only part of the article is on this page. These sentences are from that part.',
    'too-short': 'This article is short enough to read in full.',
    'too-little-saved': 'The whole article is hardly longer than this.',
  },
  es: {
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
  },
  fr: {
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
  },
  ja: {
    heading: '要約',
    own: '編集部による要約',
    proof: {
      by: 'total',
      forms: { other: '全{total}文のうち{count}文を原文のまま' },
    },
    time: '{instead}分のところを{minutes}で',
    length: '要約の長さ',
    short: '短い',
    medium: '普通',
    long: '長い',
    hint: '文を選ぶと、記事の中の位置に移動します。',
    jumped: '記事の中の文に印を付けました。Escapeキーで要約に戻ります。',
    back: '要約に戻る',
    changed: '記事の内容が変わったため、要約を作り直しました。',
    failed: '要約を読み込めませんでした。',
    retry: 'もう一度試す',
    'opted-out': '発行者の希望により、このページは要約されません。',
    'unsupported-language': 'この言語の記事はまだ要約できません。',
    'not-an-article': 'このページには要約できる記事がないようです。',
    truncated: 'このページには記事の一部しかありません。次の文はその部分から選んだものです。',
    'too-short': 'この記事は短いので、全文をお読みください。',
    'too-little-saved': '記事の全文も、これとほとんど変わらない長さです。',
  },
};

/** Words read in a minute, after Brysbaert, “How many words do we read per minute?” (Journal of Memory and Language 109, 2019). */
const WORDS_PER_MINUTE = 238;
/** Where characters are counted instead of words. */
const CHARACTERS_PER_MINUTE = 500;
const COUNTED_IN_CHARACTERS = ['ja', 'zh'];

/**
 * @param {string} language  A key of `STRINGS`; any other gives English.
 * @returns {Strings}
 */
export function stringsFor(language) {
  return Object.hasOwn(STRINGS, language) ? STRINGS[language] : STRINGS.en;
}

/**
 * What a summary saves, such as “3 of 31 sentences, word for word · 1 min instead of 4”. The time is left out where it is the
 * same minute.
 * @param {string} language  Of the widget.
 * @param {{ sentences: readonly unknown[], nSentences: number, nWords: number, nSummaryWords: number, language: string }} summary
 */
export function proof(language, summary) {
  const strings = stringsFor(language);
  const count = summary.sentences.length;
  const total = summary.nSentences;
  const { by, forms } = strings.proof;
  const rule = new Intl.PluralRules(language).select(by === 'count' ? count : total);
  const number = new Intl.NumberFormat(language);
  const said = fill(forms[rule] ?? forms.other, { count: number.format(count), total: number.format(total) });
  const minutes = readingMinutes(summary.nSummaryWords, summary.language);
  const instead = readingMinutes(summary.nWords, summary.language);
  if (minutes >= instead) return said;
  const unit = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
  const time = fill(strings.time, { minutes: unit.format(minutes), instead: number.format(instead) });
  return `${said} · ${time}`;
}

/**
 * @param {number} words  As the core counts them.
 * @param {string} language  Of the article.
 * @returns {number}  At least 1.
 */
function readingMinutes(words, language) {
  const perMinute = COUNTED_IN_CHARACTERS.includes(language) ? CHARACTERS_PER_MINUTE : WORDS_PER_MINUTE;
  return Math.max(1, Math.round(words / perMinute));
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
