//! Calls functions of the kernel, one of them variadic, and looks into a struct of its.
#![no_std]
#![no_main]

use rtt_mod::{kernel, println};

#[rtt_mod::main]
fn main() {
    // SAFETY: it may be called from anywhere.
    let before = unsafe { kernel::rt_tick_get() };
    // SAFETY: this is a thread.
    let waited = unsafe { kernel::rt_thread_mdelay(20) };
    // SAFETY: it may be called from anywhere.
    let after = unsafe { kernel::rt_tick_get() };
    println!("waited: {}", waited == 0 && (20..25).contains(&(after - before)));

    // SAFETY: a thread begins with its object in every version. This one is there as long as it runs, and its name ends with a
    // NUL or with its array.
    let name = unsafe { &(*kernel::rt_thread_self().cast::<kernel::rt_object>()).name };
    let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
    println!("thread: {}", str::from_utf8(name).unwrap_or("?"));

    // SAFETY: the format is for a text and a number.
    unsafe { kernel::rt_kprintf(c"%s %d\n".as_ptr(), c"from the kernel:".as_ptr(), kernel::RT_NAME_MAX) };
}
