//! The parts of the manual's pages that commands write.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use setup::workspace;

/// Ends each part.
const END: &str = "<!-- end -->\n";

/// A page of the manual, with new texts in some of its parts.
#[derive(Debug)]
pub struct Page {
    path: PathBuf,
    text: String,
}

impl Page {
    /// Reads the page `name` in `docs`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(name: &str) -> Result<Self, Box<dyn Error>> {
        let path = workspace::root().join("docs").join(name);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, text })
    }

    /// Replaces what is between the comments `by` and `end`.
    ///
    /// # Errors
    /// When the page has no such part.
    pub fn replace(&mut self, by: &str, part: &str) -> Result<(), Box<dyn Error>> {
        self.text = with_part(&self.text, by, part)
            .ok_or_else(|| format!("{}: no part `{}`, or no end of it", self.path.display(), begin(by).trim_end()))?;
        Ok(())
    }

    /// The file, and what it should have.
    pub fn into_file(self) -> (PathBuf, String) {
        (self.path, self.text)
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write(self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(&self.path, self.text)?)
    }
}

fn begin(by: &str) -> String {
    format!("<!-- by `{by}` -->\n")
}

fn with_part(page: &str, by: &str, part: &str) -> Option<String> {
    let begin = begin(by);
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{begin}{part}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_replaced_and_nothing_else() {
        let page = "a\n<!-- by `x` -->\nold\n<!-- end -->\nb\n<!-- by `y` -->\nkept\n<!-- end -->\n";
        let new = with_part(page, "x", "new\n").unwrap();
        assert_eq!(new, page.replace("old", "new"));
        assert_eq!(with_part(&new, "x", "new\n").as_deref(), Some(new.as_str()));
        assert_eq!(with_part(page, "z", "new\n"), None);
    }
}
