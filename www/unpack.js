/**
 * Puts the bytes of the wasm module together again from the streams that `xtask/src/pack.rs` took it apart into; the header of that
 * file describes them, and the build runs this one on what it has packed.
 */

/**
 * By opcode, which stream its operand stands in; 0 for none. Nothing from 0x45 on has operands, but for 0xfc.
 * In the order of opcodes: blocks, branches, calls, locals and globals, memory, constants.
 */
const STREAMS = Uint8Array.from(
  '00222' + '0000000' + '3330' + '72' + '00000000000000' + '44411' + '000' + '1111111111111111111111111' + '56',
  Number,
);

/**
 * Makes one pass over the streams.
 * @param {ArrayBuffer} packed  Inflated.
 * @returns {Uint8Array<ArrayBuffer>}  The module.
 */
export function unpack(packed) {
  const bytes = new Uint8Array(packed);
  /** The first twelve are moved on as the streams are read. */
  const at = new Uint32Array(packed, 0, 16);
  const [size, nFunctions, head, tail] = at.subarray(12);
  const module = new Uint8Array(size);
  module.set(bytes.subarray(head, tail));
  let to = tail - head;
  /** @param {number} stream */
  const byte = (stream) => (module[to++] = bytes[at[stream]++]);
  /** @param {number} stream */
  const number = (stream) => {
    let last = byte(stream);
    let value = last & 127;
    for (let shift = 7; last > 127; shift += 7) {
      last = byte(stream > 6 ? stream + 2 : stream);
      value |= (last & 127) << shift;
    }
    return value;
  };
  for (let n = 0; n < nFunctions; n += 1) {
    const start = to;
    for (let groups = number(6); groups > 0; groups -= 1) {
      number(6);
      number(6);
    }
    for (let depth = 1; depth > 0; ) {
      const opcode = byte(0);
      const stream = STREAMS[opcode];
      const operand = stream && number(stream);
      let more = 0;
      if (opcode > 1 && opcode < 5) depth += 1;
      else if (opcode === 11) depth -= 1;
      else if (opcode === 14) for (more = operand + 1; more > 0; more -= 1) number(3);
      else if (opcode === 17) number(1);
      else if (opcode > 39 && opcode < 63) number(8);
      else if (opcode === 67 || opcode === 68) for (more = opcode === 67 ? 4 : 8; more > 0; more -= 1) byte(11);
      // Saturating conversions have no operands, `memory.copy` has two and `memory.fill` one.
      else if (opcode === 252) for (more = byte(0); more > 9 && more < 12; more += 1) number(1);
    }
    // Now its length is known, which stands before it.
    let rest = to - start;
    let width = 1;
    while (rest >> (7 * width)) width += 1;
    module.copyWithin(start + width, start, to);
    to += width;
    for (let place = start; place < start + width; rest >>= 7) module[place++] = (rest & 127) | (rest > 127 ? 128 : 0);
  }
  module.set(bytes.subarray(tail), to);
  return module;
}
