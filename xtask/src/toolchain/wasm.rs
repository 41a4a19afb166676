//! Three ways to wasm; the first that works is taken.
//!
//! 1. rustup's compiler, and the standard library compiled along, for size: needs the sources of the library.
//! 2. The same with Debian's compiler, where rustup's server can't be reached.
//! 3. rustup's compiled standard library. Nothing to compile, but a bigger module.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

use anyhow::{Context, Result, bail};

use super::{SHORT, apt_install, install, missing};
use crate::{process, project};

const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust";
/// Stands in every copy of the standard library's sources.
const LOCK: &str = "library/Cargo.lock";

/// Most bytes of memory that the module takes, as wasm and as plain JavaScript: half a gigabyte, a tab's worth. An article of
/// 20 MB, the longest that is measured, takes 320 MB, one of 10 MB in a single paragraph 290; what needs more is told to the reader
/// as a failure. Without a limit it would be four gigabytes, and a hostile page could have the whole tab killed.
pub const MAX_MEMORY: usize = 1 << 29;

/// Of the three ways, the one that this machine has.
pub enum Way {
    /// rustup's compiler, the standard library compiled along.
    RustSrc { sources: PathBuf },
    /// Debian's compiler, the standard library compiled along; rustup's linker.
    Debian { linker: PathBuf },
    /// rustup's compiler and its compiled standard library.
    Precompiled,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::RustSrc { .. } => "rustup's compiler, standard library compiled along",
            Self::Debian { .. } => "Debian's compiler, standard library compiled along",
            Self::Precompiled => {
                "rustup's compiler, precompiled standard library (a bigger module)"
            }
        })
    }
}

impl Way {
    /// Finds a way, installing what is missing.
    pub fn ensure() -> Result<Self> {
        let sysroot = sysroot()?;
        let sources = sysroot.join("lib/rustlib/src/rust");
        let has_sources = sources.join(LOCK).is_file() || {
            let mut rustup = Command::new("rustup");
            rustup.args(["component", "add", "rust-src"]);
            tried(install("rust-src (rustup)", &mut rustup, SHORT)) && sources.join(LOCK).is_file()
        };
        if has_sources {
            return Ok(Self::RustSrc { sources });
        }

        let linker = sysroot.join(format!("lib/rustlib/{}/bin/rust-lld", host()?));
        if linker.is_file() && (has_debian() || tried(install_debian()) && has_debian()) {
            return Ok(Self::Debian { linker });
        }

        let compiled = sysroot.join("lib/rustlib").join(TARGET).join("lib");
        if !compiled.is_dir() {
            let mut rustup = Command::new("rustup");
            rustup.args(["target", "add", TARGET]);
            install("the wasm target (rustup)", &mut rustup, SHORT).map_err(|error| {
                missing(
                    "a compiler to wasm is",
                    &error,
                    &format!("rustup target add {TARGET}"),
                )
            })?;
        }
        if !compiled.is_dir() {
            bail!(
                "rustup installed {TARGET} elsewhere than in {}",
                compiled.display()
            );
        }
        Ok(Self::Precompiled)
    }

    /// Debian's compiler comes without clippy.
    pub fn has_clippy(&self) -> bool {
        !matches!(self, Self::Debian { .. })
    }

    /// Returns a cargo command for the library as the browser gets it: `rustc`, or `clippy` if there is one.
    ///
    /// `optimize` is the level of the release profile. Machine paths are kept out of the module, so that it is
    /// the same wherever it is built.
    ///
    /// The features of WebAssembly are those that the compiler takes by default, which browsers have had since
    /// 2022, less reference types and functions that return several values: wasm2js knows neither, and it shall get the very
    /// module. The latter are 170 bytes of a page's 80 kB, compressed.
    pub fn cargo(&self, subcommand: &str, optimize: &str) -> Result<Command> {
        let mut command = match self {
            Self::Debian { linker } => {
                let mut command = Command::new(DEBIAN_CARGO);
                command
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    // cargo sets it for its children, to the libraries of rustup's compiler.
                    .env_remove("LD_LIBRARY_PATH");
                command
            }
            _ => process::cargo(),
        };
        let mut flags = vec![remap(project::root(), "nutgraf")];
        // In a folder named after the registry's address, which may be a mirror's.
        let registries = fs::read_dir(cargo_home()?.join("registry/src"));
        let mut registries: Vec<_> = registries.into_iter().flatten().flatten().collect();
        registries.sort_by_key(fs::DirEntry::path);
        flags.extend(
            registries
                .iter()
                .map(|folder| remap(&folder.path(), "crates")),
        );
        if let Some(sources) = self.sources() {
            flags.push(remap(sources, "rust"));
        }
        // Nothing in the core recurses with the depth of a page, so a quarter of the linker's megabyte is plenty: a page's tab holds less memory,
        // and addresses are a byte shorter.
        flags.push("-Clink-arg=-zstack-size=262144".to_owned());
        flags.push(format!("-Clink-arg=--max-memory={MAX_MEMORY}"));
        // Nothing but text and numbers crosses the boundary, so that no table of references is needed.
        flags.push("-Ctarget-feature=-reference-types,-multivalue".to_owned());
        // What LLVM does for loops and loads that registers are scarce for. Engines do that themselves: 652 bytes less,
        // compressed, and as fast.
        for pass in ["-disable-lsr", "-enable-load-pre=false"] {
            flags.push(format!("-Cllvm-args={pass}"));
        }
        command
            .current_dir(project::root())
            .args([subcommand, "--package=nutgraf", "--lib", "--release"])
            .args(["--no-default-features", "--features=web"])
            .args(["--target", TARGET, "--target-dir=target/wasm"])
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimize)
            .env("CARGO_PROFILE_RELEASE_PANIC", "abort");
        if self.sources().is_some() {
            command
                .args([
                    "-Zbuild-std=std,panic_abort",
                    "-Zbuild-std-features=optimize_for_size",
                ])
                .env("RUSTC_BOOTSTRAP", "1");
            // Nobody sees where in the sources a trap came from: 276 bytes, compressed.
            let aborts = [
                "-Zunstable-options",
                "-Cpanic=immediate-abort",
                "-Zlocation-detail=none",
                "-Zfmt-debug=none",
            ];
            flags.extend(aborts.map(str::to_owned));
        }
        // This variable wins over all others that hold flags, and allows spaces in paths.
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        Ok(command)
    }

    /// Where the sources of the standard library are, if it is compiled along.
    fn sources(&self) -> Option<&Path> {
        match self {
            Self::RustSrc { sources } => Some(sources),
            Self::Debian { .. } => Some(Path::new(DEBIAN_SOURCES)),
            Self::Precompiled => None,
        }
    }
}

fn has_debian() -> bool {
    let lock = Path::new(DEBIAN_SOURCES).join(LOCK);
    [Path::new(DEBIAN_CARGO), Path::new(DEBIAN_RUSTC), &lock]
        .iter()
        .all(|file| file.is_file())
}

fn install_debian() -> Result<()> {
    apt_install(
        "rustc-web (apt-get)",
        &["rustc-web", "cargo-web", "rust-web-src"],
    )
}

/// Tells whether an attempt worked; if not, says why in one line, for another way comes next.
fn tried(attempt: Result<()>) -> bool {
    if let Err(error) = &attempt {
        println!("that failed: {error:#}");
    }
    attempt.is_ok()
}

fn rustc() -> Command {
    Command::new("rustc")
}

fn sysroot() -> Result<PathBuf> {
    let path = process::capture(rustc().args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(path.trim()))
}

fn host() -> Result<String> {
    let version = process::capture(rustc().arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}

fn cargo_home() -> Result<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("neither CARGO_HOME nor a home folder is known")
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}
