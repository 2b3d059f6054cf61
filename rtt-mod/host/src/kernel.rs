//! What stands for the kernel: the threads of one program, or of one test, share it.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicUsize},
};

use crate::{board::Board, console::Console, driver::Driver, file::Files, shell::Command};

/// A kernel. Each thread has one of its own, unless a thread with a kernel has started it.
#[derive(Default)]
pub struct Kernel {
    /// What is typed and what is printed.
    pub console: Mutex<Console>,
    /// The volume, and which of its files are open.
    pub files: Arc<Mutex<Files>>,
    /// The commands of the shell.
    pub commands: Mutex<Vec<Arc<Command>>>,
    /// The devices that programs and tests have registered.
    pub drivers: Mutex<Vec<Arc<Driver>>>,
    /// Pins, buses and converters.
    pub board: Board,
    /// The milliseconds of each sleep, while a test collects them.
    pub sleeps: Mutex<Option<Vec<u32>>>,
    /// The bytes that are allocated from its heap.
    pub heap_bytes: AtomicUsize,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Kernel>>> = const { RefCell::new(None) };
}

impl Kernel {
    /// The kernel of the calling thread.
    pub fn current() -> Arc<Kernel> {
        CURRENT.with_borrow_mut(|current| Arc::clone(current.get_or_insert_default()))
    }

    /// Makes this the kernel of the calling thread.
    pub fn enter(self: Arc<Kernel>) {
        CURRENT.set(Some(self));
    }
}

/// Locks a value. A test that has panicked does not make it useless.
pub fn lock<T: ?Sized>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
