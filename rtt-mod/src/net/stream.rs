//! TCP connections.

use core::{net::SocketAddr, time::Duration};

use super::{ToSocketAddrs, first, timeout};
use crate::{
    Error, Result,
    io::{Read, Write, embedded::embedded},
    sys::{
        socket::{Kind, Socket, Ways},
        time,
    },
};

/// A TCP connection. It is closed when it is dropped.
///
/// Several threads can use it, for example one to read and another to write. It implements [`Read`] and [`Write`].
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

/// The direction of a connection that is shut down: see [`TcpStream::shutdown`].
///
/// ```
/// use rtt_mod::net::Shutdown;
///
/// assert_ne!(Shutdown::Read, Shutdown::Write);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// The reading direction.
    Read,
    /// The writing direction. The other side reads the end of the data.
    Write,
    /// Both directions.
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
    /// last; those of [`ToSocketAddrs::to_socket_addrs`]; [`Error::WouldWait`] in an interrupt or a timer's callback.
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

    /// Connects to `address`, and waits for at most `limit`.
    ///
    /// # Errors
    ///
    /// Those of [`TcpStream::connect`]; [`Error::InvalidInput`] for a limit of zero.
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

    /// Waits for data and reads it into `bytes`: `recv`. Returns the number of bytes; 0 when the other side has ended
    /// the connection.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](TcpStream::set_read_timeout) is over; [`Error::ConnectionReset`];
    /// [`Error::WouldWait`] in an interrupt or a timer's callback.
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

    /// Reads like [`read`](TcpStream::read), and leaves what it has read for the next call: `recv` with `MSG_PEEK`.
    ///
    /// # Errors
    ///
    /// Those of [`read`](TcpStream::read).
    ///
    /// ```no_run
    /// # let stream = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// let mut first = [0];
    /// stream.peek(&mut first)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peek(&self, bytes: &mut [u8]) -> Result<usize> {
        self.0.peek(bytes).map(|(length, _)| length)
    }

    /// Reads until `bytes` is full.
    ///
    /// # Errors
    ///
    /// [`Error::UnexpectedEof`] when the other side ends the connection before; those of [`TcpStream::read`].
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

    /// Writes some of the bytes, at least one, and returns their number: `send`.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](TcpStream::set_write_timeout) is over; [`Error::ConnectionReset`] and
    /// [`Error::NotConnected`]; [`Error::WouldWait`] in an interrupt or a timer's callback.
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
    /// [`Error::WriteZero`] when no more bytes can be written; those of [`TcpStream::write`].
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

    /// Shuts down one direction of the connection, or both: `shutdown`.
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

    /// Sets how long reading waits: `SO_RCVTIMEO`. `None`, the default, waits without a limit.
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

    /// Sets how long writing waits: `SO_SNDTIMEO`. `None`, the default, waits without a limit.
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

    /// Sets whether calls return [`Error::WouldBlock`] instead of waiting. `false` takes back all time-outs.
    ///
    /// A call still waits for up to a millisecond, which the kernel's socket layer needs.
    ///
    /// # Errors
    ///
    /// None. It is a `Result` as in `std`.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::TcpStream::connect("example.com:80")?;
    /// socket.set_nonblocking(true)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_nonblocking(&self, nonblocking: bool) -> Result<()> {
        self.0.set_timeout(Ways::Both, if nonblocking { 0 } else { time::FOREVER })
    }

    /// Returns the address of the other side: `getpeername`.
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

    /// Returns the local address: `getsockname`.
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

macro_rules! stream {
    ($($type:ty),+) => {$(
        impl Read for $type {
            fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
                TcpStream::read(self, bytes)
            }
        }

        impl Write for $type {
            fn write(&mut self, bytes: &[u8]) -> Result<usize> {
                TcpStream::write(self, bytes)
            }

            /// Does nothing: written data is sent at once.
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )+};
}

stream!(TcpStream, &TcpStream);
embedded!(TcpStream: Read, Write);
