//! What a call costs: steps, bytes of memory, time.
//!
//! A step is an edge of the program's flow. The compiler counts them where it is told to
//! (`-sanitizer-coverage-trace-pc`, as `cargo xtask fuzz` does for the target `growth`): the same input
//! takes the same steps on every machine, however busy. Code of the standard library that comes
//! compiled takes none; for that there is the time that the thread had the processor, which is rough.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

static STEPS: AtomicU64 = AtomicU64::new(0);
static TAKEN: AtomicU64 = AtomicU64::new(0);

/// Called by the compiler's own code at every step. One thread runs, so nothing is lost between reading
/// and writing. The compiler counts no steps in functions of such a name.
#[unsafe(no_mangle)]
pub extern "C" fn __sanitizer_cov_trace_pc() {
    STEPS.store(STEPS.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
}

/// The system's allocator, counting what is taken.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: all is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TAKEN.fetch_add(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: the caller's promises are the ones asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        TAKEN.fetch_add(size.saturating_sub(layout.size()) as u64, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// What a call has cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub steps: u64,
    /// Bytes of memory taken, whether given back or not.
    pub bytes: u64,
    /// Time on the processor, in nanoseconds.
    pub nanoseconds: u64,
}

/// Runs a call and says what it has cost.
pub fn cost(call: impl FnOnce()) -> Cost {
    let before = (
        STEPS.load(Ordering::Relaxed),
        TAKEN.load(Ordering::Relaxed),
        processor_time(),
    );
    call();
    Cost {
        steps: STEPS.load(Ordering::Relaxed) - before.0,
        bytes: TAKEN.load(Ordering::Relaxed) - before.1,
        nanoseconds: processor_time() - before.2,
    }
}

/// What this thread has had of a processor, in nanoseconds.
fn processor_time() -> u64 {
    #[repr(C)]
    struct Timespec {
        seconds: i64,
        nanoseconds: i64,
    }
    unsafe extern "C" {
        fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
    }
    const CLOCK_THREAD_CPUTIME_ID: i32 = 3;
    let mut time = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    // SAFETY: the struct is that of 64-bit Linux, and lives as long as the call.
    unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.seconds as u64 * 1_000_000_000 + time.nanoseconds as u64
}
