//! Debian's packages, for root or for whom `sudo` does not ask.

use std::fs;
use std::process::{Command, Stdio};

use super::need::{Need, answers};
use super::{Error, list};
use crate::process;

/// Installs the packages of all `needs` in one go.
pub fn install(needs: &[Need]) -> Result<(), Error> {
    let missing = |mend| Error::Missing { what: list(needs), mend };
    if !answers("apt-get") {
        let mends: Vec<_> = needs.iter().map(|need| need.mend()).collect();
        return Err(missing(mends.join("; ")));
    }
    let packages: Vec<&str> = needs.iter().flat_map(|need| need.packages()).copied().collect();
    let by_hand = format!("sudo apt-get install --no-install-recommends {}", packages.join(" "));
    let Some(rights) = Rights::of_this_user() else {
        return Err(missing(format!("try: {by_hand}")));
    };

    // Old lists of packages are often good enough: whether they are, the installation shows.
    if let Err(error) = run(rights, &["update"]) {
        eprintln!("{error}; going on with the lists of packages that are there");
    }
    // Nothing that the user has is removed for it.
    let options = ["--yes", "--no-remove", "--no-install-recommends"];
    let install = [&["install"], &options[..], &packages].concat();
    run(rights, &install).map_err(|cause| Error::Install { what: list(needs), cause, command: by_hand })
}

/// How this user may run `apt-get`.
#[derive(Clone, Copy)]
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn of_this_user() -> Option<Self> {
        if is_root() {
            return Some(Self::Root);
        }
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
        sudo.status().is_ok_and(|status| status.success()).then_some(Self::Sudo)
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

fn run(rights: Rights, arguments: &[&str]) -> Result<(), process::Error> {
    // `env`, because sudo does not pass the variable on.
    let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let mut command = match rights {
        Rights::Root => Command::new(words[0]),
        Rights::Sudo => {
            let mut sudo = Command::new("sudo");
            sudo.args(["-n", words[0]]);
            sudo
        }
    };
    command.args(&words[1..]).args(arguments).stdin(Stdio::null());
    eprintln!("running: {}", process::shown(&command));
    process::run(&mut command)
}
