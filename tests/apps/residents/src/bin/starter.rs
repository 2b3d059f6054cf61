//! Starts a thread in a command of the shell, which outlives the command.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{Result, println, shell::Command, thread};

#[rtt_mod::init(desc = "starts threads from the shell")]
fn init() -> Result<()> {
    Command::register("begin", "start a thread", |args| {
        let words = args.len();
        thread::spawn(move || {
            println!("begun with {words} words");
            thread::sleep(Duration::from_secs(60));
        });
    })?
    .leak();
    Ok(())
}
