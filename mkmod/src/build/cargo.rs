//! The call of cargo.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::BuildError;
use super::config::Config;
use super::kconfig::Options;
use super::toolchain::{Core, Origin, Toolchain};
use crate::link::relocatable;

/// All code of a module must be position independent.
const PIC: &str = "relocation-model=pic";

/// The code of the firmware has a fixed address.
const STATIC: &str = "relocation-model=static";

/// Variables that an outer `cargo run` sets, and that the inner cargo must determine itself.
const OUTER: &[&str] = &["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"];

/// Search paths for libraries, to which an outer cargo adds those of its toolchain.
const LIBRARY_PATHS: &[&str] = &["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"];

/// The kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A module, whose code runs at any address.
    Module,
    /// A built-in program, whose code gets its address from the firmware's linker.
    BuiltIn,
}

/// `cargo build`, with the options that a module needs and cargo's configuration does not contain.
///
/// # Errors
/// When mkmod-ld is not in the folder of mkmod, or the configuration of the firmware can't be read.
pub fn command(toolchain: &Toolchain, config: &Config, target: &str, kind: Kind) -> Result<Command, BuildError> {
    let linker = linker()?;
    let mut command = Command::new(&toolchain.cargo);
    if let Origin::Other { active } = &toolchain.origin {
        for name in OUTER {
            command.env_remove(name);
        }
        without_libraries_of(&mut command, active.as_deref());
        command.env("RUSTC", &toolchain.rustc);
    }
    command.args(["build", "--target", target, "--message-format=json-render-diagnostics"]);
    if toolchain.core == Core::Sources {
        command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=core,alloc,compiler_builtins");
    }
    if config.links_modules {
        find_first(&mut command, linker.parent());
    } else {
        command.arg("--config").arg(format!("target.{target}.linker={}", quoted(&linker.display().to_string())));
    }
    match kind {
        Kind::Module => rust_flags(&mut command, config, target),
        Kind::BuiltIn => static_flags(&mut command, config)?,
    }
    Ok(command)
}

/// The linker, which is installed beside this program.
fn linker() -> Result<PathBuf, BuildError> {
    let program = std::env::current_exe().map_err(|source| BuildError::Read { path: "mkmod".into(), source })?;
    let linker = program.with_file_name(format!("mkmod-ld{}", std::env::consts::EXE_SUFFIX));
    if linker.is_file() { Ok(linker) } else { Err(BuildError::NoLinker { program }) }
}

/// Flags in the environment override all others; flags for the target override those for all builds.
fn rust_flags(command: &mut Command, config: &Config, target: &str) {
    if let Ok(flags) = std::env::var("CARGO_ENCODED_RUSTFLAGS") {
        if !flags.contains(PIC) {
            command.env("CARGO_ENCODED_RUSTFLAGS", format!("{flags}\x1f-C\x1f{PIC}"));
        }
    } else if let Ok(flags) = std::env::var("RUSTFLAGS") {
        if !flags.contains(PIC) {
            command.env("RUSTFLAGS", format!("{flags} -C {PIC}"));
        }
    } else if !config.target_flags.iter().any(|flag| flag.contains(PIC)) {
        let ours = ["-C".to_owned(), PIC.to_owned()];
        let flags: Vec<String> = config.build_flags.iter().chain(&ours).map(|flag| quoted(flag)).collect();
        command.arg("--config").arg(format!("target.{target}.rustflags=[{}]", flags.join(",")));
    }
}

/// Of two code models the last one counts. cargo keeps the results for these flags apart from those of modules. The options of
/// the firmware are in the folder that `RTT_CONFIG` names.
fn static_flags(command: &mut Command, config: &Config) -> Result<(), BuildError> {
    let encoded =
        std::env::var("CARGO_ENCODED_RUSTFLAGS").map(|flags| flags.split('\x1f').map(str::to_owned).collect());
    let words = || std::env::var("RUSTFLAGS").map(|flags| flags.split_whitespace().map(str::to_owned).collect());
    let of_target = || if config.target_flags.is_empty() { &config.build_flags } else { &config.target_flags };
    let mut flags: Vec<String> = encoded.or_else(|_| words()).unwrap_or_else(|_| of_target().clone());
    flags.extend(["-C", STATIC].map(str::to_owned));
    if let Some(folder) = &config.firmware {
        flags.extend(Options::read(folder)?.flags());
    }
    command.env(relocatable::ASKED, "1").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    Ok(())
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn find_first(command: &mut Command, folder: Option<&Path>) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
}

fn without_libraries_of(command: &mut Command, toolchain: Option<&Path>) {
    let Some(toolchain) = toolchain else { return };
    for name in LIBRARY_PATHS {
        let Some(path) = std::env::var_os(name) else { continue };
        let kept = std::env::split_paths(&path).filter(|folder| !folder.starts_with(toolchain));
        command.env(name, std::env::join_paths(kept).unwrap_or(OsString::new()));
    }
}

/// A program that cargo has built.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Artifact {
    /// The file.
    #[serde(rename = "executable")]
    pub program: PathBuf,
    /// The `Cargo.toml` of its package.
    #[serde(rename = "manifest_path")]
    pub manifest: PathBuf,
}

/// Runs cargo, and returns the programs that it has built or found up to date.
///
/// # Errors
/// When cargo can't be started, or fails.
pub fn programs(mut command: Command) -> Result<Vec<Artifact>, BuildError> {
    let program = PathBuf::from(command.get_program());
    let start = |source| BuildError::Start { program: program.clone(), source };
    let mut cargo = command.stdout(Stdio::piped()).spawn().map_err(start)?;
    let messages = cargo.stdout.take().map(BufReader::new);
    let programs = messages.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
    let programs = programs.filter_map(|line| artifact(&line)).collect();
    let status = cargo.wait().map_err(start)?;
    if status.success() { Ok(programs) } else { Err(BuildError::Cargo { code: status.code().unwrap_or(1) }) }
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(flatten)]
    artifact: Artifact,
}

/// `None` for what is no program: its message has no executable.
fn artifact(message: &str) -> Option<Artifact> {
    let message: Message = serde_json::from_str(message).ok()?;
    (message.reason == "compiler-artifact").then_some(message.artifact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_among_cargos_messages() {
        let message = r#"{"reason":"compiler-artifact","manifest_path":"/hello/Cargo.toml","executable":"/t/release/hello","fresh":true}"#;
        let hello = Artifact { program: "/t/release/hello".into(), manifest: "/hello/Cargo.toml".into() };
        assert_eq!(artifact(message), Some(hello));
        let library = r#"{"reason":"compiler-artifact","manifest_path":"/hello/Cargo.toml","executable":null}"#;
        assert_eq!(artifact(library), None);
        assert_eq!(artifact(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(artifact("   Compiling"), None);
    }

    #[test]
    fn flags_for_all_builds_are_kept_beside_ours() {
        let mut command = Command::new("cargo");
        let config = Config { build_flags: vec!["--cfg=a=\"b\"".into()], ..Config::default() };
        rust_flags(&mut command, &config, "thumbv7m-none-eabi");
        let args: Vec<_> = command.get_args().collect();
        assert_eq!(args[1], "target.thumbv7m-none-eabi.rustflags=['--cfg=a=\"b\"',\"-C\",\"relocation-model=pic\"]");
    }

    #[test]
    fn flags_that_are_there_are_not_repeated() {
        let mut command = Command::new("cargo");
        let config = Config { target_flags: vec!["-Crelocation-model=pic".into()], ..Config::default() };
        rust_flags(&mut command, &config, "thumbv7m-none-eabi");
        assert_eq!(command.get_args().count(), 0);
    }
}
