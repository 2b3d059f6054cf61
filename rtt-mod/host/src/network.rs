//! Addresses and names of hosts: those that are addresses, `localhost`, and those that the PC can look up.

use std::{
    ffi::c_char,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _},
};

use crate::bindings::{RTTM_ERROR_NOT_FOUND, rttm_address};

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_resolve(
    host: *const c_char,
    length: u32,
    addresses: *mut rttm_address,
    capacity: u32,
) -> i32 {
    // SAFETY: the caller has `length` bytes of text.
    let host = unsafe { std::slice::from_raw_parts(host.cast::<u8>(), length as usize) };
    let found = look_up(std::str::from_utf8(host).expect("a host is UTF-8"));
    let count = found.len().min(capacity as usize);
    for (place, ip) in found.into_iter().take(count).enumerate() {
        // SAFETY: the caller has room for `capacity` addresses.
        unsafe { addresses.add(place).write(to_abi(SocketAddr::new(ip, 0))) };
    }
    if count == 0 { RTTM_ERROR_NOT_FOUND } else { count as i32 }
}

fn look_up(host: &str) -> Vec<IpAddr> {
    if host == "localhost" {
        return vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    }
    match host.parse() {
        Ok(address) => vec![address],
        Err(_) => {
            (host, 0).to_socket_addrs().map(|found| found.map(|address| address.ip()).collect()).unwrap_or_default()
        }
    }
}

/// An address as the ABI has it.
pub fn to_abi(address: SocketAddr) -> rttm_address {
    let mut ip = [0; 16];
    match address.ip() {
        IpAddr::V4(v4) => ip[..4].copy_from_slice(&v4.octets()),
        IpAddr::V6(v6) => ip = v6.octets(),
    }
    rttm_address { family: if address.is_ipv4() { 4 } else { 6 }, reserved: 0, port: address.port(), ip }
}

/// An address of the ABI.
pub fn from_abi(address: &rttm_address) -> SocketAddr {
    let [a, b, c, d, ..] = address.ip;
    let ip = if address.family == 6 { IpAddr::from(address.ip) } else { IpAddr::from([a, b, c, d]) };
    SocketAddr::new(ip, address.port)
}
