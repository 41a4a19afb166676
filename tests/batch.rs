//! `nutgraf batch`: an archive in, its summaries out, whatever stands in its lines and whoever stops it.

mod command;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use command::{ARTICLE, run, start, stdout};

fn batch(arguments: &[&str], input: &[u8]) -> Vec<Value> {
    let output = run(&[&["batch"], arguments].concat(), input);
    assert_eq!(output.status.code(), Some(0));
    stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

#[test]
fn a_batch_answers_every_line_in_order_and_a_bad_line_costs_itself() {
    let mut input = Vec::new();
    input.extend(br#"{"id":"a","text":"It rained. Nobody came. The pier fell.","sentences":1}"#);
    input.extend(b"\n\n{\"id\":2\n\xff\n");
    input.extend(br#"{"id":3}"#);
    input.extend(b"\n");
    input.extend(br#"{"id":[4],"text":"It rained."}"#);
    input.extend(b"\n");
    input.extend(format!("{}\n", serde_json::json!({ "id": 5, "html": ARTICLE })).as_bytes());
    let answers = batch(&["--sentences", "2"], &input);
    let codes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(
        codes,
        ["ok", "bad-json", "bad-utf8", "no-input", "bad-json", "ok"]
    );
    assert_eq!(answers[0]["id"], "a");
    assert_eq!(answers[0]["sentences"].as_array().map(Vec::len), Some(1));
    assert_eq!(answers[5]["id"], 5);
    assert_eq!(answers[5]["sentences"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_line_of_a_batch_is_what_the_page_alone_gives() {
    let line = format!("{}\n", serde_json::json!({ "id": 1, "html": ARTICLE }));
    let batch = run(&["batch"], line.as_bytes());
    let single = run(&["--format", "json"], ARTICLE.as_bytes());
    assert_eq!(stdout(&batch).replace(r#"{"id":1,"#, "{"), stdout(&single));
}

/// P9: what the widget makes of it, `tests/www/adopt.test.mjs` shows.
#[test]
fn a_batch_writes_the_element_that_holds_the_summary_for_the_page_itself() {
    let paragraphs = ["a & b", "<i>", "\"c\"", "d", "e", "f", "g", "h", "i", "k", "l"].map(|odd| {
        format!("The council of {odd} decided on Monday that the harbor of the town will close in March for a year.\n")
    });
    let line = serde_json::json!({ "id": 1, "text": paragraphs.concat(), "title": "Odd", "language": "en" });
    let answers = batch(&["--format", "html"], format!("{line}\n").as_bytes());
    let html = answers[0]["html"].as_str().expect("there is an element");
    let (start, rest) = html
        .split_once(r#"<ul lang="en">"#)
        .expect("there is a list");
    let hash = start
        .strip_prefix(concat!(
            r#"<nut-graf data-version=""#,
            env!("CARGO_PKG_VERSION"),
            r#"" data-hash=""#
        ))
        .and_then(|rest| rest.strip_suffix(r#"">"#))
        .expect("it has a version and a hash");
    assert_eq!(hash.len(), 16);
    let mut expected = String::new();
    for sentence in answers[0]["sentences"]
        .as_array()
        .expect("there are sentences")
    {
        let text = sentence["text"].as_str().expect("a sentence has text");
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        expected += &format!("<li data-sentence=\"{}\">{text}</li>", sentence["sentence"]);
    }
    assert_eq!(rest, format!("{expected}</ul></nut-graf>"));

    let plain = batch(&[], format!("{line}\n").as_bytes());
    assert_eq!(plain[0].get("html"), None);
    let short = batch(
        &["--format", "html"],
        br#"{"id":1,"text":"It rained. Nobody came."}"#,
    );
    assert!(
        !short[0]["html"]
            .as_str()
            .expect("there is an element")
            .contains("<ul")
    );
}

#[test]
fn a_batch_is_the_same_with_any_number_of_jobs() {
    let lines: Vec<String> = (0..1200)
        .map(|n| {
            format!(
                r#"{{"id":{n},"text":"Rain fell {n} times. Nobody saw it. The pier fell in {n}."}}"#
            )
        })
        .collect();
    let input = lines.join("\n");
    let one = run(&["batch", "--jobs", "1"], input.as_bytes());
    let four = run(&["batch", "--jobs", "4"], input.as_bytes());
    assert_eq!(stdout(&one).lines().count(), 1200);
    assert!(one.stdout == four.stdout);
}

#[test]
fn a_line_over_64_mib_is_refused_and_the_next_is_read() {
    let mut input = vec![b'a'; (64 << 20) + 2];
    input.extend(b"\n{\"id\":1,\"text\":\"It rained.\"}\n");
    let answers = batch(&[], &input);
    assert_eq!(answers[0]["error"]["code"], "too-large");
    assert_eq!(answers[1]["id"], 1);
}

#[test]
fn an_id_comes_back_digit_by_digit() {
    for id in [
        "123456789012345678901234567890",
        "1.0",
        "-0",
        r#""a\\u00e9\"""#,
        "null",
    ] {
        let output = run(
            &["batch"],
            format!(r#"{{"text":"Rain.","id": {id} }}"#).as_bytes(),
        );
        let start = format!(r#"{{"id":{id},"state""#);
        assert!(stdout(&output).starts_with(&start), "{}", stdout(&output));
        let bad = run(
            &["batch"],
            format!(r#"{{"text":7,"id": {id} }}"#).as_bytes(),
        );
        let start = format!(r#"{{"id":{id},"error""#);
        assert!(stdout(&bad).starts_with(&start), "{}", stdout(&bad));
    }
    for id in ["true", "{}", "[4]"] {
        let bad = run(&["batch"], format!(r#"{{"id":{id},"text":7}}"#).as_bytes());
        assert!(stdout(&bad).starts_with(r#"{"id":null,"error""#));
    }
}

#[test]
fn a_line_in_a_pipe_is_answered_before_the_next_one_comes() {
    let mut child = start(&["batch"]);
    let mut input = child.stdin.take().expect("its input is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    for id in 0..20 {
        writeln!(input, r#"{{"id":{id},"text":"Rain fell."}}"#).expect("it reads");
        let answer = answers.next().expect("it answers").expect("in UTF-8");
        assert!(answer.starts_with(&format!(r#"{{"id":{id},"#)));
    }
    drop(input);
    assert!(answers.next().is_none());
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn whoever_reads_the_first_answers_only_ends_the_batch() {
    let mut child = start(&["batch"]);
    let mut input = child.stdin.take().expect("its input is piped");
    drop(child.stdout.take());
    // It goes on reading until it has something to write.
    while writeln!(input, r#"{{"id":1,"text":"Rain fell."}}"#).is_ok() {}
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[cfg(unix)]
mod on_unix {
    use std::fs::File;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, Command};

    use rustix::process::{Pid, Signal, kill_process};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};

    use super::*;

    fn send(child: &Child, signal: Signal) {
        kill_process(Pid::from_child(child), signal).expect("it runs");
    }

    /// Stops a batch that waits for input; checks that it ends soon, and what it says.
    fn check_stop(signal: Signal, name: &str) {
        let mut child = start(&["batch"]);
        let mut input = child.stdin.take().expect("its input is piped");
        let lines = r#"{"id":1,"text":"Rain fell."}"#.to_owned() + "\n\nno JSON\n{\"id\":4,\"te";
        input.write_all(lines.as_bytes()).expect("it reads");
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut answers = String::new();
        while answers.lines().count() < 2 {
            output.read_line(&mut answers).expect("it answers");
        }
        send(&child, signal);
        let ended = child
            .wait_with_output()
            .expect("it ends, although its input does not");
        output.read_to_string(&mut answers).expect("it answers");
        assert_eq!(
            answers.lines().count(),
            2,
            "half a line is no line: {answers}"
        );
        assert_eq!(
            ended.status.signal(),
            Some(signal.as_raw()),
            "{}",
            ended.status
        );
        assert_eq!(
            String::from_utf8_lossy(&ended.stderr),
            format!(
                "nutgraf: stopped by {name}; all lines up to 3 are answered, go on with: tail -n +4\n"
            )
        );
        drop(input);
    }

    #[test]
    fn a_batch_that_waits_for_input_stops_when_told() {
        check_stop(Signal::TERM, "SIGTERM");
        check_stop(Signal::INT, "SIGINT");
    }

    #[test]
    fn a_batch_that_is_stopped_has_answered_all_that_it_read_and_says_how_to_go_on() {
        let lines: Vec<String> = (1..=30_000)
            .map(|id| format!("{}\n", serde_json::json!({ "id": id, "html": ARTICLE })))
            .collect();
        let mut child = start(&["batch"]);
        let mut input = child.stdin.take().expect("its input is piped");
        let all = lines.concat();
        // It stops reading in the midst of this.
        let writer = std::thread::spawn(move || drop(input.write_all(all.as_bytes())));
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut answers = String::new();
        output.read_line(&mut answers).expect("it answers");
        send(&child, Signal::TERM);
        output
            .read_to_string(&mut answers)
            .expect("it answers all that it read");
        let ended = child.wait_with_output().expect("it ends");
        writer.join().expect("the input is refused");
        assert_eq!(ended.status.signal(), Some(Signal::TERM.as_raw()));

        let n_answers = answers.lines().count();
        assert!(n_answers < lines.len(), "it was stopped before the end");
        for (answer, id) in answers.lines().zip(1..) {
            let answer: Value = serde_json::from_str(answer).expect("a whole line");
            assert_eq!(answer["id"], id);
        }
        let said = String::from_utf8_lossy(&ended.stderr);
        let next = format!(
            "up to {n_answers} are answered, go on with: tail -n +{}\n",
            n_answers + 1
        );
        assert!(said.ends_with(&next), "{said}");
    }

    #[test]
    fn a_second_signal_ends_a_batch_that_nobody_reads() {
        let mut child = start(&["batch"]);
        let mut input = child.stdin.take().expect("its input is piped");
        // More answers than a pipe holds: it waits for us to read them.
        let lines = format!("{}\n", serde_json::json!({ "id": 1, "html": ARTICLE })).repeat(2_000);
        input.write_all(lines.as_bytes()).expect("it reads");
        std::thread::sleep(Duration::from_millis(300));
        send(&child, Signal::TERM);
        std::thread::sleep(Duration::from_millis(300));
        assert!(child.try_wait().expect("it is ours").is_none());
        send(&child, Signal::TERM);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(Signal::TERM.as_raw()));
    }

    /// A terminal of 80 columns: what a person has before them, and what a program writes to.
    fn terminal() -> (File, File) {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there are terminals");
        grantpt(&screen).expect("it is ours");
        unlockpt(&screen).expect("it is ours");
        let size = Winsize {
            ws_row: 24,
            ws_col: 80,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&screen, size).expect("it is a terminal");
        let path = ptsname(&screen, Vec::new()).expect("it has a name");
        let path = path.to_str().expect("in UTF-8");
        let line = File::options().read(true).write(true).open(path);
        (screen.into(), line.expect("it opens"))
    }

    /// Runs a batch with standard error on a terminal; returns what was shown there.
    fn shown(input: impl Into<Stdio>, output: impl Into<Stdio>) -> String {
        let (mut screen, line) = terminal();
        let mut child = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .arg("batch")
            .env("TERM", "xterm")
            .stdin(input)
            .stdout(output)
            .stderr(line)
            .spawn()
            .expect("the command starts");
        let mut shown = Vec::new();
        // When all programs have closed it, reading a terminal ends with an error.
        let _ = screen.read_to_end(&mut shown);
        assert!(child.wait().expect("it ends").success());
        String::from_utf8(shown).expect("it is sent UTF-8")
    }

    #[test]
    fn a_terminal_shows_how_far_a_batch_has_come_and_a_pipe_does_not() {
        let line = format!("{}\n", serde_json::json!({ "id": 1, "html": ARTICLE }));
        let path = format!("{}/progress.jsonl", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, line.repeat(1_000)).expect("the folder is for us");
        let input = || File::open(&path).expect("we wrote it");

        let file = shown(input(), Stdio::null());
        assert!(file.contains("%, "), "a file has a size: {file}");
        assert!(file.contains(" left"), "{file}");
        let end = file.trim_end().rsplit('\r').next().unwrap_or_default();
        assert!(end.contains("1,000 lines, "), "{end}");
        assert!(end.contains(" a second, "), "{end}");

        let mut cat = Command::new("cat")
            .arg(&path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("there is cat");
        let output = cat.stdout.take().expect("its output is piped");
        let pipe = shown(output, Stdio::null());
        cat.wait().expect("it ends");
        assert!(pipe.contains(" a second"), "{pipe}");
        assert!(!pipe.contains(" left"), "nobody knows the size: {pipe}");

        let piped = run(&["batch"], line.repeat(1_000).as_bytes());
        assert!(piped.stderr.is_empty());
    }

    #[test]
    fn answers_on_a_terminal_are_not_overwritten_by_progress() {
        let path = format!("{}/short.jsonl", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, "{}\n").expect("the folder is for us");
        let input = File::open(&path).expect("we wrote it");
        let (_screen, line) = terminal();
        assert_eq!(shown(input, line), "");
    }
}
