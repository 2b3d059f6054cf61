//! `mkmod build`: runs cargo with a toolchain that can compile for the target, and with our linker.
//!
//! It keeps the settings in `.cargo/config.toml`, so it makes the same files as `cargo build`.

pub mod artifact;
mod builtin;
pub mod cargo;
pub mod config;
pub mod error;
mod kconfig;
pub mod toolchain;

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

pub use self::artifact::Built;
pub use self::builtin::BuiltIn;
pub use self::error::BuildError;

use self::cargo::Kind;
use self::config::Config;
use self::toolchain::Toolchain;
use crate::manifest::{Memheap, Settings};

/// The target where neither the command line nor cargo's configuration names one.
const DEFAULT_TARGET: &str = "thumbv7m-none-eabi";

/// The options of a build.
#[derive(Debug, Clone)]
pub struct Request {
    /// Cargo's profile.
    pub profile: Profile,
    /// The Rust target. Default: the one in cargo's configuration, or that of the Cortex-M3.
    pub target: Option<String>,
    /// Additional arguments for cargo.
    pub cargo_args: Vec<OsString>,
}

/// Cargo's profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Optimized code.
    Release,
    /// A quick build.
    Dev,
}

/// Builds the package or workspace in `folder`, and returns its modules.
///
/// Prints on standard error which toolchain it uses, followed by the messages of cargo.
///
/// # Errors
/// When there is no toolchain for the target, or cargo fails.
pub fn build(folder: &Path, request: &Request) -> Result<Vec<Built>, BuildError> {
    let programs = cargo::programs(cargo(folder, request, Kind::Module)?)?;
    programs.iter().map(|built| artifact::module(&built.program)).collect()
}

/// Builds programs to be linked into the firmware.
///
/// # Errors
/// As [`build`], when a program has no `main`, and when the settings of its package can't be read.
pub fn build_in(folder: &Path, request: &Request) -> Result<Vec<BuiltIn>, BuildError> {
    let programs = cargo::programs(cargo(folder, request, Kind::BuiltIn)?)?;
    let made: Vec<BuiltIn> = programs.iter().map(|built| BuiltIn::make(&built.program)).collect::<Result<_, _>>()?;
    for (artifact, program) in programs.iter().zip(&made) {
        let settings = Settings::of(artifact.manifest.parent().unwrap_or(Path::new("")))?;
        if let Some(Memheap(name)) = settings.memory {
            let object = program.object.display();
            eprintln!("mkmod: {object}: `memory = \"{name}\"` has no effect: the firmware's linker script places it");
        }
    }
    Ok(made)
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
