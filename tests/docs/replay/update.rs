//! Writes what commands print into the pages.

use std::fs;
use std::io;
use std::ops::Range;

use docs_test::{Page, root};

/// Puts each text into its place in the page, and in the Chinese page beside it.
pub fn write(page: &Page, changed: &[(Range<usize>, String)]) -> io::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let file = root().join(&page.path);
    let translation =
        file.with_file_name(file.file_stem().unwrap_or_default().to_string_lossy().into_owned() + "_ZH.md");
    let mut text = page.text.clone();
    for (range, code) in changed.iter().rev() {
        let old = text[range.clone()].to_owned();
        text.replace_range(range.clone(), code);
        if translation.exists() {
            fs::write(&translation, fs::read_to_string(&translation)?.replace(&old, code))?;
        }
    }
    fs::write(file, text)
}
