//! The user at the board's console.

use setup::process::{self, Error};

use super::Machine;

/// Starts the machine with the terminal as its console; returns when the user quits.
pub fn interactive(machine: &Machine) -> Result<(), Error> {
    println!("Type `hello a b`, `mod run status 7`, `panic`, `mod list` or `help`. Ctrl-A X quits.");
    process::run(machine.qemu().args(["-serial", "mon:stdio"]))
}
