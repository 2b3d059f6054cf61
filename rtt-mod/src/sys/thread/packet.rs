//! Packets: what a thread and its join handle share, the closure and its value.
//!
//! A packet is in the memory of the thread's handle, so a thread takes no other block, and nobody frees the packet: it goes
//! with the last handle. A packet has two sides. The last one to leave drops the value, if nobody has taken it.
//!
//! `Arc` needs compare-and-swap, which `thumbv6m` does not have.

use core::{
    cell::UnsafeCell,
    ffi::c_void,
    mem::{ManuallyDrop, needs_drop},
    ptr::{self, NonNull},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    super::{
        bindings::{self, rttm_packet, rttm_thread},
        critical,
        handle::Handle,
        length,
    },
    Options, Thread, local,
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
    work: ManuallyDrop<F>,
}

/// The side of a packet that waits for the value. It is dropped before the handle of the thread, which has the packet.
#[derive(Debug)]
pub struct Packet<T>(NonNull<Shared<T>>);

// SAFETY: the value moves to the thread that takes or drops it, and `T` is `Send`.
unsafe impl<T: Send> Send for Packet<T> {}
// SAFETY: a shared packet gives access to `has_value` only.
unsafe impl<T> Sync for Packet<T> {}

/// A handle of a thread, and the side of its packet that waits for the value.
#[derive(Debug)]
pub struct Joint<T> {
    /// Dropped first: it is in the memory of the handle.
    packet: Packet<T>,
    thread: Thread,
}

/// Starts a thread that runs `work`.
pub fn spawn<F, T>(options: Options<'_>, work: F) -> Result<Joint<T>>
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
pub unsafe fn spawn_borrowing<F, T>(options: Options<'_>, work: F) -> Result<Joint<T>>
where
    F: FnOnce() -> T + Send,
    T: Send,
{
    let shared: Shared<T> =
        Shared { value: UnsafeCell::new(None), has_value: AtomicBool::new(false), is_left: AtomicBool::new(false) };
    let mut contents = Contents { shared, work: ManuallyDrop::new(work) };
    // SAFETY: the entry takes a packet of these types, once. The bytes are those of one, which is not used any more.
    let started =
        unsafe { start(options, enter::<F, T>, (&raw const contents).cast(), size_align::<Contents<F, T>>()) };
    match started {
        Ok((thread, copy)) => Ok(Joint { packet: Packet(copy.cast()), thread }),
        Err(error) => {
            // SAFETY: there is no thread, so this is the only one that has it.
            unsafe { ManuallyDrop::drop(&mut contents.work) };
            Err(error)
        }
    }
}

const fn size_align<C>() -> (usize, usize) {
    (size_of::<C>(), align_of::<C>())
}

/// Starts a thread with a copy of a packet, which has no type here, so that a program has this function once.
///
/// # Safety
///
/// `bytes` points to as many bytes as `layout` says, of a type with its alignment. `entry` can be called with a copy of them.
unsafe fn start(
    options: Options<'_>,
    entry: unsafe extern "C" fn(*mut c_void),
    bytes: *const c_void,
    layout: (usize, usize),
) -> Result<(Thread, NonNull<c_void>)> {
    let options = options.to_abi()?;
    let (length, alignment) = (length::whole(layout.0)?, length::whole(layout.1)?);
    let mut packet = rttm_packet { bytes, length, alignment, copy: ptr::null_mut() };
    // SAFETY: options and packet last as long as the call. The entry gets the copy of the packet, once. On success the
    // function gives a handle that is ours to close.
    let handle = unsafe {
        Handle::made(|place: *mut *mut rttm_thread| {
            bindings::rttm_thread_spawn_with(&options, Some(entry), &mut packet, place)
        })
    }?;
    // SAFETY: after success, this is the address of the copy.
    Ok((Thread::new(handle), unsafe { NonNull::new_unchecked(packet.copy) }))
}

/// The entry of the thread. It has only a pointer on its stack; a large `F` stays in the packet until it runs.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.thread"))]
unsafe extern "C" fn enter<F: FnOnce() -> T, T>(contents: *mut c_void) {
    let contents = contents.cast::<Contents<F, T>>();
    // SAFETY: `spawn_borrowing` gave a packet of these types, which this side has not left. The other side accesses
    // only the shared part, and the value in it only after `has_value` is set.
    unsafe {
        let value = ManuallyDrop::take(&mut (*contents).work)();
        *(*contents).shared.value.get() = Some(value);
        (*contents).shared.has_value.store(true, Ordering::Release);
        leave(&(*contents).shared);
    }
    local::end();
}

/// Leaves a packet. Drops the value if the other side has left already.
///
/// # Safety
///
/// This side has not left it, and does not use it any more.
unsafe fn leave<T>(shared: &Shared<T>) {
    if !needs_drop::<T>() {
        return;
    }
    let is_last = critical::without_other_threads(|| {
        let before = shared.is_left.load(Ordering::Acquire);
        shared.is_left.store(true, Ordering::Release);
        before
    });
    if is_last {
        // SAFETY: both sides have left.
        drop(unsafe { (*shared.value.get()).take() });
    }
}

impl<T> Joint<T> {
    /// Waits until the thread has returned, and takes its value. `None` if it has ended without.
    pub fn join(self) -> Result<Option<T>> {
        self.thread.join()?;
        Ok(self.packet.take_value())
    }

    /// Whether the thread has written the value.
    pub fn has_value(&self) -> bool {
        self.packet.has_value()
    }

    /// The handle of the thread.
    pub fn thread(&self) -> &crate::thread::Thread {
        // SAFETY: that type is a transparent one around this.
        unsafe { &*ptr::from_ref(&self.thread).cast() }
    }
}

impl<T> Packet<T> {
    fn shared(&self) -> &Shared<T> {
        // SAFETY: this side leaves the packet when it is dropped, and the handle beside it keeps the memory until then.
        unsafe { self.0.as_ref() }
    }

    fn has_value(&self) -> bool {
        self.shared().has_value.load(Ordering::Acquire)
    }

    fn take_value(&self) -> Option<T> {
        if !self.has_value() {
            return None;
        }
        // SAFETY: the thread has written the value and does not access it any more, and this is the only other side.
        unsafe { (*self.shared().value.get()).take() }
    }
}

impl<T> Drop for Packet<T> {
    fn drop(&mut self) {
        // SAFETY: once.
        unsafe { leave(self.shared()) }
    }
}
