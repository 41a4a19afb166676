/** What JSDoc can't declare: the element under its name, and its attributes, for frameworks that check markup. */

import type { NutGrafElement } from './nut-graf.js';

declare global {
  interface HTMLElementTagNameMap {
    'nut-graf': NutGrafElement;
  }
}

/** What may be written on `<nut-graf>`, beside what any element has; see `custom-elements.json`. */
export interface NutGrafAttributes {
  for?: string;
  length?: 'short' | 'medium' | 'long';
  shape?: 'bullets' | 'paragraph';
  include?: string;
  exclude?: string;
  language?: string;
  label?: string;
  open?: boolean;
  'heading-level'?: number;
}
