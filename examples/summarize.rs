//! Summarizes a text from Rust: `cargo run --example summarize [FILE]`.

use nutgraf::{Options, Page, summarize};

const TEXT: &str = "\
The harbor bridge will close for a year
The city council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs. \
Mayor Ida Quist said that the work would cost 12 million crowns, twice what was planned.
Ferries will run every ten minutes until the bridge opens again. Shopkeepers on the north side \
fear for their trade, and some have asked the city for help.
“We have seen three bridges close and two of them never opened again,” said Paul Orme, who sells \
rope. The council will meet the shopkeepers on Friday. Work starts in May, after the spring tides.
The bridge was built in 1931 and carries 14,000 cars a day. Engineers found cracks in two of its \
six piers last winter.
";

fn main() -> Result<(), std::io::Error> {
    let text = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => TEXT.to_owned(),
    };
    let summary = summarize(&Page::from_text(&text, None), &Options::default());
    println!("{}\n", summary.title.as_deref().unwrap_or("(no title)"));
    for sentence in &summary.sentences {
        println!("- {}", sentence.text);
        for reason in &sentence.reasons {
            println!("    {:?} {}", reason.code, reason.words.join(", "));
        }
    }
    println!("\n{} of {} words", summary.n_summary_words, summary.n_words);
    Ok(())
}
