//! `nutgraf::trees`: sums of answers.

use nutgraf::trees::Trees;

const QUESTIONS: &[(u8, u8)] = &[(0, 10), (1, 20), (1, 20), (1, 20), (1, 20)];

/// A tree that says 3 where the first question alone is answered with yes, and 5 where all are.
fn trees() -> Trees {
    let mut answers = [0; 1 << 5];
    answers[0b10000] = 3;
    answers[0b11111] = 5;
    Trees {
        units: 2,
        bias: -1,
        depth: QUESTIONS.len(),
        questions: QUESTIONS,
        answers: answers.to_vec().leak(),
    }
}

#[test]
fn a_question_is_answered_with_yes_over_its_threshold() {
    assert_eq!(trees().score(&[10, 0]), -0.5);
    assert_eq!(trees().score(&[11, 0]), 1.0);
    assert_eq!(trees().score(&[11, 21]), 2.0);
}

#[test]
fn a_measure_that_is_not_there_is_nothing() {
    assert_eq!(trees().score(&[11]), 1.0);
    assert_eq!(trees().score(&[]), -0.5);
}
