//! Takes more of the heap than the boot did, so that the largest use that `free` shows is that of the program that runs next.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;

#[rtt_mod::init(heap = "kernel")]
fn init() -> rtt_mod::Result<()> {
    let mut filler = Vec::<u8>::new();
    filler.try_reserve_exact(16 << 10).map_err(|_| rtt_mod::Error::OutOfMemory)?;
    filler.leak();
    Ok(())
}
