//! The board's console for a user.

use setup::process::{self, Error};

use super::Machine;

/// Starts a machine with the terminal as its console. Returns when the user quits.
///
/// # Errors
/// When QEMU does not start, or ends with an error.
pub fn interactive(machine: &Machine) -> Result<(), Error> {
    println!("Type `hello a b`, `mod run status 7`, `panic`, `mod list` or `help`. Ctrl-A X quits.");
    process::run(machine.qemu().args(["-serial", "mon:stdio"]))
}
