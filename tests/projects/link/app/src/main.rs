//! The package's own program: formats with `core::fmt`, and allocates.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;

use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(args: Args) {
    println!("app-one: {:?}", args.skip(1).collect::<Vec<_>>());
}
