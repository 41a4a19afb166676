//! The command line, as clap reads it. The comments are what `--help` says.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use nutgraf::Options;

/// Find the article on a page and show the few sentences that tell its story, word for word.
///
/// Reads HTML or plain text. Nothing is rewritten and nothing leaves this machine: every sentence
/// shown is a sentence of the article. `nutgraf FILE` is short for `nutgraf summarize FILE`.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub summarize: Summarize,
}

const EXAMPLES: &str = "\
Examples:
  nutgraf article.html                        three sentences of an article
  nutgraf --sentences 5 --format json a.html  five, with scores, names and reasons
  curl -s URL | nutgraf                       from a pipe
  nutgraf extract article.html                the article's text, without the page around it
  nutgraf batch < in.jsonl > out.jsonl        an archive, one JSON object a line

Exit codes: 0 done, 1 a file that can't be read and the like, 2 bad arguments.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Summarize an article (the default)
    ///
    /// Prints the chosen sentences, one a line, in the order of the article. Where a summary is of
    /// little use (a list page, a text that breaks off, one that is short already), a line on
    /// standard error says so.
    Summarize(Summarize),
    /// Extract an article: title, authors, date and text
    Extract(Extract),
    /// Summarize many articles: JSON lines in, JSON lines out, in the same order
    ///
    /// A line in is {"id", "html" or "text", "title"?, "language"?, "sentences"?, "words"?}. A line
    /// out is {"id", …the summary…} or {"id", "error": {"code", "message"}} with the codes bad-json,
    /// bad-utf8, no-input, too-large (over 64 MiB) and internal (a mistake of ours). A bad line costs
    /// that line alone.
    ///
    /// SIGTERM and Ctrl-C answer the lines that were read and say where to go on; a second one ends it
    /// at once.
    Batch(Batch),
    /// Show one stage of the pipeline, for measuring it
    ///
    /// A line in is {"id", "lang", "text"}.
    Inspect(Inspect),
    /// Print a completion script for a shell
    ///
    /// For instance: nutgraf completions bash > ~/.local/share/bash-completion/completions/nutgraf
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
pub struct Summarize {
    #[command(flatten)]
    pub source: SourceArguments,
    #[command(flatten)]
    pub length: Length,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct Extract {
    #[command(flatten)]
    pub source: SourceArguments,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct Batch {
    #[command(flatten)]
    pub length: Length,
    /// What to print of each
    #[arg(long, value_enum, default_value_t = BatchFormat::Json)]
    pub format: BatchFormat,
    /// Language of the articles that don't say (a BCP 47 tag) [default: found in the text]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,
    /// Articles read at the same time [default: one a processor core]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Args, Debug)]
pub struct Inspect {
    /// The stage to show
    #[arg(value_enum)]
    pub stage: Stage,
}

#[derive(Args, Debug)]
pub struct SourceArguments {
    /// The article; `-` or nothing reads standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// What the file holds
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    pub input: Input,
    /// Language of the article (a BCP 47 tag) [default: found in the text]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,
}

#[derive(Args, Clone, Copy, Debug)]
#[group(multiple = false)]
pub struct Length {
    /// Most sentences in the summary [default: 3]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    sentences: Option<NonZeroUsize>,
    /// Most words in the summary, instead of a number of sentences
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    words: Option<NonZeroUsize>,
}

impl Length {
    /// The options for this length.
    pub fn options(self) -> Options {
        self.or(None, None)
    }

    /// The options for this length, or for one that a line of a batch asks for.
    pub fn or(self, sentences: Option<NonZeroUsize>, words: Option<NonZeroUsize>) -> Options {
        let asked = sentences.or(words).is_some();
        let (sentences, words) = if asked {
            (sentences, words)
        } else {
            (self.sentences, self.words)
        };
        let defaults = Options::default();
        let max_sentences = match (sentences, words) {
            (Some(n), _) => n.get(),
            // With a limit in words alone, the words decide.
            (None, Some(_)) => usize::MAX,
            (None, None) => defaults.max_sentences,
        };
        Options {
            max_sentences,
            max_words: words.map(NonZeroUsize::get),
            ..defaults
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text
    Text,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BatchFormat {
    /// The summary
    Json,
    /// And, as "html", the element <nut-graf> that holds it, to be put on the article's page
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// HTML if it starts as HTML does, else text
    Auto,
    /// HTML
    Html,
    /// Plain text, a line a paragraph
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// {"id", "sentences": […]}
    Sentences,
    /// {"id", "sentences": […]} with the words in order
    Words,
    /// {"id", "entities": [{"start", "end", "type"}]}, offsets in code points
    Entities,
    /// {"id", "language"}
    Language,
}

fn language(tag: &str) -> Result<String, String> {
    match nutgraf::language::primary_subtag(tag) {
        tag if tag.len() >= 2 => Ok(tag),
        _ => Err("needs a BCP 47 tag such as en or pt-BR".to_owned()),
    }
}

fn at_least_one(number: &str) -> Result<NonZeroUsize, String> {
    number
        .parse()
        .map_err(|_| "needs a whole number from 1".to_owned())
}
