//! `target/tools`: tools that were unpacked instead of installed. Each has a folder there, laid out as `/` is.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::wrapper;
use crate::workspace;

/// The library folders below a root. Some of Debian's packages still use the second.
const LIBRARIES: &[&str] = &["usr/lib", "lib"];

/// A command that runs `program`: the unpacked one, or else the one on the PATH.
///
/// The PATH comes last because a tool is only unpacked if the one on the PATH is missing or does not work.
pub fn tool(program: &str) -> Command {
    let unpacked = folders_on_path().into_iter().map(|folder| folder.join(program)).find(|path| path.is_file());
    Command::new(unpacked.unwrap_or_else(|| program.into()))
}

/// The folders with the unpacked programs, for the end of the PATH of programs that call them by name.
///
/// They go at the end so that a dependency of a tool, such as Perl, does not hide the user's.
pub fn folders_on_path() -> Vec<PathBuf> {
    unpacked().iter().map(|root| wrapper::folder(root)).collect()
}

/// Makes `command` find the libraries that were unpacked below `root`.
pub fn with_libraries<'a>(command: &'a mut Command, root: &Path) -> &'a mut Command {
    let inherited = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let folders = library_folders(root).into_iter().chain(env::split_paths(&inherited));
    // A folder with a colon in its name can't be in the list. The program then says which library it lacks.
    match env::join_paths(folders.filter(|folder| !folder.as_os_str().is_empty())) {
        Ok(folders) => command.env("LD_LIBRARY_PATH", folders),
        Err(_) => command,
    }
}

/// The folder of all tools.
pub fn root() -> PathBuf {
    workspace::target_dir().join("tools")
}

/// The root folders of the tools that are there.
pub fn unpacked() -> Vec<PathBuf> {
    folders_in(&root()).into_iter().filter(|folder| !is_partial(folder)).collect()
}

/// The folder in which the tool `name` is put together until it is complete.
pub fn partial(name: &str) -> PathBuf {
    root().join(format!("{name}.partial"))
}

/// Waits until no other process changes the tools, and keeps others waiting as long as the file is open.
pub fn lock() -> io::Result<File> {
    fs::create_dir_all(root())?;
    let file = File::create(root().join("lock"))?;
    file.lock()?;
    Ok(file)
}

/// The folders in `folder`, sorted by name.
pub fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn is_partial(folder: &Path) -> bool {
    folder.extension().is_some_and(|extension| extension == "partial")
}

/// The library folders below `root`. Debian names them by architecture, such as `x86_64-linux-gnu`.
pub fn library_folders(root: &Path) -> Vec<PathBuf> {
    let folders = LIBRARIES.iter().flat_map(|folder| folders_in(&root.join(folder)));
    folders.filter(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().contains("-linux-"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_in_the_folders_of_the_architecture() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        for folder in ["usr/lib/aarch64-linux-gnu", "usr/lib/arm-none-eabi", "lib/aarch64-linux-gnu", "usr/share"] {
            fs::create_dir_all(root.path().join(folder))?;
        }
        let expected = ["usr/lib/aarch64-linux-gnu", "lib/aarch64-linux-gnu"].map(|folder| root.path().join(folder));
        assert_eq!(library_folders(root.path()), expected);
        Ok(())
    }

    #[test]
    fn what_was_not_unpacked_is_called_by_its_name() {
        assert_eq!(tool("no-tool-has-this-name").get_program(), "no-tool-has-this-name");
    }

    #[test]
    fn a_tool_under_construction_is_none() {
        assert!(is_partial(&partial("qemu-system-arm")));
        assert!(!is_partial(&root().join("qemu-system-arm")));
    }
}
