//! The packed page of `www/walk.js` → a page.
//!
//! In: a table of strings, separated by U+0000, and a stream of numbers that says what to do with
//! them; this header is the one description of the format. Out: the page. A stream that breaks
//! off, or names a string that isn't there, gives the page up to that place.
//!
//! | op | followed by | means |
//! | --- | --- | --- |
//! | 0 | | end of the element opened last |
//! | 1 | text | a text node |
//! | 2 | name, flags, n, then n times: attribute, value | start of an element |
//! | 3 | key, value | what JSON-LD says: a path and what stands there |
//!
//! Names, keys, values and texts are indices into the table, attributes the numbers of
//! [`Attribute`](super::Attribute). Flags add up: 1 not rendered, 2 its own
//! text is invisible, 4 matches `exclude`, 8 matches `include`.

#[cfg(feature = "cli")]
use super::Walker;
use super::{Attributes, Flags, Page, PageBuilder};

const CLOSE: u32 = 0;
const TEXT: u32 = 1;
const OPEN: u32 = 2;
const FACT: u32 = 3;

impl Page {
    /// Unpacks what `www/walk.js` packed, and the text nodes in the order in which
    /// [`Origin`](super::Origin) counts them.
    pub fn from_packed<'s>(strings: &'s str, events: &[u32]) -> (Page, Vec<&'s str>) {
        let mut builder = PageBuilder::default();
        let mut events = Events {
            events: events.iter(),
            strings: split(strings),
            texts: Vec::new(),
        };
        while events.step(&mut builder).is_some() {}
        (builder.finish(), events.texts)
    }
}

/// Packs a page natively as `www/walk.js` does in the browser, so that the builds for the browser can be
/// given what native code has read.
#[cfg(feature = "cli")]
#[derive(Debug, Default)]
pub struct Packer {
    /// The table of strings.
    pub strings: String,
    /// The stream of numbers.
    pub events: Vec<u32>,
    n_strings: u32,
}

#[cfg(feature = "cli")]
impl Packer {
    /// Adds a string to the table; returns its number. U+0000 parts strings, so in one it is U+FFFD.
    fn string(&mut self, string: &str) -> u32 {
        if self.n_strings > 0 {
            self.strings.push('\0');
        }
        self.strings += &string.replace('\0', "\u{fffd}");
        self.n_strings += 1;
        self.n_strings - 1
    }
}

#[cfg(feature = "cli")]
impl Walker for Packer {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let name = self.string(name);
        let n_attributes = attributes.numbered().count() as u32;
        self.events.extend([OPEN, name, 0, n_attributes]);
        for (number, value) in attributes.numbered() {
            let value = self.string(value);
            self.events.extend([number as u32, value]);
        }
    }

    fn text(&mut self, text: &str) {
        let text = self.string(text);
        self.events.extend([TEXT, text]);
    }

    fn close(&mut self) {
        self.events.push(CLOSE);
    }

    fn json_ld(&mut self, path: &str, value: &str) {
        let (path, value) = (self.string(path), self.string(value));
        self.events.extend([FACT, path, value]);
    }
}

/// What stands between U+0000. Byte by byte: the strings of a page are short and many, and a search
/// begun anew for each took twice as long.
fn split(joined: &str) -> Vec<&str> {
    let mut strings = Vec::new();
    let mut start = 0;
    for (at, byte) in joined.bytes().enumerate() {
        if byte == 0 {
            strings.push(&joined[start..at]);
            start = at + 1;
        }
    }
    strings.push(&joined[start..]);
    strings
}

struct Events<'s, 'e> {
    events: std::slice::Iter<'e, u32>,
    strings: Vec<&'s str>,
    texts: Vec<&'s str>,
}

impl<'s> Events<'s, '_> {
    /// Carries out one op, or gives `None` at the end of the stream.
    fn step(&mut self, builder: &mut PageBuilder) -> Option<()> {
        match self.number()? {
            CLOSE => builder.close(),
            TEXT => {
                let text = self.string()?;
                self.texts.push(text);
                builder.text(text);
            }
            OPEN => {
                let name = self.string()?;
                let flags = self.number()?;
                let mut attributes = Attributes::default();
                for _ in 0..self.number()? {
                    attributes.add(self.number()? as usize, self.string()?);
                }
                let flags = Flags {
                    hidden: flags & 1 != 0,
                    invisible: flags & 2 != 0,
                    excluded: flags & 4 != 0,
                    included: flags & 8 != 0,
                };
                builder.open(name, &attributes, flags);
            }
            FACT => builder.fact("json-ld", self.string()?, self.string()?),
            _ => return None,
        }
        Some(())
    }

    fn number(&mut self) -> Option<u32> {
        self.events.next().copied()
    }

    fn string(&mut self) -> Option<&'s str> {
        let index = self.number()?;
        self.strings.get(index as usize).copied()
    }
}
