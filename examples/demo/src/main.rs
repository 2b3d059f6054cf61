//! An application as RT-Thread's older Rust layer has them: with a name, a description, and its place on the card.
#![no_std]
#![no_main]

use rtt_mod::{env::Args, println};

#[rtt_mod::main(name = "demo", desc = "demo app.", run = true, cmd = true, stack = "1K", priority = 20, heap = 0)]
fn main(args: Args) {
    for (n, parameter) in args.enumerate() {
        println!("parameter {n}: {parameter}");
    }
}
