//! `apt-get`. Root, and a user whom `sudo` asks for no password, can install packages with it; everyone can download them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{process, workspace};

/// `apt-get`, with the rights of this user.
pub struct Apt {
    rights: Rights,
    /// Options with the folder of the package lists. Empty where the system's lists are used.
    lists: Vec<String>,
}

impl Apt {
    /// Updates the package lists if there is a network. A user without root's rights gets lists of their own in the target
    /// folder.
    pub fn with_fresh_lists() -> Self {
        let rights = Rights::of_this_user();
        let lists = if rights == Rights::Ordinary { own_lists() } else { Vec::new() };
        let mut apt = Self { rights, lists };
        // Old lists are often good enough, and the installation fails if they are not.
        if let Err(error) = show_and_run(apt.with_rights().arg("update")) {
            eprintln!("{error}; using the package lists that are already there");
            apt.lists.clear();
        }
        apt
    }

    /// Whether this user may install packages.
    pub fn may_install(&self) -> bool {
        self.rights != Rights::Ordinary
    }

    /// Installs `packages`. Fails rather than remove a package that is installed.
    pub fn install(&self, packages: &[&str]) -> Result<(), process::Error> {
        let options = ["install", "--yes", "--no-remove", "--no-install-recommends"];
        show_and_run(self.with_rights().args(options).args(packages))
    }

    /// The packages that an installation of `packages` would add: those of them and of their dependencies that are missing.
    pub fn missing(&self, packages: &[&str]) -> Result<Vec<String>, process::Error> {
        let mut simulation = self.without_rights();
        simulation.args(["install", "--simulate", "--no-install-recommends"]).args(packages);
        eprintln!("running: {}", process::shown(&simulation));
        let output = process::output(&mut simulation)?;
        if !output.status.success() {
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
            return Err(process::Error::Failed(process::shown(&simulation), output.status));
        }
        Ok(installed_by(&String::from_utf8_lossy(&output.stdout)))
    }

    /// Downloads the `.deb` files of `packages` into `folder`.
    pub fn download(&self, packages: &[String], folder: &Path) -> Result<(), process::Error> {
        show_and_run(self.without_rights().arg("download").args(packages).current_dir(folder))
    }

    fn with_rights(&self) -> Command {
        // `env`, because sudo does not pass the variable on.
        let words = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        let words = if self.rights == Rights::Sudo { &words[..] } else { &words[2..] };
        self.command(words)
    }

    fn without_rights(&self) -> Command {
        self.command(&["apt-get"])
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(&self.lists).stdin(Stdio::null());
        command
    }
}

/// The rights with which this user runs `apt-get`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rights {
    Root,
    Sudo,
    /// Neither root nor sudo: packages can be downloaded, but not installed.
    Ordinary,
}

impl Rights {
    fn of_this_user() -> Self {
        if is_root() {
            return Self::Root;
        }
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
        if sudo.status().is_ok_and(|status| status.success()) { Self::Sudo } else { Self::Ordinary }
    }
}

/// The owner of a process's folder in `/proc` is its user.
#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Makes a folder for package lists in the target folder, and returns the options for it.
fn own_lists() -> Vec<String> {
    let folder = workspace::target_dir().join("apt");
    for partial in ["lists/partial", "cache/archives/partial"] {
        // If this fails, apt says so.
        let _ = fs::create_dir_all(folder.join(partial));
    }
    let folder = folder.display();
    let options = [
        format!("Dir::State::Lists={folder}/lists/"),
        format!("Dir::Cache={folder}/cache/"),
        // The caches are large, and hardly used again.
        "Dir::Cache::pkgcache=".into(),
        "Dir::Cache::srcpkgcache=".into(),
        // Without this option `update` succeeds without a network, and leaves empty lists.
        "APT::Update::Error-Mode=any".into(),
    ];
    options.into_iter().flat_map(|option| ["-o".into(), option]).collect()
}

/// The packages that a simulation would install: the names in its lines `Inst NAME [OLD] (NEW …)`.
fn installed_by(simulation: &str) -> Vec<String> {
    let lines = simulation.lines().filter_map(|line| line.strip_prefix("Inst "));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn show_and_run(command: &mut Command) -> Result<(), process::Error> {
    eprintln!("running: {}", process::shown(command));
    process::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulation_tells_what_would_be_installed() {
        let simulation = "\
NOTE: This is only a simulation!
Reading package lists...
The following packages will be REMOVED:
  qemu-utils
Remv qemu-utils [1:10.0.2+ds-2+deb13u1~bpo12+1]
Inst libfdt1 (1.6.1-4+b1 Debian:12.15/oldstable [amd64])
Inst libssl3 [3.0.15-1] (3.0.17-1 Debian:12.15/oldstable [amd64])
Inst zlib1g:i386 (1:1.2.13.dfsg-1 Debian:12.15/oldstable [i386]) []
Conf libfdt1 (1.6.1-4+b1 Debian:12.15/oldstable [amd64])
";
        assert_eq!(installed_by(simulation), ["libfdt1", "libssl3", "zlib1g:i386"]);
    }
}
