//! Bytes → a page.

use std::io::Read;
use std::path::Path;

use nutgraf::html;
use nutgraf::page::Page;

use super::Failure;
use super::arguments::{Input, SourceArguments};

/// Reads the page that the arguments name.
pub fn page(source: &SourceArguments) -> Result<Page, Failure> {
    let (bytes, name) = bytes(source.file.as_deref())?;
    let is_html = match source.input {
        Input::Html => true,
        Input::Text => false,
        Input::Auto => looks_like_html(&bytes),
    };
    let mut page = if is_html {
        html::page(&html::decode(&bytes))
    } else {
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let at = error.valid_up_to();
            Failure::new(format!(
                "{name} is not UTF-8 (byte {at}); plain text must be, HTML need not: see --input"
            ))
        })?;
        Page::from_text(text, None)
    };
    page.language = source.language.clone();
    Ok(page)
}

fn bytes(file: Option<&Path>) -> Result<(Vec<u8>, String), Failure> {
    match file {
        Some(path) if path != Path::new("-") => {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).map_err(|error| {
                Failure::new(format!("{name} can't be read: {}", reason(&error)))
            })?;
            Ok((bytes, name))
        }
        _ => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| {
                    Failure::new(format!("standard input can't be read: {}", reason(&error)))
                })?;
            Ok((bytes, "standard input".to_owned()))
        }
    }
}

/// What went wrong, without the number that the system gives it.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    text.to_lowercase()
}

/// HTML starts with a tag, a comment or a declaration.
fn looks_like_html(bytes: &[u8]) -> bool {
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    matches!(
        start,
        [b'<', b'!' | b'?' | b'/' | b'a'..=b'z' | b'A'..=b'Z', ..]
    )
}
