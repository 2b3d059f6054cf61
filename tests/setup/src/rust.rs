//! Rust for bare-metal targets: a precompiled `core` that rustup installs, or the library's sources, which `mkmod build`
//! compiles.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// Debian's packages of a current Rust, with the library's sources. Its package `rustc` is too old for this repository.
pub const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];

/// Where Debian's packages install the compiler.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A compiler and its cargo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// Its cargo, as a program to start.
    pub cargo: PathBuf,
    /// Its rustc, the same.
    pub rustc: PathBuf,
}

impl Toolchain {
    /// The active toolchain, if it has a precompiled `core` for `target`.
    pub fn with_core(target: &str) -> Option<Self> {
        active_sysroot().filter(|sysroot| has_core(sysroot, target)).map(|_| Self::active())
    }

    /// A toolchain that has the library's sources: the active one, or Debian's.
    pub fn with_sources() -> Option<Self> {
        let debian = || Self { cargo: "/usr/bin/cargo".into(), rustc: DEBIAN_RUSTC.into() };
        let active = active_sysroot().filter(|sysroot| has_sources(sysroot)).map(|_| Self::active());
        active.or_else(|| debian_has_sources().then(debian))
    }

    fn active() -> Self {
        let variable = |name, default: &str| std::env::var_os(name).map_or_else(|| default.into(), PathBuf::from);
        Self { cargo: variable("CARGO", "cargo"), rustc: variable("RUSTC", "rustc") }
    }
}

/// Whether `mkmod build` can compile for `target`.
pub fn compiles_for(target: &str) -> bool {
    active_sysroot().is_some_and(|sysroot| has_core(&sysroot, target) || has_sources(&sysroot)) || debian_has_sources()
}

/// Adds `target` to the active toolchain with rustup. Returns whether that succeeded.
pub fn add_target(target: &str) -> bool {
    let mut command = Command::new("rustup");
    command.args(["target", "add", target]);
    eprintln!("running: {}", process::shown(&command));
    process::run(&mut command).inspect_err(|error| eprintln!("{error}")).is_ok()
}

fn active_sysroot() -> Option<PathBuf> {
    sysroot(&Toolchain::active().rustc)
}

/// Debian's compiler can be used if it is new enough and the library's sources are installed.
fn debian_has_sources() -> bool {
    let output = Command::new(DEBIAN_RUSTC).arg("--version").output();
    let new_enough = output.is_ok_and(|output| {
        let version = String::from_utf8_lossy(&output.stdout).split_whitespace().nth(1).and_then(minor_version);
        version >= minor_version(env!("CARGO_PKG_RUST_VERSION"))
    });
    new_enough && sysroot(Path::new(DEBIAN_RUSTC)).is_some_and(|sysroot| has_sources(&sysroot))
}

/// The second number of a version: 95 of `1.95.0`.
fn minor_version(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().into())
}

fn has_core(sysroot: &Path, target: &str) -> bool {
    let Ok(files) = sysroot.join("lib/rustlib").join(target).join("lib").read_dir() else {
        return false;
    };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
}

fn has_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/core/Cargo.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_minor_number() {
        assert_eq!(minor_version("1.95"), Some(95));
        assert!(minor_version("1.63.0") < minor_version("1.95"));
    }
}
