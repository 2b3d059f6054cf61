//! TCP and UDP, in the shape of `std::net`.
//!
//! Sockets use RT-Thread's socket abstraction layer (SAL), with any network stack that it supports: lwIP, or that of a
//! modem. A firmware without SAL refuses the module, and `mkmod check` reports that before. Sockets that are still open
//! when the module ends are closed.
//!
//! The kernel resolves host names. A module cannot be ended during that. When it waits for the network otherwise,
//! ending it can take 100 milliseconds.
//!
//! The feature `net` enables this module.
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

pub use addresses::{SocketAddrs, ToSocketAddrs, lookup_host};
pub use listener::{Incoming, TcpListener};
pub use stream::{Shutdown, TcpStream};
pub use udp::UdpSocket;

#[doc(no_inline)]
pub use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::{Error, Result, sys::time};

/// The first success of `attempt` for one of the addresses, or the last error.
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

/// The milliseconds of a time-out. Zero is an error, as in `std`.
fn timeout(duration: Option<Duration>) -> Result<u32> {
    match duration {
        None => Ok(time::FOREVER),
        Some(Duration::ZERO) => Err(Error::InvalidInput),
        Some(duration) => Ok(time::milliseconds(duration)),
    }
}
