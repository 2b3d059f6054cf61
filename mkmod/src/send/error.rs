//! Why a file is not sent.

use std::io;

/// Why a file is not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The port can't be opened, or is none.
    #[error("can't use {port}: {source}")]
    Port {
        /// Its path.
        port: String,
        /// What the system says.
        source: io::Error,
    },
    /// The line is gone.
    #[error("the line to the kernel is gone: {0}")]
    Line(#[from] io::Error),
    /// The name does not fit into the protocol.
    #[error("`{0}` is too long a name to be sent")]
    Name(String),
    /// The kernel does not answer.
    #[error("the kernel does not answer: its shell must be at its prompt, and no other program at the port")]
    Silent,
    /// The kernel does not take it.
    #[error("the kernel says: {0}")]
    Refused(String),
}
