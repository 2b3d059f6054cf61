//! Memory pools.

use std::{
    ffi::c_void,
    sync::{Condvar, Mutex},
};

use crate::{
    bindings::{RTTM_ERROR_EMPTY, RTTM_ERROR_TIMED_OUT, RTTM_OK, rttm_pool},
    handle::Object,
    wait::wait_while,
};

/// A block is the first word of its memory, which says the pool, and what follows.
type Words = Box<[usize]>;

struct Pool {
    free: Mutex<Vec<Words>>,
    freed: Condvar,
    words: usize,
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pool_new(bytes: u32, capacity: u32, pool: *mut *mut rttm_pool) -> i32 {
    let words = 1 + (bytes as usize).div_ceil(size_of::<usize>());
    let blocks = (0..capacity).map(|_| vec![0; words].into_boxed_slice()).collect();
    let made = Object::open(Pool { free: Mutex::new(blocks), freed: Condvar::new(), words });
    // SAFETY: the caller has a place for the handle.
    unsafe { pool.write(made) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pool_allocate(pool: *mut rttm_pool, milliseconds: u32, block: *mut *mut c_void) -> i32 {
    // SAFETY: the handle is open.
    let object = unsafe { Object::<Pool>::of(pool) };
    let free = object.free.lock().expect("no test panics here");
    let mut free = wait_while(free, &object.freed, milliseconds, |free| free.is_empty());
    let Some(words) = free.pop() else {
        return if milliseconds == 0 { RTTM_ERROR_EMPTY } else { RTTM_ERROR_TIMED_OUT };
    };
    let words = Box::into_raw(words).cast::<usize>();
    // SAFETY: a block has a word for the pool and more words, and the caller has a place for the block.
    unsafe {
        words.cast::<*mut rttm_pool>().write(pool);
        block.write(words.add(1).cast());
    }
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pool_free(block: *mut c_void) {
    // SAFETY: a block comes from `rttm_pool_allocate`, and its pool is open.
    unsafe {
        let words = block.cast::<usize>().sub(1);
        let object = Object::<Pool>::of(words.cast::<*mut rttm_pool>().read());
        let words = Box::from_raw(std::ptr::slice_from_raw_parts_mut(words, object.words));
        object.free.lock().expect("no test panics here").push(words);
        object.freed.notify_one();
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pool_count(pool: *const rttm_pool) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Pool>::of(pool) }.free.lock().expect("no test panics here").len() as i32
}
