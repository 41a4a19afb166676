//! A packed page as JavaScript may give it, whatever is in it: numbers that are no ops, strings that
//! are not there, elements that are never closed. The numbers are bytes; 255 begins one of four bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Page;
use nutgraf_fuzz::{Bytes, invariants};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let options = bytes.options();
    let n_events = usize::from(bytes.byte()) << 4;
    let (packed, strings) = bytes.0.split_at(n_events.min(bytes.0.len()));
    let mut packed = Bytes(packed);
    let mut events = Vec::new();
    while !packed.0.is_empty() {
        let number = packed.byte();
        events.push(match number {
            255 => u32::from_le_bytes([packed.byte(), packed.byte(), packed.byte(), packed.byte()]),
            _ => u32::from(number),
        });
    }
    let strings = String::from_utf8_lossy(strings);
    let (page, texts) = Page::from_packed(&strings, &events);
    invariants::places_hold(&page, &texts);
    invariants::hold(&page, &options);
});
