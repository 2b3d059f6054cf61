//! Finds an lld and calls it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::args;
use super::error::LinkError;

/// An lld of version 14 or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lld {
    program: PathBuf,
}

impl Lld {
    /// Looks in `$MKMOD_LLD`, the sysroot of `$RUSTC`, rustup's toolchains, and on the `PATH`.
    ///
    /// # Errors
    ///
    /// When there is none in any of them.
    pub fn find() -> Result<Self, LinkError> {
        if let Some(program) = std::env::var_os("MKMOD_LLD").filter(|path| !path.is_empty()) {
            let program = PathBuf::from(program);
            return Ok(Self { program });
        }
        in_sysroot().or_else(in_rustup).or_else(on_path).map(|program| Self { program }).ok_or(LinkError::NoLld)
    }

    /// Links with `args`, which go through a file in `scratch`: there can be more than a command line takes.
    ///
    /// # Errors
    ///
    /// When lld can't be started, or has reported errors.
    pub fn link<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
        scratch: &Path,
    ) -> Result<Output, LinkError> {
        let args: Vec<A> = args.into_iter().collect();
        let file = scratch.join("arguments");
        std::fs::write(&file, args::response_file(args.iter().map(AsRef::as_ref)))
            .map_err(|source| LinkError::Write { path: file.clone(), source })?;
        let mut response = std::ffi::OsString::from("@");
        response.push(&file);
        let output = Command::new(&self.program)
            .args(["-flavor", "gnu", "--rsp-quoting=posix"])
            .arg(response)
            .output()
            .map_err(|source| LinkError::StartLld { program: self.program.clone(), source })?;
        if output.status.success() {
            Ok(output)
        } else {
            Err(LinkError::Lld { code: output.status.code().unwrap_or(1), messages: self.messages(&output) })
        }
    }

    /// What lld has printed. It prints nothing if the system ends it, as Windows does if a library of it is missing.
    fn messages(&self, output: &Output) -> String {
        match output.stderr.is_empty() {
            true => format!("error: {} failed ({}) and printed nothing\n", self.program.display(), output.status),
            false => String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn in_sysroot() -> Option<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
    rust_lld(Path::new(std::str::from_utf8(&output.stdout).ok()?.trim()))
}

/// The newest stable toolchain first, since every lld will do.
fn in_rustup() -> Option<PathBuf> {
    let home =
        std::env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".rustup")))?;
    let mut toolchains = subfolders(&home.join("toolchains"));
    toolchains.sort_by_key(|path| !file_name(path).starts_with("stable"));
    toolchains.iter().find_map(|toolchain| rust_lld(toolchain))
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    ["ld.lld", "lld", "rust-lld"]
        .iter()
        .find_map(|name| std::env::split_paths(&path).find_map(|folder| program(&folder, name)))
}

fn rust_lld(sysroot: &Path) -> Option<PathBuf> {
    subfolders(&sysroot.join("lib/rustlib")).iter().find_map(|host| program(&host.join("bin"), "rust-lld"))
}

fn program(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    path.is_file().then_some(path)
}

/// Sorted, so that the choice is the same each time.
fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    found
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_lld_that_prints_nothing_is_named() {
        let scratch = tempfile::tempdir().unwrap();
        let error = Lld { program: "false".into() }.link(["-o"], scratch.path()).unwrap_err();
        assert_eq!(error.to_string(), "error: false failed (exit status: 1) and printed nothing\n");
    }

    #[test]
    fn rust_lld_is_found_under_the_hosts_folder() {
        let sysroot = tempfile::tempdir().unwrap();
        let bin = sysroot.path().join("lib/rustlib/x86_64-unknown-linux-gnu/bin");
        std::fs::create_dir_all(&bin).unwrap();
        assert_eq!(rust_lld(sysroot.path()), None);
        let lld = bin.join(format!("rust-lld{}", std::env::consts::EXE_SUFFIX));
        std::fs::write(&lld, "").unwrap();
        assert_eq!(rust_lld(sysroot.path()), Some(lld));
    }
}
