import type { HTMLAttributes, RefAttributes } from 'react';
import type { NutGrafAttributes, NutGrafElement } from 'nutgraf';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'nut-graf': NutGrafAttributes & HTMLAttributes<NutGrafElement> & RefAttributes<NutGrafElement>;
    }
  }
}
