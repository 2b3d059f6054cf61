//! TCP connections.

use core::{net::SocketAddr, time::Duration};

use embedded_io::{ErrorType, Read, Write};

use super::{ToSocketAddrs, first, timeout};
use crate::{
    Error, Result,
    sys::socket::{Kind, Socket, Ways},
};

/// A TCP connection. It is closed when it is dropped.
///
/// All threads can use it, one to read and another to write. Drivers that are written for `embedded-io` take it as well.
///
/// ```no_run
/// use rtt_mod::net::{SocketAddr, TcpStream};
///
/// let stream = TcpStream::connect(SocketAddr::from(([192, 168, 1, 2], 7)))?;
/// stream.write_all(b"hello")?;
/// let mut echo = [0; 5];
/// stream.read_exact(&mut echo)?;
/// assert_eq!(&echo, b"hello");
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct TcpStream(Socket);

/// Which way of a connection ends: see [`TcpStream::shutdown`].
///
/// ```
/// use rtt_mod::net::Shutdown;
///
/// assert_ne!(Shutdown::Read, Shutdown::Write);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// Nothing is read any more.
    Read,
    /// Nothing is written any more: the other side reads the end.
    Write,
    /// Both.
    Both,
}

impl TcpStream {
    pub(super) fn accepted(socket: Socket) -> Self {
        TcpStream(socket)
    }

    /// Connects to the first of the addresses that answers: `connect`.
    ///
    /// # Errors
    ///
    /// [`Error::ConnectionRefused`], [`Error::HostUnreachable`] or [`Error::TimedOut`], of the address that was tried
    /// last; those of [`ToSocketAddrs::to_socket_addrs`]; [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// let stream = rtt_mod::net::TcpStream::connect(("example.com", 80))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn connect<A: ToSocketAddrs>(addresses: A) -> Result<Self> {
        first(addresses, |address| {
            let socket = Socket::new(Kind::Stream, address)?;
            socket.connect(address)?;
            Ok(TcpStream(socket))
        })
    }

    /// Connects to `address`, and waits for that no longer than `limit`.
    ///
    /// # Errors
    ///
    /// As [`TcpStream::connect`]; [`Error::InvalidInput`] for a limit of zero.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let address = ([192, 168, 1, 2], 7).into();
    /// let stream = rtt_mod::net::TcpStream::connect_timeout(&address, Duration::from_secs(3))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn connect_timeout(address: &SocketAddr, limit: Duration) -> Result<Self> {
        let stream = TcpStream(Socket::new(Kind::Stream, address)?);
        stream.set_write_timeout(Some(limit))?;
        stream.0.connect(address)?;
        stream.set_write_timeout(None)?;
        Ok(stream)
    }

    /// Waits for bytes, and reads what there is, as far as there is room: `recv`. 0 bytes: the other side has ended.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](TcpStream::set_read_timeout) is over; [`Error::ConnectionReset`];
    /// [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let mut bytes = [0; 64];
    /// let length = stream.read(&mut bytes)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read(&self, bytes: &mut [u8]) -> Result<usize> {
        self.0.receive(bytes).map(|(length, _)| length)
    }

    /// Reads until `bytes` is full.
    ///
    /// # Errors
    ///
    /// [`Error::UnexpectedEof`] when the other side ends before; those of [`TcpStream::read`].
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let mut header = [0; 4];
    /// stream.read_exact(&mut header)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_exact(&self, mut bytes: &mut [u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.read(bytes)? {
                0 => return Err(Error::UnexpectedEof),
                length => bytes = bytes.get_mut(length..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    /// Writes as many of the bytes as there is room for, and waits until that is one at least: `send`.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](TcpStream::set_write_timeout) is over; [`Error::ConnectionReset`] and
    /// [`Error::NotConnected`]; [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let written = stream.write(b"hello")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write(&self, bytes: &[u8]) -> Result<usize> {
        self.0.send(bytes, None)
    }

    /// Writes all of the bytes.
    ///
    /// # Errors
    ///
    /// [`Error::WriteZero`] when no more are taken; those of [`TcpStream::write`].
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// stream.write_all(b"hello")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write_all(&self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.write(bytes)? {
                0 => return Err(Error::WriteZero),
                length => bytes = bytes.get(length..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    /// Ends one way of the connection, or both: `shutdown`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when it has ended already.
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// stream.shutdown(rtt_mod::net::Shutdown::Write)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn shutdown(&self, how: Shutdown) -> Result<()> {
        self.0.shutdown(match how {
            Shutdown::Read => Ways::Read,
            Shutdown::Write => Ways::Write,
            Shutdown::Both => Ways::Both,
        })
    }

    /// How long reading waits, from now on: `SO_RCVTIMEO`. `None`, as it is at first, is without an end.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] for a time-out of zero.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_read_timeout(&self, duration: Option<Duration>) -> Result<()> {
        self.0.set_timeout(Ways::Read, timeout(duration)?)
    }

    /// How long writing waits, from now on: `SO_SNDTIMEO`. `None`, as it is at first, is without an end.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] for a time-out of zero.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// stream.set_write_timeout(Some(Duration::from_secs(2)))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_write_timeout(&self, duration: Option<Duration>) -> Result<()> {
        self.0.set_timeout(Ways::Write, timeout(duration)?)
    }

    /// The address of the other side: `getpeername`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when the connection has ended.
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let port = stream.peer_addr()?.port();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peer_addr(&self) -> Result<SocketAddr> {
        self.0.peer()
    }

    /// The address of this side: `getsockname`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when the connection has ended.
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let port = stream.local_addr()?.port();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local()
    }
}

impl ErrorType for TcpStream {
    type Error = Error;
}

impl Read for TcpStream {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        TcpStream::read(self, bytes)
    }
}

impl Write for TcpStream {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        TcpStream::write(self, bytes)
    }

    /// Does nothing: what is written is on its way.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
