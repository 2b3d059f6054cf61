//! Commands that end badly, and names that no command can have.
#![no_std]
#![no_main]

use rtt_mod::{Result, println, process, shell::Command};

#[rtt_mod::init(desc = "commands that end badly")]
fn init() -> Result<()> {
    Command::register("trip", "panic", |args| -> i32 { panic!("{} words", args.len()) })?.leak();
    Command::register("leave", "exit", |_| -> i32 { process::exit(3) })?.leak();
    Command::register("fail", "return an error", |_| Err::<(), _>("no sensor"))?.leak();
    for name in ["ls", "trip", "two words", ""] {
        if let Err(error) = Command::register(name, "", |_| ()) {
            println!("`{name}`: {}", error.as_str());
        }
    }
    Ok(())
}
