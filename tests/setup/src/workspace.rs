//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The repository's root: where the workspace of the running package has its lock file.
pub fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = package.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    root.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Cargo's target folder of the host crates; firmware and card images lie in it as well.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}
