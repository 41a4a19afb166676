//! What kills mutants of `src/selection.rs` and `src/sentences.rs`, in one program, since it is linked anew
//! for each: see `docs/TESTING.md`. Not part of `cargo test`, which runs these files one by one.

mod selection;
mod sentences;
