//! A toolchain as rustup installs it, with a precompiled `core` that is not position-independent.

use std::error::Error;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::Fixture;
use setup::rust::Toolchain;
use setup::{process, workspace};

/// Variables that rustup's cargo sets, and that confuse another toolchain.
const OUTER: &[&str] = &["CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "LD_LIBRARY_PATH", "RUSTC_BOOTSTRAP"];

/// A call of cargo with such a toolchain, in `folder`. What it builds goes to [`target_dir`].
pub fn cargo(fixture: &Fixture, folder: &Path) -> Result<Command, Box<dyn Error>> {
    let toolchain = installed(fixture.board.target)?;
    let mut command = fixture.mkmod.at_the_users_shell(&toolchain.cargo);
    with(&mut command, &toolchain, folder);
    Ok(command)
}

/// A call of `mkmod` with such a toolchain.
pub fn mkmod(fixture: &Fixture, folder: &Path) -> Result<Command, Box<dyn Error>> {
    let toolchain = installed(fixture.board.target)?;
    let mut command = fixture.mkmod.command();
    with(&mut command, &toolchain, folder);
    command.env("CARGO", &toolchain.cargo);
    Ok(command)
}

fn with(command: &mut Command, toolchain: &Toolchain, folder: &Path) {
    for name in OUTER {
        command.env_remove(name);
    }
    command.env("RUSTC", &toolchain.rustc).env("CARGO_TARGET_DIR", target_dir()).current_dir(folder);
}

/// Where these tests build.
pub fn target_dir() -> PathBuf {
    workspace::target_dir().join("link")
}

/// The active toolchain, or one that is made from the library's sources, once.
fn installed(target: &str) -> Result<Toolchain, Box<dyn Error>> {
    if let Some(toolchain) = Toolchain::with_core(target) {
        return Ok(toolchain);
    }
    let Toolchain { cargo, rustc } = Toolchain::with_sources().ok_or("no Rust here has the library's sources")?;
    let sysroot = target_dir().join("sysroot");
    let script = sysroot.join("rustc");
    if !script.is_file() {
        install_libraries(&sysroot, target, &Toolchain { cargo: cargo.clone(), rustc: rustc.clone() })?;
        let text = format!("#!/bin/sh\nexec {} --sysroot {} \"$@\"\n", rustc.display(), sysroot.display());
        fs::write(&script, text)?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    }
    Ok(Toolchain { cargo, rustc: script })
}

fn install_libraries(sysroot: &Path, target: &str, toolchain: &Toolchain) -> Result<(), Box<dyn Error>> {
    let rustlib = sysroot.join("lib/rustlib");
    fs::create_dir_all(rustlib.join(target).join("lib"))?;
    for library in compile(&sysroot.with_file_name("core"), target, toolchain)? {
        let name = library.file_name().unwrap_or_default();
        fs::copy(&library, rustlib.join(target).join("lib").join(name))?;
    }
    // Build scripts and procedural macros need those of the host.
    let output = process::output(Command::new(&toolchain.rustc).args(["--print", "sysroot"]))?;
    let of_the_host = Path::new(std::str::from_utf8(&output.stdout)?.trim()).join("lib/rustlib");
    for folder in fs::read_dir(of_the_host)?.flatten().filter(|folder| folder.path().join("lib").is_dir()) {
        let link = rustlib.join(folder.file_name());
        if !link.exists() {
            symlink(folder.path(), link)?;
        }
    }
    Ok(())
}

/// `core` and what belongs to it, compiled as for rustup: for fixed addresses, with bitcode.
fn compile(folder: &Path, target: &str, toolchain: &Toolchain) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let manifest =
        "[workspace]\n[package]\nname = \"none\"\nversion = \"0.1.0\"\n[profile.release]\npanic = \"abort\"\n";
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "#![no_std]\n")?;
    let mut command = Command::new(&toolchain.cargo);
    with(&mut command, toolchain, folder);
    command
        .args(["build", "--quiet", "--release", "-Zbuild-std=core,alloc,compiler_builtins", "--target", target])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-C relocation-model=static -C embed-bitcode=yes")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    process::run(&mut command)?;
    let built = fs::read_dir(folder.join("target").join(target).join("release/deps"))?;
    let files = built.flatten().map(|entry| entry.path());
    Ok(files.filter(|path| path.extension().is_some_and(|extension| extension == "rlib")).collect())
}
