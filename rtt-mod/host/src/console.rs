//! What is typed at the console, and what is written to it without a template.

use std::{cell::RefCell, collections::VecDeque};

use crate::CONSOLE;

thread_local! {
    static TYPED: RefCell<VecDeque<u8>> = const { RefCell::new(VecDeque::new()) };
}

/// Types keys, behind those that are not read yet. When all are read there is no more.
pub fn type_in(keys: &[u8]) {
    TYPED.with_borrow_mut(|typed| typed.extend(keys));
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_console_read(bytes: *mut u8, capacity: u32) -> i32 {
    // SAFETY: there is room for so many bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(bytes, capacity as usize) };
    TYPED.with_borrow_mut(|typed| {
        let length = typed.len().min(bytes.len());
        bytes.iter_mut().zip(typed.drain(..length)).for_each(|(place, key)| *place = key);
        length as i32
    })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_console_write(bytes: *const u8, length: u32) -> i32 {
    // SAFETY: there are so many bytes.
    let bytes = unsafe { std::slice::from_raw_parts(bytes, length as usize) };
    CONSOLE.with_borrow_mut(|console| console.extend_from_slice(bytes));
    length as i32
}
