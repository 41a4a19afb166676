//! One stage of the pipeline, for the tools that measure it.

use std::io::{self, BufRead, BufWriter, Write};

use nutgraf::article::{Paragraph, Shape};
use nutgraf::entities::Kind;
use nutgraf::page::BlockKind;
use nutgraf::{Article, Reading, language, normalize, sentences, tokens};
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
        _ => language::identify(&[&*text], None),
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
            let clean = normalize::clean(&text);
            let mut start = 0;
            let sentences = sentences::boundaries(&clean.text, language::of(&tag))
                .map(|end| {
                    let span = clean.original_span(start..end);
                    start = end;
                    text[span].trim_end().to_owned()
                })
                .collect();
            Answer::Sentences { id, sentences }
        }
        Stage::Entities => Answer::Entities {
            id,
            entities: entities(text, tag),
        },
    }
}

fn entities(text: String, tag: String) -> Vec<Span> {
    let paragraph = Paragraph {
        text,
        kind: BlockKind::Paragraph,
        block: 0,
    };
    let article = Article {
        title: None,
        byline: None,
        authors: Vec::new(),
        published: None,
        language: tag,
        has_standfirst: false,
        excluded: Default::default(),
        paragraphs: vec![paragraph],
        shape: Shape::RunningText,
        is_truncated: false,
    };
    let reading = Reading::new(&article);
    let text = &article.paragraphs[0].text;
    let clean = &reading.paragraphs[0];
    let mut spans: Vec<Span> = reading
        .entities
        .iter()
        .flat_map(|entity| {
            entity
                .mentions
                .iter()
                .map(move |mention| (entity.kind, mention))
        })
        .map(|(kind, mention)| {
            let span = clean.original_span(mention.span.clone());
            let start = text[..span.start].chars().count();
            let end = start + text[span].chars().count();
            let r#type = match kind {
                Kind::Person => Some("PER"),
                Kind::Organization => Some("ORG"),
                Kind::Place => Some("LOC"),
                Kind::Other => None,
            };
            Span { start, end, r#type }
        })
        .collect();
    spans.sort_by_key(|span| span.start);
    spans
}
