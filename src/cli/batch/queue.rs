//! Work in order: what is put in is worked on by whichever thread is free, and comes out in the order
//! in which it went in.
//!
//! One mutex guards it all. It is held for a few moves of pointers, some times for each portion of
//! work, which takes milliseconds: threads hardly ever meet at it.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Work `T` on its way to its result `R`.
pub struct Queue<T, R> {
    state: Mutex<State<T, R>>,
    /// What threads wait for: the one that puts in, those that work, the one that takes out.
    has_room: Condvar,
    has_work: Condvar,
    has_result: Condvar,
    max_weight: usize,
    n_workers: usize,
}

struct State<T, R> {
    /// What nobody works on yet, with the number of its slot.
    waiting: VecDeque<(u64, T)>,
    /// A slot for each piece of work in flight, oldest first.
    slots: VecDeque<Slot<R>>,
    /// Number of the oldest slot.
    oldest: u64,
    /// Sum over the slots.
    weight: usize,
    is_closed: bool,
}

struct Slot<R> {
    weight: usize,
    result: Option<R>,
}

impl<T, R> Queue<T, R> {
    /// An empty queue. What is in flight weighs at most `max_weight` before the last piece is put in,
    /// unless it is fewer pieces than workers: none of them shall be idle because lines are long.
    pub fn new(n_workers: usize, max_weight: usize) -> Queue<T, R> {
        Queue {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                slots: VecDeque::new(),
                oldest: 0,
                weight: 0,
                is_closed: false,
            }),
            has_room: Condvar::new(),
            has_work: Condvar::new(),
            has_result: Condvar::new(),
            max_weight,
            n_workers,
        }
    }

    /// Puts work in, once there is room. Returns whether it was taken: a closed queue takes none.
    pub fn put(&self, work: T, weight: usize) -> bool {
        let is_full = |state: &mut State<T, R>| {
            let fits = state.weight < self.max_weight || state.slots.len() < self.n_workers;
            !fits && !state.is_closed
        };
        let mut state = wait(&self.has_room, self.state(), is_full);
        if state.is_closed {
            return false;
        }
        let number = state.oldest + state.slots.len() as u64;
        state.waiting.push_back((number, work));
        state.weight += weight;
        state.slots.push_back(Slot {
            weight,
            result: None,
        });
        self.has_work.notify_one();
        true
    }

    /// Nothing more is put in. What is in flight still comes out.
    pub fn close(&self) {
        self.state().is_closed = true;
        self.has_room.notify_all();
        self.has_work.notify_all();
        self.has_result.notify_all();
    }

    /// Works until the queue is closed and nothing waits.
    pub fn work(&self, work: impl Fn(T) -> R) {
        let is_idle = |state: &mut State<T, R>| state.waiting.is_empty() && !state.is_closed;
        loop {
            let mut state = wait(&self.has_work, self.state(), is_idle);
            let Some((number, piece)) = state.waiting.pop_front() else {
                return;
            };
            drop(state);
            let result = work(piece);
            let mut state = self.state();
            let index = (number - state.oldest) as usize;
            state.slots[index].result = Some(result);
            if index == 0 {
                self.has_result.notify_one();
            }
        }
    }

    /// The next result, once it is there; none when the queue is closed and all has come out.
    pub fn next(&self) -> Option<R> {
        let is_pending = |state: &mut State<T, R>| match state.slots.front() {
            Some(slot) => slot.result.is_none(),
            None => !state.is_closed,
        };
        let mut state = wait(&self.has_result, self.state(), is_pending);
        let slot = state.slots.pop_front()?;
        state.oldest += 1;
        state.weight -= slot.weight;
        self.has_room.notify_one();
        slot.result
    }

    /// No thread panics while it holds the lock, so the state is sound in any case.
    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits as long as a condition holds.
fn wait<'a, S>(
    condvar: &Condvar,
    state: MutexGuard<'a, S>,
    holds: impl FnMut(&mut S) -> bool,
) -> MutexGuard<'a, S> {
    condvar
        .wait_while(state, holds)
        .unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_order_although_work_ends_in_any_order() {
        let queue = Queue::new(4, 50);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    queue.work(|n: u64| {
                        thread::sleep(Duration::from_micros(n * 7919 % 300));
                        n * n
                    });
                });
            }
            scope.spawn(|| {
                for n in 0..500 {
                    assert!(queue.put(n, 1));
                }
                queue.close();
            });
            let mut results = Vec::new();
            while let Some(result) = queue.next() {
                results.push(result);
            }
            assert_eq!(results, (0..500).map(|n| n * n).collect::<Vec<u64>>());
        });
    }

    #[test]
    fn no_more_is_in_flight_than_may_be_and_each_worker_has_something_to_do() {
        let n_put = AtomicUsize::new(0);
        // Each piece weighs all that may be in flight; three workers get one each nevertheless.
        let queue: Queue<usize, usize> = Queue::new(3, 10);
        thread::scope(|scope| {
            scope.spawn(|| {
                while queue.put(n_put.load(Ordering::SeqCst), 10) {
                    n_put.fetch_add(1, Ordering::SeqCst);
                }
            });
            while n_put.load(Ordering::SeqCst) < 3 {
                thread::yield_now();
            }
            thread::sleep(Duration::from_millis(50));
            assert_eq!(n_put.load(Ordering::SeqCst), 3);
            queue.close();
        });
        thread::scope(|scope| {
            scope.spawn(|| queue.work(|n| n));
            assert_eq!(
                [queue.next(), queue.next(), queue.next()],
                [Some(0), Some(1), Some(2)]
            );
            assert_eq!(queue.next(), None);
        });
    }
}
