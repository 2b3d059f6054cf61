//! How many tests run at a time: more than the machine has cores, since a test waits much of its time, for its console and for
//! the timers of its board. While boards are built beside them, they are fewer, or boards would lose ticks.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// How many tests there are for each core, while something is built and when all is.
const PER_CORE_BESIDE_BUILDS: usize = 2;
const PER_CORE: usize = 3;

/// How many tests may begin, beside those that run.
pub struct Slots {
    free: Mutex<usize>,
    freed: Condvar,
    when_built: usize,
}

/// The right to run one test.
pub struct Slot<'a>(&'a Slots);

impl Slots {
    /// Those of this machine, or as many as the user wants.
    pub fn new(wanted: Option<usize>) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let (now, when_built) = match wanted {
            Some(wanted) => (wanted, 0),
            None => (PER_CORE_BESIDE_BUILDS * cores, (PER_CORE - PER_CORE_BESIDE_BUILDS) * cores),
        };
        Self { free: Mutex::new(now), freed: Condvar::new(), when_built }
    }

    /// The most tests that will run at a time.
    pub fn most(&self) -> usize {
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) + self.when_built
    }

    /// Waits until a test may begin.
    pub fn take(&self) -> Slot<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Slot(self)
    }

    /// All is built.
    pub fn add_those_of_builds(&self) {
        self.add(self.when_built);
    }

    fn add(&self, slots: usize) {
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) += slots;
        self.freed.notify_all();
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.0.add(1);
    }
}
