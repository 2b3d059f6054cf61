//! `mkmod build`: cargo, with a toolchain that can compile for the target and with our linker.
//!
//! Whatever `.cargo/config.toml` says already stays as it is, so that this and `cargo build` make the same files.

pub mod artifact;
pub mod cargo;
pub mod config;
pub mod error;
mod firmware;
pub mod toolchain;

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

pub use self::artifact::Built;
pub use self::error::BuildError;
pub use self::firmware::Part;

use self::cargo::Kind;
use self::config::Config;
use self::toolchain::Toolchain;

/// What modules are built for that do not say so.
const DEFAULT_TARGET: &str = "thumbv7m-none-eabi";

/// What is to be built.
#[derive(Debug, Clone)]
pub struct Request {
    /// Cargo's profile.
    pub profile: Profile,
    /// The Rust target; else the one in cargo's configuration, else Cortex-M3's.
    pub target: Option<String>,
    /// More arguments for cargo.
    pub cargo_args: Vec<OsString>,
}

/// Cargo's profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small and fast.
    Release,
    /// Quick to build.
    Dev,
}

/// Builds the package or workspace in `folder`, and returns its modules.
///
/// Says on standard error which toolchain it takes; cargo's own messages go there as well.
///
/// # Errors
///
/// When there is no toolchain for the target, or cargo fails.
pub fn build(folder: &Path, request: &Request) -> Result<Vec<Built>, BuildError> {
    let programs = cargo::programs(cargo(folder, request, Kind::Module)?)?;
    programs.iter().map(|program| artifact::module(program)).collect()
}

/// The same for programs that are linked into the firmware.
///
/// # Errors
///
/// As [`build`], and when a program has no `main`.
pub fn build_static(folder: &Path, request: &Request) -> Result<Vec<Part>, BuildError> {
    let programs = cargo::programs(cargo(folder, request, Kind::Static)?)?;
    programs.iter().map(|program| Part::make(program)).collect()
}

fn cargo(folder: &Path, request: &Request, kind: Kind) -> Result<Command, BuildError> {
    let config = Config::load(folder)?;
    let target = request.target.clone().or_else(|| config.target.clone());
    let target = target.unwrap_or_else(|| DEFAULT_TARGET.to_owned());
    let toolchain = Toolchain::find(&target)?;
    eprintln!("mkmod: {target} with {toolchain}");
    let mut command = cargo::command(&toolchain, &config, &target, kind)?;
    if request.profile == Profile::Release {
        command.arg("--release");
    }
    command.args(&request.cargo_args).current_dir(folder);
    Ok(command)
}
