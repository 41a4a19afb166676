/** Registers `<nut-graf>`: the only module of ours that does something when it is imported. */

import { NutGrafElement } from './nut-graf.js';

// Twice on a page, in one version or in two, the first stays. In Node there is nothing to register with.
const registry = globalThis.customElements;
if (registry && !registry.get('nut-graf')) registry.define('nut-graf', NutGrafElement);

export { NutGrafElement };
