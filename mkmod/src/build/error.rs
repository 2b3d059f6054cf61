//! Why a build fails.

use std::path::PathBuf;

use crate::manifest::ManifestError;

/// Why a build fails.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is no compiler for the target.
    #[error(
        "no rustc can compile for {target}: `core` is not installed for it; run `rustup target add {target}`, \
         or on Debian `apt-get install rustc-web cargo-web rust-web-src`"
    )]
    NoToolchain {
        /// The target.
        target: String,
    },
    /// The linker is missing.
    #[error("the linker mkmod-ld is not beside {}; install both together", program.display())]
    NoLinker {
        /// The path of mkmod.
        program: PathBuf,
    },
    /// A program can't be started.
    #[error("can't start {}: {source}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// cargo has failed, and has printed why.
    #[error("cargo has failed")]
    Cargo {
        /// Its exit code.
        code: i32,
    },
    /// The settings of a package can't be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A configuration file of cargo is malformed.
    #[error("{}: {reason}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// The error of the parser.
        reason: String,
    },
    /// A program can't be built into the firmware.
    #[error("{} can't be built into the firmware: {reason}", program.display())]
    NotBuiltIn {
        /// The program.
        program: PathBuf,
        /// The cause and the mend.
        reason: String,
    },
    /// A program has no module.
    #[error(
        "{} has no module, since another linker has made it; remove it and build again with `linker = \"mkmod-ld\"`",
        program.display()
    )]
    NoModule {
        /// The program.
        program: PathBuf,
    },
}

impl BuildError {
    /// The exit code: that of cargo if cargo has failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Cargo { code } => u8::try_from(*code).unwrap_or(1),
            _ => 1,
        }
    }
}
