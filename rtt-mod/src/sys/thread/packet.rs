//! Packets: what a thread and its join handle share, the closure and its value.
//!
//! `Arc` needs compare-and-swap, which `thumbv6m` does not have. A packet has exactly two sides, and the second one to
//! leave frees it.

use alloc::boxed::Box;
use core::{
    cell::UnsafeCell,
    ffi::c_void,
    ptr::NonNull,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    super::{
        bindings::{self, rttm_thread},
        critical,
        handle::Handle,
    },
    Options, Thread,
};
use crate::Result;

/// The part of a packet that both sides access.
struct Shared<T> {
    /// The thread writes it before it sets `has_value`. The other side takes it after that.
    value: UnsafeCell<Option<T>>,
    has_value: AtomicBool,
    /// Whether one side has left. Changed in critical sections.
    is_left: AtomicBool,
}

/// The packet of a thread that runs `F`. The shared part comes first, since the join handle does not know `F`.
#[repr(C)]
struct Contents<F, T> {
    shared: Shared<T>,
    work: UnsafeCell<Option<F>>,
}

/// The side of a packet that waits for the value.
#[derive(Debug)]
pub struct Packet<T> {
    shared: NonNull<Shared<T>>,
    free: unsafe fn(NonNull<Shared<T>>),
}

// SAFETY: the value moves to the thread that takes or drops it, and `T` is `Send`.
unsafe impl<T: Send> Send for Packet<T> {}
// SAFETY: a shared packet gives access to `has_value` only.
unsafe impl<T> Sync for Packet<T> {}

/// Starts a thread that runs `work`.
pub fn spawn<F, T>(options: Options<'_>, work: F) -> Result<(Thread, Packet<T>)>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    // SAFETY: `work` and its value are `'static`, so they borrow nothing that ends.
    unsafe { spawn_borrowing(options, work) }
}

/// Starts a thread that runs `work`, which may borrow.
///
/// # Safety
///
/// All borrows of `work` and its value last until the thread has returned.
pub unsafe fn spawn_borrowing<F, T>(options: Options<'_>, work: F) -> Result<(Thread, Packet<T>)>
where
    F: FnOnce() -> T + Send,
    T: Send,
{
    let options = options.to_abi()?;
    let shared: Shared<T> =
        Shared { value: UnsafeCell::new(None), has_value: AtomicBool::new(false), is_left: AtomicBool::new(false) };
    let contents = Box::new(Contents { shared, work: UnsafeCell::new(Some(work)) });
    let contents = NonNull::from(Box::leak(contents));
    let spawned = |place: *mut *mut rttm_thread| {
        // SAFETY: the options last as long as the call. The entry gets the packet of its own types, once.
        unsafe { bindings::rttm_thread_spawn(&options, Some(enter::<F, T>), contents.as_ptr().cast(), place) }
    };
    // SAFETY: on success the function gives a handle that is ours to close.
    match unsafe { Handle::made(spawned) } {
        Ok(handle) => Ok((Thread(handle), Packet { shared: contents.cast(), free: free::<F, T> })),
        Err(error) => {
            // SAFETY: there is no thread, so nobody else has the packet.
            drop(unsafe { Box::from_raw(contents.as_ptr()) });
            Err(error)
        }
    }
}

/// The entry of the thread. It has only a pointer on its stack; a large `F` stays in the packet until it runs.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.thread"))]
unsafe extern "C" fn enter<F: FnOnce() -> T, T>(contents: *mut c_void) {
    let contents = contents.cast::<Contents<F, T>>();
    // SAFETY: `spawn_borrowing` gave a packet of these types, which this side has not left. The other side accesses
    // only the shared part, and the value in it only after `has_value` is set.
    unsafe {
        if let Some(work) = (*(*contents).work.get()).take() {
            let value = work();
            *(*contents).shared.value.get() = Some(value);
        }
        (*contents).shared.has_value.store(true, Ordering::Release);
        leave(NonNull::new_unchecked(contents).cast(), free::<F, T>);
    }
}

/// Leaves a packet, and frees it if the other side has left already.
///
/// # Safety
///
/// This side has not left it, and does not use it any more. `free` is the packet's own.
unsafe fn leave<T>(shared: NonNull<Shared<T>>, free: unsafe fn(NonNull<Shared<T>>)) {
    let is_last = critical::without_other_threads(|| {
        // SAFETY: until this side has left, the packet is there.
        let is_left = unsafe { &shared.as_ref().is_left };
        let before = is_left.load(Ordering::Acquire);
        is_left.store(true, Ordering::Release);
        before
    });
    if is_last {
        // SAFETY: both sides have left.
        unsafe { free(shared) };
    }
}

unsafe fn free<F, T>(shared: NonNull<Shared<T>>) {
    // SAFETY: the packet begins with the shared part, and nobody else has it.
    drop(unsafe { Box::from_raw(shared.cast::<Contents<F, T>>().as_ptr()) });
}

impl<T> Packet<T> {
    /// Whether the thread has written the value.
    pub fn has_value(&self) -> bool {
        // SAFETY: this side leaves the packet when it is dropped.
        unsafe { self.shared.as_ref() }.has_value.load(Ordering::Acquire)
    }

    /// The value, or `None` before [`has_value`](Self::has_value).
    pub fn into_value(self) -> Option<T> {
        if !self.has_value() {
            return None;
        }
        // SAFETY: the thread has written the value and does not access it any more.
        unsafe { (*self.shared.as_ref().value.get()).take() }
    }
}

impl<T> Drop for Packet<T> {
    fn drop(&mut self) {
        // SAFETY: once, and with the packet's own function.
        unsafe { leave(self.shared, self.free) }
    }
}
