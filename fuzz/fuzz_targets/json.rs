//! The JSON writer of the browser against serde_json: any summary that the types allow.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use nutgraf::article::{Article, Paragraph, Shape};
use nutgraf::entities::Kind;
use nutgraf::json::Extract;
use nutgraf::page::BlockKind;
use nutgraf::summary::{Reason, ReasonCode, SummaryEntity, SummarySentence};
use nutgraf::{State, Summary};
use nutgraf_fuzz::invariants;

#[derive(Arbitrary, Debug)]
struct Input {
    state: u8,
    texts: [Option<String>; 3],
    language: String,
    authors: Vec<String>,
    sentences: Vec<Sentence>,
    entities: Vec<Named>,
    numbers: [u32; 3],
}

#[derive(Arbitrary, Debug)]
struct Sentence {
    text: String,
    shares: [u16; 3],
    places: [u32; 2],
    reasons: Vec<(u8, Vec<String>)>,
}

#[derive(Arbitrary, Debug)]
struct Named {
    name: String,
    kind: u8,
    mentions: u32,
    sentences: Vec<u16>,
}

fn pick<T: Copy, const N: usize>(from: [T; N], number: u8) -> T {
    from[usize::from(number) % N]
}

/// Any share: that of a fraction with a large denominator, and 0 and 1.
fn share(number: u16) -> f64 {
    f64::from(number) / 65535.0
}

fuzz_target!(|input: Input| {
    let [title, byline, published] = input.texts;
    let reason = |(code, words): (u8, Vec<String>)| {
        use ReasonCode::*;
        let codes = [
            OpensArticle,
            MatchesHeadline,
            KeyTerms,
            NamesKeyEntities,
            FirstMention,
            Central,
            Consequence,
            HasNumber,
            HasQuote,
        ];
        Reason {
            code: pick(codes, code),
            words,
        }
    };
    let mut paragraphs = Vec::new();
    let mut sentences = Vec::new();
    for Sentence {
        text,
        shares,
        places,
        reasons,
    } in input.sentences
    {
        paragraphs.push(Paragraph {
            text: text.clone(),
            kind: BlockKind::Paragraph,
            block: 0,
        });
        sentences.push(SummarySentence {
            text,
            paragraph: places[0] as usize,
            sentence: places[1] as usize,
            score: share(shares[0]),
            salience: share(shares[1]),
            entity_density: share(shares[2]),
            entities: input.authors.clone(),
            reasons: reasons.into_iter().map(reason).collect(),
        });
    }
    let kinds = [Kind::Person, Kind::Organization, Kind::Place, Kind::Other];
    let entity = |named: Named| SummaryEntity {
        name: named.name,
        kind: pick(kinds, named.kind),
        mentions: named.mentions as usize,
        sentences: named.sentences.into_iter().map(usize::from).collect(),
    };
    use State::*;
    let states = [
        UnsupportedLanguage,
        NotAnArticle,
        Truncated,
        TooShort,
        TooLittleSaved,
        Ok,
    ];
    let article = Article {
        title: title.clone(),
        byline: byline.clone(),
        authors: input.authors.clone(),
        published: published.clone(),
        language: input.language.clone(),
        has_standfirst: input.state > 127,
        excluded: Default::default(),
        paragraphs,
        shape: Shape::RunningText,
        is_truncated: false,
    };
    invariants::json_holds(&Extract::from(&article));
    invariants::json_holds(&Summary {
        state: pick(states, input.state),
        title,
        byline,
        authors: input.authors,
        published,
        language: input.language,
        sentences,
        entities: input.entities.into_iter().map(entity).collect(),
        n_sentences: input.numbers[0] as usize,
        n_words: input.numbers[1] as usize,
        n_summary_words: input.numbers[2] as usize,
    });
});
