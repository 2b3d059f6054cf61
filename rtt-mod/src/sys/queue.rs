//! A message queue of the kernel that moves values.

use core::{
    cell::UnsafeCell,
    marker::PhantomData,
    mem::{ManuallyDrop, MaybeUninit},
};

use super::{
    bindings::{self, rttm_queue},
    handle::LazyHandle,
};
use crate::{Error, Result};

/// A value as the kernel copies it. It has at least one byte.
union Message<T> {
    value: ManuallyDrop<T>,
    _byte: MaybeUninit<u8>,
}

/// A queue with room for `capacity` values. The kernel makes it when it is first used. The values that are left in it
/// are dropped with it.
#[derive(Debug)]
pub struct Queue<T> {
    capacity: u32,
    handle: LazyHandle<rttm_queue>,
    /// Values go in as well as out, so a queue is invariant in their type: a queue of `&'static str` is none of `&'a
    /// str`.
    values: PhantomData<UnsafeCell<T>>,
}

// SAFETY: values go through the queue from thread to thread, and are never shared.
unsafe impl<T: Send> Send for Queue<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Queue<T> {}

impl<T> Queue<T> {
    const BYTES: u32 = {
        assert!(size_of::<Message<T>>() <= 65528, "a message has at most 65,528 bytes");
        size_of::<Message<T>>() as u32
    };

    pub const fn new(capacity: u32) -> Self {
        Queue { capacity, handle: LazyHandle::new(), values: PhantomData }
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.handle.set_name(name, |place| bindings::rttm_queue_new(Self::BYTES, self.capacity, place)) }
    }

    #[inline(always)]
    fn call(&self, call: impl FnOnce(*mut rttm_queue) -> i32) -> Result<u32> {
        // SAFETY: on success the function gives a new handle.
        unsafe { self.handle.call(move |place| bindings::rttm_queue_new(Self::BYTES, self.capacity, place), call) }
    }

    /// Moves `value` into the queue. On an error it comes back.
    #[inline(always)]
    pub fn send(&self, value: T, milliseconds: u32) -> Result<(), (T, Error)> {
        self.move_in(value, move |handle, message| {
            // SAFETY: the handle is open, and the message as large as all of its messages.
            unsafe { bindings::rttm_queue_send(handle, message.cast(), milliseconds) }
        })
    }

    pub fn send_urgent(&self, value: T) -> Result<(), (T, Error)> {
        self.move_in(value, |handle, message| {
            // SAFETY: as above.
            unsafe { bindings::rttm_queue_send_urgent(handle, message.cast()) }
        })
    }

    #[inline(always)]
    fn move_in(
        &self,
        value: T,
        send: impl FnOnce(*mut rttm_queue, *const Message<T>) -> i32,
    ) -> Result<(), (T, Error)> {
        let message = Message { value: ManuallyDrop::new(value) };
        let place = &raw const message;
        match self.call(move |handle| send(handle, place)) {
            Ok(_) => Ok(()),
            // SAFETY: the queue has not taken the value.
            Err(error) => Err((ManuallyDrop::into_inner(unsafe { message.value }), error)),
        }
    }

    #[inline(always)]
    pub fn receive(&self, milliseconds: u32) -> Result<T> {
        let mut message = MaybeUninit::<Message<T>>::uninit();
        let place = message.as_mut_ptr();
        // SAFETY: the handle is open, and there is room for a message.
        self.call(move |handle| unsafe { bindings::rttm_queue_receive(handle, place.cast(), milliseconds) })?;
        // SAFETY: the message is one of `send`, and was taken from the queue.
        Ok(ManuallyDrop::into_inner(unsafe { message.assume_init().value }))
    }
}

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        if core::mem::needs_drop::<T>() && self.handle.is_made() {
            while let Ok(value) = self.receive(0) {
                drop(value);
            }
        }
    }
}
