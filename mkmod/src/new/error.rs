//! Why there is no new application.

use std::path::PathBuf;

/// Why there is no new application.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// Something has that name.
    #[error("{} is there already; choose another name, or remove it", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// No rtt-mod where it was said to be.
    #[error("there is no crate in {}; give the folder of rtt-mod's Cargo.toml", folder.display())]
    NoCrate {
        /// The folder.
        folder: PathBuf,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}
