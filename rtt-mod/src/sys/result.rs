//! Results of the ABI's functions.

use super::bindings as abi;
use crate::{Error, Result};

/// The number that a function has returned, or the error for a negative one.
#[inline(always)]
pub fn check(result: i32) -> Result<u32> {
    if result >= 0 { Ok(result as u32) } else { Err(error(result)) }
}

#[cold]
#[inline(never)]
fn error(result: i32) -> Error {
    match result {
        abi::RTTM_ERROR_TIMED_OUT => Error::TimedOut,
        abi::RTTM_ERROR_FULL => Error::Full,
        abi::RTTM_ERROR_EMPTY => Error::Empty,
        abi::RTTM_ERROR_OUT_OF_MEMORY => Error::OutOfMemory,
        abi::RTTM_ERROR_UNSUPPORTED => Error::Unsupported,
        abi::RTTM_ERROR_BUSY => Error::Busy,
        abi::RTTM_ERROR_IO => Error::Io,
        abi::RTTM_ERROR_INTERRUPTED => Error::Interrupted,
        abi::RTTM_ERROR_INVALID => Error::InvalidInput,
        abi::RTTM_ERROR_WOULD_WAIT => Error::WouldWait,
        abi::RTTM_ERROR_DEADLOCK => Error::Deadlock,
        abi::RTTM_ERROR_NOT_FOUND => Error::NotFound,
        abi::RTTM_ERROR_EXISTS => Error::AlreadyExists,
        abi::RTTM_ERROR_PERMISSION => Error::PermissionDenied,
        abi::RTTM_ERROR_IS_DIRECTORY => Error::IsADirectory,
        abi::RTTM_ERROR_NOT_DIRECTORY => Error::NotADirectory,
        abi::RTTM_ERROR_NOT_EMPTY => Error::DirectoryNotEmpty,
        abi::RTTM_ERROR_NO_SPACE => Error::StorageFull,
        abi::RTTM_ERROR_TOO_MANY_OPEN => Error::TooManyOpenFiles,
        abi::RTTM_ERROR_NAME => Error::InvalidFilename,
        abi::RTTM_ERROR_READ_ONLY => Error::ReadOnlyFilesystem,
        abi::RTTM_ERROR_WOULD_BLOCK => Error::WouldBlock,
        abi::RTTM_ERROR_ADDRESS_IN_USE => Error::AddrInUse,
        abi::RTTM_ERROR_UNREACHABLE => Error::HostUnreachable,
        abi::RTTM_ERROR_REFUSED => Error::ConnectionRefused,
        abi::RTTM_ERROR_RESET => Error::ConnectionReset,
        abi::RTTM_ERROR_NOT_CONNECTED => Error::NotConnected,
        _ => Error::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_zero_are_results() {
        assert_eq!(check(0), Ok(0));
        assert_eq!(check(i32::MAX), Ok(i32::MAX as u32));
    }

    #[test]
    fn errors_have_the_numbers_of_the_abi() {
        for result in -28..0 {
            assert_eq!(check(result).unwrap_err() as i32, result);
        }
        assert_eq!(check(-1000), Err(Error::Other));
    }
}
