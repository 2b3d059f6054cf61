//! Why a file is not sent.

use std::io;

/// Why a file is not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The port can't be opened, or is not a serial port.
    #[error("can't open the port {port}: {source}")]
    Port {
        /// Its path.
        port: String,
        /// The error of the system.
        source: io::Error,
    },
    /// The connection is lost.
    #[error("the connection to the kernel is lost: {0}")]
    Line(#[from] io::Error),
    /// The name is too long for the protocol.
    #[error("the name `{0}` is too long for YMODEM; use a shorter one")]
    Name(String),
    /// The kernel does not answer.
    #[error("the kernel does not answer; its shell must show the prompt, and no other program may use the port")]
    Silent,
    /// The kernel refuses the file.
    #[error("the kernel refuses the file: {0}")]
    Refused(String),
}
