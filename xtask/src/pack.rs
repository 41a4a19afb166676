//! The module as a page loads it: taken apart into streams of like bytes, then deflated.
//!
//! In: `nutgraf_bg.wasm`. Out: 47.6 kB instead of the 59.5 of `gzip -9`. 3.3 of that come from zopfli, which deflates slowly
//! and well; the rest from the streams, since a compressor finds more to repeat among offsets, or among indices of locals,
//! than where they alternate. Not worth their bytes: streams by the opcode before, locals by how long ago they were used or
//! in the order of their first use, constants by their length. `www/unpack.js` puts the very bytes of the module together again.
//!
//! Inflated, the file is a header of 16 little-endian u32, the streams, all that stands before the first function body,
//! and all that stands after the last. The header holds where each of the twelve streams starts, by their numbers
//! below; the size of the module; how many functions it has; where the part before them starts; where that after them
//! does. Of a body, its length is left out. Its locals are in the stream of i64; each opcode is in the stream of
//! opcodes, each operand in that of its kind. Of numbers in `CALLS` and `OFFSETS` only the first byte is, and the others
//! two streams further on.

use std::io::Write;

use anyhow::{Context, Result, bail};
use zopfli::{BlockType, DeflateEncoder, Options};

const OPCODES: usize = 0;
/// Alignments (`wasm-opt --dealign`), memories, tables, globals: what is always zero.
const ZEROS: usize = 1;
/// Types of blocks and of functions called by table.
const TYPES: usize = 2;
const BRANCHES: usize = 3;
const LOCALS: usize = 4;
const I32: usize = 5;
const I64: usize = 6;
const CALLS: usize = 7;
const OFFSETS: usize = 8;
const FLOATS: usize = 11;
const N_STREAMS: usize = 12;

const N_FIELDS: usize = N_STREAMS + 4;

const CODE: u8 = 10;

/// Packs a module. Fails where [`take_apart`] does.
pub fn pack(module: &[u8]) -> Result<Vec<u8>> {
    deflate(&take_apart(module)?.bytes)
}

/// A module before it is deflated.
pub struct Apart {
    pub bytes: Vec<u8>,
    /// Where in the module each of the bytes stands; the header stands nowhere.
    pub places: Vec<Option<usize>>,
}

/// Takes a module apart. Fails at instructions that the core has none of so far.
pub fn take_apart(module: &[u8]) -> Result<Apart> {
    let mut packer = Packer {
        module,
        at: 8,
        streams: vec![Vec::new(); N_STREAMS],
    };
    let n_functions = loop {
        let section = packer.next()?;
        let n_bytes = packer.skip_number()?;
        if section == CODE {
            break packer.skip_number()?;
        }
        packer.at += n_bytes;
    };
    let head = packer.at;
    for _ in 0..n_functions {
        packer.skip_number()?;
        packer.function()?;
    }
    let tail = packer.at;

    let mut header = Vec::with_capacity(N_FIELDS);
    let mut at = N_FIELDS * 4;
    for stream in &packer.streams {
        header.push(at);
        at += stream.len();
    }
    header.extend([module.len(), n_functions, at, at + head]);
    let mut bytes = Vec::new();
    for field in header {
        bytes.extend(u32::try_from(field)?.to_le_bytes());
    }
    let mut places = vec![None; bytes.len()];
    let streams = packer.streams.into_iter().flatten();
    for place in streams.chain(0..head).chain(tail..module.len()) {
        bytes.push(module[place]);
        places.push(Some(place));
    }
    Ok(Apart { bytes, places })
}

/// Deflates, without a header. Each stream wants codes of its own, hence as many blocks as it likes.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = Options {
        maximum_block_splits: 200,
        ..Options::default()
    };
    let mut encoder = DeflateEncoder::new(options, BlockType::Dynamic, Vec::new());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

struct Packer<'a> {
    module: &'a [u8],
    at: usize,
    /// Where the bytes of each stand in the module.
    streams: Vec<Vec<usize>>,
}

impl Packer<'_> {
    fn function(&mut self) -> Result<()> {
        for _ in 0..self.number(I64)? {
            self.number(I64)?;
            self.number(I64)?;
        }
        let mut depth = 1;
        while depth > 0 {
            let opcode = self.byte(OPCODES)?;
            match opcode {
                0x02..=0x04 => {
                    depth += 1;
                    self.number(TYPES)?;
                }
                0x0b => depth -= 1,
                0x0e => {
                    for _ in 0..=self.number(BRANCHES)? {
                        self.number(BRANCHES)?;
                    }
                }
                0x11 => {
                    self.number(TYPES)?;
                    self.number(ZEROS)?;
                }
                0x28..=0x3e => {
                    self.number(ZEROS)?;
                    self.number(OFFSETS)?;
                }
                0x43 | 0x44 => {
                    for _ in 0..if opcode == 0x43 { 4 } else { 8 } {
                        self.byte(FLOATS)?;
                    }
                }
                0xfc => {
                    let n_zeros = match self.byte(OPCODES)? {
                        0..=7 => 0,
                        10 => 2,
                        11 => 1,
                        other => bail!("no stream is planned for the instruction 0xfc {other:#x}"),
                    };
                    for _ in 0..n_zeros {
                        self.number(ZEROS)?;
                    }
                }
                _ => {
                    let stream = match opcode {
                        0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 => continue,
                        0x0c | 0x0d => BRANCHES,
                        0x10 => CALLS,
                        0x20..=0x22 => LOCALS,
                        0x23 | 0x24 | 0x3f | 0x40 => ZEROS,
                        0x41 => I32,
                        0x42 => I64,
                        other => bail!("no stream is planned for the instruction {other:#x}"),
                    };
                    self.number(stream)?;
                }
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<u8> {
        let byte = self.module.get(self.at);
        self.at += 1;
        byte.copied().context("the module ends in its midst")
    }

    /// Moves a byte into a stream.
    fn byte(&mut self, stream: usize) -> Result<u8> {
        self.streams[stream].push(self.at);
        self.next()
    }

    /// Moves a number, in LEB128, into a stream.
    fn number(&mut self, stream: usize) -> Result<usize> {
        let rest = if (CALLS..=OFFSETS).contains(&stream) {
            stream + 2
        } else {
            stream
        };
        let (mut value, mut shift, mut stream) = (0, 0, stream);
        loop {
            let byte = self.byte(stream)?;
            value |= usize::from(byte & 127).unbounded_shl(shift);
            if byte < 128 {
                return Ok(value);
            }
            shift += 7;
            stream = rest;
        }
    }

    fn skip_number(&mut self) -> Result<usize> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.next()?;
            value |= usize::from(byte & 127).unbounded_shl(shift);
            if byte < 128 {
                return Ok(value);
            }
            shift += 7;
        }
    }
}
