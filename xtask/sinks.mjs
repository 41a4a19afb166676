/**
 * Looks in scripts for what makes elements, code or loads of strings. In: files. Out: one line if there is
 * nothing but what is known to be harmless; else what and where, and exit code 1.
 *
 * By syntax, not by text: `innerHTML` in a message is none, and `a['innerHTML']` is one. A name that is put together while the script
 * runs can't be seen so; therefore every assignment to a member whose name isn't written down is looked at as well.
 */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from '../www/node_modules/acorn/dist/acorn.mjs';

const words = (text) => new Set(text.split(/\s+/));

/** Members that make elements or code of strings, whoever has them: to read them is to have them. */
const MEMBERS = words(
  `innerHTML outerHTML insertAdjacentHTML setHTML setHTMLUnsafe parseHTML parseHTMLUnsafe parseFromString createContextualFragment
  srcdoc write writeln execCommand importScripts setAttributeNS setAttributeNode setNamedItem createAttribute constructor`,
);

/** Globals that do. `globalThis.eval` is one as well. */
const GLOBALS = words('eval Function DOMParser XSLTProcessor importScripts Worker SharedWorker');

/** Members that load or run what they are assigned. */
const LOADS = /^(src|srcset|href|action|formAction|data|codeBase|background|cssText|on(?!ce$|e$)[a-z]+)$/;

/** Attributes that do neither. */
const ATTRIBUTES = /^(id|part|role|type|name|value|title|lang|dir|hidden|popover|tabindex|state|aria-[a-z]+)$/;

/** What has been looked at, with names of one or two letters as `_`, since minifiers choose those; and why it does no harm. */
const KNOWN = new Map([
  ['this.setAttribute(_,`${_}`)', 'the properties of the element, by names that stand in nut-graf.js'],
  ['import( /* webpackIgnore: true */ /* @vite-ignore */ `${_}?${Date.now()}`)', 'the address of the panel, as the bundler wrote it into nut-graf.js'],
  ['_.setAttribute(_,_)', '`make` in dom.js; the names stand where it is called, and what of them may load something is found there'],
  ['_.documentElement.setAttribute(_,_)', 'lang and dir of what is printed'],
  ['href:_(_)', '`addressOf` in sentences.js: the address of the page itself, and after its # the sentence, escaped'],
  ['this.#_[_.findIndex(([,_])=>_.sentences.length<=_)]=_', 'one of three summaries, by number'],
  ['_[_]+=_-_', 'how long a step took, by names that stand in summarizer.js'],
  ['this.#_[_._]=_.flags', 'numbers of the packed page'],
  ['_[_]=_.get??_.value', 'the table of getters in walk.js'],
  ['nutgraf.plain.js _[_]=_', 'a number of the memory'],
]);

/** Of each kind one, which must be found: a check that finds nothing proves nothing. */
const SAMPLES = `
a.innerHTML = b
a['outerHTML'] += b
const { insertAdjacentHTML: a } = b
document.write(a)
document['wri' + 'te'](a)
new DOMParser()
eval(a)
(0, eval)(a)
globalThis.eval?.(a)
new Function(a)
a.constructor(b)
setTimeout('a()')
setInterval(\`a()\`)
import(a)
a.onclick = b
a.src = b
a.style.cssText = b
a[b] = c
({ srcdoc: a })
({ onload: a })
({ href: a })
a.href = 'javascript:b'
a('data:text/html,b')
a.setAttribute('style', b)
a.setAttribute('onload', b)
a.setAttribute(b, c)
new Worker(a)`;

for (const sample of SAMPLES.trim().split('\n')) {
  if (sinks(tree(sample)).length === 0) throw new Error(`nothing is found in: ${sample}`);
}

let n = 0;
const seen = new Set();
for (const file of process.argv.slice(2)) {
  const text = await readFile(file, 'utf8');
  for (const [node, what] of sinks(tree(text))) {
    const code = text.slice(node.start, node.end).replace(/\s+/g, ' ');
    let general = code.replace(/[a-z_$][\w$]*(?!\{)/gi, (word) => (word.length > 2 ? word : '_'));
    if (!KNOWN.has(general)) general = `${basename(file)} ${general}`;
    if (KNOWN.has(general)) seen.add(general);
    else console.error(`${basename(file)} ${what}: ${code.slice(0, 120)}`);
    n += KNOWN.has(general) ? 0 : 1;
  }
}
for (const known of KNOWN.keys()) {
  if (!seen.has(known)) console.error(`${known} is in no file any more; xtask/sinks.mjs need not know it`);
  n += seen.has(known) ? 0 : 1;
}
if (n > 0) process.exit(1);
console.log(`nothing makes elements or code of strings in ${process.argv.length - 2} files; ${KNOWN.size} places that might are known`);

function tree(text) {
  return parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
}

/** @returns {[node: object, what: string][]} */
function sinks(tree) {
  const found = [];
  const stack = [[tree, undefined, '']];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, parent, role] = top;
    const what = sink(node, parent, role);
    if (what) found.push([node, what]);
    for (const [key, value] of Object.entries(node)) {
      for (const child of [value].flat()) if (typeof child?.type === 'string') stack.push([child, node, key]);
    }
  }
  return found;
}

function sink(node, parent, role) {
  switch (node.type) {
    case 'MemberExpression': {
      const name = nameOf(node.property, node.computed);
      if (node.computed && name === undefined && isPutTogether(node.property)) return 'puts a name together';
      return (MEMBERS.has(name) || GLOBALS.has(name)) && `uses ${name}`;
    }
    case 'Property': {
      const name = nameOf(node.key, node.computed);
      if (MEMBERS.has(name)) return `names ${name}`;
      // A pattern takes a member, it doesn't make one.
      return parent.type === 'ObjectExpression' && LOADS.test(name) && !isFunction(node.value) && `names ${name}`;
    }
    case 'Identifier': {
      const isName = role === 'property' ? !parent.computed : role === 'key' && !parent.computed && !parent.shorthand;
      return !isName && GLOBALS.has(node.name) && `uses ${node.name}`;
    }
    case 'Literal':
      return /^\s*(javascript|data|vbscript):/i.test(node.value) && 'has an address that may be code';
    case 'AssignmentExpression': {
      const { left } = node;
      if (left.type !== 'MemberExpression') return undefined;
      const name = nameOf(left.property, left.computed);
      if (name !== undefined) return LOADS.test(name) && `assigns ${name}`;
      return !isNumber(left.property) && 'assigns a member whose name is not written down';
    }
    case 'ImportExpression':
      return textOf(node.source) === undefined && 'imports what is not written down';
    case 'CallExpression':
      return calls(node);
    default:
      return undefined;
  }
}

function calls({ callee, arguments: [first] }) {
  const name = callee.type === 'MemberExpression' ? nameOf(callee.property, callee.computed) : callee.name;
  if (/^set(Timeout|Interval|Immediate)$/.test(name) && !/Function|Identifier|Member/.test(first.type)) return 'may run a string';
  if (name !== 'setAttribute') return undefined;
  const attribute = textOf(first);
  if (attribute === undefined) return 'sets an attribute whose name is not written down';
  return !ATTRIBUTES.test(attribute) && `sets the attribute ${attribute}`;
}

/** The name of a member or a property, if it is written down. */
function nameOf(key, computed) {
  return computed ? textOf(key) : key.name;
}

function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0].value.cooked : undefined;
}

function isPutTogether({ type, operator, left, right }) {
  if (type === 'TemplateLiteral') return true;
  return type === 'BinaryExpression' && operator === '+' && [left, right].some((side) => textOf(side) !== undefined || isPutTogether(side));
}

function isFunction({ type }) {
  return /Function/.test(type);
}

function isNumber(node) {
  return typeof node.value === 'number' || ['BinaryExpression', 'UpdateExpression', 'UnaryExpression'].includes(node.type);
}
