//! Is loaded by the kernel's initialization at the level `app`, last, and prints what is there then.
#![no_std]
#![no_main]

#[rtt_mod::init(level = "app")]
fn init() {
    early::print_what_is_there("app");
}
