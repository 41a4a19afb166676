//! How the time of each part grows with the article, from 1 kB to 10 MB: `cargo bench --bench growth`.
//!
//! Out: a line a part and size: the name, bytes, and the nanoseconds of the median run. A size is read until
//! so much time is over, but three times at the least.

mod article;

use std::time::{Duration, Instant};

const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const BUDGET: Duration = Duration::from_millis(150);
const MIN_RUNS: usize = 3;

fn main() {
    for n_bytes in SIZES {
        let text = article::text(n_bytes);
        article::each(&text, |name, run| {
            // The first run warms the caches.
            run();
            let started = Instant::now();
            let mut times = Vec::new();
            while times.len() < MIN_RUNS || started.elapsed() < BUDGET {
                let before = Instant::now();
                run();
                times.push(before.elapsed().as_nanos());
            }
            times.sort_unstable();
            println!("{name} {} {}", text.len(), times[times.len() / 2]);
        });
    }
}
