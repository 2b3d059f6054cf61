//! TCP and UDP, in the shape of `std::net`.
//!
//! The sockets are those of RT-Thread's socket layer (SAL), whatever network stack it has: lwIP, or a modem's. A firmware
//! without it refuses the module, and `mkmod check` says so before. What is still open is closed at the module's end.
//!
//! Names of hosts are looked up by the kernel. A module can't be ended while it waits for that, nor for 100 milliseconds
//! while it waits for anything else of the network.
//!
//! This module is there with the feature `net`.
//!
//! ```no_run
//! use rtt_mod::net::TcpStream;
//!
//! let stream = TcpStream::connect("example.com:80")?;
//! stream.write_all(b"GET / HTTP/1.0\r\nHost: example.com\r\n\r\n")?;
//! let mut answer = [0; 512];
//! let length = stream.read(&mut answer)?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

mod addresses;
mod listener;
mod stream;
mod udp;

use core::time::Duration;

pub use addresses::{SocketAddrs, ToSocketAddrs};
pub use listener::{Incoming, TcpListener};
pub use stream::{Shutdown, TcpStream};
pub use udp::UdpSocket;

#[doc(no_inline)]
pub use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::{Error, Result, sys::time};

/// What `attempt` gives for the first of the addresses for which it gives something, or the last error.
fn first<A: ToSocketAddrs, T>(addresses: A, mut attempt: impl FnMut(&SocketAddr) -> Result<T>) -> Result<T> {
    let mut result = Err(Error::InvalidInput);
    for address in addresses.to_socket_addrs()? {
        result = attempt(&address);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// The milliseconds of a time-out. None at all is an error, as it is in `std`.
fn timeout(duration: Option<Duration>) -> Result<u32> {
    match duration {
        None => Ok(time::FOREVER),
        Some(Duration::ZERO) => Err(Error::InvalidInput),
        Some(duration) => Ok(time::milliseconds(duration)),
    }
}
