//! How far a batch has come, on a line of the terminal that is drawn anew.
//!
//! In a pipe or a file there is nothing of it. Neither is there on a terminal on which lines are typed
//! or answers appear: it would stand between them.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Redrawings a second.
const DRAWS: u8 = 5;

/// The line.
pub struct Progress {
    /// Counts bytes of the input, since only their number may be known beforehand.
    bar: ProgressBar,
    n_lines: Arc<AtomicU64>,
}

impl Progress {
    /// Shows the line if standard error is a terminal of its own. The time left is told where the size
    /// of the input is known, that is, where it is a file.
    pub fn start() -> Option<Progress> {
        let is_shown =
            io::stderr().is_terminal() && !io::stdin().is_terminal() && !io::stdout().is_terminal();
        if !is_shown {
            return None;
        }
        let n_bytes = input_bytes();
        let n_lines = Arc::default();
        let style = match n_bytes {
            Some(_) => style("{done}, {percent}%, {eta} left", &n_lines),
            None => style("{done}", &n_lines),
        };
        let target = ProgressDrawTarget::stderr_with_hz(DRAWS);
        let bar = ProgressBar::with_draw_target(n_bytes, target).with_style(style);
        // A long line stops the counting, not the clock.
        bar.enable_steady_tick(Duration::from_secs(1));
        Some(Progress { bar, n_lines })
    }

    /// So many lines are answered by now, which were so many bytes of the input more than before.
    pub fn advance(&self, n_lines: u64, n_bytes: usize) {
        self.n_lines.store(n_lines, Ordering::Relaxed);
        self.bar.inc(n_bytes as u64);
    }

    /// Leaves the line with what was done.
    pub fn finish(&self) {
        self.bar
            .set_style(style("{done}, {elapsed}", &self.n_lines));
        self.bar.abandon();
    }
}

/// A template in which `done` is the number of lines, and how many that is a second.
fn style(template: &str, n_lines: &Arc<AtomicU64>) -> ProgressStyle {
    let n_lines = Arc::clone(n_lines);
    let style = ProgressStyle::with_template(template).expect("the templates are well formed");
    style.with_key(
        "done",
        move |state: &ProgressState, text: &mut dyn Write| {
            let n_lines = n_lines.load(Ordering::Relaxed);
            let rate = n_lines as f64 / state.elapsed().as_secs_f64().max(1e-3);
            let (lines, rate) = (HumanCount(n_lines), HumanCount(rate.round() as u64));
            // The text grows in memory.
            let _ = write!(text, "{lines} lines, {rate} a second");
        },
    )
}

/// Bytes of standard input from where it stands, if it is a file.
#[cfg(unix)]
fn input_bytes() -> Option<u64> {
    use std::fs::File;
    use std::io::Seek;
    use std::os::fd::AsFd;

    let mut file = File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
    let metadata = file.metadata().ok().filter(|metadata| metadata.is_file())?;
    let position = file.stream_position().ok()?;
    Some(metadata.len().saturating_sub(position))
}

#[cfg(not(unix))]
fn input_bytes() -> Option<u64> {
    None
}
