//! Builds application crates with this repository's mkmod.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use setup::{process, workspace};

/// This repository's mkmod, built.
#[derive(Debug, Clone)]
pub struct Mkmod {
    folder: PathBuf,
}

impl Mkmod {
    /// Builds `mkmod` and `mkmod-ld`.
    ///
    /// # Errors
    /// When cargo fails. Its messages are printed.
    pub fn build() -> Result<Self, process::Error> {
        let build = ["build", "--quiet", "--package", "rtt-mkmod"];
        process::run(process::cargo().current_dir(workspace::root()).args(build))?;
        Ok(Self { folder: workspace::target_dir().join("debug") })
    }

    /// The program `mkmod`.
    pub fn program(&self) -> PathBuf {
        self.folder.join("mkmod")
    }

    /// A command that runs `mkmod` as from the user's shell, with `mkmod-ld` on the PATH.
    pub fn command(&self) -> Command {
        self.at_the_users_shell(&self.program())
    }

    /// A command that runs `program` as from the user's shell, with `mkmod-ld` and the tools that [`setup`] has unpacked on the
    /// PATH.
    pub fn at_the_users_shell(&self, program: &Path) -> Command {
        let mut command = at_the_users_shell(program);
        command.env("PATH", self.search_path()).env("CARGO_TARGET_DIR", target_dir());
        command
    }

    /// Writes the output of `mkmod symbols` to `kernel.syms` beside the kernel's ELF file.
    ///
    /// # Errors
    /// When mkmod fails, or the file can't be written.
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

    /// Builds all crates of the workspace in the folder `apps` for `target`, and returns their `.mo` files.
    ///
    /// # Errors
    /// When one does not build. The messages are printed.
    pub fn build_modules(&self, apps: &Path, target: &str) -> Result<Vec<PathBuf>, Error> {
        self.build_some(apps, target, &[])
    }

    /// Builds the crates `names` of the workspace in the folder `apps` for `target`, and returns their `.mo` files.
    ///
    /// # Errors
    /// When one does not build. The messages are printed.
    pub fn build_some(&self, apps: &Path, target: &str, names: &[&str]) -> Result<Vec<PathBuf>, Error> {
        let packages = names.iter().flat_map(|name| ["--package", name]);
        let mut command = self.command();
        command.current_dir(apps).args(["build", "--target", target, "--"]).args(packages);
        let built = process::text(&mut command)?;
        let mut modules: Vec<PathBuf> = built.lines().filter_map(module_in).collect();
        modules.sort();
        Ok(modules)
    }

    /// Builds the crates `names` as built-in programs, and returns the objects and C files to link into the firmware.
    ///
    /// # Errors
    /// When one does not build. The messages are printed.
    pub fn build_static(&self, apps: &Path, target: &str, names: &[&str]) -> Result<Vec<PathBuf>, Error> {
        let packages = names.iter().flat_map(|name| ["--package", name]);
        let mut command = self.command();
        // A target folder of its own, because cargo puts an object where the program would be.
        command.env("CARGO_TARGET_DIR", workspace::target_dir().join("static"));
        command.current_dir(apps).args(["build", "--static", "--target", target, "--"]).args(packages);
        Ok(process::text(&mut command)?.lines().map(PathBuf::from).collect())
    }

    /// The path of the `.mo` file of the application `name`.
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

/// A command that runs `program` as from the user's shell, which has none of the variables that cargo sets for this program.
pub fn at_the_users_shell(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os().filter(|(name, _)| is_cargos(name)) {
        command.env_remove(name);
    }
    // It names the kernel that is tested. For a crate with bindings to the kernel it would be the one of the bindings.
    command.env_remove("RTT_PATH");
    command
}

/// Why modules or symbols could not be made.
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

/// The path in a line that `mkmod build` prints: `PATH: 809 bytes in the file, 256 resident`.
fn module_in(line: &str) -> Option<PathBuf> {
    line.rsplit_once(": ").map(|(path, _)| path.into())
}
