//! Synchronization between threads.
//!
//! These types are made of kernel objects. The kernel makes the object when it is first used, so all of them can be
//! `static`. The object is deleted when its owner is dropped.
//!
//! | type | threads wait for | functions for interrupts and timers |
//! |---|---|---|
//! | [`Mutex`], [`RwLock`], [`Once`], [`OnceLock`], [`LazyLock`] | access to a value | none |
//! | [`Condvar`], [`Barrier`] | a notification, other threads | [`notify_one`](Condvar::notify_one), [`notify_all`](Condvar::notify_all) |
//! | [`Semaphore`] | a permit | [`release`](Semaphore::release), [`try_take`](Semaphore::try_take) |
//! | [`EventFlags`] | some of 32 flags | [`set`](EventFlags::set) |
//! | [`Mailbox`], [`MessageQueue`] | a message, or room for one | those that begin with `try_`, and `send_urgent` |
//! | [`mpsc`] | a message, or room for one | none |
//!
//! The kernel cannot make an object in an interrupt, so an interrupt has to use one that a thread has used before. A
//! panic in any thread ends the whole module, so no lock is ever poisoned.
#![forbid(unsafe_code)]

mod barrier;
mod condvar;
pub mod critical;
mod event_flags;
mod lazy_lock;
mod mailbox;
mod message_queue;
pub mod mpsc;
mod mutex;
mod once;
mod once_lock;
mod rw_lock;
mod semaphore;

pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use event_flags::EventFlags;
pub use lazy_lock::LazyLock;
pub use mailbox::Mailbox;
pub use message_queue::{MessageQueue, SendError};
pub use mutex::{Mutex, MutexGuard};
pub use once::Once;
pub use once_lock::OnceLock;
pub use rw_lock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use semaphore::Semaphore;

/// Atomic types: those of `core`. On cores without compare-and-swap they are those of the crate `portable-atomic`,
/// which disable interrupts.
///
/// ```
/// use rtt_mod::sync::atomic::{AtomicU32, Ordering};
///
/// static COUNT: AtomicU32 = AtomicU32::new(0);
/// COUNT.fetch_add(1, Ordering::Relaxed);
/// ```
pub mod atomic {
    #[cfg(target_has_atomic = "ptr")]
    #[doc(no_inline)]
    pub use core::sync::atomic::*;
    #[cfg(not(target_has_atomic = "ptr"))]
    #[doc(no_inline)]
    pub use portable_atomic::*;
}

/// Reference-counted pointers: those of `alloc`. On cores without compare-and-swap they are those of
/// `portable-atomic-util`.
///
/// ```
/// let shared = rtt_mod::sync::Arc::new([1, 2, 3]);
/// let other = shared.clone();
/// ```
#[cfg(target_has_atomic = "ptr")]
#[doc(no_inline)]
pub use alloc::sync::{Arc, Weak};
#[cfg(not(target_has_atomic = "ptr"))]
#[doc(no_inline)]
pub use portable_atomic_util::{Arc, Weak};
