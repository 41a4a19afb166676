/**
 * Which tests are not run in which engine, and why: the only way to skip one. `cargo xtask test` prints what is skipped.
 *
 * A test that fails because our code is wrong in an engine has no place here.
 */

/** Name of the test, or how names begin; engine; reason. @type {[string | RegExp, string, string][]} */
export const SKIPPED = [
  ['touching the button loads the rest', 'webkit', 'WebKitGTK’s driver has no touch'],
];

/**
 * Why a test is not run in an engine, or nothing.
 * @param {string} name
 * @param {string} engine
 * @returns {string | undefined}
 */
export function reasonToSkip(name, engine) {
  return SKIPPED.find(([test, of]) => of === engine && (test instanceof RegExp ? test.test(name) : test === name))?.[2];
}
