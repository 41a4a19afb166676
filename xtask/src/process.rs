//! Runs other programs.
//!
//! In: a command, perhaps a limit in time. Out: what it printed, or one line that says what failed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::project;

/// How often a command with a limit is looked at.
const POLL: Duration = Duration::from_millis(20);

/// How much of a command an error shows: enough to know it by, and to type it anew if it is short.
const SHOWN_BYTES: usize = 80;

/// Runs a command to its end; what it prints goes to our own output.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| not_started(command))?;
    check(command, status)
}

/// Runs a command as [`run`] does and kills it when `limit` is over.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.spawn().with_context(|| not_started(command))?;
    match wait(&mut child, limit)? {
        Some(status) => check(command, status),
        None => bail!(
            "`{}` did not end within {} s",
            shown(command),
            limit.as_secs()
        ),
    }
}

/// Runs a command as [`run_within`] does, its output in the file `log`, for installers that print much.
pub fn run_logged(command: &mut Command, limit: Duration, log: &Path) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    run_within(command, limit).map_err(|error| anyhow!("{error:#}; see {}", log.display()))
}

/// Runs a command as [`run_within`] does and returns what it wrote to stdout.
pub fn capture_within(command: &mut Command, limit: Duration) -> Result<String> {
    let path = project::scratch().join("captured.txt");
    command.stdout(File::create(&path)?);
    run_within(command, limit)?;
    fs::read_to_string(&path)
        .with_context(|| format!("`{}` printed something that is not UTF-8", shown(command)))
}

/// Runs a command to its end and returns what it wrote to stdout.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| not_started(command))?;
    check(command, output.status)?;
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something that is not UTF-8", shown(command)))
}

/// Returns where a program is: the first of this name in `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Returns the cargo that runs us, else the one in `PATH`.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the exit status, or nothing if the child had to be killed.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(POLL);
    }
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

fn not_started(command: &Command) -> String {
    format!("cannot start `{}`", shown(command))
}

/// The command as one would type it, without the program's folder; the end of a long one is left out.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        if line.len() > SHOWN_BYTES {
            return line + " …";
        }
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_hangs_is_killed_when_its_time_is_over() {
        let start = Instant::now();
        let error = run_within(Command::new("sleep").arg("30"), Duration::from_millis(100))
            .expect_err("sleeping for 30 s does not end within 0.1 s");
        assert_eq!(error.to_string(), "`sleep 30` did not end within 0 s");
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_command_that_fails_is_named_with_its_arguments() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).expect_err("the status is 3");
        assert_eq!(error.to_string(), "`sh -c exit 3` failed (exit status: 3)");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("no-such-program")).expect_err("there is none");
        assert_eq!(error.to_string(), "cannot start `no-such-program`");
    }
}
