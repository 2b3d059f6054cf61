//! Panics, and the shell goes on.
#![no_std]
#![no_main]

use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(args: Args) {
    println!("about to look where nothing is");
    let days = ["mon", "tue", "wed"];
    println!("{}", days[args.len() + 2]);
}
