/**
 * What a click on the toolbar button, or its shortcut, does to a page: shows the panel, the very same as the widget's, or closes it.
 *
 * Runs once a click, in a world of its own, where it keeps the panel that is shown.
 */

import { provideCore } from '../www/core.js';
import { bringIntoView } from '../www/jump.js';
import { getters } from '../www/walk.js';
import { own } from './document.js';
import { Host } from './host.js';
import { placeOn } from './place.js';
import { remoteCore } from './remote.js';

/** Documents that a reader reads; others, such as pictures, stand in a page of the browser's own making. */
const READ = ['text/html', 'application/xhtml+xml', 'text/plain'];

/** What lasts from one click to the next. @type {{ nutgraf?: Host }} */
const world = /** @type {any} */ (globalThis);

const get = getters();
const body = get.body.call(document);
const widget = publishersWidget();
// The page may have thrown our panel away, with all that was around it.
if (world.nutgraf && get.isConnected.call(world.nutgraf)) {
  world.nutgraf.close();
} else if (!READ.includes(own('contentType')) || !(body instanceof HTMLBodyElement)) {
  chrome.runtime.sendMessage('nowhere');
} else if (widget) {
  if (Element.prototype.toggleAttribute.call(widget, 'open')) bringIntoView(widget);
} else {
  provideCore(remoteCore);
  world.nutgraf = new Host();
  world.nutgraf.show(placeOn(body));
}

/** The page's own widget, if it works and is offered to readers. Of what it does, only its attributes are seen from here. */
function publishersWidget() {
  const widgets = [...get.querySelectorAll.call(document, 'nut-graf:not([state=unavailable])')];
  return widgets.find((widget) => get.shadowRoot.call(widget) && get.checkVisibility?.call(widget));
}
