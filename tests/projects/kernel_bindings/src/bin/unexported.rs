//! Calls a function that a header declares, and that the firmware does not have.
#![no_std]
#![no_main]

use rtt_mod::kernel;

#[rtt_mod::main]
fn main() {
    let mut led = kernel::led { pin: 3, is_lit: 0 };
    // SAFETY: the pin is the led's.
    unsafe { kernel::led_toggle(&mut led) };
}
