// The states of the panel that pictures are taken of; `screenshots.mjs` takes them.
//
// Each is a page of the demo (politics, if not said) and what is done there: `init` runs in the page before its own scripts, `before`
// gets the page when its button is there, `act` when the panel shows something. `media` are features of CSS beside the color scheme.

/** What can be pressed in the widget. */
const press = async (page, selector) => (await page.$(`nut-graf >>> ${selector}`)).click();

/** What folds out is made when it does. */
const unfold = (page, selector) =>
  page.$eval(
    `nut-graf >>> ${selector}`,
    (details) =>
      new Promise((resolve) => {
        details.addEventListener('toggle', () => resolve(undefined), { once: true });
        details.open = true;
      }),
  );

/** @type {Record<string, { on?: string, init?: () => void, before?: Function, act?: Function, media?: Record<string, string> }>} */
export const STATES = {
  'open-short': {},
  'open-long': {
    act: (page) => press(page, '.choice:last-of-type'),
  },
  paragraph: {
    before: (page) => page.$eval('nut-graf', (element) => (element.shape = 'paragraph')),
  },
  reasons: {
    act: (page) => press(page, '.why'),
  },
  names: {
    act: async (page) => {
      await unfold(page, '.names');
      await unfold(page, '.name');
    },
  },
  truncated: { on: 'paywall' },
  'too-short': {
    // The button was offered while there was more to read.
    before: (page) =>
      page.$eval('nut-graf', (element) => {
        for (const other of document.body.querySelectorAll('body *')) {
          if (!other.contains(element) && !other.closest('h1')) other.remove();
        }
        const sentences = [
          'The Senate of Tarrowen voted early on Wednesday to bring the island ferries back into public ownership.',
          'The state has 18 months to buy the ships and piers of Skerryline Holdings, which runs all 19 routes.',
          'Islanders had waited for the vote since three villages were left without a boat last winter.',
        ];
        element.after(
          ...sentences.map((sentence) => {
            const paragraph = document.createElement('p');
            paragraph.textContent = sentence;
            return paragraph;
          }),
        );
      }),
  },
  changed: {
    act: async (page) => {
      const again = page.evaluate(
        () => new Promise((resolve) => addEventListener('nutgraf-summary', () => resolve(undefined), { once: true })),
      );
      await page.$eval('.article__body > p:nth-of-type(2)', (paragraph) => paragraph.append(' The vote was counted twice.'));
      await again;
    },
  },
  error: {
    init: () => {
      globalThis.fetch = () => Promise.reject(new TypeError('there is no network'));
    },
  },
  'not-an-article': { on: 'list' },
  'own-words': {
    before: (page) =>
      page.$eval('nut-graf', (element) => {
        const own = document.createElement('p');
        own.slot = 'summary';
        own.textContent = 'The council has voted for the tram, by two votes. Work begins in May.';
        element.append(own);
      }),
  },
  arabic: { on: 'arabic' },
  'forced-colors': { media: { 'forced-colors': 'active' } },
};

/** The pictures in `docs/images`: state, width of the window, colors. Those of a phone have two pixels for one. */
export const DOCS = [
  ['open-short', 1280, 'light'],
  ['open-long', 1280, 'light'],
  ['paragraph', 1280, 'light'],
  ['reasons', 1280, 'light'],
  ['names', 1280, 'light'],
  ['truncated', 1280, 'light'],
  ['too-short', 1280, 'light'],
  ['changed', 1280, 'light'],
  ['error', 1280, 'light'],
  ['arabic', 1280, 'light'],
  ['forced-colors', 1280, 'dark'],
  ['open-short', 1280, 'dark', 'dark'],
  ['open-short', 360, 'light', 'phone'],
];
