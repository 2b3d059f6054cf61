//! Is loaded by the kernel's initialization at the level `env`, behind the mounts, and prints what is there then.
#![no_std]
#![no_main]

#[rtt_mod::init(level = "env")]
fn init() {
    early::print_what_is_there("env");
}
