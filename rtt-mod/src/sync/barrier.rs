//! Barriers.

use core::fmt;

use super::{Condvar, Mutex};

/// A point in the program where threads wait for each other: in the shape of `std::sync::Barrier`.
///
/// ```no_run
/// use rtt_mod::sync::Barrier;
///
/// static ALL_SET_UP: Barrier = Barrier::new(3);
///
/// // In each of three threads:
/// ALL_SET_UP.wait();
/// ```
pub struct Barrier {
    threads: usize,
    state: Mutex<State>,
    complete: Condvar,
}

#[derive(Debug)]
struct State {
    here: usize,
    /// How often all threads have arrived.
    rounds: usize,
}

impl Barrier {
    /// A barrier for `threads` threads. With 0 or 1, no thread waits.
    ///
    /// ```
    /// static BOTH: rtt_mod::sync::Barrier = rtt_mod::sync::Barrier::new(2);
    /// ```
    pub const fn new(threads: usize) -> Self {
        Barrier { threads, state: Mutex::new(State { here: 0, rounds: 0 }), complete: Condvar::new() }
    }

    /// Waits until all threads have called this function. After that, the barrier can be used again.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, and when the kernel has no memory for its objects.
    ///
    /// ```no_run
    /// # let barrier = rtt_mod::sync::Barrier::new(1);
    /// if barrier.wait().is_leader() {
    ///     rtt_mod::println!("all threads are here");
    /// }
    /// ```
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let mut state = self.state.lock();
        let round = state.rounds;
        state.here += 1;
        if state.here < self.threads {
            drop(self.complete.wait_while(state, |state| state.rounds == round));
            return BarrierWaitResult(false);
        }
        state.here = 0;
        state.rounds = round.wrapping_add(1);
        drop(state);
        self.complete.notify_all();
        BarrierWaitResult(true)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}

/// The result of [`Barrier::wait`].
///
/// ```no_run
/// let result = rtt_mod::sync::Barrier::new(1).wait();
/// assert!(result.is_leader());
/// ```
#[derive(Debug)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Returns whether the calling thread was the last to arrive. This is one thread of each round.
    ///
    /// ```no_run
    /// # let barrier = rtt_mod::sync::Barrier::new(1);
    /// let is_last = barrier.wait().is_leader();
    /// ```
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn nobody_goes_on_before_all_are_here() {
        const ROUNDS: usize = 5;
        static BARRIER: Barrier = Barrier::new(3);
        static HERE: AtomicUsize = AtomicUsize::new(0);
        static LEADERS: AtomicUsize = AtomicUsize::new(0);
        let work = || {
            for round in 1..=ROUNDS {
                HERE.fetch_add(1, Ordering::SeqCst);
                LEADERS.fetch_add(BARRIER.wait().is_leader().into(), Ordering::SeqCst);
                assert!(HERE.load(Ordering::SeqCst) >= round * 3);
            }
        };
        std::thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(work))));
        assert_eq!(LEADERS.load(Ordering::SeqCst), ROUNDS);
    }
}
