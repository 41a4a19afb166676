//! Bytes → portions of whole lines, as soon as they come.

use std::io::{self, BufRead, BufReader, Read};
use std::mem;

use memchr::{memchr, memchr_iter, memrchr};

/// The largest line that is read, in bytes.
pub const MAX_LINE_BYTES: usize = 64 << 20;
/// Bytes that are read at once: some milliseconds of work, if they hold whole lines.
const READ_BYTES: usize = 64 << 10;

/// Some of the input.
#[derive(Debug, PartialEq)]
pub enum Portion {
    /// Whole lines, each with its line break; the last line of the input may lack it.
    Lines(Vec<u8>),
    /// A line over [`MAX_LINE_BYTES`], which was passed over. So many bytes it had.
    TooLarge(usize),
}

impl Portion {
    /// How much of the input it is.
    pub fn n_bytes(&self) -> usize {
        match self {
            Portion::Lines(bytes) => bytes.len(),
            Portion::TooLarge(n_bytes) => *n_bytes,
        }
    }

    /// How many lines, blank ones included.
    pub fn n_lines(&self) -> usize {
        match self {
            Portion::Lines(bytes) => {
                let has_rest = bytes.last().is_some_and(|&byte| byte != b'\n');
                memchr_iter(b'\n', bytes).count() + usize::from(has_rest)
            }
            Portion::TooLarge(_) => 1,
        }
    }
}

/// Calls `put` with all of the input, portion by portion, until it returns false.
///
/// A portion is what one read brings, up to the last line break in it: a pipe into which lines drip is
/// answered line by line, and a file is worked on in portions of [`READ_BYTES`]. Only a longer line
/// makes a longer portion.
pub fn portions(input: impl Read, mut put: impl FnMut(Portion) -> bool) -> io::Result<()> {
    let mut input = BufReader::with_capacity(READ_BYTES, input);
    // The start of a line whose end has not come yet; of one that is too large, only its length.
    let mut started = Vec::new();
    let mut n_skipped = 0;
    loop {
        let read = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let first = memchr(b'\n', read);
        let n_first = started.len() + first.unwrap_or(read.len());
        let (n_read, portion) = if read.is_empty() {
            match n_skipped {
                0 if started.is_empty() => {}
                0 => drop(put(Portion::Lines(started))),
                _ => drop(put(Portion::TooLarge(n_skipped))),
            }
            return Ok(());
        } else if n_skipped > 0 || n_first > MAX_LINE_BYTES {
            let n_read = first.map_or(read.len(), |first| first + 1);
            n_skipped += mem::take(&mut started).len() + n_read;
            let portion = first.map(|_| Portion::TooLarge(mem::take(&mut n_skipped)));
            (n_read, portion)
        } else {
            let end = memrchr(b'\n', read).map_or(0, |last| last + 1);
            let (whole, rest) = read.split_at(end);
            started.extend_from_slice(whole);
            let lines = (end > 0).then(|| Portion::Lines(mem::take(&mut started)));
            started.extend_from_slice(rest);
            (read.len(), lines)
        };
        input.consume(n_read);
        if portion.is_some_and(|portion| !put(portion)) {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Brings each text in a read of its own.
    struct Drip<'a>(std::slice::Iter<'a, &'a str>);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0
                .next()
                .map_or(Ok(0), |text| text.as_bytes().read(buffer))
        }
    }

    fn check(reads: &[&str], expected: &[&str]) {
        let mut found = Vec::new();
        let mut n_lines = 0;
        portions(Drip(reads.iter()), |portion| {
            n_lines += portion.n_lines();
            let Portion::Lines(bytes) = portion else {
                panic!("no line is too large");
            };
            found.push(String::from_utf8(bytes).expect("it was UTF-8"));
            true
        })
        .expect("nothing fails");
        assert_eq!(found, expected);
        assert_eq!(n_lines, reads.concat().lines().count());
    }

    #[test]
    fn lines_are_handed_on_as_soon_as_they_are_whole() {
        check(&["a\nb\n", "c\n"], &["a\nb\n", "c\n"]);
        check(&["a", "b", "\nc\n\nd", "\n"], &["ab\nc\n\n", "d\n"]);
        check(&["a\nb"], &["a\n", "b"]);
        check(&["\n", "a"], &["\n", "a"]);
        check(&[], &[]);
    }

    #[test]
    fn a_line_of_the_largest_size_is_read_and_one_byte_more_is_not() {
        for (n_bytes, is_read) in [(MAX_LINE_BYTES, true), (MAX_LINE_BYTES + 1, false)] {
            for end in ["\n", ""] {
                let line = "a".repeat(n_bytes) + end;
                let mut sizes = Vec::new();
                portions(format!("b\n{line}").as_bytes(), |portion| {
                    sizes.push((matches!(portion, Portion::Lines(_)), portion.n_bytes()));
                    true
                })
                .expect("nothing fails");
                assert_eq!(sizes, [(true, 2), (is_read, line.len())]);
            }
        }
    }

    #[test]
    fn nothing_more_is_read_when_nothing_more_is_taken() {
        let mut n_portions = 0;
        portions(Drip(["a\n", "b\n", "c\n"].iter()), |_| {
            n_portions += 1;
            n_portions < 2
        })
        .expect("nothing fails");
        assert_eq!(n_portions, 2);
    }
}
