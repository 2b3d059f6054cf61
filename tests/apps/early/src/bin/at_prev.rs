//! Is loaded by the kernel's initialization at the level `prev`, in front of the drivers, and prints what is there then.
#![no_std]
#![no_main]

#[rtt_mod::init(level = "prev")]
fn init() {
    early::print_what_is_there("prev");
}
