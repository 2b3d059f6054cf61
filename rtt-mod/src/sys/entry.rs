//! The entry of a module: its first call of the kernel, and the arguments of `main`.

use core::{
    ffi::{CStr, c_char},
    marker::PhantomData,
    mem::offset_of,
    ptr, slice,
    sync::atomic::{AtomicUsize, Ordering},
};

pub use super::bindings::rt_dlmodule;
use super::{
    bindings::{self, rttm_app},
    length,
};
use crate::env::Args;

/// The major version of the ABI that this crate uses.
pub const ABI_MAJOR: u16 = bindings::RTTM_ABI_MAJOR as u16;

/// The minor version of the ABI that this crate needs at least.
pub const ABI_MINOR: u16 = bindings::RTTM_ABI_MINOR as u16;

/// What a module asks of the kernel: the fields of `rttm_app` that ABI 1.0 has. The field `size` tells the kernel so.
#[repr(C)]
#[derive(Debug)]
pub struct App {
    size: u16,
    /// Priority of the main thread. 0 is the highest.
    pub priority: u8,
    /// `RTTM_APP_…`
    pub flags: u8,
    /// Bytes of the main thread's stack.
    pub stack_bytes: u32,
}

impl App {
    const fn with(self, flag: u32) -> Self {
        App { flags: self.flags | flag as u8, ..self }
    }

    /// Has the kernel start the module when it boots.
    pub const fn started_at_boot(self) -> Self {
        self.with(bindings::RTTM_APP_AUTOSTART)
    }

    /// Has `mkmod install` put the module where the shell finds it by its bare name.
    pub const fn installed_as_command(self) -> Self {
        self.with(bindings::RTTM_APP_COMMAND)
    }
}

/// The default size of a stack. RT-Thread's own default of 2K is too small to format a float, which takes 2.7K on 32
/// bits. On 64 bits a frame is twice as large.
pub const STACK_BYTES: u32 = 1024 * size_of::<usize>() as u32;

/// What a program asks of the kernel. Without a priority, its main thread gets the priority of the thread that loads
/// it.
pub const fn app(stack_bytes: u32, priority: Option<u8>) -> App {
    let priority = match priority {
        Some(priority) => priority,
        None => bindings::RTTM_PRIORITY_DEFAULT as u8,
    };
    App { size: size_of::<App>() as u16, priority, flags: 0, stack_bytes }
}

/// What a module without a `main` asks of the kernel.
pub const fn library() -> App {
    app(0, None).with(bindings::RTTM_APP_LIBRARY)
}

/// What a resident module asks of the kernel. Its `init` is in its [`LongApp`]; it and the shell commands have that stack.
pub const fn resident(stack_bytes: u32) -> App {
    app(stack_bytes, None).with(bindings::RTTM_APP_LIBRARY).with(bindings::RTTM_APP_RESIDENT)
}

/// The whole `rttm_app`, for modules that have more to say than [`App`].
#[repr(C)]
#[derive(Debug)]
pub struct LongApp {
    /// The fields that every module has.
    pub app: App,
    description: *const c_char,
    description_length: u32,
    init: Option<extern "C" fn() -> i32>,
}

// SAFETY: the pointer is that of a `&'static str`.
unsafe impl Sync for LongApp {}

impl LongApp {
    /// `app` with a description, which may be empty, and the function that the kernel calls when the module is loaded.
    pub const fn new(app: App, description: &'static str, init: Option<extern "C" fn() -> i32>) -> Self {
        LongApp {
            app: App { size: size_of::<LongApp>() as u16, ..app },
            description: description.as_ptr().cast(),
            description_length: length::of_static(description.as_bytes()),
            init,
        }
    }
}

const _: () = {
    assert!(offset_of!(App, priority) == offset_of!(rttm_app, priority));
    assert!(offset_of!(App, flags) == offset_of!(rttm_app, flags));
    assert!(offset_of!(App, stack_bytes) == offset_of!(rttm_app, stack_bytes));
    assert!(offset_of!(LongApp, description) == offset_of!(rttm_app, description));
    assert!(offset_of!(LongApp, description_length) == offset_of!(rttm_app, description_length));
    assert!(offset_of!(LongApp, init) == offset_of!(rttm_app, init));
    assert!(size_of::<LongApp>() == size_of::<rttm_app>());
};

/// A `rttm_app`, or its first fields.
pub trait Application: Sync {}

impl Application for App {}
impl Application for LongApp {}

/// Registers the module with the kernel, with what it asks of it.
///
/// # Safety
///
/// The caller is `module_init`, and `module` is the argument that the loader gave it.
#[inline(always)]
pub unsafe fn init<A: Application>(module: *mut rt_dlmodule, app: &'static A) {
    // SAFETY: the caller's promise; `app` has its own size in it, and the kernel reads no more.
    unsafe { bindings::rtt_mod_abi_1(module, (&raw const *app).cast()) }
}

/// `main`'s arguments.
///
/// # Safety
///
/// `arguments` is not null and points to `count` pointers to texts, NUL-terminated and UTF-8. Texts and pointers live
/// as long as the module, and are not changed.
#[inline(always)]
pub unsafe fn arguments(count: i32, arguments: *const *const c_char) -> Args {
    // SAFETY: the caller's promise.
    let texts = unsafe { texts(count, arguments) };
    COUNT.store(count as usize, Ordering::Relaxed);
    ADDRESS.store(arguments.expose_provenance(), Ordering::Relaxed);
    Args::new(texts)
}

/// `main`'s arguments, for [`stored_arguments`]. They are stored as numbers: the compiler removes statics that nobody
/// reads, but keeps those that hold pointers, for the sake of leak checkers.
static COUNT: AtomicUsize = AtomicUsize::new(0);
static ADDRESS: AtomicUsize = AtomicUsize::new(0);

/// `main`'s arguments. A module without a `main` has none.
pub fn stored_arguments() -> &'static [ArgumentText<'static>] {
    match COUNT.load(Ordering::Relaxed) {
        0 => &[],
        count => {
            let arguments = ptr::with_exposed_provenance(ADDRESS.load(Ordering::Relaxed));
            // SAFETY: these are the arguments of [`arguments`], whose caller has promised what they are. They are
            // stored before a second thread exists.
            unsafe { slice::from_raw_parts(arguments, count) }
        }
    }
}

/// The words of a command line.
///
/// # Safety
///
/// That of [`arguments`], but texts and pointers live as long as `'a`.
#[inline(always)]
pub unsafe fn texts<'a>(count: i32, arguments: *const *const c_char) -> &'a [ArgumentText<'a>] {
    // SAFETY: the caller's promise. An `ArgumentText` has the layout of the pointer that it is.
    unsafe { slice::from_raw_parts(arguments.cast(), count as usize) }
}

/// A word of a command line: NUL-terminated UTF-8 that lives as long as `'a` and is not changed.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct ArgumentText<'a>(*const c_char, PhantomData<&'a CStr>);

impl<'a> ArgumentText<'a> {
    pub fn to_c_str(self) -> &'a CStr {
        // SAFETY: what an `ArgumentText` is.
        unsafe { CStr::from_ptr(self.0) }
    }

    pub fn to_str(self) -> &'a str {
        // SAFETY: what an `ArgumentText` is.
        unsafe { core::str::from_utf8_unchecked(self.to_c_str().to_bytes()) }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{format, sync::Mutex, vec::Vec};

    use super::*;

    /// A program stores its arguments once. Here only one test does at a time.
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
    fn arguments_are_stored() {
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
