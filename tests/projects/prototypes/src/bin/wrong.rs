//! Declares a function of the kernel with a larger argument than it takes, and without its result.
#![no_std]
#![no_main]

#[rtt_mod::import]
unsafe extern "C" {
    safe fn rt_thread_mdelay(milliseconds: u64);
}

#[rtt_mod::main]
fn main() {
    rt_thread_mdelay(10);
}
