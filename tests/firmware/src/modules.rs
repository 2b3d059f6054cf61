//! Builds application crates to `.mo` files, with this repository's mkmod.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use setup::{process, workspace};

/// mkmod, built.
#[derive(Debug, Clone)]
pub struct Mkmod {
    folder: PathBuf,
}

impl Mkmod {
    /// Builds `mkmod` and `mkmod-ld`.
    pub fn build() -> Result<Self, process::Error> {
        process::run(process::cargo().current_dir(workspace::root()).args(["build", "--quiet", "--package", "mkmod"]))?;
        Ok(Self { folder: workspace::target_dir().join("debug") })
    }

    /// The program itself: an ELF of the host's.
    pub fn program(&self) -> PathBuf {
        self.folder.join("mkmod")
    }

    /// A call of `mkmod` as from the user's shell, with `mkmod-ld` on the path.
    pub fn command(&self) -> Command {
        self.at_the_users_shell(&self.program())
    }

    /// A call of `program` as from the user's shell, with `mkmod-ld` on the path, and what [`setup`] has unpacked.
    pub fn at_the_users_shell(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", self.search_path());
        // Cargo's words to this program, which the user's shell would not have.
        for (name, _) in env::vars_os().filter(|(name, _)| is_cargos(name)) {
            command.env_remove(name);
        }
        command.env("CARGO_TARGET_DIR", target_dir());
        command
    }

    /// Writes `kernel.syms` beside the kernel's ELF: what the kernel exports.
    pub fn write_symbols(&self, kernel: &Path) -> Result<PathBuf, Error> {
        let mut command = self.command();
        let output = process::output(command.arg("symbols").arg(kernel))?;
        if !output.status.success() {
            return Err(process::Error::Failed(process::shown(&command), output.status).into());
        }
        let symbols = kernel.with_file_name("kernel.syms");
        fs::write(&symbols, output.stdout).map_err(|error| Error::Write(symbols.clone(), error))?;
        Ok(symbols)
    }

    /// Builds the application crates in the folder `apps` for `target`, and returns their `.mo` files.
    pub fn build_modules(&self, apps: &Path, target: &str) -> Result<Vec<PathBuf>, Error> {
        self.build_some(apps, target, &[])
    }

    /// The same, for the crates `names` alone.
    pub fn build_some(&self, apps: &Path, target: &str, names: &[&str]) -> Result<Vec<PathBuf>, Error> {
        let packages = names.iter().flat_map(|name| ["--package", name]);
        let mut command = self.command();
        command.current_dir(apps).args(["build", "--target", target, "--"]).args(packages);
        let built = process::text(&mut command)?;
        let mut modules: Vec<PathBuf> = built.lines().filter_map(module_in).collect();
        modules.sort();
        Ok(modules)
    }

    /// Builds the crates `names` for the firmware, and returns their objects and sources.
    pub fn build_static(&self, apps: &Path, target: &str, names: &[&str]) -> Result<Vec<PathBuf>, Error> {
        let packages = names.iter().flat_map(|name| ["--package", name]);
        let mut command = self.command();
        // Of its own, since cargo puts an object there in the place of each program.
        command.env("CARGO_TARGET_DIR", workspace::target_dir().join("static"));
        command.current_dir(apps).args(["build", "--static", "--target", target, "--"]).args(packages);
        Ok(process::text(&mut command)?.lines().map(PathBuf::from).collect())
    }

    /// Where the build of an application called `name` puts its `.mo` file.
    pub fn module(&self, target: &str, name: &str) -> PathBuf {
        target_dir().join(target).join("release").join(name).with_extension("mo")
    }

    fn search_path(&self) -> OsString {
        let path = env::var_os("PATH").unwrap_or_default();
        let unpacked = setup::folders_on_path();
        let folders = std::iter::once(self.folder.clone()).chain(env::split_paths(&path)).chain(unpacked);
        env::join_paths(folders).unwrap_or(path)
    }
}

/// Why there are no modules.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// {0}
    #[error(transparent)]
    Build(#[from] process::Error),
    /// could not write {0}: {1}
    #[error("could not write {0}: {1}")]
    Write(PathBuf, #[source] io::Error),
}

/// One target folder for all applications, so that `core` and `rtt-mod` are built once.
fn target_dir() -> PathBuf {
    workspace::target_dir().join("modules")
}

fn is_cargos(variable: &OsString) -> bool {
    variable
        .to_str()
        .is_some_and(|name| name == "CARGO" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
}

/// The module that a line of `mkmod build` tells of: `PATH: 809 bytes in the file, 256 resident`.
fn module_in(line: &str) -> Option<PathBuf> {
    line.rsplit_once(": ").map(|(path, _)| path.into())
}
