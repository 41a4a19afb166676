/** @type {import('../strings.js').Strings} */
export default {
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
};
