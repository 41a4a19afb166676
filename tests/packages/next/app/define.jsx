'use client';

import 'nutgraf/define';

/** Makes the import above part of what the browser gets. */
export function Define() {
  return null;
}
