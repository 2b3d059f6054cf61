//! Where the pages are.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Page;

/// Folders that hold no pages of ours: what is built, and what git keeps.
const SKIPPED: &[&str] = &["target", ".git", "node_modules", "book"];

/// The repository's root.
///
/// # Panics
/// If this crate is moved out of `tests/docs`.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).map(Path::to_path_buf).expect("this crate is in tests/docs")
}

/// Every Markdown file of the repository, in the order of the paths.
///
/// # Errors
/// When a folder or a file can't be read.
pub fn pages() -> io::Result<Vec<Page>> {
    let mut paths = Vec::new();
    collect(&root(), Path::new(""), &mut paths)?;
    paths.sort();
    paths.into_iter().map(|path| Ok(Page::parse(&path, fs::read_to_string(root().join(&path))?))).collect()
}

/// Adds the paths of the Markdown files in `folder`, relative to `root`.
fn collect(root: &Path, folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            if !SKIPPED.iter().any(|skipped| path.ends_with(skipped)) {
                collect(root, &path, paths)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    Ok(())
}
