//! Counts what each part of the pipeline allocates: `cargo bench --bench allocations`.
//!
//! Out: a line a part: its name, allocations, bytes of them. An article of a thousand words, as
//! `pipeline.rs` has it; the last line has the number of its sentences.

mod article;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn main() {
    let text = article::text(article::N_BYTES);
    let n_sentences = article::n_sentences(&text);
    // From here on everything is counted.
    let _profiler = dhat::Profiler::builder().testing().build();
    article::each(&text, |name, run| {
        let before = dhat::HeapStats::get();
        run();
        let after = dhat::HeapStats::get();
        println!(
            "{name} {} {}",
            after.total_blocks - before.total_blocks,
            after.total_bytes - before.total_bytes
        );
    });
    println!("sentences {n_sentences} 0");
}
