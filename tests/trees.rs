//! `nutgraf::trees`: sums of answers.

use nutgraf::trees::{DEPTH, Trees};

const QUESTIONS: [(u8, u8); DEPTH] = [(0, 10), (1, 20), (1, 20), (1, 20), (1, 20)];

/// A tree that says 3 where the first question alone is answered with yes, and 5 where all are.
fn trees() -> Trees {
    let mut answers = [0; 1 << DEPTH];
    answers[0b10000] = 3;
    answers[0b11111] = 5;
    Trees {
        bias: -1,
        questions: vec![QUESTIONS].leak(),
        answers: vec![answers].leak(),
    }
}

#[test]
fn a_question_is_answered_with_yes_over_its_threshold() {
    assert_eq!(trees().score(&[10, 0]), -1);
    assert_eq!(trees().score(&[11, 0]), 2);
    assert_eq!(trees().score(&[11, 21]), 4);
}

#[test]
fn a_measure_that_is_not_there_is_nothing() {
    assert_eq!(trees().score(&[11]), 2);
    assert_eq!(trees().score(&[]), -1);
}
