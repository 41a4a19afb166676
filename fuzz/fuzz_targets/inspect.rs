//! Single stages as `nutgraf inspect` shows them: a language tag and a text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::{inspect, language, tokens, word_bounds};
use nutgraf_fuzz::Bytes;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let tag = language::primary_subtag(&bytes.line());
    let text = bytes.rest();

    let mut last = 0;
    for span in inspect::sentences(&text, &tag) {
        assert!(
            last <= span.start && span.start < span.end,
            "sentences stand in order"
        );
        let _ = &text[span.clone()];
        last = span.end;
    }

    let mut last = 0;
    for (at, word) in tokens::words(&text) {
        assert!(last <= at && !word.is_empty(), "words stand in order");
        assert_eq!(&text[at..at + word.len()], word);
        last = at + word.len();
    }
    let n_words = tokens::count_words(&text);
    assert!(n_words <= text.chars().count());

    // The browser's table of word bounds says the same as the crate that stands in natively, but
    // parts the two halves of a line's end.
    let text_of_one_line = text.replace("\r\n", "\n");
    let bounds: Vec<usize> = word_bounds::bounds(&text_of_one_line).collect();
    let by_table: Vec<usize> = word_bounds::bounds_by_table(&text_of_one_line).collect();
    assert_eq!(
        bounds, by_table,
        "native and in the browser words end at the same places"
    );

    let n_chars = text.chars().count();
    let mut last = 0;
    for (span, label) in inspect::entities(text.clone().into_owned(), tag.clone()) {
        assert!(last <= span.start && span.start < span.end && span.end <= n_chars);
        assert!(matches!(label, None | Some("PER" | "ORG" | "LOC")));
        last = span.start;
    }

    let found = inspect::language(&text);
    assert!(
        !found.is_empty() && found.bytes().all(|byte| byte.is_ascii_lowercase()),
        "{found}"
    );
    assert_eq!(
        found,
        language::primary_subtag(&found),
        "a tag is a primary subtag"
    );

    let folded = tokens::fold(&text);
    assert_eq!(tokens::fold(&folded), folded, "what is folded stays so");
});
