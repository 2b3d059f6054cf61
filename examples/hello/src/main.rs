//! Prints a line and its arguments.
#![no_std]
#![no_main]

use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(args: Args) {
    println!("Hello from Rust on RT-Thread!");
    for (n, arg) in args.enumerate().skip(1) {
        println!("argument {n}: {arg}");
    }
}
