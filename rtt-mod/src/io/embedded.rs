//! Conversions between the errors of this crate and those of `embedded-io`.
#![forbid(unsafe_code)]

use embedded_io::{ErrorKind, ReadExactError, WriteFmtError};

use crate::Error;

impl embedded_io::Error for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Error::NotFound => ErrorKind::NotFound,
            Error::PermissionDenied | Error::ReadOnlyFilesystem => ErrorKind::PermissionDenied,
            Error::ConnectionRefused => ErrorKind::ConnectionRefused,
            Error::ConnectionReset => ErrorKind::ConnectionReset,
            Error::NotConnected => ErrorKind::NotConnected,
            Error::AddrInUse => ErrorKind::AddrInUse,
            Error::AlreadyExists => ErrorKind::AlreadyExists,
            Error::InvalidInput | Error::InvalidFilename => ErrorKind::InvalidInput,
            Error::InvalidData => ErrorKind::InvalidData,
            Error::TimedOut => ErrorKind::TimedOut,
            Error::Interrupted => ErrorKind::Interrupted,
            Error::Unsupported => ErrorKind::Unsupported,
            Error::OutOfMemory => ErrorKind::OutOfMemory,
            Error::WriteZero => ErrorKind::WriteZero,
            _ => ErrorKind::Other,
        }
    }
}

impl From<ReadExactError<Error>> for Error {
    fn from(error: ReadExactError<Error>) -> Self {
        match error {
            ReadExactError::UnexpectedEof => Error::UnexpectedEof,
            ReadExactError::Other(error) => error,
        }
    }
}

/// The error of `write!`.
impl From<WriteFmtError<Error>> for Error {
    fn from(error: WriteFmtError<Error>) -> Self {
        match error {
            WriteFmtError::FmtError => Error::Other,
            WriteFmtError::Other(error) => error,
        }
    }
}
