//! Strings → numbers, given out in the order of first occurrence.
//!
//! The standard library's map of strings takes 4 kB of the module's 80, compressed; an open-addressed
//! table of numbers takes a tenth of that, and the order in which it holds them is never seen.

/// Strings, each once, and their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    /// All strings, one after the other: one allocation rather than one a string.
    text: String,
    /// Where each ends; the index is the number.
    ends: Vec<usize>,
    /// Numbers plus one, 0 for a free slot. The length is a power of two.
    slots: Vec<usize>,
}

impl Interner {
    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string of a number that was given out.
    pub fn get(&self, id: usize) -> &str {
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start..self.ends[id]]
    }

    /// The number of a string, a new one if it was not there.
    pub fn id(&mut self, string: &str) -> usize {
        // At most half full, so that runs of taken slots stay short.
        if self.len() * 2 >= self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(64)];
            for id in 0..self.len() {
                let slot = self.slot(self.get(id));
                self.slots[slot] = id + 1;
            }
        }
        let slot = self.slot(string);
        if self.slots[slot] == 0 {
            self.text.push_str(string);
            self.ends.push(self.text.len());
            self.slots[slot] = self.len();
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
        // FNV-1a, but by eight bytes where there are as many: whole paragraphs are looked up as well.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |bytes: u64| hash = (hash ^ bytes).wrapping_mul(0x100_0000_01b3);
        let (eights, rest) = string.as_bytes().as_chunks::<8>();
        for &eight in eights {
            add(u64::from_le_bytes(eight));
        }
        for &byte in rest {
            add(u64::from(byte));
        }
        // What a byte changes moves up when it is multiplied.
        let mask = self.slots.len() - 1;
        let mut slot = (hash ^ hash >> 32) as usize & mask;
        while self.slots[slot] != 0 && self.get(self.slots[slot] - 1) != string {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
