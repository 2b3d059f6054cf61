//! Message queues.

use std::{ffi::c_void, mem::MaybeUninit, slice};

use crate::{
    bindings::{RTTM_OK, rttm_queue},
    handle::Object,
    messages::Messages,
};

/// Bytes that may be padding, or part of a pointer.
type Bytes = Box<[MaybeUninit<u8>]>;

struct Queue {
    bytes: usize,
    messages: Messages<Bytes>,
}

impl Queue {
    /// A copy of the caller's message.
    ///
    /// # Safety
    ///
    /// It is as large as the queue's messages.
    unsafe fn copy(&self, message: *const c_void) -> Bytes {
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(message.cast::<MaybeUninit<u8>>(), self.bytes) }.into()
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_queue_new(bytes: u32, capacity: u32, queue: *mut *mut rttm_queue) -> i32 {
    let made = Object::open(Queue { bytes: bytes as usize, messages: Messages::new(capacity) });
    // SAFETY: the caller has a place for the handle.
    unsafe { queue.write(made) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_queue_send(queue: *mut rttm_queue, message: *const c_void, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let queue = unsafe { Object::<Queue>::of(queue) };
    // SAFETY: the caller's message has the queue's size.
    let message = unsafe { queue.copy(message) };
    queue.messages.send(message, milliseconds).map_or_else(|error| error, |()| RTTM_OK as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_queue_send_urgent(queue: *mut rttm_queue, message: *const c_void) -> i32 {
    // SAFETY: the handle is open.
    let queue = unsafe { Object::<Queue>::of(queue) };
    // SAFETY: the caller's message has the queue's size.
    let message = unsafe { queue.copy(message) };
    queue.messages.send_urgent(message).map_or_else(|error| error, |()| RTTM_OK as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_queue_receive(queue: *mut rttm_queue, message: *mut c_void, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let queue = unsafe { Object::<Queue>::of(queue) };
    match queue.messages.receive(milliseconds) {
        Ok(received) => {
            // SAFETY: the caller has room for a message of the queue's size.
            unsafe { message.cast::<MaybeUninit<u8>>().copy_from_nonoverlapping(received.as_ptr(), queue.bytes) };
            RTTM_OK as i32
        }
        Err(error) => error,
    }
}
