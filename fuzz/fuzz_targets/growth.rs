//! What grows faster than its input: a beginning, something repeated, an end.
//!
//! In: a byte that says how it is read, lengths of the beginning and of the end, and the text. It is
//! repeated until the input has 4 kB, then 32 kB; where the larger costs more than 1.4 times its share,
//! or takes long at all, the question is asked again of 32 and 256 kB, where what is only paid once, or
//! up to some limit, no longer counts. Steps and bytes of memory are the same on every machine; time,
//! which tells of the standard library's own code, is measured three times and must be far off each time.
//! What grows but is a small part of the cost at 32 kB is not seen: `cargo xtask bench` measures up to
//! 10 MB.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::{Options, Page, html, inspect, summarize};
use nutgraf_fuzz::Bytes;
use nutgraf_fuzz::steps::{Cost, cost};

/// Bytes of the inputs that are compared.
const SMALL: usize = 4 << 10;
const LARGE: usize = 32 << 10;
const HUGE: usize = 256 << 10;
/// How many times as large the larger of two is.
const TIMES: u64 = 8;

/// What the larger input may cost, as a multiple of its share: sorting has a logarithm.
const TOO_MUCH: f64 = 1.4;
/// The same of time, which is not steady.
const TOO_LONG: f64 = 3.0;
/// Longer than this for 32 kB is looked at: ten times what the slowest text takes.
const SLOW: u64 = 400_000_000;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let (way, before, after) = (
        bytes.byte(),
        usize::from(bytes.byte()),
        usize::from(bytes.byte()),
    );
    let text = bytes.rest();
    let mut cuts = [before % 64, text.len().saturating_sub(after % 64)];
    for cut in &mut cuts {
        *cut = text.floor_char_boundary(*cut);
    }
    let [start, end] = [cuts[0].min(cuts[1]), cuts[1]];
    let (before, unit, after) = (&text[..start], &text[start..end], &text[end..]);
    if unit.is_empty() || unit.len() > 256 {
        return;
    }
    let of = |size: usize| [before, &unit.repeat(size / unit.len()), after].concat();
    let run = |text: &str| cost(|| read(way, text));

    let (small, large) = (run(&of(SMALL)), run(&of(LARGE)));
    assert!(
        large.steps > 0,
        "no steps are counted: run this target by `cargo xtask fuzz --target growth`"
    );
    show(large);
    let grows = |small: Cost, large: Cost| {
        let beyond = |small: u64, large: u64| large as f64 > (small * TIMES) as f64 * TOO_MUCH;
        beyond(small.steps, large.steps) || beyond(small.bytes, large.bytes)
    };
    let is_slow = large.nanoseconds > SLOW;
    if grows(small, large) || is_slow {
        let huge_text = of(HUGE);
        let huge = run(&huge_text);
        let takes_long = || {
            let (large, huge) = (run(&of(LARGE)), run(&huge_text));
            huge.nanoseconds as f64 > (large.nanoseconds * TIMES) as f64 * TOO_LONG
        };
        let is_too_long = is_slow && (0..3).all(|_| takes_long());
        assert!(
            !grows(large, huge) && !is_too_long,
            "{unit:?} between {before:?} and {after:?} grows faster than its length, read as {}: {small:?} for 4 kB, \
             {large:?} for 32 kB, {huge:?} for 256 kB",
            WAYS[usize::from(way) % WAYS.len()],
        );
    }
});

const WAYS: [&str; 7] = [
    "text",
    "HTML",
    "a paragraph",
    "JSON-LD",
    "an attribute",
    "a packed page",
    "names",
];

fn read(way: u8, text: &str) {
    let summary = |page: &Page| {
        summarize(page, &Options::default());
    };
    match usize::from(way) % WAYS.len() {
        0 => summary(&Page::from_text(text, None)),
        1 => summary(&html::page(&html::decode(text.as_bytes()))),
        2 => summary(&html::page(&format!(
            "<title>Quist</title><article><p>{}",
            html::escaped(text)
        ))),
        3 => summary(&html::page(&format!(
            "<script type=application/ld+json>{text}</script>"
        ))),
        4 => {
            let value = html::escaped(text);
            summary(&html::page(&format!(
                "<meta property=og:title content=\"{value}\"><p class=\"{value}\" style=\"{value}\">One.</p><time datetime=\"{value}\">"
            )));
        }
        // A text for each line, in an element that stays open.
        5 => {
            let strings = text.replace('\n', "\0");
            let n_strings = strings.split('\0').count() as u32;
            let mut events = Vec::new();
            for string in 0..n_strings {
                events.extend([2, string, string % 16, 1, string % 24, string, 1, string]);
            }
            summary(&Page::from_packed(&strings, &events).0);
        }
        _ => {
            inspect::sentences(text, "en");
            inspect::entities(text.to_owned(), "de".to_owned());
            inspect::language(text);
        }
    }
}

/// libFuzzer keeps inputs that raise these as it keeps those that reach new code: so it looks for what
/// costs more and more.
#[unsafe(link_section = "__libfuzzer_extra_counters")]
static mut COUNTERS: [u8; 64] = [0; 64];

fn show(cost: Cost) {
    // A counter for each quarter of a doubling.
    let rank = |number: u64| ((number as f64).log2() * 2.0) as usize;
    // SAFETY: one thread runs, and libFuzzer reads the counters when it does not.
    unsafe {
        COUNTERS[rank(cost.steps / LARGE as u64 + 1).min(31)] = 1;
        COUNTERS[32 + rank(cost.bytes / LARGE as u64 + 1).min(31)] = 1;
    }
}
