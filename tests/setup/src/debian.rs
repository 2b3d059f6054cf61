//! Provides tools from Debian's packages: apt installs them, or they are unpacked into the target folder.

use super::apt::Apt;
use super::need::{Need, answers};
use super::{Error, list, pip, unpack};

/// Provides each of `needs`, and tries all of them even if one fails.
pub fn provide(needs: &[Need]) -> Result<(), Error> {
    let apt = answers("apt-get").then(Apt::with_fresh_lists);
    let mut failed = Vec::new();
    let mut causes = Vec::new();
    for &need in needs {
        let by_apt = match &apt {
            Some(apt) => install(apt, need).or_else(|cause| unpack_instead(apt, need, cause)),
            None => Err("there is no apt-get".into()),
        };
        if let Err(cause) = by_apt.or_else(|cause| pip_instead(need, cause)) {
            failed.push(need);
            causes.push(cause);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    if apt.is_none() {
        let mends: Vec<_> = failed.iter().map(|need| need.mend()).collect();
        return Err(Error::Missing { what: list(&failed), mend: mends.join("; ") });
    }
    Err(Error::Install { what: list(&failed), cause: causes.join("; "), command: by_hand(&failed) })
}

fn install(apt: &Apt, need: Need) -> Result<(), String> {
    if !apt.may_install() {
        return Err("this user is not root, and sudo would ask for a password".into());
    }
    apt.install(need.packages()).map_err(|error| error.to_string())
}

fn unpack_instead(apt: &Apt, need: Need, cause: String) -> Result<(), String> {
    let Some(way) = need.unpacked() else {
        return Err(cause);
    };
    eprintln!("{cause}; unpacking {need} into target/tools instead");
    unpack::unpack(apt, need.packages(), way).map_err(|error| format!("{cause}; could not unpack it either: {error}"))
}

fn pip_instead(need: Need, cause: String) -> Result<(), String> {
    let Some(package) = need.pip_package() else {
        return Err(cause);
    };
    eprintln!("{cause}; installing {need} into target/tools with pip instead");
    pip::install(package).map_err(|error| format!("{cause}; pip could not install it either: {error}"))
}

/// The command for the user. It has no `--no-remove`, so that the user can agree to what apt would remove.
fn by_hand(needs: &[Need]) -> String {
    let packages: Vec<&str> = needs.iter().flat_map(|need| need.packages()).copied().collect();
    format!("sudo apt-get install --no-install-recommends {}", packages.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_has_the_packages_of_all_needs() {
        assert_eq!(
            by_hand(&[Need::ArmQemu, Need::LibClang]),
            "sudo apt-get install --no-install-recommends qemu-system-arm libclang-dev"
        );
    }
}
