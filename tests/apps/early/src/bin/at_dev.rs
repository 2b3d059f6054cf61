//! Is loaded by the kernel's initialization at the level `device`, behind the drivers, and prints what is there then.
#![no_std]
#![no_main]

#[rtt_mod::init(level = "device")]
fn init() {
    early::print_what_is_there("device");
}
