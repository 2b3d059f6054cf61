//! Spawns and joins 200 threads, one after another and without a pause: more than there is memory for at once.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

use rtt_mod::println;
use rtt_mod::thread::Builder;

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    let mut sum = 0;
    for number in 1..=200_u32 {
        let Ok(number) = Builder::new().spawn(move || number)?.join();
        sum += number;
    }
    println!("200 threads, sum {sum}");
    Ok(())
}
