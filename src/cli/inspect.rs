//! One stage of the pipeline, for the tools that measure it.

use std::io::{self, BufRead, BufWriter, Write};

use nutgraf::{inspect as stages, language, tokens};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Failure;
use super::arguments::{Inspect, Stage};

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    lang: Option<String>,
    text: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Sentences { id: Value, sentences: Vec<String> },
    Entities { id: Value, entities: Vec<Span> },
    Language { id: Value, language: String },
}

/// A name and where it stands, in code points.
#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    r#type: Option<&'static str>,
}

/// `nutgraf inspect`.
pub fn run(arguments: &Inspect) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    for (index, line) in io::stdin().lock().lines().enumerate() {
        let number = index + 1;
        let bad = |what: String| Failure::new(format!("line {number}: {what}"));
        let line = line.map_err(|error| bad(error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        let request: Request =
            serde_json::from_str(&line).map_err(|error| bad(error.to_string()))?;
        let answer = serde_json::to_string(&inspect(request, arguments.stage));
        let answer = answer.map_err(|error| bad(error.to_string()))?;
        writeln!(output, "{answer}").map_err(|error| Failure::output(&error))?;
    }
    output.flush().map_err(|error| Failure::output(&error))
}

fn inspect(request: Request, stage: Stage) -> Answer {
    let Request { id, lang, text } = request;
    let tag = match lang {
        Some(tag) if stage != Stage::Language => language::primary_subtag(&tag),
        _ => stages::language(&text),
    };
    match stage {
        Stage::Language => Answer::Language { id, language: tag },
        Stage::Words => {
            let sentences = tokens::words(&text)
                .map(|(_, word)| word.to_owned())
                .collect();
            Answer::Sentences { id, sentences }
        }
        Stage::Sentences => {
            let sentences = stages::sentences(&text, &tag)
                .into_iter()
                .map(|span| text[span].trim_end().to_owned())
                .collect();
            Answer::Sentences { id, sentences }
        }
        Stage::Entities => {
            let entities = stages::entities(text, tag)
                .into_iter()
                .map(|(span, label)| Span {
                    start: span.start,
                    end: span.end,
                    r#type: label,
                })
                .collect();
            Answer::Entities { id, entities }
        }
    }
}
