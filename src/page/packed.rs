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
//! | 2 | name, flags, n, then n times: attribute name, value | start of an element |
//!
//! Names, values and texts are indices into the table. Flags add up: 1 not rendered, 2 its own
//! text is invisible, 4 matches `exclude`, 8 matches `include`.

use super::{Flags, Page, PageBuilder};

const CLOSE: u32 = 0;
const TEXT: u32 = 1;
const OPEN: u32 = 2;

impl Page {
    /// Unpacks what `www/walk.js` packed. `facts` holds triples of key, value and so on: source
    /// `json-ld`, key and value, separated by U+0000.
    pub fn from_packed(strings: &str, events: &[u32], facts: &str) -> Page {
        let strings: Vec<&str> = strings.split('\0').collect();
        let mut builder = PageBuilder::default();
        let mut events = Events {
            events: events.iter(),
            strings: &strings,
        };
        let mut attributes = Vec::new();
        while events.step(&mut builder, &mut attributes).is_some() {}
        let mut facts = facts.split('\0');
        while let (Some(source), Some(key), Some(value)) =
            (facts.next(), facts.next(), facts.next())
        {
            if source == "json-ld" {
                builder.fact("json-ld", key, value);
            }
        }
        builder.finish()
    }

    /// The text nodes of a packed page, in the order in which [`Origin`](super::Origin) counts them.
    pub fn packed_texts<'a>(strings: &'a str, events: &[u32]) -> Vec<&'a str> {
        let strings: Vec<&str> = strings.split('\0').collect();
        let mut texts = Vec::new();
        let mut rest = events;
        while let [op, tail @ ..] = rest {
            rest = match (*op, tail) {
                (CLOSE, _) => tail,
                (TEXT, [text, tail @ ..]) => {
                    texts.push(strings.get(*text as usize).copied().unwrap_or_default());
                    tail
                }
                (OPEN, [_, _, n, tail @ ..]) => tail.get(2 * *n as usize..).unwrap_or_default(),
                _ => break,
            };
        }
        texts
    }
}

struct Events<'a> {
    events: std::slice::Iter<'a, u32>,
    strings: &'a [&'a str],
}

impl<'a> Events<'a> {
    /// Carries out one op, or gives `None` at the end of the stream.
    fn step(
        &mut self,
        builder: &mut PageBuilder,
        attributes: &mut Vec<(&'a str, &'a str)>,
    ) -> Option<()> {
        match self.number()? {
            CLOSE => builder.close(),
            TEXT => builder.text(self.string()?),
            OPEN => {
                let name = self.string()?;
                let flags = self.number()?;
                attributes.clear();
                for _ in 0..self.number()? {
                    attributes.push((self.string()?, self.string()?));
                }
                let flags = Flags {
                    hidden: flags & 1 != 0,
                    invisible: flags & 2 != 0,
                    excluded: flags & 4 != 0,
                    included: flags & 8 != 0,
                };
                builder.open(name, attributes, flags);
            }
            _ => return None,
        }
        Some(())
    }

    fn number(&mut self) -> Option<u32> {
        self.events.next().copied()
    }

    fn string(&mut self) -> Option<&'a str> {
        let index = self.number()?;
        self.strings.get(index as usize).copied()
    }
}
