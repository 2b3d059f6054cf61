//! Declares a function of the kernel as `rtthread.h` does.
#![no_std]
#![no_main]

#[rtt_mod::import]
unsafe extern "C" {
    safe fn rt_thread_mdelay(milliseconds: i32) -> isize;
}

#[rtt_mod::main]
fn main() {
    rt_thread_mdelay(10);
}
