//! TCP listeners.

use core::{iter::FusedIterator, net::SocketAddr, time::Duration};

use super::{TcpStream, ToSocketAddrs, first, timeout};
use crate::{
    Result,
    sys::{
        socket::{Kind, Socket, Ways},
        time,
    },
};

/// The number of connections that wait to be accepted. More are refused.
const BACKLOG: u32 = 4;

/// A TCP socket that listens for connections. It is closed when it is dropped.
///
/// ```no_run
/// use rtt_mod::net::{Ipv4Addr, TcpListener};
///
/// let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 7))?;
/// for stream in listener.incoming() {
///     stream?.write_all(b"hello\n")?;
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct TcpListener(Socket);

impl TcpListener {
    /// Listens on the first of the addresses that is free: `bind` and `listen`. With port 0 the kernel chooses a port.
    ///
    /// # Errors
    ///
    /// [`Error::AddrInUse`](crate::Error::AddrInUse); those of [`ToSocketAddrs::to_socket_addrs`].
    ///
    /// ```no_run
    /// let listener = rtt_mod::net::TcpListener::bind("0.0.0.0:8080")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn bind<A: ToSocketAddrs>(addresses: A) -> Result<Self> {
        first(addresses, |address| {
            let socket = Socket::new(Kind::Stream, address)?;
            socket.bind(address)?;
            socket.listen(BACKLOG)?;
            Ok(TcpListener(socket))
        })
    }

    /// Waits for a connection: `accept`.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`](crate::Error::WouldBlock) when the [time-out](TcpListener::set_timeout) is over;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let listener = rtt_mod::net::TcpListener::bind("0.0.0.0:8080")?;
    /// let (stream, from) = listener.accept()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn accept(&self) -> Result<(TcpStream, SocketAddr)> {
        let (socket, from) = self.0.accept()?;
        Ok((TcpStream::accepted(socket), from))
    }

    /// Returns an endless iterator over the connections.
    ///
    /// ```no_run
    /// # let listener = rtt_mod::net::TcpListener::bind("0.0.0.0:8080")?;
    /// for stream in listener.incoming() {
    ///     stream?.write_all(b"hello")?;
    /// }
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming(self)
    }

    /// Sets how long [`accept`](TcpListener::accept) waits. `None`, the default, waits without a limit.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`](crate::Error::InvalidInput) for a time-out of zero.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let listener = rtt_mod::net::TcpListener::bind("0.0.0.0:8080")?;
    /// listener.set_timeout(Some(Duration::from_secs(60)))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_timeout(&self, duration: Option<Duration>) -> Result<()> {
        self.0.set_timeout(Ways::Read, timeout(duration)?)
    }

    /// Sets whether calls return [`Error::WouldBlock`](crate::Error::WouldBlock) instead of waiting. `false` takes back all time-outs.
    ///
    /// A call still waits for up to a millisecond, which the kernel's socket layer needs.
    ///
    /// # Errors
    ///
    /// None. It is a `Result` as in `std`.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::TcpListener::bind("0.0.0.0:80")?;
    /// socket.set_nonblocking(true)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_nonblocking(&self, nonblocking: bool) -> Result<()> {
        self.0.set_timeout(Ways::Read, if nonblocking { 0 } else { time::FOREVER })
    }

    /// Returns the local address: `getsockname`.
    ///
    /// # Errors
    ///
    /// Those of the network stack.
    ///
    /// ```no_run
    /// let port = rtt_mod::net::TcpListener::bind("0.0.0.0:0")?.local_addr()?.port();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local()
    }
}

/// An iterator over the connections to a [`TcpListener`].
///
/// ```no_run
/// # let listener = rtt_mod::net::TcpListener::bind("0.0.0.0:8080")?;
/// let first = listener.incoming().next();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Incoming<'a>(&'a TcpListener);

impl Iterator for Incoming<'_> {
    type Item = Result<TcpStream>;

    fn next(&mut self) -> Option<Result<TcpStream>> {
        Some(self.0.accept().map(|(stream, _)| stream))
    }
}

impl FusedIterator for Incoming<'_> {}
