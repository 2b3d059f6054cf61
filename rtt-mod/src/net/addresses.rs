//! Conversions to socket addresses, and name resolution.

use core::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    slice,
};

use crate::{Error, Result, sys::socket};

/// Types that can be converted to socket addresses: addresses, and host names, which the kernel resolves.
///
/// A text has the form `host:port`. All texts are resolved with the kernel's `getaddrinfo`, also those with an address.
///
/// ```no_run
/// use rtt_mod::net::{Ipv4Addr, ToSocketAddrs};
///
/// for address in ("example.com", 80).to_socket_addrs()? {
///     rtt_mod::println!("{address}");
/// }
/// assert_eq!((Ipv4Addr::LOCALHOST, 7).to_socket_addrs()?.len(), 1);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub trait ToSocketAddrs {
    /// An iterator over the addresses, in the order in which they are tried.
    type Iter: Iterator<Item = SocketAddr>;

    /// Converts to addresses, and resolves names.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when the name cannot be resolved; [`Error::InvalidInput`] for a text without a
    /// port; [`Error::WouldWait`] for a name, in an interrupt or a timer's callback.
    fn to_socket_addrs(&self) -> Result<Self::Iter>;
}

/// Returns the addresses of a host: `getaddrinfo`. At most four.
///
/// # Errors
///
/// [`Error::NotFound`] when the name cannot be resolved; [`Error::WouldWait`] in an interrupt or a timer's callback.
///
/// ```no_run
/// for address in rtt_mod::net::lookup_host("example.com")? {
///     rtt_mod::println!("{address}");
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn lookup_host(host: &str) -> Result<impl Iterator<Item = IpAddr>> {
    Ok(SocketAddrs::of_host(host, 0)?.map(|address| address.ip()))
}

/// The addresses of a host, at most four.
#[derive(Clone, Debug)]
pub struct SocketAddrs {
    addresses: [SocketAddr; 4],
    next: usize,
    end: usize,
}

impl SocketAddrs {
    const NONE: Self =
        SocketAddrs { addresses: [SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0); 4], next: 0, end: 0 };

    fn one(address: SocketAddr) -> Self {
        let mut addresses = Self::NONE;
        addresses.addresses[0] = address;
        addresses.end = 1;
        addresses
    }

    fn of_host(host: &str, port: u16) -> Result<Self> {
        let mut addresses = Self::NONE;
        addresses.end = socket::resolve(host, port, &mut addresses.addresses)?;
        Ok(addresses)
    }
}

impl Iterator for SocketAddrs {
    type Item = SocketAddr;

    fn next(&mut self) -> Option<SocketAddr> {
        let address = self.addresses.get(self.next..self.end)?.first()?;
        self.next += 1;
        Some(*address)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for SocketAddrs {}

impl ToSocketAddrs for SocketAddr {
    type Iter = SocketAddrs;

    fn to_socket_addrs(&self) -> Result<SocketAddrs> {
        Ok(SocketAddrs::one(*self))
    }
}

macro_rules! addresses {
    ($($address:ty,)*) => {
        $(impl ToSocketAddrs for $address {
            type Iter = SocketAddrs;

            fn to_socket_addrs(&self) -> Result<SocketAddrs> {
                Ok(SocketAddrs::one((*self).into()))
            }
        })*
    };
}

addresses! { SocketAddrV4, SocketAddrV6, (IpAddr, u16), (Ipv4Addr, u16), (Ipv6Addr, u16), }

impl ToSocketAddrs for (&str, u16) {
    type Iter = SocketAddrs;

    fn to_socket_addrs(&self) -> Result<SocketAddrs> {
        SocketAddrs::of_host(self.0, self.1)
    }
}

impl ToSocketAddrs for str {
    type Iter = SocketAddrs;

    fn to_socket_addrs(&self) -> Result<SocketAddrs> {
        let (host, port) = self.rsplit_once(':').ok_or(Error::InvalidInput)?;
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        SocketAddrs::of_host(host, port.parse().map_err(|_| Error::InvalidInput)?)
    }
}

impl<'a> ToSocketAddrs for &'a [SocketAddr] {
    type Iter = core::iter::Copied<slice::Iter<'a, SocketAddr>>;

    fn to_socket_addrs(&self) -> Result<Self::Iter> {
        Ok(self.iter().copied())
    }
}

impl<T: ToSocketAddrs + ?Sized> ToSocketAddrs for &T {
    type Iter = T::Iter;

    fn to_socket_addrs(&self) -> Result<T::Iter> {
        (**self).to_socket_addrs()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;

    fn of(addresses: impl ToSocketAddrs) -> Result<Vec<SocketAddr>> {
        addresses.to_socket_addrs().map(Iterator::collect)
    }

    #[test]
    fn addresses_need_no_kernel() {
        let address: SocketAddr = "10.0.2.2:80".parse().unwrap();
        assert_eq!(of(address), Ok([address].into()));
        assert_eq!(of((Ipv4Addr::new(10, 0, 2, 2), 80)), Ok([address].into()));
        assert_eq!(of(&[address, address][..]), Ok([address, address].into()));
    }

    #[test]
    fn hosts_are_looked_up() {
        let localhost = Ok(["127.0.0.1:7".parse().unwrap(), "[::1]:7".parse().unwrap()].into());
        assert_eq!(of("localhost:7"), localhost);
        assert_eq!(of(("localhost", 7)), localhost);
        assert_eq!(of("[::1]:7"), Ok(["[::1]:7".parse().unwrap()].into()));
        assert_eq!(of("nowhere:7"), Err(Error::NotFound));
    }

    #[test]
    fn a_text_has_a_port() {
        for text in ["localhost", "localhost:", "localhost:65536", ":"] {
            assert_eq!(of(text), Err(Error::InvalidInput), "{text}");
        }
    }
}
