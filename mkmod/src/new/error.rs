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
    #[error("{} has no Cargo.toml that can be read; give the folder of the crate rtt-mod", folder.display())]
    NoCrate {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder of rtt-mod has another crate.
    #[error("{} has the crate `{name}`; give the folder of the crate rtt-mod", folder.display())]
    OtherCrate {
        /// The folder.
        folder: PathBuf,
        /// The name of its crate, or nothing for a workspace.
        name: String,
    },
    /// The folder is that of the repository.
    #[error("the crate rtt-mod is not in {}, but in {}; give that folder", folder.display(), inside.display())]
    FolderAbove {
        /// The folder.
        folder: PathBuf,
        /// The folder of the crate.
        inside: PathBuf,
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
