//! Is loaded by the kernel's initialization at the level `component`, behind the components, and prints what is there then.
#![no_std]
#![no_main]

#[rtt_mod::init(level = "component")]
fn init() {
    early::print_what_is_there("component");
}
