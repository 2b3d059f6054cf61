//! Sockets: those of the PC.

use std::{
    ffi::c_void,
    io::{self, ErrorKind},
    mem::MaybeUninit,
    net::{Shutdown, SocketAddr},
    slice,
    sync::Mutex,
    time::Duration,
};

use socket2::{Domain, SockAddr, Socket as System, Type};

use crate::{
    bindings as abi,
    error::{number, result},
    handle::Object,
    kernel::lock,
    network::{from_abi, to_abi},
};

/// A socket, and the time-out of `connect`, which the system does not keep.
struct Socket {
    system: System,
    connect_within: Mutex<Option<Duration>>,
}

impl Socket {
    fn new(system: System) -> Self {
        Socket { system, connect_within: Mutex::new(None) }
    }

    fn connect(&self, to: &SockAddr) -> io::Result<()> {
        match *lock(&self.connect_within) {
            Some(time) => self.system.connect_timeout(to, time),
            None => self.system.connect(to),
        }
    }

    fn set_timeout(&self, ways: u32, time: Option<Duration>) -> io::Result<()> {
        if ways & abi::RTTM_SOCKET_READ != 0 {
            self.system.set_read_timeout(time)?;
        }
        if ways & abi::RTTM_SOCKET_WRITE != 0 {
            self.system.set_write_timeout(time)?;
            *lock(&self.connect_within) = time;
        }
        Ok(())
    }
}

/// The error of a call that waits. Windows calls the end of the time-out `TimedOut`.
fn waited(error: &io::Error) -> i32 {
    if error.kind() == ErrorKind::TimedOut { abi::RTTM_ERROR_WOULD_BLOCK } else { number(error) }
}

fn done(done: io::Result<()>) -> i32 {
    result(done.map_err(|error| number(&error)))
}

/// The socket of a handle.
///
/// # Safety
///
/// The handle is open.
unsafe fn socket<'a>(handle: *mut abi::rttm_socket) -> &'a Socket {
    // SAFETY: the caller's promise.
    unsafe { Object::<Socket>::of(handle) }
}

/// # Safety
///
/// There is an address.
unsafe fn address(address: *const abi::rttm_address) -> SockAddr {
    // SAFETY: the caller's promise.
    SockAddr::from(from_abi(unsafe { &*address }))
}

/// Writes an address, if there is a place for it.
///
/// # Safety
///
/// The place is null, or there is room for an address.
unsafe fn write_address(address: Option<SocketAddr>, place: *mut abi::rttm_address) {
    if let (Some(address), false) = (address, place.is_null()) {
        // SAFETY: the caller's promise.
        unsafe { place.write(to_abi(address)) }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_new(kind: u32, family: u32, handle: *mut *mut abi::rttm_socket) -> i32 {
    let domain = if family == 6 { Domain::IPV6 } else { Domain::IPV4 };
    let kind = if kind == abi::RTTM_SOCKET_STREAM { Type::STREAM } else { Type::DGRAM };
    // SAFETY: the caller has a place for the handle.
    done(System::new(domain, kind, None).map(|system| unsafe { handle.write(Object::open(Socket::new(system))) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_bind(handle: *mut abi::rttm_socket, to: *const abi::rttm_address) -> i32 {
    // SAFETY: the handle is open, and there is an address.
    done(unsafe { socket(handle).system.bind(&address(to)) })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_listen(handle: *mut abi::rttm_socket, backlog: u32) -> i32 {
    // SAFETY: the handle is open.
    done(unsafe { socket(handle) }.system.listen(i32::try_from(backlog).unwrap_or(i32::MAX)))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_accept(
    handle: *mut abi::rttm_socket,
    from: *mut abi::rttm_address,
    accepted: *mut *mut abi::rttm_socket,
) -> i32 {
    // SAFETY: the handle is open.
    match unsafe { socket(handle) }.system.accept() {
        Ok((system, peer)) => {
            // SAFETY: the caller has a place for both.
            unsafe {
                write_address(peer.as_socket(), from);
                accepted.write(Object::open(Socket::new(system)));
            }
            abi::RTTM_OK as i32
        }
        Err(error) => waited(&error),
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_connect(handle: *mut abi::rttm_socket, to: *const abi::rttm_address) -> i32 {
    // SAFETY: the handle is open, and there is an address.
    done(unsafe { socket(handle).connect(&address(to)) })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_send(
    handle: *mut abi::rttm_socket,
    bytes: *const c_void,
    length: u32,
    to: *const abi::rttm_address,
) -> i32 {
    // SAFETY: the handle is open, there are so many bytes, and there is an address unless it is null.
    let sent = unsafe {
        let (socket, bytes) = (socket(handle), slice::from_raw_parts(bytes.cast::<u8>(), length as usize));
        if to.is_null() { socket.system.send(bytes) } else { socket.system.send_to(bytes, &address(to)) }
    };
    sent.map_or_else(|error| waited(&error), |length| length as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_receive(
    handle: *mut abi::rttm_socket,
    bytes: *mut c_void,
    capacity: u32,
    from: *mut abi::rttm_address,
) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { receive(handle, bytes, capacity, from, System::recv_from) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_peek(
    handle: *mut abi::rttm_socket,
    bytes: *mut c_void,
    capacity: u32,
    from: *mut abi::rttm_address,
) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { receive(handle, bytes, capacity, from, System::peek_from) }
}

/// Receives by `call`.
///
/// # Safety
///
/// As `rtt_mod.h` says of `rttm_socket_receive`.
unsafe fn receive(
    handle: *mut abi::rttm_socket,
    bytes: *mut c_void,
    capacity: u32,
    from: *mut abi::rttm_address,
    call: impl FnOnce(&System, &mut [MaybeUninit<u8>]) -> io::Result<(usize, SockAddr)>,
) -> i32 {
    // SAFETY: the handle is open, and there is room for so many bytes.
    let received = unsafe {
        let place = slice::from_raw_parts_mut(bytes.cast::<MaybeUninit<u8>>(), capacity as usize);
        call(&socket(handle).system, place)
    };
    match received {
        Ok((length, sender)) => {
            // SAFETY: there is a place for the address, or it is null.
            unsafe { write_address(sender.as_socket(), from) };
            length as i32
        }
        Err(error) => waited(&error),
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_shutdown(handle: *mut abi::rttm_socket, ways: u32) -> i32 {
    let how = match ways {
        abi::RTTM_SOCKET_READ => Shutdown::Read,
        abi::RTTM_SOCKET_WRITE => Shutdown::Write,
        _ => Shutdown::Both,
    };
    // SAFETY: the handle is open.
    done(unsafe { socket(handle) }.system.shutdown(how))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_set_timeout(handle: *mut abi::rttm_socket, ways: u32, milliseconds: u32) -> i32 {
    let time = (milliseconds != abi::RTTM_FOREVER).then(|| Duration::from_millis(u64::from(milliseconds).max(1)));
    // SAFETY: the handle is open.
    done(unsafe { socket(handle) }.set_timeout(ways, time))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_local(handle: *mut abi::rttm_socket, place: *mut abi::rttm_address) -> i32 {
    // SAFETY: the handle is open, and there is a place for the address.
    done(unsafe { socket(handle).system.local_addr().map(|local| write_address(local.as_socket(), place)) })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_socket_peer(handle: *mut abi::rttm_socket, place: *mut abi::rttm_address) -> i32 {
    // SAFETY: the handle is open, and there is a place for the address.
    done(unsafe { socket(handle).system.peer_addr().map(|peer| write_address(peer.as_socket(), place)) })
}
