//! A call that could not be carried out. Odd text never is one: see [`State`](crate::State).

use std::fmt;

/// Why options were refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// Displayed as `sentences is 0, needs at least 1`.
    NoSentencesAsked,
    /// Displayed as `words is 0, needs at least 1`.
    NoWordsAsked,
    /// Displayed as `redundancy penalty is 2, needs 0 to 1`.
    RedundancyPenaltyOutOfRange(f64),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoSentencesAsked => f.write_str("sentences is 0, needs at least 1"),
            Error::NoWordsAsked => f.write_str("words is 0, needs at least 1"),
            Error::RedundancyPenaltyOutOfRange(seen) => {
                write!(f, "redundancy penalty is {seen}, needs 0 to 1")
            }
        }
    }
}

impl std::error::Error for Error {}
