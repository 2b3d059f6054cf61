//! Sockets of the kernel.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{
    bindings::{self, rttm_address, rttm_socket},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// TCP or UDP.
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Kind {
    Stream = bindings::RTTM_SOCKET_STREAM,
    Datagram = bindings::RTTM_SOCKET_DATAGRAM,
}

/// Directions of data.
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Ways {
    Read = bindings::RTTM_SOCKET_READ,
    Write = bindings::RTTM_SOCKET_WRITE,
    Both = bindings::RTTM_SOCKET_READ | bindings::RTTM_SOCKET_WRITE,
}

/// An open socket.
#[derive(Debug)]
pub struct Socket(Handle<rttm_socket>);

impl Socket {
    /// A socket for addresses of the family of `address`.
    pub fn new(kind: Kind, address: &SocketAddr) -> Result<Self> {
        let family = to_abi(address).family.into();
        // SAFETY: on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_socket_new(kind as u32, family, place)) }.map(Socket)
    }

    pub fn bind(&self, address: &SocketAddr) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_bind(self.0.as_ptr(), &to_abi(address)) }).map(drop)
    }

    pub fn listen(&self, backlog: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_listen(self.0.as_ptr(), backlog) }).map(drop)
    }

    pub fn accept(&self) -> Result<(Self, SocketAddr)> {
        let mut from = NOWHERE;
        // SAFETY: the handle is open, and on success the function gives a new one.
        let accepted = unsafe { Handle::made(|place| bindings::rttm_socket_accept(self.0.as_ptr(), &mut from, place)) };
        Ok((Socket(accepted?), from_abi(&from)))
    }

    pub fn connect(&self, to: &SocketAddr) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_connect(self.0.as_ptr(), &to_abi(to)) }).map(drop)
    }

    /// Returns how many of the bytes were sent.
    pub fn send(&self, bytes: &[u8], to: Option<&SocketAddr>) -> Result<usize> {
        let to = to.map(to_abi);
        let to = to.as_ref().map_or(core::ptr::null(), core::ptr::from_ref);
        // SAFETY: the handle is open; `bytes` are as many as they are said to be, and `to` is an address or null.
        let sent = unsafe {
            bindings::rttm_socket_send(self.0.as_ptr(), bytes.as_ptr().cast(), length::at_most(bytes.len()), to)
        };
        check(sent).map(|sent| length::within(sent, bytes.len()))
    }

    /// Returns how many bytes were received, and the sender of a datagram.
    pub fn receive(&self, bytes: &mut [u8]) -> Result<(usize, SocketAddr)> {
        let mut from = NOWHERE;
        let (place, capacity) = (bytes.as_mut_ptr().cast(), length::at_most(bytes.len()));
        // SAFETY: the handle is open; there is room for as many bytes as is said.
        let received = unsafe { bindings::rttm_socket_receive(self.0.as_ptr(), place, capacity, &mut from) };
        Ok((length::within(check(received)?, bytes.len()), from_abi(&from)))
    }

    /// Does the same, and leaves what was received for the next call.
    pub fn peek(&self, bytes: &mut [u8]) -> Result<(usize, SocketAddr)> {
        let mut from = NOWHERE;
        let (place, capacity) = (bytes.as_mut_ptr().cast(), length::at_most(bytes.len()));
        // SAFETY: the handle is open; there is room for as many bytes as is said.
        let received = unsafe { bindings::rttm_socket_peek(self.0.as_ptr(), place, capacity, &mut from) };
        Ok((length::within(check(received)?, bytes.len()), from_abi(&from)))
    }

    pub fn shutdown(&self, ways: Ways) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_shutdown(self.0.as_ptr(), ways as u32) }).map(drop)
    }

    pub fn set_timeout(&self, ways: Ways, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_set_timeout(self.0.as_ptr(), ways as u32, milliseconds) }).map(drop)
    }

    pub fn local(&self) -> Result<SocketAddr> {
        let mut address = NOWHERE;
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_local(self.0.as_ptr(), &mut address) })?;
        Ok(from_abi(&address))
    }

    pub fn peer(&self) -> Result<SocketAddr> {
        let mut address = NOWHERE;
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_socket_peer(self.0.as_ptr(), &mut address) })?;
        Ok(from_abi(&address))
    }
}

/// Writes the addresses of `host`, with `port`, to `addresses`, and returns their number.
pub fn resolve<const N: usize>(host: &str, port: u16, addresses: &mut [SocketAddr; N]) -> Result<usize> {
    let mut found = [NOWHERE; N];
    let (host, length) = length::text(host)?;
    // SAFETY: the text is as long as is said, and there is room for as many addresses.
    let count = check(unsafe { bindings::rttm_resolve(host, length, found.as_mut_ptr(), N as u32) })? as usize;
    for (address, found) in addresses.iter_mut().zip(found.iter().take(count)) {
        *address = from_abi(found);
        address.set_port(port);
    }
    Ok(count.min(N))
}

const NOWHERE: rttm_address = rttm_address { family: 4, reserved: 0, port: 0, ip: [0; 16] };

fn to_abi(address: &SocketAddr) -> rttm_address {
    let mut ip = [0; 16];
    let family = match address.ip() {
        IpAddr::V4(v4) => {
            ip[..4].copy_from_slice(&v4.octets());
            4
        }
        IpAddr::V6(v6) => {
            ip = v6.octets();
            6
        }
    };
    rttm_address { family, reserved: 0, port: address.port(), ip }
}

fn from_abi(address: &rttm_address) -> SocketAddr {
    let ip = match (address.family, address.ip) {
        (6, ip) => IpAddr::V6(Ipv6Addr::from(ip)),
        (_, [a, b, c, d, ..]) => IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
    };
    SocketAddr::new(ip, address.port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_from_the_abi() {
        for text in ["10.0.2.2:80", "[2001:db8::1]:443", "0.0.0.0:0"] {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(from_abi(&to_abi(&address)), address);
        }
        assert_eq!(to_abi(&"10.0.2.2:80".parse().unwrap()).ip[..5], [10, 0, 2, 2, 0]);
    }
}
