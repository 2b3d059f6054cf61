//! What threads share, and how they wait for each other.
//!
//! Each of these is an object of the kernel's, or made of some. The kernel makes the object when it is first used, so
//! all of them can be a `static`; it is deleted when its owner is dropped.
//!
//! | | what waits | from interrupts and timers |
//! |---|---|---|
//! | [`Mutex`], [`RwLock`], [`Once`], [`OnceLock`], [`LazyLock`] | who wants the value | no |
//! | [`Condvar`], [`Barrier`] | until others say so | [`notify_one`](Condvar::notify_one), [`notify_all`](Condvar::notify_all) |
//! | [`Semaphore`] | for a permit | [`release`](Semaphore::release), [`try_take`](Semaphore::try_take) |
//! | [`EventFlags`] | for some of 32 flags | [`set`](EventFlags::set) |
//! | [`Mailbox`], [`MessageQueue`] | for a message, and for room | what begins with `try_`, and `send_urgent` |
//! | [`mpsc`] | for a message, and for room | no |
//!
//! In an interrupt the kernel can't make an object: there, use one that a thread has used before. A panic in any thread
//! ends the whole module, so that nothing here is ever poisoned.
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

/// Atomic types: those of `core`, and on cores that can't compare and swap those of the crate `portable-atomic`, which
/// keep interrupts out instead.
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

/// Values with several owners: those of `alloc`, and on cores that can't compare and swap those of `portable-atomic-util`.
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
