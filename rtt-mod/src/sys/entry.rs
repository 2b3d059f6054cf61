//! Where the kernel comes in: the module's first call, and `main`'s arguments.

use core::{
    ffi::{CStr, c_char},
    ptr, slice,
    sync::atomic::{AtomicUsize, Ordering},
};

pub use super::bindings::rt_dlmodule;
use super::bindings::{self, rttm_app};
use crate::env::Args;

/// The major version of the ABI that this crate is for.
pub const ABI_MAJOR: u16 = bindings::RTTM_ABI_MAJOR as u16;

/// The least minor version of the ABI that this crate is for.
pub const ABI_MINOR: u16 = bindings::RTTM_ABI_MINOR as u16;

/// What a module asks of the kernel, as far as ABI 1.0 has it: the beginning of a `rttm_app`. Its size says so.
#[repr(C)]
#[derive(Debug)]
pub struct App {
    size: u16,
    /// Of the main thread; 0 is the highest.
    pub priority: u8,
    /// `RTTM_APP_…`
    pub flags: u8,
    /// Of the main thread.
    pub stack_bytes: u32,
}

const _: () = {
    assert!(core::mem::offset_of!(App, priority) == core::mem::offset_of!(rttm_app, priority));
    assert!(core::mem::offset_of!(App, flags) == core::mem::offset_of!(rttm_app, flags));
    assert!(core::mem::offset_of!(App, stack_bytes) == core::mem::offset_of!(rttm_app, stack_bytes));
};

/// What a program asks of the kernel. Without a priority, its main thread gets that of the thread that loads it.
pub const fn app(stack_bytes: u32, priority: Option<u8>) -> App {
    let priority = match priority {
        Some(priority) => priority,
        None => bindings::RTTM_PRIORITY_DEFAULT as u8,
    };
    App { size: size_of::<App>() as u16, priority, flags: 0, stack_bytes }
}

/// What a module without a `main` asks of the kernel.
pub const fn library() -> App {
    App { flags: bindings::RTTM_APP_LIBRARY as u8, ..app(0, None) }
}

/// Tells the kernel what the module asks of it.
///
/// # Safety
///
/// Only from `module_init`, with the argument that the loader gave it.
#[inline(always)]
pub unsafe fn init(module: *mut rt_dlmodule, app: &'static App) {
    // SAFETY: the caller's promise; `app` says its own size, and the kernel reads no more.
    unsafe { bindings::rtt_mod_abi_1(module, (&raw const *app).cast()) }
}

/// `main`'s arguments.
///
/// # Safety
///
/// `arguments` are `count` pointers to texts, NUL-terminated and UTF-8, which like the pointers live as long as the
/// module and are not changed.
#[inline(always)]
pub unsafe fn arguments(count: i32, arguments: *const *const c_char) -> Args {
    // SAFETY: the caller's promise. An `ArgumentText` has the layout of the pointer that it is.
    let texts = unsafe { slice::from_raw_parts(arguments.cast(), count as usize) };
    KEPT_COUNT.store(count as usize, Ordering::Relaxed);
    KEPT_ADDRESS.store(arguments.expose_provenance(), Ordering::Relaxed);
    Args::new(texts)
}

/// `main`'s arguments, for who asks later. They are numbers, since the compiler then leaves them out of a program in which
/// nobody asks: pointers it keeps, for those who look for leaks.
static KEPT_COUNT: AtomicUsize = AtomicUsize::new(0);
static KEPT_ADDRESS: AtomicUsize = AtomicUsize::new(0);

/// `main`'s arguments, or none in a module without one.
pub fn kept_arguments() -> &'static [ArgumentText] {
    match KEPT_COUNT.load(Ordering::Relaxed) {
        0 => &[],
        count => {
            let arguments = ptr::with_exposed_provenance(KEPT_ADDRESS.load(Ordering::Relaxed));
            // SAFETY: these are the arguments of [`arguments`], which says what they are. They are kept before a second
            // thread exists.
            unsafe { slice::from_raw_parts(arguments, count) }
        }
    }
}

/// A text of the command line: NUL-terminated UTF-8 that lives as long as the module, and is not changed.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct ArgumentText(*const c_char);

impl ArgumentText {
    pub fn to_c_str(self) -> &'static CStr {
        // SAFETY: what an `ArgumentText` is.
        unsafe { CStr::from_ptr(self.0) }
    }

    pub fn to_str(self) -> &'static str {
        // SAFETY: what an `ArgumentText` is.
        unsafe { str::from_utf8_unchecked(self.to_c_str().to_bytes()) }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{format, sync::Mutex, vec::Vec};

    use super::*;

    /// A program has its arguments once; here it is one test at a time.
    static PROGRAM: Mutex<()> = Mutex::new(());

    struct Texts([*const c_char; 3]);

    // SAFETY: nobody changes the texts.
    unsafe impl Sync for Texts {}

    static TEXTS: Texts = Texts([c"copy".as_ptr(), c"größe.txt".as_ptr(), c"".as_ptr()]);

    fn with_arguments(test: fn(Args)) {
        let _program = PROGRAM.lock().unwrap();
        // SAFETY: three pointers to static UTF-8 texts.
        test(unsafe { arguments(3, TEXTS.0.as_ptr()) });
    }

    #[test]
    fn arguments_are_kept() {
        with_arguments(|args| assert_eq!(crate::env::args().nth(1), args.clone().nth(1)));
    }

    #[test]
    fn arguments_are_texts() {
        with_arguments(|args| {
            assert_eq!(args.len(), 3);
            assert_eq!(args.clone().collect::<Vec<_>>(), ["copy", "größe.txt", ""]);
            assert_eq!(args.clone().next_back(), Some(""));
            assert_eq!(format!("{args:?}"), r#"["copy", "größe.txt", ""]"#);
        });
    }

    #[test]
    fn arguments_are_c_strings() {
        with_arguments(|args| assert_eq!(args.c_strs().nth(1), Some(c"größe.txt")));
    }
}
