//! Finds RT-Thread's sources. They are in a crate that cargo downloads and checks against a lock file, but never compiles.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use setup::{process, workspace};

/// The crate that contains RT-Thread's sources.
const CRATE: &str = "rttrust";

/// Why the sources could not be found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// cargo could not be started
    #[error(transparent)]
    Cargo(#[from] process::Error),
    /// could not download RT-Thread's sources: {0}
    #[error("could not download RT-Thread's sources (the crate `{CRATE}`); cargo says:\n{0}")]
    Download(String),
    /// could not parse the output of `cargo metadata`: {0}
    #[error("could not parse the output of `cargo metadata`: {0}")]
    Answer(#[from] serde_json::Error),
    /// `{0}` does not depend on the crate
    #[error("`{0}` does not depend on the crate `{CRATE}`")]
    NoCrate(PathBuf),
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
}

/// RT-Thread's root folder. cargo downloads it the first time.
pub fn root() -> Result<PathBuf, Error> {
    let manifest = workspace::root().join("tests/firmware/rt-thread/Cargo.toml");
    let mut command = process::cargo();
    command.args(["metadata", "--locked", "--format-version", "1", "--manifest-path"]).arg(&manifest);
    let answer = process::output(&mut command)?;
    if !answer.status.success() {
        return Err(Error::Download(String::from_utf8_lossy(&answer.stderr).trim().to_owned()));
    }
    let metadata: Metadata = serde_json::from_slice(&answer.stdout)?;
    let package = metadata.packages.iter().find(|package| package.name == CRATE);
    let folder = package.and_then(|package| package.manifest_path.parent()).map(Path::to_path_buf);
    folder.map(|folder| folder.join("rt-thread")).ok_or(Error::NoCrate(manifest))
}
