//! Commands of the shell.

use core::{
    ffi::{c_char, c_void},
    mem,
};

use alloc::boxed::Box;

use super::{
    bindings::{self, rttm_command, rttm_command_options},
    entry::{self, ArgumentText},
    handle::Handle,
};
use crate::Result;

/// A command that is registered until it is dropped.
#[derive(Debug)]
pub struct Command(Handle<rttm_command>);

impl Command {
    pub fn register<F>(name: &str, description: &str, run: F) -> Result<Self>
    where
        F: Fn(&[ArgumentText<'_>]) -> i32 + Send + Sync + 'static,
    {
        let context = Box::into_raw(Box::new(run));
        let options = rttm_command_options {
            name: name.as_ptr().cast(),
            name_length: name.len() as u32,
            description: description.as_ptr().cast(),
            description_length: description.len() as u32,
            run: Some(call::<F>),
            release: Some(release::<F>),
            context: context.cast(),
        };
        // SAFETY: the texts have their lengths. On success the function gives a new handle, and calls `call` with
        // `context` until `release` is called with it.
        let command = unsafe { Handle::made(|place| bindings::rttm_command_register(&options, place)) };
        if command.is_err() {
            // SAFETY: the kernel has not taken it.
            drop(unsafe { Box::from_raw(context) });
        }
        command.map(Command)
    }

    /// Leaves the command to the kernel, which unregisters it at the module's end.
    pub fn leak(self) {
        mem::forget(self.0);
    }
}

/// What the kernel calls for the command line. `F` is `Sync`, since there may be several shells.
unsafe extern "C" fn call<F>(context: *mut c_void, count: i32, arguments: *mut *mut c_char) -> i32
where
    F: Fn(&[ArgumentText<'_>]) -> i32,
{
    // SAFETY: the kernel gives what `register` gave it, until `release`.
    let run = unsafe { &*context.cast::<F>() };
    // SAFETY: the kernel gives the arguments as to a `main`, for the time of the call.
    run(unsafe { entry::texts(count, arguments.cast::<*const c_char>()) })
}

/// What the kernel calls when `call` is not called any more.
unsafe extern "C" fn release<F>(context: *mut c_void) {
    // SAFETY: it is the box of `register`, and this is its only release.
    drop(unsafe { Box::from_raw(context.cast::<F>()) });
}
