/**
 * A server in front of the demo's, one a test file, so that fixtures, faults and the log of requests are alike in every browser.
 *
 * What it is asked for it takes from the demo, unless the visit has something else in mind. Every answer closes its connection,
 * since a browser asks again, unseen by the test, where one that it has kept turns out to be closed.
 */

import { createServer } from 'node:http';

/** Where the scripts of a visit stand that run before those of the page. */
const PREPARED = '/prepared.js';
/** Browsers ask for it of their own accord, and when they like. */
const ICON = '/favicon.ico';
/** Leads to itself. */
const NOWHERE = '/nowhere';

/** What is said anew for what we pass on. */
const HOP_BY_HOP = ['connection', 'content-length', 'content-encoding', 'keep-alive', 'transfer-encoding'];

/**
 * What comes back instead of what the demo has.
 * @typedef {object} Answer
 * @property {number} [status]
 * @property {string} [contentType]
 * @property {Record<string, string>} [headers]
 * @property {string | Uint8Array} [body]
 */

/**
 * What happens to the requests for a page and by it.
 * @typedef {object} Visit
 * @property {[RegExp, (request: Request) => unknown][]} routes  By path: what to do with a request instead of passing it on.
 * @property {string[]} requests  The paths asked for so far.
 * @property {string[]} scripts  Put into the page before anything else, for a browser that can't do so itself.
 * @property {boolean} isPrepared  Whether the browser has asked for them; a page's policy may forbid it to.
 * @property {((url: string, status: number) => void)[]} listeners  Told of every answer.
 */

/** A request, as routes get it. */
class Request {
  #incoming;
  #outgoing;
  #url;
  #pass;

  constructor(incoming, outgoing, url, pass) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.#url = url;
    this.#pass = pass;
  }

  url() {
    return this.#url.href;
  }

  method() {
    return this.#incoming.method;
  }

  headers() {
    return this.#incoming.headers;
  }

  /**
   * Fails, as if the network were gone: redirects without end fail so in every engine. Where a connection breaks, Chromium and
   * Firefox may ask a second time of their own accord.
   */
  abort() {
    this.#outgoing.writeHead(302, { location: NOWHERE }).end();
  }

  /**
   * Gives what the demo has.
   * @param {Record<string, string>} [headers]  In place of the demo's own.
   */
  continue(headers) {
    return this.#pass(headers);
  }

  /** @param {Answer} answer */
  respond({ status = 200, contentType, headers = {}, body = '' }) {
    if (contentType) this.#outgoing.setHeader('content-type', contentType);
    for (const [name, value] of Object.entries(headers)) this.#outgoing.setHeader(name, value);
    this.#outgoing.writeHead(status).end(body);
  }
}

/**
 * Starts the server.
 * @param {string} demo  Address of the demo.
 */
export async function serve(demo) {
  /** @type {Visit} */
  let visit = plan();
  const server = createServer(async (incoming, outgoing) => {
    const current = visit;
    const { routes, requests, scripts, listeners } = current;
    const url = new URL(incoming.url, origin);
    outgoing.setHeader('connection', 'close');
    if (url.pathname === ICON) return outgoing.writeHead(404).end();
    if (url.pathname === NOWHERE) return outgoing.writeHead(302, { location: NOWHERE }).end();
    if (url.pathname === PREPARED) {
      current.isPrepared = true;
      outgoing.setHeader('content-type', 'text/javascript; charset=utf-8');
      return outgoing.end(`document.currentScript.remove();\n${scripts.join('\n')}`);
    }
    requests.push(url.pathname);
    outgoing.on('finish', () => listeners.forEach((tell) => tell(url.href, outgoing.statusCode)));
    if (scripts.length > 0) insertInto(outgoing);
    const [, answer] = routes.find(([path]) => path.test(url.pathname)) ?? [];
    const pass = (headers) => forward(demo + url.pathname + url.search, incoming.method, outgoing, headers);
    try {
      await (answer ? answer(new Request(incoming, outgoing, url, pass)) : pass());
    } catch (error) {
      console.error(`${url.pathname}: ${error.stack}`);
      incoming.socket.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    /**
     * From now on requests belong to another visit.
     * @param {Visit['routes']} routes
     * @returns {Visit}
     */
    expect: (routes) => (visit = plan(routes)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @returns {Visit} */
function plan(routes = []) {
  return { routes, requests: [], scripts: [], isPrepared: false, listeners: [] };
}

async function forward(url, method, outgoing, own = {}) {
  const response = await fetch(url, { method, redirect: 'manual' });
  const headers = [...response.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
  for (const [name, value] of [...headers, ...Object.entries(own)]) outgoing.setHeader(name, value);
  outgoing.writeHead(response.status).end(new Uint8Array(await response.arrayBuffer()));
}

/**
 * Has the prepared scripts stand first in the page that is answered, if it is one. They take themselves away, so that the page is
 * as it was.
 */
function insertInto(outgoing) {
  const end = outgoing.end.bind(outgoing);
  outgoing.end = (body = '') => {
    if (!/^text\/html/.test(outgoing.getHeader('content-type') ?? '')) return end(body);
    const html = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const [before] = html.match(/^\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i);
    return end(`${before}<script src="${PREPARED}"></script>${html.slice(before.length)}`);
  };
}
