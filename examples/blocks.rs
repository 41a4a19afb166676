//! Shows what a walk makes of a page: `cargo run --example blocks -- FILE.html`, or with
//! `--packed FILE.json` of what `www/walk.js` packed: `{"strings", "events", "facts"}`.

use std::error::Error;

use nutgraf::{Page, html};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let page = match &arguments[..] {
        [flag, file] if flag == "--packed" => packed(&std::fs::read_to_string(file)?)?,
        [file] => html::page(&html::decode(&std::fs::read(file)?)),
        _ => return Err("needs FILE.html, or --packed FILE.json".into()),
    };
    print!("{page}");
    Ok(())
}

fn packed(json: &str) -> Result<Page, Box<dyn Error>> {
    let value: serde_json::Value = serde_json::from_str(json)?;
    let text = |key: &str| value[key].as_str().ok_or(format!("no {key} in the file"));
    let events = value["events"].as_array().ok_or("no events in the file")?;
    let events: Vec<u32> = events
        .iter()
        .filter_map(|n| u32::try_from(n.as_u64()?).ok())
        .collect();
    Ok(Page::from_packed(text("strings")?, &events).0)
}
