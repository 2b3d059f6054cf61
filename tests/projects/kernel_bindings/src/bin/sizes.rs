//! Prints the sizes of types that flags of the firmware's compiler change.
#![no_std]
#![no_main]

use core::mem::size_of;

use rtt_mod::{kernel, println};

#[rtt_mod::main]
fn main() {
    println!("color {}, label {}", size_of::<kernel::led_color>(), size_of::<kernel::led_label>());
}
