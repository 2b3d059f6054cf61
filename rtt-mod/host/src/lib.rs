//! The module ABI of RT-Thread modules over the standard library of a PC.
//!
//! With this crate, programs that use `rtt-mod` run on a PC, and also under Miri. The tests of `rtt-mod` use it in
//! place of a kernel.
//!
//! - Console output is formatted by `kernel-glue/src/abi/print.c`, the formatter of the firmware. [`printed`] returns
//!   it.
//! - The console, the volume, the heap and the shell's commands belong to the calling thread, so tests that run in
//!   parallel do not see each other.
//! - Objects that threads share, such as mutexes and queues, are made of those of `std`.
//! - Devices are those that programs register, for all threads. Pins, buses and sockets are not implemented.

#![expect(unsafe_code, reason = "the crate implements a C ABI")]

mod calls;
mod console;
mod device;
mod driver;
mod event;
mod file;
mod handle;
mod heap;
mod interrupt;
mod mailbox;
mod messages;
mod mutex;
mod network;
mod notifier;
mod queue;
mod semaphore;
mod shell;
mod thread;
mod time;
mod timer;
mod wait;

pub use console::type_in;
pub use file::put_file;
pub use handle::open_handles;
pub use shell::run_command;

use std::{
    cell::RefCell,
    ffi::c_char,
    sync::{Mutex, MutexGuard, PoisonError},
};

#[expect(dead_code, reason = "not every constant of the header is used here")]
#[path = "../../src/sys/bindings.rs"]
#[rustfmt::skip]
mod bindings;

use bindings::{rttm_arg, rttm_sink};

thread_local! {
    static CONSOLE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SLEEPS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static CRITICAL: RefCell<Option<MutexGuard<'static, ()>>> = const { RefCell::new(None) };
}

/// What `program` prints.
///
/// # Panics
///
/// When that is not UTF-8.
pub fn printed(program: impl FnOnce()) -> String {
    CONSOLE.take();
    program();
    String::from_utf8(CONSOLE.take()).expect("a module prints UTF-8")
}

/// The milliseconds of each sleep of `program`, in order.
pub fn slept(program: impl FnOnce()) -> Vec<u32> {
    SLEEPS.take();
    program();
    SLEEPS.take()
}

/// `struct rttm_sink` of `kernel-glue/src/abi/print.h`.
#[repr(C)]
struct Sink {
    write: unsafe extern "C" fn(*mut Sink, *const c_char, u32),
}

unsafe extern "C" {
    fn rttm_format(sink: *mut Sink, template: *const u8, length: u32, arguments: *const rttm_arg);
}

/// What `print.c` does with `sink`, here so that Rust's linker finds the C file that has it.
#[used]
static SINK_WRITE: unsafe extern "C" fn(*mut rttm_sink, *const c_char, u32) = bindings::rttm_sink_write;

unsafe extern "C" fn remember(_: *mut Sink, text: *const c_char, length: u32) {
    // SAFETY: print.c writes `length` bytes of text.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length as usize) };
    CONSOLE.with_borrow_mut(|console| console.extend_from_slice(text));
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_print(template: *const u8, length: u32, arguments: *const rttm_arg) {
    let mut sink = Sink { write: remember };
    // SAFETY: the caller's promise; the sink is the one that print.c expects.
    unsafe { rttm_format(&mut sink, template, length, arguments) }
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_sleep(milliseconds: u32) {
    SLEEPS.with_borrow_mut(|sleeps| sleeps.push(milliseconds));
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_critical_enter() {
    static LOCK: Mutex<()> = Mutex::new(());
    let is_inside = CRITICAL.with_borrow(Option::is_some);
    assert!(!is_inside, "critical sections do not nest");
    CRITICAL.set(Some(LOCK.lock().unwrap_or_else(PoisonError::into_inner)));
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_critical_exit() {
    assert!(CRITICAL.take().is_some(), "a critical section is entered before it is left");
}
