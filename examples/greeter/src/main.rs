//! Stays when it is loaded, and gives the shell a command: `mod load greeter`, then `greet Ada`.
#![no_std]
#![no_main]

use rtt_mod::{println, shell::Command};

#[rtt_mod::init(desc = "greets by name")]
fn init() -> rtt_mod::Result<()> {
    Command::register("greet", "greet by name", |args| {
        for name in args.skip(1) {
            println!("Hello, {name}!");
        }
    })?
    .leak();
    Ok(())
}
