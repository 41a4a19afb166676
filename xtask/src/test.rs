//! `cargo xtask test`: all that must hold before a commit, step by step.
//!
//! A failed step doesn't stop the others. Nothing is tried twice.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::Value;

use crate::bundle::{self, Bundle};
use crate::evaluate::agreement;
use crate::project::Crate;
use crate::serve::Server;
use crate::toolchain::node::Node;
use crate::toolchain::{browsers::Engine, spark, wasm::Way};
use crate::{api, docs, extension, fuzz, process, project, reproducible, size, supply, wasm};

/// The steps, in their order: what is quick comes first.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Step {
    /// Is everything formatted as rustfmt does it?
    Fmt,
    /// Does Cargo.toml state the oldest Rust that compiles it?
    RustVersion,
    /// Is clippy content, with all targets, with fewer features and with the fuzz targets?
    Clippy,
    /// Is clippy content with the code for the browser?
    ClippyWasm,
    /// Native tests: stages, properties, pages, documentation, what the crate packs.
    Native,
    /// Does the documentation of the Rust code build without a warning?
    Docs,
    /// May we use what we are made of, and is it what we think it is? Licenses, sources, lock files, lists of what is shipped.
    Supply,
    /// Does the crate still export what it has promised?
    Api,
    /// Does everything for the browser build?
    Build,
    /// Do native code, wasm and plain JavaScript give the same bytes on our own pages and cases?
    Agreement,
    /// Does the documentation's site come to be: do its links lead somewhere, does all exist that it names?
    Site,
    /// Are the JavaScript modules well typed?
    Types,
    /// Do the byte budgets hold?
    Size,
    /// Does nothing that is shipped make elements or code of strings?
    Sinks,
    /// Does a build from nothing, in another folder, give the same bytes?
    Reproducible,
    /// Does the npm package hold what it should, and nothing else?
    Npm,
    /// Does the npm package work in bare Node, and in apps of React, Vue, Svelte, Next and Astro?
    Packages,
    /// Does the widget work in Chromium, on the demo and on odd pages?
    Chromium,
    /// And in Firefox?
    Firefox,
    /// And in WebKit?
    Webkit,
    /// Does the extension work in Chromium and Firefox?
    Extension,
    /// Does an archive come through Apache Spark, whatever goes wrong? Only if asked for.
    Spark,
}

/// The files of the npm package. In the names of chunks, `*` is the hash of their content.
const NPM_FILES: [&str; 60] = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "attributes.d.ts",
    "chunk-*.js",
    "custom-elements.json",
    "define.d.ts",
    "define.js",
    "index.d.ts",
    "index.js",
    "nut-graf.d.ts",
    "nutgraf.d.ts",
    "nutgraf.js",
    "nutgraf.plain.js",
    "nutgraf.single.d.ts",
    "nutgraf.single.js",
    "languages/ar.txt",
    "languages/de.txt",
    "languages/en.txt",
    "languages/es.txt",
    "languages/fr.txt",
    "languages/hi.txt",
    "languages/it.txt",
    "languages/ja.txt",
    "languages/nl.txt",
    "languages/pl.txt",
    "languages/pt.txt",
    "languages/ru.txt",
    "languages/sv.txt",
    "languages/tr.txt",
    "languages/uk.txt",
    "languages/zh.txt",
    "nutgraf_bg.bin",
    "nutgraf_bg.wasm",
    "package.json",
    "panel-*.js",
    "pkg/nutgraf.d.ts",
    "sri.json",
    "strings.ar-*.js",
    "strings.cs-*.js",
    "strings.da-*.js",
    "strings.de-*.js",
    "strings.el-*.js",
    "strings.en-*.js",
    "strings.es-*.js",
    "strings.fi-*.js",
    "strings.fr-*.js",
    "strings.hi-*.js",
    "strings.it-*.js",
    "strings.ja-*.js",
    "strings.ko-*.js",
    "strings.nl-*.js",
    "strings.pl-*.js",
    "strings.pt-*.js",
    "strings.ro-*.js",
    "strings.ru-*.js",
    "strings.sv-*.js",
    "strings.tr-*.js",
    "strings.uk-*.js",
    "strings.zh-*.js",
];

/// The tests take two to four minutes in each browser, more on a slow machine; a page that hangs must not take for ever.
const BROWSER_LIMIT: Duration = Duration::from_secs(900);
/// Most milliseconds of a file, so that node ends its own before we end node.
const TEST_LIMIT: &str = "--test-timeout=850000";
/// Files at once, each with a browser of its own: most of the time they wait for it.
const AT_ONCE: &str = "--test-concurrency=2";

/// The tests of the npm package take a minute or two; a framework that hangs must not take for ever.
const PACKAGES_LIMIT: Duration = Duration::from_secs(600);

/// Three runs of a small cluster, half a minute each on a machine that does nothing else.
const SPARK_LIMIT: Duration = Duration::from_secs(600);

/// The tests of the extension, which have a step of their own.
const EXTENSION_TESTS: &str = "tests/www/extension.test.mjs";

/// Runs the given steps, or all; prints each with its time and then a summary. Returns whether all passed.
pub fn run(only: &[Step]) -> bool {
    let machine = Machine::default();
    let mut n_passed = 0;
    let mut failed = Vec::new();
    let mut not_run = Vec::new();
    for &step in Step::value_variants() {
        if !only.is_empty() && !only.contains(&step) {
            continue;
        }
        if let Some(why) = step.is_on_demand()
            && only.is_empty()
        {
            not_run.push(format!(
                "--- {step} not run: it {why}; run it with: cargo xtask test --only {step}"
            ));
            continue;
        }
        println!("\n--- {step}");
        let start = Instant::now();
        let outcome = machine.take(step);
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                n_passed += 1;
                println!("--- {step} passed in {seconds:.1} s");
            }
            Err(error) => {
                let line = format!("--- {step} failed in {seconds:.1} s: {error:#}");
                println!("{line}");
                failed.push(line);
            }
        }
    }
    println!();
    for line in not_run.iter().chain(&failed) {
        println!("{line}");
    }
    let (n_failed, n_not_run) = (failed.len(), not_run.len());
    println!("{n_passed} passed, {n_failed} failed, {n_not_run} not run");
    failed.is_empty()
}

/// Prints the names of the steps, each with what it asks.
pub fn list() {
    for step in Step::value_variants() {
        let value = step.value();
        println!(
            "{:<13} {}",
            value.get_name(),
            value.get_help().unwrap_or_default()
        );
    }
}

impl Step {
    /// Why a step is taken only where it is asked for.
    fn is_on_demand(self) -> Option<&'static str> {
        match self {
            Step::Spark => Some("installs 456 MB and takes some minutes"),
            _ => None,
        }
    }

    fn value(self) -> PossibleValue {
        self.to_possible_value().expect("no step is skipped")
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.value().get_name())
    }
}

/// What several steps need: made at the first call, and if that failed, not tried again.
#[derive(Default)]
struct Machine {
    node: OnceCell<Result<Node, String>>,
    bundle: OnceCell<Result<Bundle, String>>,
}

impl Machine {
    fn node(&self) -> Result<&Node> {
        let node = self
            .node
            .get_or_init(|| Node::ensure().map_err(|error| format!("{error:#}")));
        node.as_ref().map_err(|error| anyhow!("{error}"))
    }

    fn bundle(&self) -> Result<&Bundle> {
        let node = self.node()?;
        let bundle = self
            .bundle
            .get_or_init(|| bundle::build(node).map_err(|error| format!("{error:#}")));
        bundle
            .as_ref()
            .map_err(|error| anyhow!("it could not be built: {error}"))
    }

    fn take(&self, step: Step) -> Result<()> {
        match step {
            Step::Fmt => {
                cargo(&["fmt", "--all", "--check"])?;
                cargo(&["fmt", "--manifest-path=fuzz/Cargo.toml", "--check"])
            }
            Step::RustVersion => rust_version(),
            Step::Clippy => clippy(),
            Step::ClippyWasm => clippy_wasm(),
            Step::Native => cargo(&["test", "--workspace"]),
            Step::Docs => rustdoc(),
            Step::Supply => supply::check(),
            Step::Api => api::check(),
            Step::Build => self.bundle().map(drop),
            Step::Agreement => self
                .bundle()
                .and_then(|_| agreement::own_alone(self.node()?)),
            Step::Site => self.bundle().and_then(|_| docs::build()),
            Step::Types => self.types(),
            Step::Size => size::check(self.bundle()?),
            Step::Sinks => self.sinks(),
            Step::Reproducible => self.bundle().and_then(|_| reproducible::check()),
            Step::Npm => self.npm(),
            Step::Packages => self.packages(),
            Step::Chromium => self.browser(Engine::Chromium),
            Step::Firefox => self.browser(Engine::Firefox),
            Step::Webkit => self.browser(Engine::WebKit),
            Step::Extension => self.extension(),
            Step::Spark => spark_archive(),
        }
    }

    /// The sources import the types of the built wasm.
    fn types(&self) -> Result<()> {
        self.bundle()?;
        for project in ["www", "extension"] {
            let mut tsc = self.node()?.tool("typescript/bin/tsc");
            process::run(tsc.args(["--project", project]))?;
        }
        Ok(())
    }

    fn sinks(&self) -> Result<()> {
        self.bundle()?;
        let mut node = self.node()?.command();
        process::run(
            node.arg("xtask/sinks.mjs")
                .args(project::files("dist", ".js")?),
        )
    }

    fn npm(&self) -> Result<()> {
        self.bundle()?;
        let mut npm = Command::new("npm");
        npm.current_dir(project::dist())
            .args(["pack", "--dry-run", "--json", "--loglevel=error"]);
        let report: Value = serde_json::from_str(&process::capture(&mut npm)?)?;
        let files = report[0]["files"]
            .as_array()
            .context("npm pack lists no files")?;
        let found: BTreeSet<_> = files
            .iter()
            .filter_map(|file| file["path"].as_str())
            .map(unhashed)
            .collect();
        let expected = NPM_FILES.map(str::to_owned).into();
        let list = |files: &BTreeSet<String>| files.iter().cloned().collect::<Vec<_>>().join(", ");
        let (missing, new) = (&expected - &found, &found - &expected);
        if !missing.is_empty() || !new.is_empty() {
            bail!(
                "the npm package lacks [{}] and holds [{}] unasked",
                list(&missing),
                list(&new)
            );
        }
        println!("{} files, {} bytes packed", files.len(), report[0]["size"]);
        Ok(())
    }

    /// The package is put where the apps find it as npm would put it, which would look through all that is installed first.
    fn packages(&self) -> Result<()> {
        self.bundle()?;
        let chromium = Engine::Chromium.ensure()?;
        let frameworks = self.node()?.frameworks()?;
        let mut pack = Command::new("npm");
        pack.current_dir(project::dist())
            .args(["pack", "--loglevel=error", "--pack-destination"])
            .arg(project::scratch());
        let tarball = project::scratch().join(process::capture(&mut pack)?.trim());
        let package = frameworks.join("node_modules/nutgraf");
        if package.exists() {
            fs::remove_dir_all(&package)?;
        }
        fs::create_dir(&package)?;
        let mut unpack = Command::new("tar");
        unpack.arg("-xzf").arg(&tarball).arg("-C").arg(&package);
        process::run(unpack.arg("--strip-components=1"))?;

        let mut node = self.node()?.command();
        node.args(["--test", "--test-reporter=spec"])
            .args(project::files("tests/packages", ".test.mjs")?)
            .env("NUTGRAF_TARBALL", tarball)
            .env("CHROMIUM", chromium);
        process::run_within(&mut node, PACKAGES_LIMIT)
    }

    /// What is skipped in an engine is named with its reason.
    fn browser(&self, engine: Engine) -> Result<()> {
        let mut tests = project::files("tests/www", ".test.mjs")?;
        tests.retain(|test| test != EXTENSION_TESTS);
        let variables = [
            ("NUTGRAF_BROWSER", engine.to_string().into()),
            ("NUTGRAF_BROWSER_PATH", engine.ensure()?),
        ];
        self.node_tests(&tests, &variables)
    }

    fn extension(&self) -> Result<()> {
        self.bundle()?;
        extension::build(self.node()?)?;
        let variables = [
            ("CHROMIUM", Engine::Chromium.ensure()?),
            ("FIREFOX", Engine::Firefox.ensure()?),
        ];
        self.node_tests(&[EXTENSION_TESTS.to_owned()], &variables)
    }

    /// Runs tests with the demo served.
    fn node_tests(&self, tests: &[String], variables: &[(&str, PathBuf)]) -> Result<()> {
        self.bundle()?;
        docs::build()?;
        let server = Server::start(0)?;
        let mut node = self.node()?.command();
        node.args(["--test", "--test-reporter=spec"])
            .args([TEST_LIMIT, AT_ONCE])
            .args(tests)
            .env("NUTGRAF_DEMO", server.address())
            .envs(variables.iter().map(|(name, value)| (name, value)));
        process::run_within(&mut node, BROWSER_LIMIT)
    }
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::run(
        process::cargo()
            .current_dir(project::root())
            .args(arguments),
    )
}

fn rust_version() -> Result<()> {
    let version = Crate::read()?
        .rust_version
        .context("Cargo.toml states no rust-version")?;
    println!("Rust {version} or newer");
    Ok(())
}

/// Without the command line, other code is dead; so the library is also looked at with fewer features.
fn clippy() -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    cargo(&[&["clippy", "--workspace", "--all-targets"][..], &deny].concat())?;
    let library = [
        "clippy",
        "--package=nutgraf",
        "--lib",
        "--no-default-features",
    ];
    cargo(&[&library[..], &deny].concat())?;
    cargo(&[&library[..], &["--features=serde"], &deny].concat())?;
    fuzz::check()
}

fn spark_archive() -> Result<()> {
    cargo(&["build", "--quiet", "--package=nutgraf"])?;
    let mut python = Command::new(spark::ensure()?);
    python
        .arg(project::root().join("examples/spark/test_summarize.py"))
        .env("NUTGRAF", project::root().join("target/debug/nutgraf"));
    process::run_within(&mut python, SPARK_LIMIT)
}

fn clippy_wasm() -> Result<()> {
    let way = Way::ensure()?;
    if !way.has_clippy() {
        println!("passed over: there is no clippy with {way}");
        return Ok(());
    }
    process::run(
        way.cargo("clippy", wasm::OPTIMIZE)?
            .args(["--", "-D", "warnings"]),
    )
}

fn rustdoc() -> Result<()> {
    let mut doc = process::cargo();
    doc.current_dir(project::root())
        .args(["doc", "--workspace", "--no-deps"]);
    process::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

/// `panel-5XK2ZQ7A.js` → `panel-*.js`: esbuild's hashes are eight capitals and digits.
fn unhashed(file: &str) -> String {
    let hashed = file
        .strip_suffix(".js")
        .and_then(|stem| stem.rsplit_once('-'));
    match hashed {
        Some((name, hash))
            if hash.len() == 8
                && hash
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) =>
        {
            format!("{name}-*.js")
        }
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_hash_of_a_chunk_is_left_out() {
        assert_eq!(super::unhashed("panel-5XK2ZQ7A.js"), "panel-*.js");
        assert_eq!(super::unhashed("nut-graf.js"), "nut-graf.js");
        assert_eq!(
            super::unhashed("custom-elements.json"),
            "custom-elements.json"
        );
    }
}
