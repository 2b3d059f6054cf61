//! The module's threads.
//!
//! They are threads of the kernel. RT-Thread's scheduler runs the one with the highest priority, and threads of equal
//! priority in turns. When `main` returns, or a thread calls [`process::exit`](crate::process::exit), the module's
//! other threads are stopped. Join a thread that has to finish its work.
//!
//! **A panic in any thread ends the whole module.** So joining a thread never fails.
//!
//! Closures, their values and the stacks are allocated from the kernel's heap, also if the module has an arena.
#![forbid(unsafe_code)]

mod builder;
mod current;
mod join;
mod local;
mod scoped;
mod sleep;

pub use crate::sys::thread::{Scope, scope};
pub use builder::{Builder, spawn};
pub use current::{Thread, ThreadId, available_parallelism, current, may_wait, park, park_timeout};
pub use join::{JoinHandle, Result, ScopedJoinHandle};
pub use local::{AccessError, LocalKey};
pub use sleep::{sleep, sleep_until, yield_now};

#[cfg(test)]
mod tests {
    extern crate std;

    use core::{
        sync::atomic::{AtomicU32, Ordering},
        time::Duration,
    };
    use std::{string::String, sync::mpsc, vec, vec::Vec};

    use super::*;
    use crate::Error;

    #[test]
    fn values_are_joined() {
        let text = String::from("moved");
        let joined = spawn(move || vec![text; 2]);
        assert_eq!(joined.join().unwrap(), ["moved", "moved"]);
    }

    #[test]
    fn a_thread_is_finished_before_it_is_joined() {
        let (sender, receiver) = mpsc::channel();
        let waiting = spawn(move || receiver.recv().unwrap());
        assert!(!waiting.is_finished());
        sender.send(5).unwrap();
        while !waiting.is_finished() {
            yield_now();
        }
        assert_eq!(waiting.join(), Ok(5));
    }

    /// Says when it is dropped.
    struct Telling(mpsc::Sender<()>);

    impl Drop for Telling {
        fn drop(&mut self) {
            self.0.send(()).unwrap();
        }
    }

    #[test]
    fn without_a_handle_the_value_is_dropped_by_the_thread() {
        let (sender, receiver) = mpsc::channel();
        let (go, gone) = mpsc::channel();
        let handle = spawn(move || {
            gone.recv().unwrap();
            Telling(sender)
        });
        let thread = handle.thread().clone();
        drop(handle);
        go.send(()).unwrap();
        receiver.recv().unwrap();
        thread.0.join().unwrap();
    }

    #[test]
    fn without_a_join_the_value_is_dropped_with_the_handle() {
        let (sender, receiver) = mpsc::channel();
        let handle = spawn(move || Telling(sender));
        handle.thread().0.join().unwrap();
        assert!(handle.is_finished());
        assert!(receiver.try_recv().is_err());
        drop(handle);
        receiver.try_recv().unwrap();
    }

    #[test]
    fn scoped_threads_borrow_and_have_returned() {
        let numbers = [1, 2, 3, 4];
        let mut largest = 0;
        let count = AtomicU32::new(0);
        let sum = scope(|scope| {
            scope.spawn(|| largest = *numbers.iter().max().unwrap());
            scope.spawn(|| {
                scope.spawn(|| count.fetch_add(1, Ordering::Relaxed));
                count.fetch_add(1, Ordering::Relaxed)
            });
            scope.spawn(|| numbers.iter().sum::<u32>()).join().unwrap()
        });
        assert_eq!((sum, largest, count.into_inner()), (10, 4, 2));
    }

    #[test]
    fn who_is_unparked_first_does_not_park() {
        current().unpark();
        park();
        park_timeout(Duration::from_millis(1));
        let parked = spawn(park);
        parked.thread().unpark();
        parked.join().unwrap();
    }

    #[test]
    fn threads_have_names_priorities_and_identities() {
        let named = Builder::new().name("clock").priority(7).spawn(|| current().id()).unwrap();
        let thread = named.thread().clone();
        assert_eq!(thread.name(), Some("clock"));
        assert_eq!(thread.priority(), Ok(7));
        thread.set_priority(9).unwrap();
        assert_eq!(thread.priority(), Ok(9));
        assert_eq!(named.join(), Ok(thread.id()));
        assert_ne!(thread.id(), current().id());
    }

    #[test]
    fn nobody_joins_himself() {
        assert_eq!(current().0.join(), Err(Error::Deadlock));
    }

    #[test]
    fn handles_are_closed() {
        let before = rtt_mod_host::open_handles();
        let threads: Vec<_> = (0..3).map(|n| spawn(move || n)).collect();
        assert_eq!(rtt_mod_host::open_handles(), before + 3);
        threads.into_iter().for_each(|thread| assert!(thread.join().is_ok()));
        scope(|scope| drop(scope.spawn(|| ())));
        drop(current().clone());
        assert_eq!(rtt_mod_host::open_handles(), before);
    }
}
