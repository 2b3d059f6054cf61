//! Calls a function that no kernel exports.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the function is one of the firmware")]

unsafe extern "C" {
    safe fn no_such_function() -> i32;
}

#[rtt_mod::main]
fn main() -> i32 {
    no_such_function()
}
