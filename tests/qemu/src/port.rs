//! A machine whose console is a port of the host, for programs that open one: a serial port, or TCP.

use std::io::{self, BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Machine;

/// QEMU listens sooner.
const LISTENS_WITHIN: Duration = Duration::from_secs(30);

/// A running machine. Dropping it ends QEMU.
pub struct Port {
    qemu: Child,
    name: String,
}

impl Port {
    /// Starts a machine with a serial port.
    ///
    /// # Errors
    /// When QEMU does not start, or does not print the port's name.
    pub fn serial(machine: &Machine) -> io::Result<Self> {
        let mut port = Self::start(machine, "pty")?;
        let name = port.qemu.stdout.take().and_then(|output| {
            let mut lines = BufReader::new(output).lines().map_while(Result::ok);
            // char device redirected to /dev/pts/1 (label serial0)
            lines.find_map(|line| line.split_whitespace().find(|word| word.starts_with("/dev/")).map(str::to_owned))
        });
        port.name = name.ok_or_else(|| io::Error::other("QEMU has not printed the name of its port"))?;
        Ok(port)
    }

    /// Starts a machine that listens on a free TCP port of this computer.
    ///
    /// # Errors
    /// When QEMU does not start, or does not listen.
    pub fn tcp(machine: &Machine) -> io::Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut port = Self::start(machine, &listening(free.port()))?;
        port.name = format!("tcp:{free}");
        let deadline = Instant::now() + LISTENS_WITHIN;
        while let Err(error) = TcpStream::connect(free) {
            if Instant::now() > deadline {
                return Err(error);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(port)
    }

    fn start(machine: &Machine, console: &str) -> io::Result<Self> {
        let mut command = machine.qemu();
        command.args(["-icount", "shift=0", "-monitor", "none", "-serial", console]).args(&machine.sockets);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        Ok(Self { qemu: command.spawn()?, name: String::new() })
    }

    /// The name of the port, for mkmod.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        // Both fail only if QEMU has already ended.
        let _ = self.qemu.kill();
        let _ = self.qemu.wait();
    }
}

/// QEMU's name for a console that one program of this computer at a time can connect to.
///
/// A UART writes byte by byte. Without `nodelay`, TCP holds back all but the first one until that is acknowledged, which takes
/// 40 ms, at each answer.
pub(super) fn listening(tcp_port: u16) -> String {
    format!("tcp:127.0.0.1:{tcp_port},server=on,wait=off,nodelay=on")
}
