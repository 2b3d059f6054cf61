//! A running kernel, reached over its console: `mod serve` of kernel-glue answers there.
//!
//! The console is shared. Programs and the kernel print at any time, bytes get lost, and the board may be reset. So:
//!
//! 1. Requests go to the board in frames with a number and a checksum (`frame`), and are repeated until they are answered.
//! 2. Answers come back as escape sequences with a checksum (`answer`). Everything else is text of the console.
//! 3. A file is sent in windows of blocks (`upload`); only the blocks that are missing are sent again.
//! 4. A board that was reset is found again, and the file is sent from its beginning.
//!
//! `docs/internals/console-protocol.md` has the requests.

pub(crate) mod answer;
mod error;
mod files;
pub(crate) mod frame;
mod line;
mod port;
mod program;
mod session;
mod upload;

pub use answer::{Answer, Parser};
pub use error::BoardError;
pub use files::{Entry, FileSum};
pub use line::Line;
pub use port::{BAUD, PortName, PortNameError, choose, open};
pub use program::{Image, Loaded, State};
pub use session::Board;
