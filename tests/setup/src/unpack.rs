//! Unpacks Debian's packages into `target/tools` where they can't be installed: because they conflict with installed ones, or
//! because the user is not root.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt::Apt;
use super::need::Unpacked;
use super::{tools, wrapper};
use crate::process;

/// Packages that are never unpacked: the C library must have the same version as the system's dynamic loader.
const SYSTEM: &[&str] = &["libc6"];

/// Why a tool could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// {0}
    #[error(transparent)]
    Tool(#[from] process::Error),
    /// all its packages are installed, but it does not work
    #[error("all its packages are installed, but it does not work")]
    Installed,
    /// could not make `{0}`: {1}
    #[error("could not make `{0}`: {1}")]
    Make(PathBuf, #[source] io::Error),
}

/// Downloads `packages` and their missing dependencies, and unpacks them into a folder of `target/tools`.
pub fn unpack(apt: &Apt, packages: &[&str], way: Unpacked) -> Result<(), Error> {
    let missing = apt.missing(packages)?;
    let name = packages.first().filter(|_| !missing.is_empty()).ok_or(Error::Installed)?;
    let partial = tools::partial(name);
    let root = partial.join("root");

    // Remove what an interrupted call has left.
    remove(&partial)?;
    fs::create_dir_all(&root).map_err(|error| Error::Make(root.clone(), error))?;
    apt.download(&to_fetch(missing, &[packages, way.beside].concat()), &partial)?;
    extract(&partial, &root)?;
    way.links.iter().try_for_each(|(link, to)| make_link(&root.join(link), to))?;
    wrapper::write_all(&root).map_err(|error| Error::Make(wrapper::folder(&root), error))?;

    // The last step, so that a folder without `.partial` is always complete.
    let folder = tools::root().join(name);
    remove(&folder)?;
    fs::rename(&root, &folder).map_err(|error| Error::Make(folder, error))?;
    remove(&partial)
}

/// The packages to download: those of `missing` that may be unpacked, and all of `own`, even installed ones.
fn to_fetch(missing: Vec<String>, own: &[&str]) -> Vec<String> {
    let others = missing.into_iter().filter(|name| !SYSTEM.contains(&name.as_str()) && !own.contains(&name.as_str()));
    others.chain(own.iter().map(|&name| name.to_owned())).collect()
}

/// Extracts the packages that are in `folder`.
fn extract(folder: &Path, root: &Path) -> Result<(), Error> {
    let entries = fs::read_dir(folder).map_err(|error| Error::Make(folder.to_owned(), error))?;
    let files = entries.flatten().map(|entry| entry.path());
    let packages: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).collect();
    eprintln!("running: dpkg-deb --extract, {} packages", packages.len());
    packages.iter().try_for_each(|package| {
        process::run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(root)).map_err(Error::Tool)
    })
}

fn make_link(link: &Path, to: &str) -> Result<(), Error> {
    symlink(to, link).map_err(|error| Error::Make(link.to_owned(), error))
}

fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::Make(folder.to_owned(), error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_c_library_stays_the_systems() {
        let missing = ["libc6", "libfdt1", "libc6-dev"].map(str::to_owned).to_vec();
        assert_eq!(to_fetch(missing, &[]), ["libfdt1", "libc6-dev"]);
    }

    #[test]
    fn a_tools_own_packages_are_fetched_once_and_in_any_case() {
        let missing = ["libfdt1", "gcc-arm-none-eabi"].map(str::to_owned).to_vec();
        let fetched = to_fetch(missing, &["gcc-arm-none-eabi", "libnewlib-dev"]);
        assert_eq!(fetched, ["libfdt1", "gcc-arm-none-eabi", "libnewlib-dev"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_removed() {
        assert!(remove(Path::new("no-folder-has-this-name")).is_ok());
    }
}
