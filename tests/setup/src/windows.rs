//! What programs for Windows need on another system.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use crate::need::answers;
use crate::{process, workspace};

/// The Windows that mkmod is built for.
pub const TARGET: &str = "x86_64-pc-windows-gnu";

/// Why there is no lld for Windows.
#[derive(Debug, thiserror::Error)]
pub enum LldError {
    /// rustup can't install Rust for Windows.
    #[error(transparent)]
    Rustup(#[from] process::Error),
    /// The files can't be moved.
    #[error("could not keep rust-lld.exe: {0}")]
    Keep(#[from] io::Error),
}

/// Wine, which runs programs for Windows. Debian's package has it in a folder that is not on the PATH.
pub fn wine() -> Option<&'static str> {
    ["wine64", "wine", "/usr/lib/wine/wine64"].into_iter().find(|program| answers(program))
}

/// `rust-lld.exe`, beside its libraries. It comes with Rust for Windows, of which nothing else is kept.
///
/// # Errors
/// When rustup can't install that.
pub fn lld() -> Result<PathBuf, LldError> {
    let folder = workspace::target_dir().join("lld-for-windows");
    let lld = folder.join("bin/rust-lld.exe");
    if lld.is_file() {
        return Ok(lld);
    }
    let home = folder.join("rustup");
    let toolchain = format!("{}-{TARGET}", env!("CARGO_PKG_RUST_VERSION"));
    let mut rustup = Command::new("rustup");
    rustup.args(["toolchain", "install", &toolchain, "--profile", "minimal", "--force-non-host", "--no-self-update"]);
    eprintln!("running: {}", process::shown(&rustup));
    process::run(rustup.env("RUSTUP_HOME", &home))?;
    fs::rename(home.join(format!("toolchains/{toolchain}/lib/rustlib/{TARGET}/bin")), folder.join("bin"))?;
    fs::remove_dir_all(home)?;
    Ok(lld)
}
