/** Checked, never run. */

import { createRef } from 'react';
import { NutGrafElement, summarize } from 'nutgraf';

const ref = createRef<NutGrafElement>();

export const elements = [
  <nut-graf ref={ref} for="article" shape="paragraph" heading-level={3} open />,
  // @ts-expect-error: There is no such length.
  <nut-graf length="tiny" />,
];

export const isOpen: boolean | undefined = document.querySelector('nut-graf')?.open;

export const state: 'ok' | string = (await summarize(document, { sentences: 5 })).state;
