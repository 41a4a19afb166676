//! Sorting, compiled once: every generic sort of a type of its own takes a kilobyte of the module.

use std::cmp::Ordering;

/// Sorts indices by a comparison of what they stand for. Stable.
pub(crate) fn by(indices: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    indices.sort_by(|&a, &b| compare(a, b));
}

/// The indices below a number, in order: what [`by`] sorts.
pub(crate) fn indices(n: usize) -> Vec<usize> {
    (0..n).collect()
}

/// Sorts numbers and leaves each in once.
pub(crate) fn distinct(mut numbers: Vec<usize>) -> Vec<usize> {
    by(&mut numbers, &|a, b| a.cmp(&b));
    numbers.dedup();
    numbers
}
