//! Never comes back from its `init`.
#![no_std]
#![no_main]

#[rtt_mod::init]
fn init() {
    loop {
        core::hint::spin_loop();
    }
}
