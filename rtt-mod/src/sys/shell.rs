//! Commands of the shell.

use core::{
    ffi::{c_char, c_void},
    mem,
};

use super::{
    bindings::{self, rttm_command, rttm_command_options},
    counted::Counted,
    entry::{self, ArgumentText},
    handle::Handle,
    length,
};
use crate::Result;

/// A registered command. It is unregistered when this is dropped.
#[derive(Debug)]
pub struct Command(Handle<rttm_command>);

impl Command {
    pub fn register<F>(name: &str, description: &str, run: F) -> Result<Self>
    where
        F: Fn(&[ArgumentText<'_>]) -> i32 + Send + Sync + 'static,
    {
        let (name, name_length) = length::text(name)?;
        let (description, description_length) = length::text(description)?;
        let context = Counted::context(run)?;
        let options = rttm_command_options {
            name,
            name_length,
            description,
            description_length,
            run: Some(call::<F>),
            release: Some(release::<F>),
            context,
        };
        // SAFETY: the texts have their lengths. On success the function gives a new handle, and calls `call` with
        // `context` until `release` is called with it.
        let command = unsafe { Handle::made(|place| bindings::rttm_command_register(&options, place)) };
        if command.is_err() {
            // SAFETY: the kernel has not taken it.
            unsafe { release::<F>(context) };
        }
        command.map(Command)
    }

    /// Leaves the command registered. The kernel unregisters it when the module ends.
    pub fn leak(self) {
        mem::forget(self.0);
    }
}

/// What the kernel calls for the command line.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.command"))]
unsafe extern "C" fn call<F>(context: *mut c_void, count: i32, arguments: *mut *mut c_char) -> i32
where
    F: Fn(&[ArgumentText<'_>]) -> i32 + Sync,
{
    // SAFETY: the kernel gives what `register` gave it, until `release`. There may be several shells: `F` is `Sync`.
    // The kernel gives the arguments as to a `main`, for the time of the call.
    unsafe { Counted::call(context, |run: &F| run(entry::texts(count, arguments.cast::<*const c_char>()))) }
}

/// What the kernel calls when it makes no more calls of `call`.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.release"))]
unsafe extern "C" fn release<F>(context: *mut c_void) {
    // SAFETY: it is the context of `register`, and this is its only release.
    unsafe { Counted::<F>::release(context) }
}
