//! A toolchain as rustup installs it: `core` compiled before, and not position independent.
//!
//! Fat link-time optimization compiles it again from its bitcode. Without, the linker says what to change.
#![cfg(unix)]

mod app;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use mkmod::build::toolchain::{Core, Toolchain};

use app::{App, TARGET};

static SYSROOT: OnceLock<Sysroot> = OnceLock::new();

#[test]
fn fat_lto_makes_a_module_of_it() {
    let sysroot = SYSROOT.get_or_init(Sysroot::new);
    let folder = tempfile::tempdir().unwrap();
    let target_dir = app::lasting("precompiled");
    app::succeeded(&App::new(folder.path()).build(&target_dir, |command| sysroot.make_active(command)));
    assert!(app::module(&target_dir).is_file());
}

#[test]
fn without_it_the_linker_names_object_function_and_setting() {
    let sysroot = SYSROOT.get_or_init(Sysroot::new);
    let folder = tempfile::tempdir().unwrap();
    let output = App::new(folder.path()).build(&app::lasting("not-optimized"), |command| {
        sysroot.make_active(command);
        command.args(["--", "--config", "profile.release.lto = \"off\""]);
    });
    let text = app::text(&output);
    assert!(!output.status.success());
    let line = text.lines().find(|line| line.contains("has addresses in its instructions")).unwrap();
    assert!(line.contains("core::fmt"), "{line}");
    assert!(line.contains("in libcore-"), "{line}");
    assert!(line.ends_with("; set `lto = \"fat\"` in the profile"), "{line}");
}

/// A rustc with a `core` that is not position independent.
struct Sysroot {
    cargo: PathBuf,
    rustc: PathBuf,
}

impl Sysroot {
    /// The installed one, or one made from the library's sources.
    fn new() -> Self {
        let toolchain = Toolchain::find(TARGET).unwrap();
        match toolchain.core {
            Core::Precompiled => Self { cargo: toolchain.cargo, rustc: toolchain.rustc },
            Core::Sources => Self::from_sources(&toolchain),
        }
    }

    fn from_sources(toolchain: &Toolchain) -> Self {
        let folder = app::lasting("static-core");
        let libraries = compile(toolchain, &folder);
        let sysroot = folder.join("sysroot");
        if sysroot.exists() {
            fs::remove_dir_all(&sysroot).unwrap();
        }
        let installed = sysroot.join("lib/rustlib").join(TARGET).join("lib");
        fs::create_dir_all(&installed).unwrap();
        for library in libraries {
            fs::copy(&library, installed.join(library.file_name().unwrap())).unwrap();
        }
        for host in hosts(&toolchain.rustc) {
            symlink(&host, sysroot.join("lib/rustlib").join(host.file_name().unwrap())).unwrap();
        }
        let rustc = sysroot.join("rustc");
        let script = format!("#!/bin/sh\nexec {} --sysroot {} \"$@\"\n", toolchain.rustc.display(), sysroot.display());
        fs::write(&rustc, script).unwrap();
        fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755)).unwrap();
        Self { cargo: toolchain.cargo.clone(), rustc }
    }

    fn make_active(&self, command: &mut Command) {
        command.env("CARGO", &self.cargo).env("RUSTC", &self.rustc);
    }
}

/// Compiles `core` and what belongs to it as for rustup: static, with bitcode.
fn compile(toolchain: &Toolchain, folder: &Path) -> Vec<PathBuf> {
    let manifest =
        "[workspace]\n[package]\nname = \"none\"\nversion = \"0.1.0\"\n[profile.release]\npanic = \"abort\"\n";
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), "#![no_std]\n").unwrap();
    let output = Command::new(&toolchain.cargo)
        .args(["build", "--release", "-Zbuild-std=core,alloc,compiler_builtins", "--target", TARGET])
        .current_dir(folder)
        .env("RUSTC", &toolchain.rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-C relocation-model=static -C embed-bitcode=yes")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    app::succeeded(&output);
    let compiled = folder.join("target").join(TARGET).join("release/deps");
    let files = fs::read_dir(compiled).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rlib")).collect()
}

/// The libraries for the host, which build scripts and procedural macros need.
fn hosts(rustc: &Path) -> Vec<PathBuf> {
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().unwrap();
    let root = PathBuf::from(String::from_utf8(output.stdout).unwrap().trim()).join("lib/rustlib");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|folder| folder.join("lib").is_dir()).collect()
}
