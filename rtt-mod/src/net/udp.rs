//! UDP sockets.

use core::{net::SocketAddr, time::Duration};

use super::{ToSocketAddrs, first, timeout};
use crate::{
    Error, Result,
    sys::{
        socket::{Kind, Socket, Ways},
        time,
    },
};

/// A UDP socket. It is closed when it is dropped.
///
/// ```no_run
/// use rtt_mod::net::UdpSocket;
///
/// let socket = UdpSocket::bind("0.0.0.0:5000")?;
/// let mut packet = [0; 512];
/// let (length, from) = socket.recv_from(&mut packet)?;
/// socket.send_to(&packet[..length], from)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct UdpSocket(Socket);

impl UdpSocket {
    /// Binds the socket to the first of the addresses that is free: `bind`. With port 0 the kernel chooses a port.
    ///
    /// # Errors
    ///
    /// [`Error::AddrInUse`]; those of [`ToSocketAddrs::to_socket_addrs`].
    ///
    /// ```no_run
    /// let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn bind<A: ToSocketAddrs>(addresses: A) -> Result<Self> {
        first(addresses, |address| {
            let socket = Socket::new(Kind::Datagram, address)?;
            socket.bind(address)?;
            Ok(UdpSocket(socket))
        })
    }

    /// Sets the address to which [`send`](UdpSocket::send) sends and from which [`recv`](UdpSocket::recv) receives:
    /// `connect`.
    ///
    /// # Errors
    ///
    /// Those of [`ToSocketAddrs::to_socket_addrs`] and of the network stack.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.connect("192.168.1.2:5000")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn connect<A: ToSocketAddrs>(&self, addresses: A) -> Result<()> {
        first(addresses, |address| self.0.connect(address))
    }

    /// Sends a packet to the first of the addresses, and returns its length: `sendto`.
    ///
    /// # Errors
    ///
    /// [`Error::HostUnreachable`]; those of [`ToSocketAddrs::to_socket_addrs`]; [`Error::WouldWait`] in an interrupt or
    /// a timer's callback.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.send_to(b"hello", "192.168.1.2:5000")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send_to<A: ToSocketAddrs>(&self, packet: &[u8], addresses: A) -> Result<usize> {
        let address = addresses.to_socket_addrs()?.next().ok_or(Error::InvalidInput)?;
        self.0.send(packet, Some(&address))
    }

    /// Waits for a packet, and returns its length and its sender: `recvfrom`. Bytes that do not fit into the buffer are
    /// lost.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](UdpSocket::set_read_timeout) is over; [`Error::WouldWait`] in an
    /// interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:5000")?;
    /// let mut packet = [0; 64];
    /// let (length, from) = socket.recv_from(&mut packet)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn recv_from(&self, packet: &mut [u8]) -> Result<(usize, SocketAddr)> {
        self.0.receive(packet)
    }

    /// Sends a packet to the [connected](UdpSocket::connect) address, and returns its length: `send`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`]; those of [`send_to`](UdpSocket::send_to).
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.connect("192.168.1.2:5000")?;
    /// socket.send(b"hello")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send(&self, packet: &[u8]) -> Result<usize> {
        self.0.send(packet, None)
    }

    /// Waits for a packet from the [connected](UdpSocket::connect) address, and returns its length: `recv`.
    ///
    /// # Errors
    ///
    /// Those of [`recv_from`](UdpSocket::recv_from).
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.connect("192.168.1.2:5000")?;
    /// let length = socket.recv(&mut [0; 64])?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn recv(&self, packet: &mut [u8]) -> Result<usize> {
        self.0.receive(packet).map(|(length, _)| length)
    }

    /// Sets how long receiving waits: `SO_RCVTIMEO`. `None`, the default, waits without a limit.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] for a time-out of zero.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.set_read_timeout(Some(Duration::from_millis(500)))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_read_timeout(&self, duration: Option<Duration>) -> Result<()> {
        self.0.set_timeout(Ways::Read, timeout(duration)?)
    }

    /// Waits for a packet, as [`recv_from`](UdpSocket::recv_from), and leaves it for the next call.
    ///
    /// # Errors
    ///
    /// Those of [`recv_from`](UdpSocket::recv_from).
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:5000")?;
    /// let (length, from) = socket.peek_from(&mut [0; 16])?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peek_from(&self, packet: &mut [u8]) -> Result<(usize, SocketAddr)> {
        self.0.peek(packet)
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
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:5000")?;
    /// socket.set_nonblocking(true)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_nonblocking(&self, nonblocking: bool) -> Result<()> {
        self.0.set_timeout(Ways::Both, if nonblocking { 0 } else { time::FOREVER })
    }

    /// Returns the local address: `getsockname`.
    ///
    /// # Errors
    ///
    /// Those of the network stack.
    ///
    /// ```no_run
    /// let port = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?.local_addr()?.port();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local()
    }

    /// Returns the [connected](UdpSocket::connect) address: `getpeername`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when the socket is not connected.
    ///
    /// ```no_run
    /// # let socket = rtt_mod::net::UdpSocket::bind("0.0.0.0:0")?;
    /// socket.connect("192.168.1.2:5000")?;
    /// assert_eq!(socket.peer_addr()?.port(), 5000);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peer_addr(&self) -> Result<SocketAddr> {
        self.0.peer()
    }
}
