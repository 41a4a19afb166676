//! Word lists as JavaScript gives them, whatever is in them, and a text in their language. The parts of
//! an input stand between lines of `---`: the lists, in the order in which they are packed, and the
//! text.

#![no_main]

use std::sync::atomic::{AtomicU32, Ordering};

use libfuzzer_sys::fuzz_target;
use nutgraf::{Page, language};
use nutgraf_fuzz::{Bytes, invariants};

/// Lists that were added stay, so every run brings a language of its own.
static NEXT: AtomicU32 = AtomicU32::new(0);

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let options = bytes.options();
    let input = bytes.rest();
    let mut parts: Vec<&str> = input.split("\n---\n").collect();
    let text = parts.pop().unwrap_or_default();
    let mut number = NEXT.fetch_add(1, Ordering::Relaxed) % 26_u32.pow(3);
    // Three letters, so that no language that is compiled in has the tag.
    let mut tag = String::new();
    for _ in 0..3 {
        tag.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    language::add(&tag, &parts.join("\0"));
    let mut page = Page::from_text(text, None);
    page.language = Some(tag);
    invariants::hold(&page, &options);
});
