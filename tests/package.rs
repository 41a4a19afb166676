//! What `cargo package` puts into the crate: the library, the command and its examples. No corpora, no tests, nothing
//! for the browser: whoever installs the command downloads all that is listed here.

use std::process::Command;

/// Files of the crate outside `src` and `examples`. Cargo adds those in the second line.
const FILES: [&str; 9] = [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    // Its samples are tests of the documentation.
    "docs/RUST.md",
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
];

/// Must be there: without them the crate would not compile, or not be free to use.
const NEEDED: [&str; 7] = [
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "examples/summarize.rs",
    "src/lib.rs",
    "src/main.rs",
];

/// Kinds of files that `src` and `examples` hold: code, and the word lists that are compiled in, with their recipes.
const KINDS: [&str; 3] = [".rs", ".txt", ".md"];

#[test]
fn the_crate_holds_the_library_and_the_command_and_nothing_else() {
    let files = list();
    for file in files.lines() {
        let is_code = file.starts_with("src/") || file.starts_with("examples/");
        let is_expected = if is_code {
            KINDS.iter().any(|kind| file.ends_with(kind))
        } else {
            FILES.contains(&file)
        };
        assert!(is_expected, "the crate would hold {file}");
    }
    for file in NEEDED {
        assert!(
            files.lines().any(|packed| packed == file),
            "the crate would lack {file}"
        );
    }
}

/// The paths of the files, one a line, of the tree as it is.
fn list() -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["package", "--package=nutgraf", "--list", "--allow-dirty"])
        .output()
        .expect("cargo, which runs this test, can be started");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo package failed: {complaint}");
    String::from_utf8(output.stdout)
        .expect("cargo lists paths in UTF-8")
        .replace('\\', "/")
}
