//! Source maps: which source a stretch of a generated file comes from.
//!
//! Of the format (<https://tc39.es/ecma426/>) only what wasm-opt and terser need and write: sources, lines and columns, no names.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// A place in the generated file, in lines and columns from 0; wasm is one line and its columns are bytes. From there on the file comes
/// from that source, or from none.
pub struct Stretch {
    pub line: usize,
    pub column: usize,
    pub source: Option<usize>,
}

/// Returns the text of a map of one line.
pub fn write(stretches: &[Stretch], sources: &[String]) -> String {
    let mut mappings = String::new();
    let (mut last_column, mut last_source) = (0, 0);
    for stretch in stretches {
        if !mappings.is_empty() {
            mappings.push(',');
        }
        number(&mut mappings, stretch.column as i64 - last_column);
        last_column = stretch.column as i64;
        if let Some(source) = stretch.source {
            number(&mut mappings, source as i64 - last_source);
            last_source = source as i64;
            // Line and column in the source, which stay the same.
            mappings += "AA";
        }
    }
    json!({ "version": 3, "sources": sources, "names": [], "mappings": mappings }).to_string()
}

/// Reads a map: its stretches in order, and its sources.
pub fn read(map: &[u8]) -> Result<(Vec<Stretch>, Vec<String>)> {
    let map: Value = serde_json::from_slice(map)?;
    let sources = map["sources"].as_array().context("a map without sources")?;
    let sources = sources
        .iter()
        .map(|source| source.as_str().unwrap_or_default().to_owned())
        .collect();
    let mappings = map["mappings"].as_str().context("a map of nothing")?;
    let mut stretches = Vec::new();
    let mut last_source = 0;
    for (line, segments) in mappings.split(';').enumerate() {
        let mut column = 0;
        for segment in segments.split(',').filter(|segment| !segment.is_empty()) {
            let fields = numbers(segment).context("a map with a broken number")?;
            column += fields[0];
            if let Some(more) = fields.get(1) {
                last_source += more;
            }
            stretches.push(Stretch {
                line,
                column: usize::try_from(column)?,
                source: (fields.len() > 1).then_some(usize::try_from(last_source)?),
            });
        }
    }
    Ok((stretches, sources))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes a number in digits of five bits, the sign in the lowest of the first.
fn number(text: &mut String, number: i64) {
    let mut rest = number.unsigned_abs() << 1 | u64::from(number < 0);
    loop {
        let more = u64::from(rest > 31) << 5;
        text.push(char::from(DIGITS[(rest & 31 | more) as usize]));
        rest >>= 5;
        if rest == 0 {
            return;
        }
    }
}

fn numbers(segment: &str) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    let (mut value, mut shift) = (0, 0);
    for digit in segment.bytes() {
        let digit = DIGITS.iter().position(|&other| other == digit)? as i64;
        value |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            numbers.push(if value & 1 == 1 {
                -(value >> 1)
            } else {
                value >> 1
            });
            (value, shift) = (0, 0);
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{Stretch, read, write};

    #[test]
    fn a_map_that_is_read_is_the_one_that_was_written() {
        let sources = ["a".to_owned(), "b".to_owned()];
        let stretches = [(3, Some(1)), (900, None), (901, Some(0)), (70_000, Some(1))];
        let written = stretches.map(|(column, source)| Stretch {
            line: 0,
            column,
            source,
        });
        let (found, names) = read(write(&written, &sources).as_bytes()).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|stretch| (stretch.column, stretch.source))
            .collect();
        assert_eq!(found, stretches);
        assert_eq!(names, sources);
    }
}
