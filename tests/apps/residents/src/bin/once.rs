//! A command that is there for one call: it drops itself, with what it owns.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "a command that drops itself is reached by a pointer")]

extern crate alloc;

use alloc::{boxed::Box, string::String};
use core::{
    ptr,
    sync::atomic::{AtomicPtr, Ordering},
};

use rtt_mod::{Result, println, shell::Command};

static COMMAND: AtomicPtr<Command> = AtomicPtr::new(ptr::null_mut());

#[rtt_mod::init(heap = "1K")]
fn init() -> Result<()> {
    let text = String::from("never again");
    let command = Command::register("once", "works once", move |_| {
        // SAFETY: the only one who takes the pointer out, of the box that is put in below.
        drop(unsafe { Box::from_raw(COMMAND.swap(ptr::null_mut(), Ordering::Relaxed)) });
        println!("{text}");
    })?;
    COMMAND.store(Box::into_raw(Box::new(command)), Ordering::Relaxed);
    Ok(())
}
