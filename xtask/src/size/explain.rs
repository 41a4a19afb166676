//! `cargo xtask size --explain`: which stage, which crate and which source file the bytes are of.
//!
//! In: the sources, built once more with what tells where each instruction and each token comes from. Out: tables. A byte
//! takes up the bits that it has in the deflated file, see [`super::cost`]; so the columns add up to what a page loads.
//!
//! An instruction's place comes from the compiler's tables of lines (DWARF), as far as wasm-bindgen, and from a source map as
//! far as wasm-opt, since each of the two keeps only one of them true. Names of functions, by which other tools go, would say
//! little: whole stages are inlined into one function. An instruction counts for the stage whose code it was inlined
//! into, and for the crate that it was written in. Data counts for the static that it is, or for the stage whose
//! code holds its address.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use addr2line::gimli::{Dwarf, EndianSlice, LittleEndian};
use addr2line::{Context as Lines, demangle_auto};
use anyhow::{Result, bail};
use wasmparser::{DataKind, Operator, Parser, Payload};

use super::cost::{self, Costs};
use super::source_map::{self, Stretch};
use crate::bundle::{self, Bundle};
use crate::toolchain::node::Node;
use crate::wasm::{self, Traced};
use crate::{pack, project};

/// How many of the largest functions and statics are listed.
const N_LARGEST: usize = 25;

/// What several stages call, and what no line of the sources stands for.
const SHARED: &str = "(shared)";
const FRAME: &str = "(frame of the module)";

/// Of a source, as the source map has it: between stage, crate, file and function.
const BETWEEN: &str = " | ";

/// Prints the tables.
pub fn print(node: &Node, bundle: &Bundle) -> Result<()> {
    let traced = wasm::traced(node, trace)?;
    let shipped = fs::read(project::dist().join(wasm::MODULE))?;
    if traced.module != shipped {
        println!(
            "compiled with tables of lines, the module has {} bytes; the shipped one {}",
            traced.module.len(),
            shipped.len()
        );
    }
    module(&traced)?;
    let scripts = bundle.on_intent.iter().chain([&bundle.at_once]);
    for file in scripts.filter(|file| file.extension().is_some_and(|name| name == "js")) {
        script(node, file)?;
    }
    Ok(())
}

/// Bytes of one kind, and what they take up.
#[derive(Clone, Copy, Default)]
struct Sum {
    n_code: usize,
    n_data: usize,
    n_bits: f64,
}

/// Sums by name.
#[derive(Default)]
struct Table(BTreeMap<String, Sum>);

impl Table {
    fn add(&mut self, name: &str, is_data: bool, n_bits: f64) {
        let sum = self.0.entry(name.to_owned()).or_default();
        *(if is_data {
            &mut sum.n_data
        } else {
            &mut sum.n_code
        }) += 1;
        sum.n_bits += n_bits;
    }

    /// Prints the largest `limit` rows by what they take up, and what all take up.
    fn print(&self, title: &str, columns: [&str; 2], limit: usize) {
        let all: f64 = self.0.values().map(|sum| sum.n_bits).sum();
        println!(
            "\n{:>8} {:>8} {:>8} {:>6}  {title}",
            columns[0], columns[1], "deflated", "%"
        );
        let row = |name: &str, sum: &Sum| {
            println!(
                "{:>8} {:>8} {:>8.0} {:>6.1}  {name}",
                sum.n_code,
                sum.n_data,
                sum.n_bits / 8.0,
                100.0 * sum.n_bits / all
            );
        };
        let mut rows: Vec<_> = self.0.iter().collect();
        rows.sort_by(|a, b| b.1.n_bits.total_cmp(&a.1.n_bits));
        let mut total = Sum::default();
        for (at, (name, sum)) in rows.into_iter().enumerate() {
            if at < limit {
                row(name, sum);
            }
            total.n_code += sum.n_code;
            total.n_data += sum.n_data;
            total.n_bits += sum.n_bits;
        }
        row("in all", &total);
    }
}

/// Where a byte comes from.
#[derive(Clone)]
struct Origin {
    stage: String,
    crate_name: String,
    /// In the crate, where the sources of other crates tell more than their names.
    file: Option<String>,
    /// A function, or a static.
    item: String,
    is_data: bool,
}

fn module(traced: &Traced) -> Result<()> {
    let origins = origins(traced)?;
    let frame = Origin {
        stage: FRAME.to_owned(),
        crate_name: FRAME.to_owned(),
        file: None,
        item: FRAME.to_owned(),
        is_data: false,
    };
    let Costs { bits, .. } = cost::of(&pack::pack(&traced.module)?)?;
    let places = pack::take_apart(&traced.module)?.places;
    let mut n_bits = vec![0.0; traced.module.len()];
    let mut of_header = 0.0;
    for (place, bits) in places.iter().zip(bits) {
        match place {
            Some(place) => n_bits[*place] = bits,
            None => of_header += bits,
        }
    }
    n_bits[0] += of_header;
    let [
        mut stages,
        mut crates,
        mut files,
        mut functions,
        mut statics,
    ] = [const { Table(BTreeMap::new()) }; 5];
    for (origin, n_bits) in origins.iter().zip(n_bits) {
        let origin = origin.as_ref().unwrap_or(&frame);
        stages.add(&origin.stage, origin.is_data, n_bits);
        crates.add(&origin.crate_name, origin.is_data, n_bits);
        if let Some(file) = &origin.file {
            files.add(file, origin.is_data, n_bits);
        }
        let items = if origin.is_data {
            &mut statics
        } else {
            &mut functions
        };
        items.add(&origin.item, origin.is_data, n_bits);
    }
    let columns = ["code", "data"];
    stages.print("the module by stage", columns, usize::MAX);
    crates.print("the module by crate", columns, usize::MAX);
    files.print("the largest files of other crates", columns, N_LARGEST);
    functions.print(
        "the largest functions, with what is inlined",
        columns,
        N_LARGEST,
    );
    statics.print(
        "the largest data, by static or by who uses it",
        columns,
        N_LARGEST,
    );
    Ok(())
}

/// Makes of a module with tables of lines one without, and its source map.
fn trace(module: &[u8]) -> Result<(Vec<u8>, String)> {
    let mut custom = BTreeMap::new();
    let mut bodies = Vec::new();
    let mut code = 0;
    let mut stripped = Vec::new();
    let mut kept_from = 0;
    let mut end = 8;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let range = payload.as_section().map(|(_, range)| range);
        match payload {
            Payload::CustomSection(section) if section.name().starts_with(".debug_") => {
                custom.insert(section.name().to_owned(), section.data());
                // With the head of the section, which begins where the one before ended.
                stripped.extend(&module[kept_from..end]);
                kept_from = section.range().end;
            }
            Payload::CodeSectionStart { range, .. } => code = range.start,
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
        if let Some(range) = range {
            end = range.end;
        }
    }
    stripped.extend(&module[kept_from..]);
    if custom.is_empty() {
        bail!("the compiled module has no tables of lines");
    }

    let dwarf = Dwarf::load(|section| {
        let bytes = custom.get(section.name()).copied().unwrap_or_default();
        anyhow::Ok(EndianSlice::new(bytes, LittleEndian))
    })?;
    let lines = Lines::from_dwarf(dwarf)?;
    let mut sources = Vec::new();
    let mut numbers = BTreeMap::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    for body in bodies {
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (_, at) = operator?;
            let source = source(&lines, (at - code) as u64)?.map(|source| {
                *numbers.entry(source.clone()).or_insert_with(|| {
                    sources.push(source);
                    sources.len() - 1
                })
            });
            if stretches.last().is_none_or(|last| last.source != source) {
                stretches.push(Stretch {
                    line: 0,
                    column: at,
                    source,
                });
            }
        }
    }
    Ok((stripped, source_map::write(&stretches, &sources)))
}

/// The stage, the crate, the file and the function that an instruction is of.
fn source(lines: &Lines<EndianSlice<LittleEndian>>, address: u64) -> Result<Option<String>> {
    let mut frames = lines.find_frames(address).skip_all_loads()?;
    let (mut stage, mut innermost, mut function) = (None, None, String::new());
    while let Some(frame) = frames.next()? {
        let Some(path) = frame.location.and_then(|location| location.file) else {
            continue;
        };
        let (crate_name, file) = file_of(path);
        if crate_name == "nutgraf" && stage.is_none() {
            stage = Some(file.clone());
        }
        if let Some(name) = frame.function {
            function = format!("{} in {crate_name}/{file}", name.demangle()?);
        }
        innermost.get_or_insert((crate_name, file));
    }
    Ok(innermost.map(|(crate_name, file)| {
        let stage = stage.unwrap_or_else(|| format!("{SHARED} {crate_name}"));
        let file = format!("{crate_name}/{file}");
        [stage, crate_name, file, function].join(BETWEEN)
    }))
}

/// The crate of a source file, and where in the crate it stands. Machine paths are not in the tables: see `Way::cargo`.
fn file_of(file: &str) -> (String, String) {
    let (folder, path) = file.split_once("/src/").unwrap_or(("", file));
    let name = folder.rsplit('/').next().unwrap_or_default();
    // Versions: `hashbrown-0.16.1`.
    let name = name.split("-0.").next().unwrap_or(name);
    let name = match name.rsplit_once('-') {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => name,
        _ => name,
    };
    let path = path.strip_suffix(".rs").unwrap_or(path);
    (
        name.to_owned(),
        path.strip_suffix("/mod").unwrap_or(path).to_owned(),
    )
}

/// A static or a constant without a name.
struct Datum {
    addresses: Range<usize>,
    name: Option<String>,
    /// Whose code, or whose data, holds its address, and how often.
    users: BTreeMap<String, usize>,
}

/// Where each byte of the module comes from.
fn origins(traced: &Traced) -> Result<Vec<Option<Origin>>> {
    let (stretches, sources) = source_map::read(&traced.map)?;
    let mut origins = vec![None; traced.module.len()];
    let mut data = data(&traced.linked);
    let find = |data: &[Datum], address: usize| {
        let at = data.partition_point(|datum| datum.addresses.end <= address);
        data.get(at)
            .is_some_and(|datum| datum.addresses.contains(&address))
            .then_some(at)
    };
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(&traced.module) {
        match payload? {
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                // Locals, which no line stands for, are those of the function's first line.
                let first = stretches.partition_point(|stretch| stretch.column < range.start);
                let within = stretches[first..]
                    .iter()
                    .take_while(|stretch| stretch.column < range.end);
                let within: Vec<_> = within.collect();
                for (at, stretch) in within.iter().enumerate() {
                    let start = if at == 0 { range.start } else { stretch.column };
                    let end = within.get(at + 1).map_or(range.end, |next| next.column);
                    if let Some(source) = stretch.source {
                        let fields: Vec<_> = sources[source].splitn(4, BETWEEN).collect();
                        let [stage, crate_name, file, function] = fields[..] else {
                            bail!("a source of another form: {}", sources[source]);
                        };
                        origins[start..end].fill(Some(Origin {
                            stage: stage.to_owned(),
                            crate_name: crate_name.to_owned(),
                            file: (crate_name != "nutgraf").then(|| file.to_owned()),
                            item: function.to_owned(),
                            is_data: false,
                        }));
                    }
                }
                for operator in body.get_operators_reader()?.into_iter_with_offsets() {
                    let (operator, at) = operator?;
                    let address = match operator {
                        Operator::I32Const { value } => value as u32 as usize,
                        Operator::I32Load { memarg }
                        | Operator::I32Load8U { memarg }
                        | Operator::I32Load8S { memarg }
                        | Operator::I32Load16U { memarg }
                        | Operator::I64Load { memarg } => memarg.offset as usize,
                        _ => continue,
                    };
                    if let (Some(datum), Some(user)) = (find(&data, address), &origins[at]) {
                        *data[datum].users.entry(user.stage.clone()).or_default() += 1;
                    }
                }
            }
            Payload::DataSection(section) => {
                for segment in section {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        continue;
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
                    else {
                        continue;
                    };
                    let file = segment.range.end - segment.data.len();
                    segments.push((value as u32 as usize, file, segment.data));
                }
            }
            _ => {}
        }
    }
    // From data to data: lists of texts.
    for (start, _, bytes) in &segments {
        for (at, word) in bytes.chunks_exact(4).enumerate() {
            let address = u32::from_le_bytes([word[0], word[1], word[2], word[3]]) as usize;
            if let (Some(to), Some(from)) = (find(&data, address), find(&data, start + at * 4))
                && to != from
                && let Some(user) = user(&data[from])
            {
                *data[to].users.entry(user).or_default() += 1;
            }
        }
    }
    for datum in &data {
        for &(start, file, bytes) in &segments {
            let from = datum.addresses.start.max(start);
            let to = datum.addresses.end.min(start + bytes.len());
            if from < to {
                let user = user(datum).unwrap_or_else(|| SHARED.to_owned());
                let (crate_name, item) = match &datum.name {
                    Some(name) => (
                        name.split("::").next().unwrap_or_default().to_owned(),
                        name.clone(),
                    ),
                    None => (
                        "nutgraf".to_owned(),
                        format!("{user}, {} bytes at {:#x}", datum.addresses.len(), from),
                    ),
                };
                origins[file + from - start..file + to - start].fill(Some(Origin {
                    stage: user,
                    crate_name,
                    file: None,
                    item,
                    is_data: true,
                }));
            }
        }
    }
    Ok(origins)
}

/// The stage that a static stands in, or else the one that uses it most.
fn user(datum: &Datum) -> Option<String> {
    if let Some(path) = datum
        .name
        .as_deref()
        .and_then(|name| name.strip_prefix("nutgraf::"))
    {
        let path: Vec<_> = path.split("::").collect();
        return Some(path[..path.len() - 1].join("/"));
    }
    let mut users: Vec<_> = datum.users.iter().collect();
    users.sort_by_key(|(_, n_times)| std::cmp::Reverse(**n_times));
    users.first().map(|(name, _)| (*name).clone())
}

/// Reads what the linker says of data: a line a symbol, in the order of addresses, the names indented under the files that
/// they come from.
fn data(linked: &str) -> Vec<Datum> {
    let data = linked.lines().skip_while(|line| !line.ends_with(" DATA"));
    let symbols = data.filter_map(|line| {
        let mut numbers = line
            .split_whitespace()
            .map(|field| usize::from_str_radix(field, 16));
        let (address, _, size) = (
            numbers.next()?.ok()?,
            numbers.next()?,
            numbers.next()?.ok()?,
        );
        let name = line.get(27..)?.strip_prefix("                ")?.trim();
        Some(Datum {
            addresses: address..address + size,
            name: (!name.starts_with(".L")).then(|| {
                let name = demangle_auto(name.into(), None);
                // Some versions of the compiler add a hash to each crate.
                without_hashes(&name)
            }),
            users: BTreeMap::new(),
        })
    });
    symbols.collect()
}

/// `core[1a2b3c]::unicode` → `core::unicode`.
fn without_hashes(name: &str) -> String {
    let mut depth = 0;
    name.chars()
        .filter(|c| {
            depth += i32::from(*c == '[');
            let is_kept = depth == 0;
            depth -= i32::from(*c == ']');
            is_kept
        })
        .collect()
}

/// Prints the table of a script: by file of the sources.
fn script(node: &Node, file: &Path) -> Result<()> {
    let (text, map) = bundle::traced(node, file)?;
    let costs = super::deflate(text.as_bytes())?;
    let Costs { bits, .. } = cost::of(&costs)?;
    let (stretches, sources) = source_map::read(&map)?;
    let mut starts = stretches.iter().peekable();
    let mut table = Table::default();
    let (mut line, mut column, mut source) = (0, 0, None);
    for (at, c) in text.char_indices() {
        while let Some(stretch) = starts.next_if(|next| (next.line, next.column) <= (line, column))
        {
            source = stretch.source;
        }
        let name = source.map_or("(between files)", |source: usize| sources[source].as_str());
        let name = name.rsplit_once("www/").map_or(name, |(_, name)| name);
        for bits in &bits[at..at + c.len_utf8()] {
            table.add(name, false, *bits);
        }
        column += c.len_utf16();
        if c == '\n' {
            (line, column) = (line + 1, 0);
        }
    }
    table.print(
        &format!("{} by source", file.display()),
        ["bytes", ""],
        usize::MAX,
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_source_file_is_known_by_crate_and_stage() {
        for (file, name, path) in [
            ("nutgraf/src/article/mod.rs", "nutgraf", "article"),
            ("rust/library/core/src/str/iter.rs", "core", "str/iter"),
            ("crates/hashbrown-0.16.1/src/raw.rs", "hashbrown", "raw"),
            ("crates/mini-alloc-1.0.0/src/lib.rs", "mini-alloc", "lib"),
        ] {
            assert_eq!(super::file_of(file), (name.to_owned(), path.to_owned()));
        }
    }
}
