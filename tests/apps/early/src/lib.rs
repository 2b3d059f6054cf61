//! What several modules print at boot, each at another level of the kernel's initialization.
#![no_std]

use rtt_mod::{device::Device, fs, println};

/// Prints whether the board's drivers are registered, and whether the card is mounted.
pub fn print_what_is_there(level: &str) {
    let drivers = Device::find("sd0").is_ok();
    let card = fs::metadata("/seen.txt").is_ok();
    println!("{level}: drivers {drivers}, card {card}");
}
