//! What each byte of a file takes up once the file is deflated.
//!
//! In: a deflated file. Out: its inflated bytes, each with the bits that it takes. A literal takes the bits of its code; a repetition's
//! bits are shared evenly by the bytes that it stands for; those of a block's table of codes by the bytes of the block. So all
//! bits are counted once. The format: RFC 1951. This inflates by itself, since no library tells how many bits a byte took.

use anyhow::{Context, Result, bail};

/// Inflated bytes and the bits of each.
#[derive(Default)]
pub struct Costs {
    pub bytes: Vec<u8>,
    pub bits: Vec<f64>,
}

/// In which order the lengths of the codes of a table's lengths stand.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

const MAX_BITS: usize = 15;

/// The code that ends a block. Those after it are lengths of repetitions.
const END: usize = 256;

/// Reads a deflated file without a header.
pub fn of(deflated: &[u8]) -> Result<Costs> {
    let mut bits = Bits { deflated, at: 0 };
    let mut costs = Costs::default();
    loop {
        let (start, first) = (bits.at, costs.bytes.len());
        let is_last = bits.take(1)? == 1;
        let head = match bits.take(2)? {
            0 => {
                bits.at = bits.at.next_multiple_of(8);
                let n_bytes = bits.take(16)?;
                bits.take(16)?;
                let head = bits.at - start;
                for _ in 0..n_bytes {
                    costs.bytes.push(bits.take(8)? as u8);
                    costs.bits.push(8.0);
                }
                head
            }
            1 => {
                let lengths: Vec<u8> = (0..288)
                    .map(|code| match code {
                        0..144 => 8,
                        144..256 => 9,
                        256..280 => 7,
                        _ => 8,
                    })
                    .collect();
                block(
                    &mut bits,
                    &mut costs,
                    &Codes::new(&lengths),
                    &Codes::new(&[5; 30]),
                )?
            }
            2 => {
                let (literals, distances) = tables(&mut bits)?;
                let head = bits.at - start;
                block(&mut bits, &mut costs, &literals, &distances)? + head
            }
            _ => bail!("a block of an unknown kind"),
        };
        let n_bytes = costs.bytes.len() - first;
        for cost in &mut costs.bits[first..] {
            *cost += head as f64 / n_bytes as f64;
        }
        if is_last {
            return Ok(costs);
        }
    }
}

/// Reads the two tables of codes at the start of a block.
fn tables(bits: &mut Bits) -> Result<(Codes, Codes)> {
    let n_literals = bits.take(5)? + 257;
    let n_distances = bits.take(5)? + 1;
    let n_lengths = bits.take(4)? + 4;
    let mut lengths = [0; 19];
    for &place in &ORDER[..n_lengths] {
        lengths[place] = bits.take(3)? as u8;
    }
    let codes = Codes::new(&lengths);
    let mut lengths = Vec::new();
    while lengths.len() < n_literals + n_distances {
        let (length, n_times) = match codes.read(bits)? {
            16 => (
                *lengths.last().context("nothing to repeat")?,
                3 + bits.take(2)?,
            ),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length as u8, 1),
        };
        lengths.extend(std::iter::repeat_n(length, n_times));
    }
    let (literals, distances) = lengths.split_at(n_literals);
    Ok((Codes::new(literals), Codes::new(distances)))
}

/// Reads the codes of a block, and returns the bits of the one that ends it.
fn block(bits: &mut Bits, costs: &mut Costs, literals: &Codes, distances: &Codes) -> Result<usize> {
    loop {
        let start = bits.at;
        let code = literals.read(bits)?;
        if code < END {
            costs.bytes.push(code as u8);
            costs.bits.push((bits.at - start) as f64);
            continue;
        }
        if code == END {
            return Ok(bits.at - start);
        }
        let length = match code - END - 1 {
            short @ 0..8 => short + 3,
            28 => 258,
            long => {
                let n_extra = long / 4 - 1;
                ((4 + long % 4) << n_extra) + 3 + bits.take(n_extra)?
            }
        };
        let distance = match distances.read(bits)? {
            near @ 0..4 => near + 1,
            far => {
                let n_extra = far / 2 - 1;
                ((2 + far % 2) << n_extra) + 1 + bits.take(n_extra)?
            }
        };
        let from = costs.bytes.len().checked_sub(distance);
        let from = from.context("a repetition of what was before the file")?;
        let cost = (bits.at - start) as f64 / length as f64;
        for at in from..from + length {
            costs.bytes.push(costs.bytes[at]);
            costs.bits.push(cost);
        }
    }
}

struct Bits<'a> {
    deflated: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    /// The next bits as a number, the first the lowest.
    fn take(&mut self, n_bits: usize) -> Result<usize> {
        let mut value = 0;
        for place in 0..n_bits {
            let byte = self.deflated.get(self.at / 8);
            let byte = byte.context("the deflated file ends in its midst")?;
            value |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Ok(value)
    }
}

/// Codes by their lengths: shorter ones first, those of a length in the order of what they stand for.
struct Codes {
    n_of_length: [usize; MAX_BITS + 1],
    sorted: Vec<usize>,
}

impl Codes {
    fn new(lengths: &[u8]) -> Self {
        let mut n_of_length = [0; MAX_BITS + 1];
        let mut sorted: Vec<usize> = (0..lengths.len()).filter(|&at| lengths[at] > 0).collect();
        for &at in &sorted {
            n_of_length[usize::from(lengths[at])] += 1;
        }
        sorted.sort_by_key(|&at| lengths[at]);
        Self {
            n_of_length,
            sorted,
        }
    }

    fn read(&self, bits: &mut Bits) -> Result<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for n in &self.n_of_length[1..] {
            code |= bits.take(1)?;
            if code < first + n {
                return Ok(self.sorted[index + code - first]);
            }
            index += n;
            first = (first + n) << 1;
            code <<= 1;
        }
        bail!("no code begins with these bits")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    #[test]
    fn all_bits_of_a_deflated_file_are_counted() {
        let text: String = (0..3000)
            .map(|n| format!("{} of {}. ", n * n % 97, n % 13))
            .collect();
        for level in [
            Compression::none(),
            Compression::fast(),
            Compression::best(),
        ] {
            let mut encoder = DeflateEncoder::new(Vec::new(), level);
            encoder.write_all(text.as_bytes()).unwrap();
            let deflated = encoder.finish().unwrap();
            let costs = super::of(&deflated).unwrap();
            assert!(costs.bytes == text.as_bytes());
            let n_bytes = costs.bits.iter().sum::<f64>() / 8.0;
            assert!(
                (deflated.len() as f64 - n_bytes).abs() <= 1.0,
                "{n_bytes} of {}",
                deflated.len()
            );
        }
    }
}
