//! What the kernel's services can answer instead of doing what they were asked.
#![forbid(unsafe_code)]

use core::fmt;
#[cfg(target_os = "none")]
use core::panic::Location;

#[cfg(target_os = "none")]
use crate::sys;

/// Why a service of the kernel has failed.
///
/// The meanings are the kernel's. The numbers are those of the module ABI (`RTTM_ERROR_…`): the same on every version of
/// RT-Thread, whatever its own are there.
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
    /// The kernel says no more than that it failed: `RT_ERROR`.
    Other = -1,
    /// The time to wait is over: `RT_ETIMEOUT`.
    TimedOut = -2,
    /// There is no room for one more: `RT_EFULL`.
    Full = -3,
    /// There is nothing to take: `RT_EEMPTY`.
    Empty = -4,
    /// The kernel's heap is full: `RT_ENOMEM`.
    OutOfMemory = -5,
    /// This device, file system or kernel can't do it: `RT_ENOSYS`.
    Unsupported = -6,
    /// Somebody else has it: `RT_EBUSY`.
    Busy = -7,
    /// The device has failed: `RT_EIO`.
    Io = -8,
    /// The wait was interrupted: `RT_EINTR`.
    Interrupted = -9,
    /// An argument is out of its range: `RT_EINVAL`.
    InvalidInput = -10,
    /// It would wait, and is called from an interrupt or a timer, where nothing may wait.
    WouldWait = -11,
    /// The caller would wait for itself.
    Deadlock = -12,
    /// There is nothing of this name: `ENOENT`.
    NotFound = -13,
    /// There is something of this name already: `EEXIST`.
    AlreadyExists = -14,
    /// It isn't the caller's to do: `EACCES`.
    PermissionDenied = -15,
    /// A file was expected: `EISDIR`.
    IsADirectory = -16,
    /// A directory was expected: `ENOTDIR`.
    NotADirectory = -17,
    /// The directory has files in it: `ENOTEMPTY`.
    DirectoryNotEmpty = -18,
    /// The volume is full: `ENOSPC`.
    StorageFull = -19,
    /// The kernel has no room for one more open file: `EMFILE`.
    TooManyOpenFiles = -20,
    /// The name is too long, or has a character that no name has: `ENAMETOOLONG`.
    InvalidFilename = -21,
    /// The volume can't be written to: `EROFS`.
    ReadOnlyFilesystem = -22,
    /// There is nothing yet, or no room yet: `EAGAIN`.
    WouldBlock = -23,
    /// The address is somebody else's: `EADDRINUSE`.
    AddrInUse = -24,
    /// There is no way to the host: `EHOSTUNREACH`.
    HostUnreachable = -25,
    /// The other side does not want the connection: `ECONNREFUSED`.
    ConnectionRefused = -26,
    /// The other side has broken the connection: `ECONNRESET`.
    ConnectionReset = -27,
    /// There is no connection: `ENOTCONN`.
    NotConnected = -28,
    /// The data ended before all of it was read.
    UnexpectedEof = -29,
    /// Nothing more could be written.
    WriteZero = -30,
    /// The data is not what it should be: no UTF-8, for one.
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
    /// The error in words, as [`Display`](fmt::Display) has it, without `core::fmt`.
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
            Error::WouldWait => "would wait, in an interrupt or a timer",
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
    /// Panics in the words for what a call can fail with that only a wrong program makes fail.
    ///
    /// Not with [`Error::as_str`]: each module that waits for something would have the words for all errors.
    #[cold]
    #[track_caller]
    pub(crate) fn panic(self) -> ! {
        panic_with(match self {
            Error::WouldWait => "this would wait, in an interrupt or a timer's call, where nothing may wait",
            Error::Deadlock => "this would wait for the calling thread itself",
            Error::OutOfMemory => "the kernel is out of memory",
            Error::PermissionDenied => "this is another thread's",
            _ => "the kernel refuses this",
        })
    }
}

/// A panic that does without `core::fmt`, which `panic!` draws in.
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

/// The value of a call that only a wrong program or a kernel without memory makes fail.
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
