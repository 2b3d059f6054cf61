//! The linker of modules, mkmod-ld: cargo itself says only that it is not found, and nothing of its version.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The program's name without an extension.
const NAME: &str = "mkmod-ld";

/// How it is installed.
const INSTALL: &str = "`cargo install rtt-mkmod`";

/// Refuses a build for a board whose linker is an mkmod-ld that is missing, or that is of another version.
pub fn check() -> Result<(), String> {
    let Some(linker) = env::var_os("RUSTC_LINKER").map(PathBuf::from) else { return Ok(()) };
    let is_for_a_board = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none");
    if !is_for_a_board || linker.file_stem().is_none_or(|name| name != NAME) {
        return Ok(());
    }
    println!("cargo::rerun-if-env-changed=PATH");
    let found = find(&linker).ok_or_else(|| missing(&linker))?;
    println!("cargo::rerun-if-changed={}", found.display());
    compare(version(&found).as_deref(), env!("CARGO_PKG_VERSION"))
}

/// Its file: a path, or a name that is looked for as the system does.
fn find(linker: &Path) -> Option<PathBuf> {
    let with_extension = |path: PathBuf| -> Option<PathBuf> {
        let named = path.with_file_name(format!("{NAME}{}", env::consts::EXE_SUFFIX));
        [path, named].into_iter().find(|path| path.is_file())
    };
    if linker.components().count() > 1 {
        return with_extension(linker.to_owned());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find_map(|folder| with_extension(folder.join(linker)))
}

fn missing(linker: &Path) -> String {
    match linker.components().count() {
        1 => format!("the linker {NAME} is not on the PATH: {INSTALL} installs it, together with mkmod"),
        _ => format!("there is no {}: {INSTALL} installs the linker {NAME}, together with mkmod", linker.display()),
    }
}

/// What the program says of itself. `None`: it is older than this question.
fn version(linker: &Path) -> Option<String> {
    let output = Command::new(linker).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.strip_prefix(NAME)?.trim().to_owned())
}

/// Refuses versions that do not fit. Before 1.0.0, a new minor version may change what the linker reads of a program.
fn compare(linker: Option<&str>, own: &str) -> Result<(), String> {
    let linker = linker.unwrap_or("0.0.0");
    let (theirs, ours) = (compatible(linker), compatible(own));
    if theirs == ours {
        return Ok(());
    }
    Err(if theirs < ours {
        format!("rtt-mod {own} needs mkmod {}.{}, and {NAME} is {linker}: {INSTALL} updates it", ours.0, ours.1)
    } else {
        format!(
            "{NAME} {linker} needs rtt-mod {major}.{minor}, and this is rtt-mod {own}: write `rtt-mod = \"{major}.{minor}\"` \
             in Cargo.toml",
            major = theirs.0,
            minor = theirs.1,
        )
    })
}

/// The part of a version that says what it is compatible with.
fn compatible(version: &str) -> (u64, u64) {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if major == 0 { (0, minor) } else { (major, 0) }
}
