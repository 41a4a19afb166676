//! How long a summary is, and how varied.

use crate::Error;

/// How long a summary is and how varied. For the defaults see [`Options::default`].
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Most sentences in a summary; at least 1.
    pub max_sentences: usize,
    /// Most words in a summary, at least 1, or no limit. If no sentence fits, the shortest
    /// eligible one stands alone.
    pub max_words: Option<usize>,
    /// What a sentence loses that says again all of a chosen one, from 0.0 (nothing) to 1.0; what
    /// repeats a part loses by the cube of that part. After maximal marginal relevance (Carbonell and
    /// Goldstein, SIGIR 1998), where it loses in proportion.
    pub redundancy_penalty: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_sentences: 3,
            max_words: None,
            redundancy_penalty: 0.3,
        }
    }
}

impl Options {
    /// Says which option is out of its range, if one is.
    pub fn check(&self) -> Result<(), Error> {
        if self.max_sentences == 0 {
            return Err(Error::NoSentencesAsked);
        }
        if self.max_words == Some(0) {
            return Err(Error::NoWordsAsked);
        }
        if !(0.0..=1.0).contains(&self.redundancy_penalty) {
            return Err(Error::RedundancyPenaltyOutOfRange(self.redundancy_penalty));
        }
        Ok(())
    }
}
