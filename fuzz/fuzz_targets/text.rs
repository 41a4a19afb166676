//! Options, a title, a language tag, plain text → summary.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Page;
use nutgraf_fuzz::{Bytes, invariants};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let options = bytes.options();
    options.check().expect("these options are in range");
    let (title, language) = (bytes.line(), bytes.line());
    let title = Some(&*title).filter(|title| !title.is_empty());
    let mut page = Page::from_text(&bytes.rest(), title);
    page.language = Some(language.into_owned()).filter(|language| !language.is_empty());
    invariants::hold(&page, &options);
});
