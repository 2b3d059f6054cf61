//! A machine whose console is a serial port of the host, for programs that open one.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use super::Machine;

/// A running machine. Dropping it ends QEMU.
pub struct Port {
    qemu: Child,
    path: PathBuf,
}

impl Port {
    /// Starts a machine.
    ///
    /// # Errors
    /// When QEMU does not start, or does not print the port's name.
    pub fn start(machine: &Machine) -> io::Result<Self> {
        let mut command = machine.qemu();
        command.args(["-monitor", "none", "-serial", "pty"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut qemu = command.spawn()?;
        let path = qemu.stdout.take().and_then(|output| {
            let mut lines = BufReader::new(output).lines().map_while(Result::ok);
            // char device redirected to /dev/pts/1 (label serial0)
            lines.find_map(|line| line.split_whitespace().find(|word| word.starts_with("/dev/")).map(PathBuf::from))
        });
        let port = Self { qemu, path: path.unwrap_or_default() };
        if port.path.as_os_str().is_empty() {
            Err(io::Error::other("QEMU has not printed the name of its port"))
        } else {
            Ok(port)
        }
    }

    /// The path of the port.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        // Both fail only if QEMU has already ended.
        let _ = self.qemu.kill();
        let _ = self.qemu.wait();
    }
}
