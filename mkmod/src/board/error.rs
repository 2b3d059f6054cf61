//! Why a board can't be used.

use std::io;

/// Why a board can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// The port can't be opened, or is not a serial port.
    #[error("can't open the port {port}: {source}{}", mend(source.kind()))]
    Port {
        /// Its name.
        port: String,
        /// The error of the system.
        source: io::Error,
    },
    /// No port is named, and there is none.
    #[error(
        "this computer has no serial port; connect the board, or name a port with --port or MKMOD_PORT, \
         such as tcp:localhost:5555"
    )]
    NoPort,
    /// No port is named, and there are several.
    #[error("this computer has several serial ports: {0}; name one with --port or MKMOD_PORT")]
    ManyPorts(String),
    /// The connection is lost.
    #[error("the connection to the board is lost: {0}")]
    Line(#[from] io::Error),
    /// The board does not answer.
    #[error(
        "the board does not answer; its shell must show the prompt, its firmware needs `mod serve` \
         (RTT_MOD_USING_SERVE), and no other program may use the port"
    )]
    Silent,
    /// The board answers, but nothing of the file arrives.
    #[error("nothing of the file arrives whole; try a lower --baud")]
    Lossy,
    /// The board refuses a request.
    #[error("{what}: {reason}{}", details(said))]
    Refused {
        /// What it was about, mostly a path.
        what: String,
        /// The board's reason.
        reason: String,
        /// What the kernel printed about it, a line for each error.
        said: String,
    },
    /// The answer of the board is not understood.
    #[error("the board answers `{0}`, which this mkmod does not understand; use those of one version")]
    Answer(String),
}

/// What mends it, where the error of the system does not say so.
fn mend(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::PermissionDenied if cfg!(target_os = "linux") => {
            "; your user has to be in the group of the port, mostly `dialout`: `sudo usermod -aG dialout $USER`, then log in again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => "; another program may use it",
        io::ErrorKind::ConnectionRefused => "; nothing listens there: is the board started?",
        _ => "",
    }
}

fn details(said: &str) -> String {
    said.lines().map(|line| format!("\n  {line}")).collect()
}
