//! Ports: the names that users give, and the lines behind them.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::str::FromStr;
use std::time::Duration;

use serialport::{SerialPort, SerialPortType};

use super::{BoardError, Line};

/// Bits per second, if nobody says otherwise.
pub const BAUD: u32 = 115_200;

/// Why a name of a port is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a port is a serial port, such as COM3 or /dev/ttyUSB0, or tcp:HOST:PORT, such as tcp:localhost:5555")]
pub struct PortNameError;

/// A port, as a user names it.
///
/// ```
/// use mkmod::board::PortName;
///
/// assert_eq!("tcp:localhost:5555".parse(), Ok(PortName::Tcp("localhost:5555".into())));
/// assert_eq!("COM3".parse(), Ok(PortName::Serial("COM3".into())));
/// assert_eq!("/dev/ttyUSB0".parse(), Ok(PortName::Serial("/dev/ttyUSB0".into())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortName {
    /// A serial port of the system.
    Serial(String),
    /// `tcp:HOST:PORT`: a console on the network, such as that of a board in QEMU.
    Tcp(String),
}

impl FromStr for PortName {
    type Err = PortNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("tcp:") {
            Some(address) if is_address(address) => Ok(Self::Tcp(address.to_owned())),
            None if !text.is_empty() => Ok(Self::Serial(text.to_owned())),
            _ => Err(PortNameError),
        }
    }
}

fn is_address(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
}

impl fmt::Display for PortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial(name) => f.write_str(name),
            Self::Tcp(address) => write!(f, "tcp:{address}"),
        }
    }
}

/// `port`, or the only serial port there is.
///
/// # Errors
/// When none is named, and there is none or more than one.
pub fn choose(port: Option<PortName>) -> Result<PortName, BoardError> {
    port.map_or_else(|| the_only_port().map(PortName::Serial), Ok)
}

/// Opens `port`. `baud` counts for serial ports.
///
/// # Errors
/// When it can't be opened.
pub fn open(port: &PortName, baud: u32) -> Result<Box<dyn Line + Send>, BoardError> {
    match port {
        PortName::Tcp(address) => open_tcp(address),
        PortName::Serial(name) => open_serial(name, baud),
    }
}

fn open_tcp(address: &str) -> Result<Box<dyn Line + Send>, BoardError> {
    let connect = || {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(stream)
    };
    let stream = connect().map_err(|source| BoardError::Port { port: format!("tcp:{address}"), source })?;
    Ok(Box::new(stream))
}

fn open_serial(name: &str, baud: u32) -> Result<Box<dyn Line + Send>, BoardError> {
    let port = serialport::new(name, baud).open();
    let port = port.map_err(|error| BoardError::Port { port: name.to_owned(), source: error.into() })?;
    Ok(Box::new(port))
}

/// Of several ports, those of USB adapters count: a PC may have old ports that nothing is connected to.
fn the_only_port() -> Result<String, BoardError> {
    let mut ports = serialport::available_ports().unwrap_or_default();
    if ports.len() > 1 && ports.iter().any(|port| is_usb(&port.port_type)) {
        ports.retain(|port| is_usb(&port.port_type));
    }
    let mut names: Vec<_> = ports.into_iter().map(|port| port.port_name).collect();
    match (names.pop(), names.is_empty()) {
        (None, _) => Err(BoardError::NoPort),
        (Some(name), true) => Ok(name),
        (Some(name), false) => {
            names.push(name);
            Err(BoardError::ManyPorts(names.join(", ")))
        }
    }
}

fn is_usb(kind: &SerialPortType) -> bool {
    matches!(kind, SerialPortType::UsbPort(_))
}

impl Line for Box<dyn SerialPort> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        self.set_timeout(limit)?;
        quiet_or(Read::read(self, into))
    }
}

impl Line for TcpStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        // A limit of 0 would be none.
        self.set_read_timeout(Some(limit.max(Duration::from_millis(1))))?;
        match Read::read(self, into) {
            Ok(0) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the other side has closed it")),
            other => quiet_or(other),
        }
    }
}

/// The system reports as an error that nothing has arrived.
fn quiet_or(result: io::Result<usize>) -> io::Result<usize> {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    match result {
        Err(error) if matches!(error.kind(), TimedOut | WouldBlock | Interrupted) => Ok(0),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_console_on_the_network_is_read_and_written() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let name = PortName::Tcp(listener.local_addr().unwrap().to_string());
        let mut line = open(&name, BAUD).unwrap();
        let (mut board, _) = listener.accept().unwrap();
        line.write(b"abc").unwrap();
        let mut heard = [0; 3];
        board.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"abc");
        assert_eq!(line.read(&mut heard, Duration::from_millis(1)).unwrap(), 0);
        board.write_all(b"d").unwrap();
        assert_eq!(line.read(&mut heard, Duration::from_secs(10)).unwrap(), 1);
        drop(board);
        assert_eq!(line.read(&mut heard, Duration::from_secs(10)).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn the_error_names_the_port() {
        let error = open(&PortName::Serial("/no/such/port".into()), BAUD).err().unwrap().to_string();
        assert!(error.starts_with("can't open the port /no/such/port: "), "{error}");
    }

    #[test]
    fn a_console_on_the_network_has_a_host_and_a_port() {
        for name in ["", "tcp:", "tcp:localhost", "tcp::5555", "tcp:localhost:", "tcp:localhost:70000"] {
            assert_eq!(name.parse::<PortName>(), Err(PortNameError), "{name}");
        }
        assert_eq!("tcp:[::1]:5555".parse(), Ok(PortName::Tcp("[::1]:5555".into())));
    }
}
