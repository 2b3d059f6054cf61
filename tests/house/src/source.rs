//! The files that the rules are about.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file of source text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path from the root of the repository, with `/` between its parts.
    pub path: String,
    /// What the file contains.
    pub text: String,
}

impl Source {
    /// A source with this path and text.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether this is a header.
    pub fn is_header(&self) -> bool {
        self.path.ends_with(".h")
    }

    /// The name without folders and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// The C files and headers of `folder` and of the folders in it, in the order of their paths. `folder` is relative to the
/// root of the repository.
///
/// # Errors
/// If a file or folder can't be read.
pub fn read(folder: &str) -> io::Result<Vec<Source>> {
    read_kinds(folder, &["c", "h"])
}

/// The files of `folder` and of the folders in it that have one of `extensions`, as [`read`] returns them. Folders in which
/// cargo builds are left out.
///
/// # Errors
/// If a file or folder can't be read.
pub fn read_kinds(folder: &str, extensions: &[&str]) -> io::Result<Vec<Source>> {
    let root = root();
    let mut files = Vec::new();
    collect(&root.join(folder), extensions, &mut files)?;
    files.sort();
    files.iter().map(|file| Ok(Source { path: relative(file, &root), text: fs::read_to_string(file)? })).collect()
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}

fn collect(folder: &Path, extensions: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("target") {
                collect(&path, extensions, files)?;
            }
        } else if path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)) {
            files.push(path);
        }
    }
    Ok(())
}

fn relative(file: &Path, root: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_is_found() -> io::Result<()> {
        let sources = read("kernel-glue/src")?;
        assert!(sources.len() > 50, "only {} files", sources.len());
        assert!(sources.iter().any(|source| source.path == "kernel-glue/src/abi/semaphore.c"));
        Ok(())
    }

    #[test]
    fn a_stem_is_the_name_alone() {
        assert_eq!(Source::new("kernel-glue/src/abi/i2c.h", "").stem(), "i2c");
    }
}
