//! The panic handler: it prints where and why, and ends the module with exit code 101.
#![forbid(unsafe_code)]

use core::{fmt::Write, panic::PanicInfo};

use crate::sys::{
    console::{Argument, Sink},
    heap, panic,
};

#[panic_handler]
fn end_of_the_module(info: &PanicInfo<'_>) -> ! {
    if !panic::prints_messages() {
        panic::end(info.location(), Argument::text("(without a message: panic = \"location\")"));
    }
    if let Some(report) = info.location().and_then(|location| heap::out_of_memory(location.file())) {
        panic::end(None, Argument::formatted(&report));
    }
    let message = info.message();
    match message.as_str() {
        Some(text) => panic::end(info.location(), Argument::text(text)),
        None => {
            let message = |sink: &mut Sink<'_>| sink.write_fmt(format_args!("{message}"));
            panic::end(info.location(), Argument::formatted(&message))
        }
    }
}
