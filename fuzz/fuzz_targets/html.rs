//! Bytes of an HTML document → page → article → summary, the character encoding found out on the way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::html;
use nutgraf_fuzz::{Bytes, invariants};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let options = bytes.options();
    let decoded = html::decode(bytes.0);
    assert!(
        !html::escaped(&decoded).contains(['<', '>', '"']),
        "text is never markup"
    );
    invariants::hold(&html::page(&decoded), &options);
});
