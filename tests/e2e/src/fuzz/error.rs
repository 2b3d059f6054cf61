//! Why a campaign did not come to its end.

use std::io;
use std::path::PathBuf;

use setup::process;

/// Why a campaign did not come to its end: nothing is known of its mutants then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// the firmware could not be built
    #[error(transparent)]
    Firmware(#[from] firmware::Error),
    /// a tool could not be started, or a module in C not be built
    #[error(transparent)]
    Process(#[from] process::Error),
    /// could not make the card
    #[error(transparent)]
    Card(#[from] firmware::CardError),
    /// the kernel stopped while it loaded nothing
    #[error(transparent)]
    Machine(#[from] qemu::Error),
    /// could not make a folder: {0}
    #[error("could not make a folder: {0}")]
    Folder(#[from] io::Error),
    /// could not read or write {0}: {1}
    #[error("could not read or write {0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// `load_all` did not load what was on the card
    #[error("`load_all` did not load what was on the card:\n{0}")]
    Disorder(String),
}
