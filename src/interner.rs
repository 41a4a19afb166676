//! Strings → numbers, given out in the order of first occurrence.
//!
//! The standard library's map of strings takes 4 kB of the module's 80, compressed; an open-addressed
//! table of numbers takes a tenth of that, and the order in which it holds them is never seen.

/// Strings, each once, and their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    /// The strings; the index is the number.
    pub strings: Vec<String>,
    /// Numbers plus one, 0 for a free slot. The length is a power of two.
    slots: Vec<usize>,
}

impl Interner {
    /// The number of a string, a new one if it was not there.
    pub fn id(&mut self, string: &str) -> usize {
        // At most half full, so that runs of taken slots stay short.
        if self.strings.len() * 2 >= self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(64)];
            for id in 0..self.strings.len() {
                let slot = self.slot(&self.strings[id]);
                self.slots[slot] = id + 1;
            }
        }
        let slot = self.slot(string);
        if self.slots[slot] == 0 {
            self.strings.push(string.to_owned());
            self.slots[slot] = self.strings.len();
        }
        self.slots[slot] - 1
    }

    /// The number of a string that is there.
    pub fn find(&self, string: &str) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots[self.slot(string)].checked_sub(1)
    }

    /// The slot that a string is in or belongs in.
    fn slot(&self, string: &str) -> usize {
        // FNV-1a.
        let hash = string.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let mask = self.slots.len() - 1;
        let mut slot = (hash ^ hash >> 15) as usize & mask;
        while self.slots[slot] != 0 && self.strings[self.slots[slot] - 1] != string {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
