//! Panics while it is loaded.
#![no_std]
#![no_main]

use rtt_mod::shell::Command;

#[rtt_mod::init]
fn init() {
    let _left_behind = Command::register("left", "is not there", |_| ()).map(Command::leak);
    panic!("no sensor");
}
