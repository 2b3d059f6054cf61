//! The traits of `embedded-io` for what has those of this crate, and its errors.
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

/// Implements traits of `embedded-io` for a type by those of the same names in `io`.
macro_rules! embedded {
    ($type:ty: $($trait:ident),+) => {
        impl embedded_io::ErrorType for $type {
            type Error = crate::Error;
        }

        $($crate::io::embedded::embedded!(@$trait $type);)+
    };
    (@Read $type:ty) => {
        impl embedded_io::Read for $type {
            fn read(&mut self, buf: &mut [u8]) -> crate::Result<usize> {
                crate::io::Read::read(self, buf)
            }
        }
    };
    (@Write $type:ty) => {
        impl embedded_io::Write for $type {
            fn write(&mut self, buf: &[u8]) -> crate::Result<usize> {
                crate::io::Write::write(self, buf)
            }

            fn write_all(&mut self, buf: &[u8]) -> crate::Result<()> {
                crate::io::Write::write_all(self, buf)
            }

            fn flush(&mut self) -> crate::Result<()> {
                crate::io::Write::flush(self)
            }
        }
    };
    (@Seek $type:ty) => {
        impl embedded_io::Seek for $type {
            fn seek(&mut self, position: embedded_io::SeekFrom) -> crate::Result<u64> {
                crate::io::Seek::seek(self, position)
            }
        }
    };
}
pub(crate) use embedded;
