//! SIGTERM and SIGINT: nothing more is read, and what was read is answered; a second one ends the
//! process at once. Where there are no such signals, Ctrl-C ends it at once, as everywhere.

use super::queue::Queue;

#[cfg(unix)]
pub use unix::Stop;
#[cfg(not(unix))]
pub use without_signals::Stop;

#[cfg(unix)]
mod unix {
    use std::io::{self, Write};
    use std::process;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI32, Ordering};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, signal_name};

    use super::super::start;
    use super::Queue;
    use crate::cli::Failure;

    /// Whether we were told to stop.
    pub struct Stop {
        /// The first signal that came, else 0.
        signal: Arc<AtomicI32>,
    }

    impl Stop {
        /// From now on, the first signal closes the queue.
        pub fn listen<T, R>(queue: &Arc<Queue<T, R>>) -> Result<Stop, Failure>
        where
            T: Send + 'static,
            R: Send + 'static,
        {
            let mut signals = Signals::new([SIGINT, SIGTERM])
                .map_err(|error| Failure::new(format!("signals can't be listened to: {error}")))?;
            let signal = Arc::new(AtomicI32::new(0));
            let (told, queue) = (Arc::clone(&signal), Arc::clone(queue));
            start("signals", move || {
                for signal in signals.forever() {
                    if told.swap(signal, Ordering::SeqCst) != 0 {
                        end_by(signal);
                    }
                    queue.close();
                }
            })?;
            Ok(Stop { signal })
        }

        /// Ends the process if we were told to stop; says before how far we came.
        pub fn end_if_told(&self, n_lines: u64) {
            let signal = self.signal.load(Ordering::SeqCst);
            if signal == 0 {
                return;
            }
            // Nothing is left to be done if standard error is closed.
            let _ = writeln!(
                io::stderr(),
                "nutgraf: stopped by {}; all lines up to {n_lines} are answered, go on with: tail -n +{}",
                signal_name(signal).unwrap_or("a signal"),
                n_lines + 1
            );
            end_by(signal)
        }
    }

    /// Ends the process by the signal itself, so that a shell's loop over archives ends with us at
    /// Ctrl-C, and a supervisor knows that its SIGTERM was obeyed. Shells show 128 and its number.
    fn end_by(signal: i32) -> ! {
        // The first process of a container can't be ended by a signal.
        if process::id() != 1 {
            let _ = emulate_default_handler(signal);
        }
        process::exit(128 + signal)
    }
}

#[cfg(not(unix))]
mod without_signals {
    use std::sync::Arc;

    use super::Queue;
    use crate::cli::Failure;

    /// Nobody tells us to stop.
    pub struct Stop;

    impl Stop {
        pub fn listen<T, R>(_: &Arc<Queue<T, R>>) -> Result<Stop, Failure> {
            Ok(Stop)
        }

        pub fn end_if_told(&self, _: u64) {}
    }
}
