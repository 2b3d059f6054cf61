//! Formats numbers and texts.
#![no_std]
#![no_main]

use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(mut args: Args) {
    pairs::mark();
    let name = args.next().unwrap_or("?");
    for i in 0..20i32 {
        println!(
            "{name}: {} of {}, mask {:08x}, id {i:x}",
            -i * 1000,
            (i as u32).wrapping_mul(77777),
            (i as u32).wrapping_mul(0x1234567)
        );
        println!("{i:5}|{:<8}|{}", "left", char::from(b'a' + i as u8));
    }
    pairs::mark();
}
