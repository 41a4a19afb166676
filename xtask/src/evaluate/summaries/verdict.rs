//! A summary of three sentences against an article's labels, and the rows of tables.
//!
//! The measures are those of the corpus's `score_salience.py`: the same sentences, the same figures. Only
//! the intervals are drawn with other random numbers.

use crate::corpus::Labelled;
use crate::train::boost::Random;

/// What a summary is worth.
#[derive(Clone, Copy)]
pub struct Verdict {
    /// Share of the 6 points that three sentences can have: 2 for each of the best, 1 for one that would
    /// do as well.
    pub gain: f64,
    /// Share of the three that are among the best.
    pub precision: f64,
    /// Whether a sentence leans on the one before, which is not there, and is not among the best.
    pub is_dependent: bool,
    /// Whether a sentence is no part of the article.
    pub is_junk: bool,
    /// Sentences that are none of the labelled ones.
    pub n_lost: usize,
}

impl Verdict {
    /// Judges sentences, each by the labelled ones that it is. The first three count.
    pub fn new<'a>(labelled: &Labelled, hits: impl Iterator<Item = &'a [usize]>) -> Verdict {
        let (mut chosen, mut n_lost) = (Vec::new(), 0);
        for hits in hits {
            n_lost += usize::from(hits.is_empty());
            for hit in hits {
                if !chosen.contains(hit) {
                    chosen.push(*hit);
                }
            }
        }
        chosen.truncate(3);
        let chosen_sentences = || chosen.iter().map(|&at| &labelled.sentences[at]);
        let leans = |&at: &usize| {
            let sentence = &labelled.sentences[at];
            let is_alone = at.checked_sub(1).is_none_or(|at| !chosen.contains(&at));
            sentence.is_dependent && is_alone && !sentence.is_best()
        };
        Verdict {
            gain: chosen_sentences().fold(0.0, |sum, sentence| sum + sentence.worth) / 6.0,
            precision: chosen_sentences().filter(|s| s.is_best()).count() as f64 / 3.0,
            is_dependent: chosen.iter().any(leans),
            is_junk: chosen_sentences().any(|sentence| sentence.is_junk),
            n_lost,
        }
    }

    /// The first three labelled sentences, judged.
    pub fn lead(labelled: &Labelled) -> Verdict {
        let hits: Vec<[usize; 1]> = (0..labelled.sentences.len().min(3))
            .map(|at| [at])
            .collect();
        Verdict::new(labelled, hits.iter().map(|hits| &hits[..]))
    }

    /// The best three of the labelled sentences that are at hand, judged; of equally good ones the
    /// earlier.
    pub fn oracle(labelled: &Labelled, is_at_hand: impl Fn(usize) -> bool) -> Verdict {
        let mut best: Vec<usize> = (0..labelled.sentences.len())
            .filter(|&at| is_at_hand(at))
            .collect();
        let worth = |at: usize| labelled.sentences[at].worth;
        best.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
        let hits: Vec<[usize; 1]> = best.into_iter().take(3).map(|at| [at]).collect();
        Verdict::new(labelled, hits.iter().map(|hits| &hits[..]))
    }
}

/// The columns of [`row`].
pub const HEADER: &str = "                                     gain            95%     P@3    dep   junk  lost  articles";

/// The means of verdicts, in percent, and how many sentences are lost.
pub fn row(name: &str, verdicts: &[Verdict]) -> String {
    let gains: Vec<f64> = verdicts
        .iter()
        .map(|verdict| 100.0 * verdict.gain)
        .collect();
    let [low, high] = interval(&gains);
    let share =
        |of: fn(&Verdict) -> f64| 100.0 * mean(&verdicts.iter().map(of).collect::<Vec<_>>());
    format!(
        "{name:35} {:5.1} [{low:5.1}, {high:5.1}]  {:5.1}  {:4.1}%  {:4.1}% {:5} {:9}",
        mean(&gains),
        share(|verdict| verdict.precision),
        share(|verdict| f64::from(u8::from(verdict.is_dependent))),
        share(|verdict| f64::from(u8::from(verdict.is_junk))),
        verdicts.iter().map(|verdict| verdict.n_lost).sum::<usize>(),
        verdicts.len(),
    )
}

/// The mean, 0 of none.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Samples of the bootstrap.
const N_SAMPLES: usize = 2_000;

/// The 95% bootstrap interval of a mean (Efron, Annals of Statistics 7(1), 1979), by percentiles.
pub fn interval(values: &[f64]) -> [f64; 2] {
    interval_of_sets(&[values])
}

/// The same of the mean of the means of several sets, each drawn from by itself.
pub fn interval_of_sets(sets: &[&[f64]]) -> [f64; 2] {
    if sets.iter().all(|set| set.is_empty()) {
        return [0.0; 2];
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut drawn = |set: &[f64]| {
        let n = set.len();
        let sum: f64 = (0..n)
            .map(|_| set[(random.unit() * n as f64) as usize])
            .sum();
        sum / n.max(1) as f64
    };
    let mut means: Vec<f64> = (0..N_SAMPLES)
        .map(|_| sets.iter().map(|set| drawn(set)).sum::<f64>() / sets.len() as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    [N_SAMPLES * 25 / 1_000, N_SAMPLES * 975 / 1_000 - 1].map(|at| means[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_sentences_are_judged_by_what_they_are_and_what_stands_before_them() {
        // The best are 0 and 3, 1 would do; 2 and 3 lean on what is before; 4 is junk.
        let labelled = Labelled::for_test(5, [&[0, 3], &[1], &[2, 3], &[4]]);
        let judge = |hits: &[&[usize]]| Verdict::new(&labelled, hits.iter().copied());
        let verdict = judge(&[&[0], &[], &[1], &[2]]);
        assert_eq!((verdict.gain, verdict.precision), (3.0 / 6.0, 1.0 / 3.0));
        assert_eq!((verdict.is_dependent, verdict.n_lost), (false, 1));
        assert!(judge(&[&[0], &[2]]).is_dependent);
        assert!(!judge(&[&[0], &[3]]).is_dependent);
        // One of ours is two of the labelled ones: the fourth no longer counts.
        let verdict = judge(&[&[1, 2], &[2, 3], &[4]]);
        assert_eq!((verdict.gain, verdict.is_junk), (3.0 / 6.0, false));
        assert_eq!(Verdict::lead(&labelled).gain, 3.0 / 6.0);
        assert_eq!(Verdict::oracle(&labelled, |at| at > 0).gain, 3.0 / 6.0);
    }

    #[test]
    fn an_interval_holds_the_mean_and_most_of_what_could_have_been_drawn() {
        let values: Vec<f64> = (0..400).map(|n| f64::from(n % 2)).collect();
        let [low, high] = interval(&values);
        // The standard error is 0.025.
        assert!((0.43..0.47).contains(&low), "{low}");
        assert!((0.53..0.57).contains(&high), "{high}");
        assert_eq!(interval(&[1.0, 1.0]), [1.0, 1.0]);
    }
}
