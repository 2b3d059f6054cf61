//! Errors that end a campaign.

use std::io;
use std::path::PathBuf;

use setup::process;

/// An error that ends a campaign before all mutants were tried.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// the firmware could not be built
    #[error(transparent)]
    Firmware(#[from] firmware::Error),
    /// a tool could not be started, or a C module did not build
    #[error(transparent)]
    Process(#[from] process::Error),
    /// could not read what the kernel exports
    #[error(transparent)]
    Symbols(#[from] mkmod::symbols::KernelError),
    /// could not make the card
    #[error(transparent)]
    Card(#[from] firmware::CardError),
    /// the kernel stopped before it loaded a mutant
    #[error(transparent)]
    Machine(#[from] qemu::Error),
    /// could not make a folder: {0}
    #[error("could not make a folder: {0}")]
    Folder(#[from] io::Error),
    /// could not read or write {0}: {1}
    #[error("could not read or write {0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// `load_all` did not load the files on the card
    #[error("`load_all` did not load the files on the card:\n{0}")]
    Disorder(String),
}
