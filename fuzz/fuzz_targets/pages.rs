//! Structured pages: the builder, the packed page and HTML all take what is told of one.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::{Corpus, fuzz_target};
use nutgraf::{Page, html};
use nutgraf_fuzz::model::Model;
use nutgraf_fuzz::{Bytes, invariants};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut bytes = Bytes(bytes);
    let options = bytes.options();
    let Ok(mut model) = Model::new(&mut Unstructured::new(bytes.0)) else {
        return Corpus::Reject;
    };
    let page = model.finish();
    invariants::hold(&page, &options);
    let (packed, texts) = Page::from_packed(&model.strings, &model.events);
    invariants::places_hold(&packed, &texts);
    assert_eq!(
        page.to_string(),
        packed.to_string(),
        "a packed page is the same page"
    );
    invariants::hold(&html::page(&model.html), &options);
    Corpus::Keep
});
