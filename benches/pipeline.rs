//! How long each stage takes, and all of them against the floor: `cargo bench --bench pipeline`.
//!
//! One article of a thousand words. Criterion prints bytes a second; `cargo xtask bench` reads
//! its medians and prints nanoseconds a byte.

mod article;

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn stages(criterion: &mut Criterion) {
    let text = article::text(article::N_BYTES);
    let mut group = criterion.benchmark_group("pipeline");
    group.throughput(Throughput::Bytes(text.len() as u64));
    article::each(&text, |name, run| {
        group.bench_function(name, |bencher| bencher.iter(&mut *run));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    targets = stages
}
criterion_main!(benches);
