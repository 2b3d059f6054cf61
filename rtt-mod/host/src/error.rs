//! Errors of the PC's system, as the ABI numbers them.

use std::io::{self, ErrorKind};

use crate::bindings as abi;

/// The number of an error.
pub fn number(error: &io::Error) -> i32 {
    match error.kind() {
        ErrorKind::AddrInUse => abi::RTTM_ERROR_ADDRESS_IN_USE,
        ErrorKind::AlreadyExists => abi::RTTM_ERROR_EXISTS,
        ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset => abi::RTTM_ERROR_RESET,
        ErrorKind::ConnectionRefused => abi::RTTM_ERROR_REFUSED,
        ErrorKind::DirectoryNotEmpty => abi::RTTM_ERROR_NOT_EMPTY,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => abi::RTTM_ERROR_UNREACHABLE,
        ErrorKind::Interrupted => abi::RTTM_ERROR_INTERRUPTED,
        ErrorKind::InvalidInput => abi::RTTM_ERROR_INVALID,
        ErrorKind::IsADirectory => abi::RTTM_ERROR_IS_DIRECTORY,
        ErrorKind::NotADirectory => abi::RTTM_ERROR_NOT_DIRECTORY,
        ErrorKind::NotConnected => abi::RTTM_ERROR_NOT_CONNECTED,
        ErrorKind::NotFound => abi::RTTM_ERROR_NOT_FOUND,
        ErrorKind::OutOfMemory => abi::RTTM_ERROR_OUT_OF_MEMORY,
        ErrorKind::PermissionDenied => abi::RTTM_ERROR_PERMISSION,
        ErrorKind::ReadOnlyFilesystem => abi::RTTM_ERROR_READ_ONLY,
        ErrorKind::StorageFull => abi::RTTM_ERROR_NO_SPACE,
        ErrorKind::TimedOut => abi::RTTM_ERROR_TIMED_OUT,
        ErrorKind::Unsupported => abi::RTTM_ERROR_UNSUPPORTED,
        ErrorKind::WouldBlock => abi::RTTM_ERROR_WOULD_BLOCK,
        _ => abi::RTTM_ERROR_IO,
    }
}

/// The result of a function of the ABI that returns `RTTM_OK` or an error.
pub fn result(result: Result<(), i32>) -> i32 {
    result.err().unwrap_or(abi::RTTM_OK as i32)
}
