//! Stays in the memheap `tcm`, with 2 KB of variables: the command `lodge` counts its calls in them.
#![no_std]
#![no_main]

use rtt_mod::{println, shell::Command, sync::Mutex};

static CALLS: Mutex<[u32; 512]> = Mutex::new([0; 512]);

#[rtt_mod::init(desc = "lodges")]
fn init() -> rtt_mod::Result<()> {
    let lodge = Command::register("lodge", "count the calls", |args| {
        let mut calls = CALLS.lock();
        let count = &mut calls[args.count() % 512];
        *count += 1;
        println!("call {count}");
    });
    lodge?.leak();
    Ok(())
}
