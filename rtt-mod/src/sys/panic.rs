//! Ending the module with a panic.

use core::panic::Location;

use super::{
    bindings::{self, rttm_location},
    console::Argument,
    length,
};

/// Whether panics print their messages, as the option `panic` says. Its value is known when the module is linked, so the
/// messages and what formats them are in the module only if it is so.
pub fn prints_messages() -> bool {
    unsafe extern "Rust" {
        // The macros define it.
        safe fn __rtt_mod_panic_prints_messages() -> bool;
    }
    __rtt_mod_panic_prints_messages()
}

/// Prints where and why the module panicked, and ends it.
pub fn end(place: Option<&Location<'_>>, message: Argument<'_>) -> ! {
    let place = match place {
        Some(place) => rttm_location {
            file: place.file().as_ptr().cast(),
            file_length: length::at_most(place.file().len()),
            line: place.line(),
            column: place.column(),
        },
        None => rttm_location { file: c"".as_ptr(), file_length: 0, line: 0, column: 0 },
    };
    // SAFETY: both live until the module ends. An `Argument` has the layout of `rttm_arg`.
    unsafe { bindings::rttm_panic(&place, (&raw const message).cast()) }
}
