//! From the packages alone, a user installs mkmod, creates an application, builds, tests and runs it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use packages::{Packages, Result};
use setup::{Need, process, workspace};

/// A user's folder, outside of the repository.
struct User {
    folder: tempfile::TempDir,
    packages: Packages,
}

impl User {
    /// The packages are in the user's configuration of cargo.
    fn new() -> Result<Self> {
        setup::ensure(&[Need::RustTarget("thumbv7m-none-eabi")])?;
        let folder = tempfile::tempdir()?;
        let packages = Packages::unpack(&folder.path().join("registry"))?;
        fs::create_dir(folder.path().join(".cargo"))?;
        fs::write(folder.path().join(".cargo/config.toml"), packages.registry())?;
        Ok(Self { folder, packages })
    }

    fn tools(&self) -> PathBuf {
        self.folder.path().join("tools")
    }

    /// A command in the user's folder, which finds what is installed. What cargo builds stays for the next run.
    fn command(&self, program: &str, folder: &str) -> Result<Command> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([self.tools().join("bin")].into_iter().chain(std::env::split_paths(&path)))?;
        let mut command = Command::new(program);
        command.current_dir(self.folder.path().join(folder)).env("PATH", path);
        command.env("CARGO_TARGET_DIR", workspace::target_dir().join("packages/user"));
        Ok(command)
    }

    /// Runs a line that the user types in a folder, and returns its output.
    fn types(&self, folder: &str, line: &str) -> Result<String> {
        let words: Vec<&str> = line.split(' ').collect();
        Ok(process::text(self.command(words[0], folder)?.args(&words[1..]))?)
    }

    fn install_mkmod(&self) -> Result<()> {
        let mut install = self.command("cargo", "")?;
        install.args(["install", "--quiet", "--debug", "--path"]).arg(self.packages.package("rtt-mkmod"));
        Ok(process::run(install.arg("--root").arg(self.tools()))?)
    }
}

#[test]
fn the_packages_are_enough() -> Result<()> {
    let user = User::new()?;
    user.install_mkmod()?;
    user.types("", "mkmod new greet")?;
    user.types("greet", "cargo build --quiet --release")?;
    let module = workspace::target_dir().join("packages/user/thumbv7m-none-eabi/release/greet.mo");
    let info = user.types("greet", &format!("mkmod info {}", module.display()))?;
    assert!(info.starts_with("greet 0.1.0"), "{info}");
    user.types("greet", "cargo test --quiet --no-run")?;
    let tests = user.types("greet", "cargo t --quiet")?;
    assert!(tests.contains("2 passed; 0 failed"), "{tests}");
    assert_eq!(user.types("greet", "cargo pc --quiet -- Ada")?, "Hello from greet!\nHello, Ada!\n");
    Ok(())
}
