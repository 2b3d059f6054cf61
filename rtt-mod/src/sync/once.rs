//! One-time initialization.

use crate::{error::expect, sys};

/// A one-time initialization, which the first thread runs that needs it: in the shape of `std::sync::Once`.
///
/// ```no_run
/// use rtt_mod::sync::Once;
///
/// static SET_UP: Once = Once::new();
///
/// SET_UP.call_once(|| rtt_mod::println!("once"));
/// ```
#[derive(Debug)]
pub struct Once(sys::once::Once<()>);

impl Once {
    /// An initialization that was not run yet.
    ///
    /// ```
    /// static SET_UP: rtt_mod::sync::Once = rtt_mod::sync::Once::new();
    /// ```
    pub const fn new() -> Self {
        Once(sys::once::Once::new(()))
    }

    /// Calls `work`, unless a call has completed before. If another thread is in `work`, waits until that has returned.
    ///
    /// # Panics
    ///
    /// In its own `work`; in an interrupt or a timer's callback, unless `work` has completed; and when the kernel has
    /// no memory for the mutex.
    ///
    /// ```no_run
    /// # let set_up = rtt_mod::sync::Once::new();
    /// set_up.call_once(|| rtt_mod::println!("once"));
    /// ```
    #[track_caller]
    pub fn call_once(&self, work: impl FnOnce()) {
        expect(self.0.get_or_init(|()| work()));
    }

    /// Returns whether the initialization has completed.
    ///
    /// ```no_run
    /// assert!(!rtt_mod::sync::Once::new().is_completed());
    /// ```
    pub fn is_completed(&self) -> bool {
        self.0.get().is_some()
    }
}

impl Default for Once {
    fn default() -> Self {
        Once::new()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn of_many_threads_one_does_it_and_all_see_it_done() {
        static ONCE: Once = Once::new();
        static DONE: AtomicU32 = AtomicU32::new(0);
        let work = || {
            ONCE.call_once(|| {
                std::thread::yield_now();
                DONE.fetch_add(1, Ordering::Relaxed);
            });
            assert!(ONCE.is_completed());
            assert_eq!(DONE.load(Ordering::Relaxed), 1);
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    }

    #[test]
    #[should_panic(expected = "wait for the calling thread itself")]
    fn inside_of_itself_it_does_not_hang() {
        let once = Once::new();
        once.call_once(|| once.call_once(|| ()));
    }
}
