//! Its module has another name than its crate.
#![no_std]
#![no_main]

use rtt_mod::{println, rtt_main};

#[rtt_main(name = "other", desc = "has another name")]
fn main() {
    println!("called other");
}
