//! UDP.

use core::{net::SocketAddr, time::Duration};

use super::{ToSocketAddrs, first, timeout};
use crate::{
    Error, Result,
    sys::socket::{Kind, Socket, Ways},
};

/// A UDP port. It is closed when it is dropped.
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
    /// Takes the first of the addresses that is free: `bind`. The port 0 is any.
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

    /// Sets where [`send`](UdpSocket::send) sends to, and [`recv`](UdpSocket::recv) receives from: `connect`.
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

    /// Sends a packet to the first of the addresses: `sendto`. Returns its length.
    ///
    /// # Errors
    ///
    /// [`Error::HostUnreachable`]; those of [`ToSocketAddrs::to_socket_addrs`]; [`Error::WouldWait`] in an interrupt and
    /// in a timer's call.
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

    /// Waits for a packet: `recvfrom`. Returns its length, and where it is from. What does not fit is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::WouldBlock`] when the [time-out](UdpSocket::set_read_timeout) is over; [`Error::WouldWait`] in an
    /// interrupt and in a timer's call.
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

    /// Sends a packet to where the socket is [connected](UdpSocket::connect): `send`. Returns its length.
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

    /// Waits for a packet from where the socket is [connected](UdpSocket::connect): `recv`. Returns its length.
    ///
    /// # Errors
    ///
    /// As [`recv_from`](UdpSocket::recv_from).
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

    /// How long receiving waits, from now on: `SO_RCVTIMEO`. `None`, as it is at first, is without an end.
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

    /// The address of the socket: `getsockname`.
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

    /// Where the socket is [connected](UdpSocket::connect): `getpeername`.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when it is not.
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
