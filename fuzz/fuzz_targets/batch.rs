//! The input of `nutgraf batch`, whatever is in it and however it drips in: one line of JSON for each
//! line that is not blank, with the id that came in, and a summary or an error.

#![no_main]

use std::collections::BTreeMap;
use std::io::{self, Read};

use clap::Parser;
use libfuzzer_sys::fuzz_target;
use nutgraf_fuzz::Bytes;
use serde_json::value::RawValue;

/// The command's own files, as far as they work on lines.
#[allow(dead_code, reason = "the rest of them is the command's")]
#[path = "../../src/cli"]
mod cli {
    pub mod arguments;
    pub mod element;
    #[path = "batch"]
    pub mod batch {
        pub mod line;
        pub mod reader;
    }
}

use cli::arguments::{Arguments, Command};
use cli::batch::{line, reader};

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes(bytes);
    let (way, drip) = (bytes.byte(), usize::from(bytes.byte()));
    let lengths = [
        &["--sentences=4"][..],
        &["--words=60"],
        &["--language=de"],
        &[],
    ];
    let formats = [&["--format=html"][..], &[]];
    let words = ["nutgraf", "batch"].into_iter();
    let words = words.chain(lengths[usize::from(way) % 4].iter().copied());
    let words = words.chain(formats[usize::from(way) / 4 % 2].iter().copied());
    let arguments = Arguments::try_parse_from(words).expect("these arguments are good");
    let Some(Command::Batch(arguments)) = arguments.command else {
        panic!("batch was asked for");
    };

    let mut answers = Vec::new();
    let mut n_lines = 0;
    let input = Drip(bytes.0, drip.max(1) * drip.max(1));
    reader::portions(input, |portion| {
        let found = line::answers(&portion, &arguments);
        assert_eq!(found.n_bytes, portion.n_bytes());
        n_lines += found.n_lines;
        answers.extend(found.json);
        true
    })
    .expect("bytes can be read");

    let has_rest = bytes.0.last().is_some_and(|&byte| byte != b'\n');
    let n_breaks = bytes.0.iter().filter(|&&byte| byte == b'\n').count();
    assert_eq!(
        n_lines,
        n_breaks + usize::from(has_rest),
        "every line is counted"
    );

    let mut answers = std::str::from_utf8(&answers)
        .expect("JSON is UTF-8")
        .lines();
    for line in bytes.0.split(|&byte| byte == b'\n') {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = answers.next().expect("a line is answered");
        type Object<'a> = BTreeMap<String, &'a RawValue>;
        let answer: Object = serde_json::from_str(answer).expect("an answer is a JSON object");
        assert!(answer.contains_key("error") != answer.contains_key("state"));
        let asked = std::str::from_utf8(line).ok();
        let asked = asked.and_then(|line| serde_json::from_str::<Object>(line).ok());
        let id = answer["id"].get();
        if id != "null" {
            let asked = asked.expect("an id is that of the line");
            assert_eq!(id, asked["id"].get(), "an id comes back as it came");
        }
        if let Some(error) = answer.get("error") {
            let error: BTreeMap<String, String> =
                serde_json::from_str(error.get()).expect("an error is a code and a message");
            let codes = ["bad-json", "bad-utf8", "no-input", "too-large"];
            assert!(codes.contains(&&*error["code"]), "{error:?}");
        }
    }
    assert_eq!(answers.next(), None, "only lines are answered");
});

/// Brings so many bytes in a read.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.1.min(buffer.len()).min(self.0.len());
        self.0.read(&mut buffer[..n])
    }
}
