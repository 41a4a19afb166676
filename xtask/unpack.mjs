// Checks that a page gets the very bytes of the module; called by `cargo xtask build`.
//
// In: the packed module and the module.

import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { unpack } from '../www/unpack.js';

const [packed, module] = process.argv.slice(2).map((file) => readFileSync(file));
const { buffer, byteOffset, byteLength } = inflateRawSync(packed);
const found = unpack(buffer.slice(byteOffset, byteOffset + byteLength));
if (!module.equals(found)) {
  const at = module.findIndex((byte, index) => byte !== found[index]);
  console.error(`www/unpack.js gives ${found.length} bytes, needs the ${module.length} of the module; they differ at ${at}`);
  process.exit(1);
}
