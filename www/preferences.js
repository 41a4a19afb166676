/**
 * What a reader has chosen, for the next article on this site. Kept in the page's local storage, and only once there was a choice;
 * where the browser denies it, choices hold as long as the page.
 */

const KEY = 'nutgraf';

/**
 * @typedef {object} Preferences
 * @property {string} [length]
 * @property {string} [shape]
 */

/** @returns {Preferences} */
export function remembered() {
  try {
    // The storage is the page's, and may hold anything.
    const { length, shape } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...(typeof length === 'string' && { length }), ...(typeof shape === 'string' && { shape }) };
  } catch {
    return {};
  }
}

/** @param {Preferences} choice */
export function remember(choice) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...choice }));
  } catch {
    // Denied, or full.
  }
}
