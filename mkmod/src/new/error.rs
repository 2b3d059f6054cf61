//! Why an application can't be created.

use std::path::PathBuf;

/// Why an application can't be created.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// A file or folder has that name.
    #[error("{} already exists; choose another name, or remove it", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder of rtt-mod has no crate.
    #[error("{} has no Cargo.toml; give the folder of rtt-mod", folder.display())]
    NoCrate {
        /// The folder.
        folder: PathBuf,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
}
