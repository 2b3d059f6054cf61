//! Errors of the kernel's services.
#![forbid(unsafe_code)]

use core::fmt;
#[cfg(target_os = "none")]
use core::panic::Location;

#[cfg(target_os = "none")]
use crate::sys;

/// The reason why a service of the kernel has failed.
///
/// The numbers are those of the module ABI (`RTTM_ERROR_…`). They are the same on every version of RT-Thread, although
/// the kernel's own error numbers differ.
///
/// ```
/// use rtt_mod::Error;
///
/// assert_eq!(Error::TimedOut.to_string(), "timed out");
/// assert_eq!(Error::TimedOut as i32, -2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum Error {
    /// The kernel does not tell the reason: `RT_ERROR`.
    Other = -1,
    /// The time for the wait is over: `RT_ETIMEOUT`.
    TimedOut = -2,
    /// There is no room: `RT_EFULL`.
    Full = -3,
    /// There is nothing to receive: `RT_EEMPTY`.
    Empty = -4,
    /// The kernel's heap is full: `RT_ENOMEM`.
    OutOfMemory = -5,
    /// This device, file system or kernel does not support the operation: `RT_ENOSYS`.
    Unsupported = -6,
    /// Another user has it: `RT_EBUSY`.
    Busy = -7,
    /// The device has failed: `RT_EIO`.
    Io = -8,
    /// The wait was interrupted: `RT_EINTR`.
    Interrupted = -9,
    /// An argument is out of its range: `RT_EINVAL`.
    InvalidInput = -10,
    /// The call would wait in an interrupt or a timer's callback, where nothing may wait.
    WouldWait = -11,
    /// The caller would wait for itself.
    Deadlock = -12,
    /// Nothing has this name: `ENOENT`.
    NotFound = -13,
    /// Something has this name already: `EEXIST`.
    AlreadyExists = -14,
    /// The caller is not allowed to do it: `EACCES`.
    PermissionDenied = -15,
    /// The path is a directory, where a file was expected: `EISDIR`.
    IsADirectory = -16,
    /// The path is not a directory, where one was expected: `ENOTDIR`.
    NotADirectory = -17,
    /// The directory is not empty: `ENOTEMPTY`.
    DirectoryNotEmpty = -18,
    /// The volume is full: `ENOSPC`.
    StorageFull = -19,
    /// The kernel's table of open files is full: `EMFILE`.
    TooManyOpenFiles = -20,
    /// The name is too long, or has an invalid character: `ENAMETOOLONG`.
    InvalidFilename = -21,
    /// The volume is read-only: `EROFS`.
    ReadOnlyFilesystem = -22,
    /// There is no data yet, or no room yet: `EAGAIN`.
    WouldBlock = -23,
    /// Another socket has the address: `EADDRINUSE`.
    AddrInUse = -24,
    /// There is no route to the host: `EHOSTUNREACH`.
    HostUnreachable = -25,
    /// The other side has refused the connection: `ECONNREFUSED`.
    ConnectionRefused = -26,
    /// The other side has reset the connection: `ECONNRESET`.
    ConnectionReset = -27,
    /// There is no connection: `ENOTCONN`.
    NotConnected = -28,
    /// The data ended before all of it was read.
    UnexpectedEof = -29,
    /// Nothing more could be written.
    WriteZero = -30,
    /// The data is invalid, for example not UTF-8.
    InvalidData = -31,
}

/// A `Result` with the kernel's [`Error`].
///
/// ```
/// fn half(number: u32) -> rtt_mod::Result<u32> {
///     if number % 2 == 0 { Ok(number / 2) } else { Err(rtt_mod::Error::InvalidInput) }
/// }
/// assert_eq!(half(3), Err(rtt_mod::Error::InvalidInput));
/// ```
pub type Result<T, E = Error> = core::result::Result<T, E>;

impl Error {
    /// Returns the text of [`Display`](fmt::Display), without `core::fmt`.
    ///
    /// ```
    /// assert_eq!(rtt_mod::Error::Busy.as_str(), "in use");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Error::Other => "the kernel reports an error",
            Error::TimedOut => "timed out",
            Error::Full => "full",
            Error::Empty => "empty",
            Error::OutOfMemory => "out of memory in the kernel",
            Error::Unsupported => "not supported",
            Error::Busy => "in use",
            Error::Io => "the device has failed",
            Error::Interrupted => "interrupted",
            Error::InvalidInput => "invalid argument",
            Error::WouldWait => "would wait in an interrupt or a timer's callback",
            Error::Deadlock => "would wait for itself",
            Error::NotFound => "not found",
            Error::AlreadyExists => "already exists",
            Error::PermissionDenied => "permission denied",
            Error::IsADirectory => "is a directory",
            Error::NotADirectory => "is not a directory",
            Error::DirectoryNotEmpty => "the directory is not empty",
            Error::StorageFull => "no space left on the volume",
            Error::TooManyOpenFiles => "too many open files",
            Error::InvalidFilename => "invalid file name",
            Error::ReadOnlyFilesystem => "the volume is read-only",
            Error::WouldBlock => "not ready yet",
            Error::AddrInUse => "the address is in use",
            Error::HostUnreachable => "no route to the host",
            Error::ConnectionRefused => "connection refused",
            Error::ConnectionReset => "connection reset",
            Error::NotConnected => "not connected",
            Error::UnexpectedEof => "unexpected end of the data",
            Error::WriteZero => "nothing more could be written",
            Error::InvalidData => "invalid data",
        }
    }
}

impl Error {
    /// Returns the error itself, which is its kind: [`io::ErrorKind`](crate::io::ErrorKind).
    ///
    /// ```
    /// use rtt_mod::{Error, io::ErrorKind};
    ///
    /// assert_eq!(Error::NotFound.kind(), ErrorKind::NotFound);
    /// ```
    pub const fn kind(self) -> Self {
        self
    }

    /// Panics with a message for the errors that only a faulty program causes.
    ///
    /// It does not use [`Error::as_str`], since each module that waits would then contain the texts of all errors.
    #[cold]
    #[track_caller]
    pub(crate) fn panic(self) -> ! {
        panic_with(match self {
            Error::WouldWait => "this would wait in an interrupt or a timer's callback, where nothing may wait",
            Error::Deadlock => "this would wait for the calling thread itself",
            Error::OutOfMemory => "the kernel is out of memory",
            Error::PermissionDenied => "this belongs to another thread",
            _ => "the kernel refuses this call",
        })
    }
}

/// Panics without `core::fmt`, which `panic!` would link.
#[cfg(target_os = "none")]
#[track_caller]
pub(crate) fn panic_with(message: &str) -> ! {
    sys::panic::end(Some(Location::caller()), sys::console::Argument::text(message))
}

#[cfg(not(target_os = "none"))]
#[track_caller]
pub(crate) fn panic_with(message: &str) -> ! {
    panic!("{message}")
}

/// The value of a call that fails only in a faulty program, or when the kernel is out of memory.
#[track_caller]
#[inline(always)]
pub(crate) fn expect<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => error.panic(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::error::Error for Error {}
