//! Finds libclang: the system's, or the one that was unpacked into `target/tools`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::tools;

/// Whether the crate `clang-sys` finds libclang, given the variables that [`with_libclang`] sets.
pub fn is_found() -> bool {
    is_on_this_system() || unpacked().is_some()
}

/// Makes `command` find the unpacked libclang, if the system has none.
pub fn with_libclang(command: &mut Command) -> &mut Command {
    match unpacked() {
        Some((root, folder)) if !is_on_this_system() => {
            tools::with_libraries(command, &root).env("LIBCLANG_PATH", folder)
        }
        _ => command,
    }
}

/// Looks in the folders in which `clang-sys` looks on Linux.
fn is_on_this_system() -> bool {
    match std::env::var_os("LIBCLANG_PATH") {
        Some(folder) => Path::new(&folder).exists(),
        None => folder_below(Path::new("/")).is_some(),
    }
}

/// The tool's root folder, and the library's folder in it.
fn unpacked() -> Option<(PathBuf, PathBuf)> {
    tools::unpacked().into_iter().find_map(|root| folder_below(&root).map(|folder| (root, folder)))
}

/// LLVM's own folders come first: beside the library there are the headers that it needs.
fn folder_below(root: &Path) -> Option<PathBuf> {
    let in_lib = tools::folders_in(&root.join("usr/lib"));
    let of_llvm = in_lib.iter().map(|folder| folder.join("lib"));
    let others = ["usr/lib64", "usr/local/lib"].map(|folder| root.join(folder));
    of_llvm.chain(in_lib.iter().cloned()).chain(others).find(|folder| has_libclang(folder))
}

fn has_libclang(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    // A dangling link does not count.
    entries
        .map(|entry| entry.path())
        .any(|path| path.is_file() && path.file_name().and_then(|name| name.to_str()).is_some_and(is_libclang))
}

/// `libclang.so`, `libclang.so.14`, `libclang-14.so`, `libclang-14.so.1`, but not `libclang-cpp.so.14`.
fn is_libclang(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("libclang") else {
        return false;
    };
    let rest =
        rest.strip_prefix('-').map_or(rest, |version| version.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    rest.starts_with(".so")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libclang_is_told_from_its_cpp_interface() {
        for name in ["libclang.so", "libclang.so.14", "libclang-14.so", "libclang-14.so.1", "libclang-14.so.14.0.6"] {
            assert!(is_libclang(name), "{name}");
        }
        for name in ["libclang-cpp.so.14", "libclang.a", "libclangAST.a", "libclc.so"] {
            assert!(!is_libclang(name), "{name}");
        }
    }

    #[test]
    fn the_folder_with_the_headers_comes_first() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        for folder in ["usr/lib/a-linux-gnu", "usr/lib/llvm-14/lib"] {
            fs::create_dir_all(root.path().join(folder))?;
            fs::write(root.path().join(folder).join("libclang-14.so.1"), "")?;
        }
        assert_eq!(folder_below(root.path()), Some(root.path().join("usr/lib/llvm-14/lib")));
        Ok(())
    }
}
