import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createPackageFromTarballData, checkPackage } from '@arethetypeswrong/core';
import Ajv from 'ajv';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PARAGRAPHS } from './story.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** What `npm pack` made; `cargo xtask test --only packages` sets it. */
const TARBALL = process.env.NUTGRAF_TARBALL;

/** A project of someone who has installed it, and nothing else. */
let project;
let manifest;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'nutgraf-'));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', TARBALL], { cwd: project });
  manifest = JSON.parse(await read('package.json'));
});

after(() => rm(project, { recursive: true }));

function read(file) {
  return readFile(join(project, 'node_modules/nutgraf', file), 'utf8');
}

/** Runs a module in a process of its own; returns what it printed. */
async function node(source, ...flags) {
  const { stdout, stderr } = await run(process.execPath, [...flags, '--input-type=module', '--eval', source], { cwd: project });
  return stdout + stderr;
}

test('P11: importing any entry in bare Node does nothing', async () => {
  const entries = Object.entries(manifest.exports).filter(([, target]) => /\.js$/.test(target.default ?? target));
  assert.ok(entries.length >= 3);
  for (const [entry] of entries) {
    const name = JSON.stringify(join('nutgraf', entry));
    // A timer or a handle that is left would keep the process from ending.
    const globals = await node(
      `const before = Reflect.ownKeys(globalThis); await import(${name});
       console.log(Reflect.ownKeys(globalThis).filter((key) => !before.includes(key)).join());`,
    );
    assert.equal(globals.trim(), '', entry);
  }
});

test('P11: text is summarized in bare Node', async () => {
  const summary = JSON.parse(
    await node(`import { summarize } from 'nutgraf';
      console.log(JSON.stringify(await summarize(${JSON.stringify(PARAGRAPHS.join('\n'))})));`),
  );
  assert.equal(summary.state, 'ok');
  assert.equal(summary.sentences.length, 3);
});

test('P11: a script of the old kind gets the package with require where Node can do that, and else a plain refusal', async () => {
  const source = `try { console.log(typeof require('nutgraf').summarize); } catch ({ code }) { console.log(code); }`;
  const { stdout } = await run(process.execPath, ['--eval', source], { cwd: project });
  assert.equal(stdout.trim(), process.features.require_module ? 'function' : 'ERR_REQUIRE_ESM');
});

test('P11: every export is a file, and publint has nothing to say', async () => {
  const pack = { tarball: (await readFile(TARBALL)).buffer };
  const { messages, pkg } = await publint({ pack, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('P11: types are found by every way of resolving modules that knows exports', async () => {
  const entrypoints = Object.entries(manifest.exports).flatMap(([entry, { types }]) => (types ? [entry] : []));
  const tarball = createPackageFromTarballData(new Uint8Array(await readFile(TARBALL)));
  const { problems } = await checkPackage(tarball, { entrypoints });
  // Node’s way of ten years ago, and that of CommonJS, which gets an ES module, as the test above has it.
  const ours = problems.filter(({ kind, resolutionKind }) => !(resolutionKind === 'node10' || kind === 'CJSResolvesToESM'));
  assert.deepEqual(ours, []);
});

test('P11: TypeScript knows the element, by its name in the DOM and, as the documentation has it, as an element of JSX', async () => {
  const tsc = '../../www/node_modules/typescript/bin/tsc';
  await run(process.execPath, [tsc, '--project', 'react'], { cwd: import.meta.dirname }).catch(({ stdout }) => assert.fail(stdout));
  const declaration = await readFile(new URL('react/nut-graf.d.ts', import.meta.url), 'utf8');
  const documented = await readFile(new URL('../../docs/FRAMEWORKS.md', import.meta.url), 'utf8');
  assert.ok(documented.includes(declaration));
});

test('P11: custom-elements.json is one, and names entries that exist', async () => {
  const schema = JSON.parse(await readFile(require.resolve('custom-elements-manifest/schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const described = JSON.parse(await read(manifest.customElements));
  assert.ok(validate(described), JSON.stringify(validate.errors, null, 1));
  for (const { path } of described.modules) await read(path);
});

test('P14: sri.json has the hash of every file that a page may load', async () => {
  const hashes = JSON.parse(await read('sri.json'));
  const folder = join(project, 'node_modules/nutgraf');
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(js|wasm|bin|txt)$/.test(file));
  assert.deepEqual(Object.keys(hashes).sort(), files.map((file) => file.replaceAll('\\', '/')).sort());
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    const [algorithm] = hashes[file].split('-');
    assert.equal(`${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`, hashes[file], file);
  }
});
