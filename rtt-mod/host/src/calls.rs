//! Calls that are under way, so that what they use is released after them.

use std::{
    sync::{Condvar, Mutex},
    thread::{self, ThreadId},
};

/// The threads that are in a call, one entry for each call.
#[derive(Default)]
pub struct Calls {
    threads: Mutex<Vec<ThreadId>>,
    returned: Condvar,
}

impl Calls {
    /// Makes a call.
    pub fn during<T>(&self, call: impl FnOnce() -> T) -> T {
        let caller = thread::current().id();
        self.threads.lock().expect("no test panics here").push(caller);
        let result = call();
        let mut threads = self.threads.lock().expect("no test panics here");
        let place = threads.iter().rposition(|thread| *thread == caller).expect("the call has an entry");
        threads.remove(place);
        self.returned.notify_all();
        result
    }

    /// Waits until no other thread is in a call. As in the firmware, the calling thread itself may be in one.
    pub fn drain(&self) {
        let caller = thread::current().id();
        let others = |threads: &mut Vec<ThreadId>| threads.iter().any(|thread| *thread != caller);
        let threads = self.threads.lock().expect("no test panics here");
        drop(self.returned.wait_while(threads, others).expect("no test panics here"));
    }
}
