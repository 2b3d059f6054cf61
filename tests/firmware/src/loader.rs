//! Compiles the firmware's loader, the crate in `kernel-glue/loader/firmware`, to one object.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::{Object, ObjectSymbol};
use setup::rust::Toolchain;
use setup::{process, workspace};

/// The only symbol that the object exports.
const ENTRY: &str = "rttm_loader_load";

/// The symbols that the object may import: those that GCC's own output needs too. What a panic calls is not among them.
const WANTED: &[&str] = &["memcmp", "memcpy", "memmove", "memset"];
const WANTED_FAMILIES: &[&str] = &["__aeabi_mem", "__aeabi_uidiv", "__aeabi_ll", "__aeabi_ul"];

/// Why the loader could not be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// no Rust compiles for the board
    #[error("no Rust compiler for `{0}`; run `rustup target add {0}`")]
    NoToolchain(String),
    /// cargo has failed; its message is above
    #[error(transparent)]
    Cargo(#[from] process::Error),
    /// could not read the object `{0}`: {1}
    #[error("could not read the object `{0}`: {1}")]
    Object(PathBuf, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// the loader exports or imports symbols that it must not
    #[error("the loader must export `{ENTRY}` alone and import only memory functions; these symbols are wrong: {0}")]
    Symbols(String),
}

/// Compiles the loader for `target` if it is not up to date.
pub fn build(target: &str) -> Result<PathBuf, Error> {
    let folder = workspace::target_dir().join("loader");
    let object = folder.join(target).join("release/rttm_loader.o");
    process::run(cargo(target)?.arg("--target-dir").arg(&folder).args(["--", "--emit"]).arg(emit(&object)))?;
    let wrong = wrong_symbols(&object).map_err(|error| Error::Object(object.clone(), error))?;
    if wrong.is_empty() { Ok(object) } else { Err(Error::Symbols(wrong.join(", "))) }
}

/// The version of the compiler that compiles it for `target`.
pub fn compiler(target: &str) -> Result<String, Error> {
    let (toolchain, core) = toolchain(target)?;
    let version = process::text(Command::new(&toolchain.rustc).arg("--version"))?;
    Ok(match core {
        Core::Precompiled => version.trim().into(),
        Core::FromSources => format!("{}, and compiles its core", version.trim()),
    })
}

/// Where the crate `core` comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Core {
    Precompiled,
    FromSources,
}

fn toolchain(target: &str) -> Result<(Toolchain, Core), Error> {
    let precompiled = Toolchain::with_core(target).map(|toolchain| (toolchain, Core::Precompiled));
    let either = precompiled.or_else(|| Some((Toolchain::with_sources()?, Core::FromSources)));
    either.ok_or_else(|| Error::NoToolchain(target.into()))
}

fn cargo(target: &str) -> Result<Command, Error> {
    let (toolchain, core) = toolchain(target)?;
    let mut cargo = Command::new(&toolchain.cargo);
    cargo.env("RUSTC", &toolchain.rustc).args(["rustc", "--quiet", "--release", "--locked", "--target", target]);
    cargo.arg("--manifest-path").arg(workspace::root().join("kernel-glue/loader/firmware/Cargo.toml"));
    if core == Core::FromSources {
        cargo.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=core");
    }
    Ok(cargo)
}

fn emit(object: &Path) -> std::ffi::OsString {
    let mut kind = std::ffi::OsString::from("obj=");
    kind.push(object);
    kind
}

/// The exported symbols that could clash with other libraries, and the imported ones that a firmware may lack.
fn wrong_symbols(object: &Path) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
    let data = fs::read(object)?;
    let file = object::File::parse(&*data)?;
    let mut wrong = Vec::new();
    for symbol in file.symbols().filter(object::ObjectSymbol::is_global) {
        let name = symbol.name()?;
        let is_right = if symbol.is_undefined() { is_wanted(name) } else { name == ENTRY };
        if !is_right {
            wrong.push(name.to_owned());
        }
    }
    Ok(wrong)
}

fn is_wanted(name: &str) -> bool {
    WANTED.contains(&name) || WANTED_FAMILIES.iter().any(|family| name.starts_with(family))
}
