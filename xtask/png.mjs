// A PNG as Chromium writes it → a PNG of a third of the bytes, with a palette.
//
// Text with smooth edges has some five hundred colors, most of them so close to each other that nobody tells them apart. Of those that
// are alike the most frequent stands for all, so that there are no more than 256.

import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Most colors of a palette. */
const MAX_COLORS = 256;

/** Pixels a meter, where two stand for one of CSS. */
const TWICE = 5669;

/**
 * @param {Uint8Array} png  8 bits a channel, opaque, not interlaced.
 * @param {number} scale  Pixels for one of CSS: 1 or 2, which is written down.
 * @returns {Buffer}
 */
export function small(png, scale) {
  const { width, height, channels, pixels } = decoded(Buffer.from(png));
  const colors = Array.from({ length: width * height }, (_, at) => pixels.readUIntBE(at * channels, 3));
  const palette = paletteOf(colors);
  const index = new Map([...new Set(palette.values())].map((color, index) => [color, index]));
  const rows = Buffer.alloc((width + 1) * height);
  // Each row begins with a byte that says it is not filtered.
  colors.forEach((color, at) => (rows[at + Math.floor(at / width) + 1] = index.get(palette.get(color))));
  return encoded(width, height, scale, [...index.keys()], rows);
}

/**
 * What stands for each color.
 * @param {number[]} colors
 * @returns {Map<number, number>}
 */
function paletteOf(colors) {
  const counts = new Map();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const byCount = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  for (let step = 8; ; step *= 2) {
    const coarse = (/** @type {number} */ color) =>
      [color >> 16, (color >> 8) & 255, color & 255].map((value) => Math.round(value / step)).join();
    const first = new Map();
    for (const color of byCount) if (!first.has(coarse(color))) first.set(coarse(color), color);
    if (first.size <= MAX_COLORS) return new Map(byCount.map((color) => [color, first.get(coarse(color))]));
  }
}

/** @param {Buffer} png */
function decoded(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25]];
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error('the picture is of another kind than Chromium takes');
  const data = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : pixels[at - channels];
      const up = y === 0 ? 0 : pixels[at - stride];
      const corner = x < channels || y === 0 ? 0 : pixels[at - stride - channels];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[at] = raw[at + y + 1] + guess;
    }
  }
  return { width, height, channels, pixels };
}

/** The neighbor that is nearest to what all three tell. */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const distance = (value) => Math.abs(guess - value);
  if (distance(left) <= distance(up) && distance(left) <= distance(corner)) return left;
  return distance(up) <= distance(corner) ? up : corner;
}

/** @param {number[]} palette  Of colors. */
function encoded(width, height, scale, palette, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits, by palette.
  head.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const density = Buffer.alloc(9);
  density.writeUInt32BE(TWICE, 0);
  density.writeUInt32BE(TWICE, 4);
  density[8] = 1;
  const chunks = [
    ['IHDR', head],
    ...(scale === 2 ? [['pHYs', density]] : []),
    ['PLTE', colors],
    ['IDAT', deflateSync(rows, { level: 9, memLevel: 9 })],
    ['IEND', Buffer.alloc(0)],
  ];
  return Buffer.concat([SIGNATURE, ...chunks.map(([name, data]) => chunk(name, data))]);
}

/** The checksum of the format, a bit at a time: pictures are small. */
function crc(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}
