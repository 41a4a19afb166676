//! Runs the command, for the tests of it.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

/// Starts the command with its input and outputs piped.
pub fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts")
}

/// Runs the command to its end.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().expect("its input is piped");
    let input = input.to_vec();
    // A command that refuses its arguments closes its input unread; a batch answers while it reads.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the input is written or refused");
    output
}

/// What it wrote to standard output.
pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

/// A page with a short article.
pub const ARTICLE: &str = "<html lang=en><title>Bridge to close</title><body><article><h1>Bridge to close</h1>\
    <p>The council of Tarrow voted on Tuesday to close the harbor bridge for a year of repairs.</p>\
    <p>Mayor Ida Quist said that the work would cost 12 million crowns. It starts in May.</p>\
    <p>Ferries will run every ten minutes. Shopkeepers fear for their trade. Orme sells rope.</p>\
    <p>The bridge was built in 1931. Engineers found cracks in two piers last winter.</p></article>";
