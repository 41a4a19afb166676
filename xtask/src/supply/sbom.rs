//! `cargo xtask sbom`: the list of all crates in what is shipped, as CycloneDX 1.5 in JSON.
//!
//! In: `Cargo.lock` and what cargo says of the crates. Out: `target/sbom/dist.cdx.json`, of what a page loads, and
//! `target/sbom/command.cdx.json`, of the command. The same sources give the same bytes: there is neither a date nor a random
//! number in them. The JavaScript of `dist/` is ours and wasm-bindgen's, which is among the crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::project::Crate;
use crate::{process, project};

/// Something shipped: its name, what it is, and what tells cargo which crates are in it.
const SHIPPED: [(&str, &str, &[&str]); 2] = [
    (
        "dist",
        "library",
        &[
            "--target=wasm32-unknown-unknown",
            "--no-default-features",
            "--features=web",
        ],
    ),
    ("command", "application", &["--target=all"]),
];

/// Writes both lists.
pub fn write() -> Result<()> {
    let folder = project::root().join("target/sbom");
    fs::create_dir_all(&folder)?;
    let own = Crate::read()?;
    let checksums = checksums(&fs::read_to_string(project::root().join("Cargo.lock"))?);
    for (name, kind, selection) in SHIPPED {
        let tree = tree(selection, "normal")?;
        let shipped = Graph::parse(&self::tree(selection, "normal,no-proc-macro")?)?;
        let graph = Graph::parse(&tree)?;
        let list = list(&own, kind, &graph, &shipped, &checksums);
        let file = folder.join(name).with_extension("cdx.json");
        fs::write(&file, serde_json::to_string_pretty(&list)? + "\n")?;
        let (n, n_shipped) = (graph.crates.len() - 1, shipped.crates.len() - 1);
        println!(
            "target/sbom/{name}.cdx.json: {n_shipped} crates, and {} that write code when those are compiled",
            n - n_shipped
        );
    }
    Ok(())
}

/// What cargo says of the crates: a line each time that one is depended on, `<depth><name> v<version> (…)|<license>|<repository>`.
fn tree(selection: &[&str], edges: &str) -> Result<String> {
    let mut tree = process::cargo();
    tree.current_dir(project::root())
        .args(["tree", "--locked", "--package=nutgraf", "--prefix=depth"])
        .args(["--no-dedupe", "--format={p}|{l}|{r}", "--edges", edges])
        .args(selection);
    process::capture(&mut tree)
}

/// A crate: its name and its version.
type Id = (String, String);

struct Graph {
    root: Id,
    /// License and address of the sources, empty if a crate states none.
    crates: BTreeMap<Id, (String, String)>,
    /// What each depends on.
    edges: BTreeMap<Id, BTreeSet<Id>>,
}

impl Graph {
    fn parse(tree: &str) -> Result<Self> {
        let mut crates = BTreeMap::new();
        let mut edges = BTreeMap::<Id, BTreeSet<Id>>::new();
        let mut path: Vec<Id> = Vec::new();
        for line in tree.lines().filter(|line| !line.is_empty()) {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let (depth, rest) = line.split_at(digits);
            let depth: usize = depth
                .parse()
                .with_context(|| format!("cargo tree wrote no depth: {line}"))?;
            let mut fields = rest.split('|');
            let mut field = || fields.next().unwrap_or_default();
            let (package, license, repository) = (field(), field(), field());
            let mut words = package.split(' ');
            let name = words.next().unwrap_or_default().to_owned();
            let version = words.next().and_then(|version| version.strip_prefix('v'));
            let version =
                version.with_context(|| format!("cargo tree wrote no version: {line}"))?;
            let id = (name, version.to_owned());
            crates.insert(id.clone(), (license.to_owned(), repository.to_owned()));
            edges.entry(id.clone()).or_default();
            path.truncate(depth);
            if let Some(parent) = path.last() {
                edges.entry(parent.clone()).or_default().insert(id.clone());
            }
            path.push(id);
        }
        let root = path
            .into_iter()
            .next()
            .context("cargo tree wrote nothing")?;
        Ok(Self {
            root,
            crates,
            edges,
        })
    }
}

/// The hashes of what registries hold, from Cargo.lock.
fn checksums(lock: &str) -> BTreeMap<Id, String> {
    let mut checksums = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.strip_prefix(" = \"")?.strip_suffix('"')?.to_owned())
        };
        if let (Some(name), Some(version), Some(sum)) =
            (value("name"), value("version"), value("checksum"))
        {
            checksums.insert((name, version), sum);
        }
    }
    checksums
}

/// The address of a crate by the rules of <https://github.com/package-url/purl-spec>.
fn purl((name, version): &Id) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

fn list(
    own: &Crate,
    kind: &str,
    graph: &Graph,
    shipped: &Graph,
    checksums: &BTreeMap<Id, String>,
) -> Value {
    let others = graph.crates.iter().filter(|(id, _)| **id != graph.root);
    let components: Vec<_> = others
        .map(|(id, (license, repository))| {
            let mut component = json!({
                "type": "library",
                "bom-ref": purl(id),
                "name": id.0,
                "version": id.1,
                // What only writes code for the compiler is in nothing that is shipped.
                "scope": if shipped.crates.contains_key(id) { "required" } else { "excluded" },
                "licenses": [{ "expression": license.replace('/', " OR ") }],
                "purl": purl(id),
            });
            if let Some(sum) = checksums.get(id) {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
            }
            if !repository.is_empty() {
                component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
            }
            component
        })
        .collect();
    let dependencies: Vec<_> = graph
        .edges
        .iter()
        .map(|(id, on)| json!({ "ref": purl(id), "dependsOn": on.iter().map(purl).collect::<Vec<_>>() }))
        .collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": kind,
                "bom-ref": purl(&graph.root),
                "name": graph.root.0,
                "version": own.version,
                "description": own.description,
                "licenses": [{ "expression": own.license }],
                "purl": purl(&graph.root),
            },
        },
        "components": components,
        "dependencies": dependencies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cyclonedx_bom::prelude::*;

    #[test]
    fn the_lists_keep_the_rules_of_cyclonedx_and_name_what_is_shipped() {
        write().expect("cargo knows the crates");
        for (name, has, lacks) in [
            ("dist", "wasm-bindgen", "html5ever"),
            ("command", "html5ever", "wasm-bindgen"),
        ] {
            let file = project::root()
                .join("target/sbom")
                .join(name)
                .with_extension("cdx.json");
            let text = fs::read(&file).expect("it has been written");
            let list = Bom::parse_from_json_v1_5(&text[..]).expect("it is of the form");
            let result = list.validate_version(SpecVersion::V1_5);
            assert!(result.passed(), "{result:#?}");
            let components = list.components.expect("there are some").0;
            let names: Vec<_> = components
                .iter()
                .map(|component| component.name.to_string())
                .collect();
            assert!(
                names.iter().any(|name| name == has),
                "{name} lists no {has}"
            );
            assert!(
                names.iter().all(|name| name != lacks),
                "{name} lists {lacks}"
            );
            assert!(
                components
                    .iter()
                    .all(|component| component.hashes.is_some()),
                "each has the hash of Cargo.lock"
            );
        }
    }

    #[test]
    fn what_a_crate_depends_on_is_one_deeper() {
        let tree = "0a v1.0.0 (/a)|MIT|\n1b v0.2.0|MIT/Apache-2.0|https://example.org\n2c v3.0.0+4|MIT|\n1c v3.0.0+4|MIT|\n";
        let graph = Graph::parse(tree).expect("it is what cargo tree writes");
        let id = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        assert_eq!(graph.root, id("a", "1.0.0"));
        let (b, c) = (id("b", "0.2.0"), id("c", "3.0.0+4"));
        assert_eq!(graph.edges[&graph.root], [b.clone(), c.clone()].into());
        assert_eq!(graph.edges[&b], [c.clone()].into());
        assert_eq!(purl(&c), "pkg:cargo/c@3.0.0%2B4");
    }
}
