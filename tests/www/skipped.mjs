/**
 * Which tests are not run in which engine, and why: the only way to skip one. The run prints each with its reason.
 *
 * A test that fails because our code is wrong in an engine has no place here.
 */

/** @type {{ file: string, test: string, engine: string, why: string }[]} */
const SKIPPED = [
  {
    file: 'nutgraf.test.mjs',
    test: 'touching the button loads the rest',
    engine: 'webkit',
    why: 'WebKitGTK’s driver has no touch',
  },
  ...[
    ['P14: workers that are blocked are not missed', 'can’t tell which workers there are'],
    ['P14: once it has loaded, the widget works offline', 'can’t go offline'],
    ['P14: the widget works in a sandboxed frame', 'can’t look into a frame of another origin'],
  ].map(([test, what]) => ({ file: 'core.test.mjs', test, engine: 'webkit', why: `WebKitGTK’s driver ${what}` })),
  {
    file: 'core.test.mjs',
    test: 'a try that the policy refuses would have been reported',
    engine: 'webkit',
    why: 'WebKit reports no refusal of wasm, asked for or not',
  },
];

/**
 * The tests of a file that are not run in an engine, with the reasons.
 * @param {string} file
 * @param {string} engine
 * @returns {Map<string, string>}
 */
export function skippedOf(file, engine) {
  const own = SKIPPED.filter((entry) => entry.file === file && entry.engine === engine);
  return new Map(own.map(({ test, why }) => [test, why]));
}
