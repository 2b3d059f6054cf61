//! A memory pool of the kernel, and its blocks.

use core::{
    ffi::c_void,
    fmt,
    marker::PhantomData,
    ops::{Deref, DerefMut},
    ptr::NonNull,
};

use super::{
    bindings::{self, rttm_pool},
    handle::LazyHandle,
};
use crate::{Error, Result};

/// A pool of `capacity` blocks for values of type `T`. The kernel makes it when it is first used.
pub struct Pool<T> {
    capacity: u32,
    handle: LazyHandle<rttm_pool>,
    values: PhantomData<fn() -> T>,
}

impl<T> Pool<T> {
    /// What a value takes in a block, which is aligned as a pointer.
    const BYTES: usize = {
        let padding = align_of::<T>().saturating_sub(size_of::<usize>());
        let bytes = size_of::<T>() + padding;
        assert!(bytes <= 65_528, "a value in a pool has at most 65,528 bytes");
        if bytes == 0 { 1 } else { bytes }
    };

    pub const fn new(capacity: u32) -> Self {
        Pool { capacity, handle: LazyHandle::new(), values: PhantomData }
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.handle.set_name(name, |place| self.make(place)) }
    }

    /// # Safety
    ///
    /// There is a place for the handle.
    unsafe fn make(&self, place: *mut *mut rttm_pool) -> i32 {
        // SAFETY: the caller's promise.
        unsafe { bindings::rttm_pool_new(Self::BYTES as u32, self.capacity, place) }
    }

    fn call(&self, call: impl FnOnce(*mut rttm_pool) -> i32) -> Result<u32> {
        // SAFETY: on success the function gives a new handle.
        unsafe { self.handle.call(|place| self.make(place), call) }
    }

    /// Takes a block and moves the value there.
    pub fn allocate(&self, value: T, milliseconds: u32) -> Result<Block<'_, T>> {
        let mut block = core::ptr::null_mut();
        // SAFETY: the handle is open, and there is a place for the block.
        self.call(|handle| unsafe { bindings::rttm_pool_allocate(handle, milliseconds, &mut block) })?;
        let block = Block::<T> { block: NonNull::new(block).ok_or(Error::Other)?, pool: PhantomData };
        // SAFETY: the block is large enough for the value where `value` says, and nobody else has it.
        unsafe { block.value().write(value) };
        Ok(block)
    }

    pub fn free(&self) -> Result<u32> {
        // SAFETY: the handle is open.
        self.call(|handle| unsafe { bindings::rttm_pool_count(handle) })
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

/// A block of a [`Pool`](crate::pool::Pool), with a value. When it is dropped, the value is dropped, and the block goes back to
/// the pool: `rt_mp_free`. Interrupts can drop it too.
///
/// It can be sent to another thread: of a `static` pool through a queue.
///
/// ```no_run
/// use rtt_mod::{
///     pool::{Block, Pool},
///     sync::MessageQueue,
/// };
///
/// static FRAMES: Pool<[u8; 64]> = Pool::new(4);
/// static SENT: MessageQueue<Block<'static, [u8; 64]>> = MessageQueue::new(4);
///
/// SENT.send(FRAMES.allocate([0; 64]));
/// let frame = SENT.receive();
/// ```
pub struct Block<'a, T> {
    block: NonNull<c_void>,
    pool: PhantomData<(&'a Pool<T>, T)>,
}

// SAFETY: whoever has the block has its value, and the kernel takes it back from any thread.
unsafe impl<T: Send> Send for Block<'_, T> {}
// SAFETY: a reference to the block gives a reference to the value alone.
unsafe impl<T: Sync> Sync for Block<'_, T> {}

impl<T> Block<'_, T> {
    /// Where the value is: at the first address in the block with the alignment of `T`.
    fn value(&self) -> *mut T {
        let block = self.block.as_ptr().cast::<T>();
        if align_of::<T>() <= size_of::<usize>() {
            return block;
        }
        block.map_addr(|address| address.next_multiple_of(align_of::<T>()))
    }
}

impl<T> Deref for Block<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: there is a value, since `allocate` has written one.
        unsafe { &*self.value() }
    }
}

impl<T> DerefMut for Block<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the block is borrowed for writing.
        unsafe { &mut *self.value() }
    }
}

impl<T> Drop for Block<'_, T> {
    fn drop(&mut self) {
        // SAFETY: there is a value, and nobody uses it any more. The block is of a pool that is still open: it is borrowed.
        unsafe {
            self.value().drop_in_place();
            bindings::rttm_pool_free(self.block.as_ptr());
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Block<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
