//! Does not want to stay.
#![no_std]
#![no_main]

use rtt_mod::shell::Command;

#[rtt_mod::init]
fn init() -> Result<(), &'static str> {
    let _left_behind = Command::register("left", "is not there", |_| ()).map(Command::leak);
    Err("no sensor")
}
