//! The board's console for a user.

use setup::process::{self, Error};

use super::{Machine, port};

/// Starts a machine with the terminal as its console. Returns when the user quits.
///
/// # Errors
/// When QEMU does not start, or ends with an error.
pub fn interactive(machine: &Machine) -> Result<(), Error> {
    println!("Type `hello a b`, `mod run status 7`, `panic`, `mod list` or `help`. Ctrl-A X quits.");
    process::run(machine.qemu().args(["-serial", "mon:stdio"]))
}

/// Starts a machine whose console listens on a TCP port of this computer. Returns when the user quits.
///
/// # Errors
/// When QEMU does not start, or ends with an error.
pub fn listen(machine: &Machine, tcp_port: u16) -> Result<(), Error> {
    println!("The console is at tcp:127.0.0.1:{tcp_port}, for one program at a time. In another terminal:");
    println!("  export MKMOD_PORT=tcp:127.0.0.1:{tcp_port}");
    println!("  mkmod run hello -- a b");
    println!("Ctrl-C quits.");
    process::run(machine.qemu().args(["-monitor", "none", "-serial", &port::listening(tcp_port)]))
}
