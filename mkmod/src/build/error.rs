//! Why there is no module.

use std::path::PathBuf;

/// Why there is no module.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// No compiler for the target.
    #[error(
        "no rustc here can compile for {target}: none has its `core`, nor the library's sources to make it from; \
         install it with `rustup target add {target}`, \
         or on Debian with `apt-get install rustc-web cargo-web rust-web-src`"
    )]
    NoToolchain {
        /// What was to be compiled for.
        target: String,
    },
    /// No linker.
    #[error("the linker mkmod-ld is not beside {}; install both with `cargo install mkmod`", program.display())]
    NoLinker {
        /// This program.
        program: PathBuf,
    },
    /// A program can't be started.
    #[error("can't start {}: {source}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// cargo has failed, and has said why.
    #[error("cargo has failed")]
    Cargo {
        /// Its exit code.
        code: i32,
    },
    /// A file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A configuration file of cargo's can't be used.
    #[error("{}: {reason}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A program can't become a command of the firmware.
    #[error("{} can't become a command: {reason}", program.display())]
    NoCommand {
        /// The program.
        program: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A program has no module.
    #[error("{} has no module; remove it and build again, with `linker = \"mkmod-ld\"`", program.display())]
    NoModule {
        /// The program.
        program: PathBuf,
    },
}

impl BuildError {
    /// The exit code that tells it: cargo's own where cargo failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Cargo { code } => u8::try_from(*code).unwrap_or(1),
            _ => 1,
        }
    }
}
