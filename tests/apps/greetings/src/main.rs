//! Prints a line; its name is longer than `RT_NAME_MAX`.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("greetings from a long name");
}
