//! The entries of modules on a PC, where `rtt-mod-host` is the kernel.

pub use rtt_mod_host::{library, stay, tests_need_a_main};

use super::entry;
use crate::env::Args;

/// Runs a program, and ends the process with its exit code.
pub fn run(main: fn(Args) -> i32) -> ! {
    rtt_mod_host::run(move || {
        let (count, texts) = rtt_mod_host::arguments();
        // SAFETY: these are so many texts, NUL-terminated and UTF-8, that nobody frees or changes.
        main(unsafe { entry::arguments(count, texts) })
    })
}
