//! Paths of files, in the shape of `std::path`.
//!
//! A path is a text with `/` between its components. [`Path`] is to [`PathBuf`] what `str` is to `String`. The functions of
//! [`fs`](crate::fs) take both, and texts.
//!
//! Paths are compared by their components, so `a//b/` is equal to `a/b`.
//!
//! ```
//! use rtt_mod::path::{Path, PathBuf};
//!
//! let log = Path::new("/logs").join("pump.txt");
//! assert_eq!(log, PathBuf::from("/logs/pump.txt"));
//! assert_eq!(log.extension(), Some("txt"));
//! assert_eq!(log.with_extension("old").file_name(), Some("pump.old"));
//! ```
#![forbid(unsafe_code)]

mod buf;
mod components;
mod on_disk;

use alloc::borrow::Cow;
use core::fmt;

pub use buf::PathBuf;
pub use components::{Ancestors, Component, Components};

use crate::sys;

/// The character between components.
pub const MAIN_SEPARATOR: char = '/';

/// A path: a text that is not owned. See the [module](self).
///
/// ```
/// assert!(rtt_mod::path::Path::new("/logs").is_absolute());
/// ```
#[repr(transparent)]
pub struct Path(pub(crate) str);

impl Path {
    /// The path that is written as `text`. It costs nothing.
    ///
    /// ```
    /// let path = rtt_mod::path::Path::new("/logs");
    /// ```
    pub fn new<S: AsRef<str> + ?Sized>(text: &S) -> &Path {
        sys::path::of(text.as_ref())
    }

    /// Returns the text.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs").as_str(), "/logs");
    /// ```
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text. It is always `Some`, since all paths are UTF-8.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs").to_str(), Some("/logs"));
    /// ```
    pub const fn to_str(&self) -> Option<&str> {
        Some(&self.0)
    }

    /// Returns the text as it is.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs").to_string_lossy(), "/logs");
    /// ```
    pub const fn to_string_lossy(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    /// Returns the path itself, which implements `Display`.
    ///
    /// ```
    /// rtt_mod::println!("{}", rtt_mod::path::Path::new("/logs").display());
    /// ```
    pub const fn display(&self) -> &Path {
        self
    }

    /// Returns an owned copy.
    ///
    /// ```
    /// let owned = rtt_mod::path::Path::new("/logs").to_path_buf();
    /// ```
    #[inline]
    pub fn to_path_buf(&self) -> PathBuf {
        PathBuf::from(&self.0)
    }

    /// Returns whether it begins with `/`.
    ///
    /// ```
    /// assert!(!rtt_mod::path::Path::new("logs").is_absolute());
    /// ```
    pub fn is_absolute(&self) -> bool {
        self.0.starts_with(MAIN_SEPARATOR)
    }

    /// Returns whether it depends on the working directory.
    ///
    /// ```
    /// assert!(rtt_mod::path::Path::new("logs").is_relative());
    /// ```
    pub fn is_relative(&self) -> bool {
        !self.is_absolute()
    }

    /// The same as [`is_absolute`](Path::is_absolute).
    ///
    /// ```
    /// assert!(rtt_mod::path::Path::new("/").has_root());
    /// ```
    pub fn has_root(&self) -> bool {
        self.is_absolute()
    }

    /// Returns the path without its last component; `None` for `/` and the empty path.
    ///
    /// ```
    /// use rtt_mod::path::Path;
    ///
    /// assert_eq!(Path::new("/logs/pump.txt").parent(), Some(Path::new("/logs")));
    /// ```
    pub fn parent(&self) -> Option<&Path> {
        let mut components = self.components();
        components.next_back().filter(|last| *last != Component::RootDir).map(|_| components.as_path())
    }

    /// Returns an iterator over the path, its parent, the parent of that, and so on.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/a/b").ancestors().count(), 3);
    /// ```
    pub fn ancestors(&self) -> Ancestors<'_> {
        Ancestors::of(self)
    }

    /// Returns the last component; `None` if it is `/` or `..`, or there is none.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs/pump.txt").file_name(), Some("pump.txt"));
    /// ```
    pub fn file_name(&self) -> Option<&str> {
        match self.components().next_back() {
            Some(Component::Normal(name)) => Some(name),
            _ => None,
        }
    }

    /// Returns the last component without its extension.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs/pump.old.txt").file_stem(), Some("pump.old"));
    /// ```
    pub fn file_stem(&self) -> Option<&str> {
        let name = self.file_name()?;
        Some(split_extension(name).map_or(name, |(stem, _)| stem))
    }

    /// Returns what follows the last dot of the last component. A dot at its beginning does not count.
    ///
    /// ```
    /// use rtt_mod::path::Path;
    ///
    /// assert_eq!(Path::new("/logs/pump.txt").extension(), Some("txt"));
    /// assert_eq!(Path::new("/.settings").extension(), None);
    /// ```
    pub fn extension(&self) -> Option<&str> {
        split_extension(self.file_name()?).map(|(_, extension)| extension)
    }

    /// Returns this path with `path` after it, or `path` if that is absolute.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs").join("pump.txt").as_str(), "/logs/pump.txt");
    /// ```
    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let mut joined = self.to_path_buf();
        joined.push(path);
        joined
    }

    /// Returns the path with another last component.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("/logs/a").with_file_name("b").as_str(), "/logs/b");
    /// ```
    pub fn with_file_name<S: AsRef<str>>(&self, name: S) -> PathBuf {
        let mut path = self.to_path_buf();
        path.set_file_name(name);
        path
    }

    /// Returns the path with another extension; without one, if it is empty.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Path::new("a.txt").with_extension("old").as_str(), "a.old");
    /// ```
    pub fn with_extension<S: AsRef<str>>(&self, extension: S) -> PathBuf {
        let mut path = self.to_path_buf();
        path.set_extension(extension);
        path
    }

    /// Returns what follows `base`.
    ///
    /// # Errors
    ///
    /// If the path does not begin with the components of `base`.
    ///
    /// ```
    /// use rtt_mod::path::Path;
    ///
    /// assert_eq!(Path::new("/logs/a").strip_prefix("/logs"), Ok(Path::new("a")));
    /// ```
    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        let mut rest = self.components();
        for expected in base.as_ref().components() {
            if rest.next() != Some(expected) {
                return Err(StripPrefixError(()));
            }
        }
        Ok(rest.as_path())
    }

    /// Returns whether the path begins with the components of `base`.
    ///
    /// ```
    /// assert!(!rtt_mod::path::Path::new("/logs.old").starts_with("/logs"));
    /// ```
    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        self.strip_prefix(base).is_ok()
    }

    /// Returns whether the path ends with the components of `end`.
    ///
    /// ```
    /// assert!(rtt_mod::path::Path::new("/logs/a").ends_with("a"));
    /// ```
    pub fn ends_with<P: AsRef<Path>>(&self, end: P) -> bool {
        let mut rest = self.components();
        end.as_ref().components().rev().all(|expected| rest.next_back() == Some(expected))
    }

    /// Returns an iterator over the components. It leaves out `.`, unless the path begins with it, and repeated `/`.
    ///
    /// ```
    /// use rtt_mod::path::{Component, Path};
    ///
    /// let mut components = Path::new("/a//./b").components();
    /// assert_eq!(components.next(), Some(Component::RootDir));
    /// assert_eq!(components.last(), Some(Component::Normal("b")));
    /// ```
    pub fn components(&self) -> Components<'_> {
        Components::of(&self.0)
    }

    /// Returns an iterator over the texts of the components.
    ///
    /// ```
    /// assert!(rtt_mod::path::Path::new("/a/b").iter().eq(["/", "a", "b"]));
    /// ```
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.components().map(Component::as_str)
    }
}

/// The stem and the extension of a name that has one.
fn split_extension(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())
}

/// The error of [`Path::strip_prefix`].
///
/// ```
/// let error = rtt_mod::path::Path::new("/a").strip_prefix("/b").unwrap_err();
/// assert_eq!(error.to_string(), "prefix not found");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripPrefixError(());

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("prefix not found")
    }
}

impl core::error::Error for StripPrefixError {}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<Path> for Path {
    fn as_ref(&self) -> &Path {
        self
    }
}

impl AsRef<str> for Path {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

macro_rules! paths {
    ($($text:ty),+) => {$(
        impl AsRef<Path> for $text {
            fn as_ref(&self) -> &Path {
                sys::path::of(self)
            }
        }
    )+};
}

paths!(str, alloc::string::String, Cow<'_, str>);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{string::ToString, vec::Vec};

    use super::*;

    const PATHS: &[&str] = &[
        "",
        "/",
        "//",
        ".",
        "..",
        "./a",
        "a",
        "a/",
        "/a",
        "/a/",
        "//a//b//",
        "a/b",
        "a/./b",
        "a/../b",
        "/..",
        "/.",
        "/./a",
        "a.txt",
        ".a",
        "a.b.c",
        "a.",
        "..a",
        "/a/.b.c",
        "a/.",
        "./.",
        "../..",
        "größe/ü.é",
        "a b/c d.e f",
    ];

    /// Everything is compared with what the PC's `std` does, which has to be a Unix.
    #[test]
    #[cfg(unix)]
    fn paths_are_taken_apart_as_by_std() {
        fn text(path: Option<&std::path::Path>) -> Option<&str> {
            path.map(|path| path.to_str().unwrap())
        }
        for text_of_path in PATHS {
            let (ours, theirs) = (Path::new(text_of_path), std::path::Path::new(text_of_path));
            let components: Vec<_> = theirs.components().map(|one| one.as_os_str().to_str().unwrap()).collect();
            assert!(ours.iter().eq(components.iter().copied()), "{text_of_path}");
            assert!(ours.iter().rev().eq(components.iter().rev().copied()), "{text_of_path}");
            assert_eq!(ours.parent().map(Path::as_str), text(theirs.parent()), "{text_of_path}");
            assert_eq!(ours.file_name(), theirs.file_name().map(|name| name.to_str().unwrap()), "{text_of_path}");
            assert_eq!(ours.file_stem(), theirs.file_stem().map(|name| name.to_str().unwrap()), "{text_of_path}");
            assert_eq!(ours.extension(), theirs.extension().map(|name| name.to_str().unwrap()), "{text_of_path}");
            assert_eq!(ours.is_absolute(), theirs.is_absolute());
            assert_eq!(ours.to_string(), *text_of_path);
            let ancestors = theirs.ancestors().map(|one| one.to_str().unwrap());
            assert!(ours.ancestors().map(Path::as_str).eq(ancestors), "{text_of_path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn paths_are_put_together_and_compared_as_by_std() {
        for (first, second) in PATHS.iter().flat_map(|first| PATHS.iter().map(move |second| (first, second))) {
            let (ours, theirs) = (Path::new(first), std::path::Path::new(first));
            let other = std::path::Path::new(second);
            assert_eq!(Some(ours.join(second).as_str()), theirs.join(other).to_str());
            assert_eq!(Some(ours.with_file_name(second).as_str()), theirs.with_file_name(other).to_str());
            assert_eq!(ours.starts_with(second), theirs.starts_with(other), "{first} {second}");
            assert_eq!(ours.ends_with(second), theirs.ends_with(other), "{first} {second}");
            assert_eq!(ours == Path::new(second), theirs == other, "{first} {second}");
            assert_eq!(ours.cmp(Path::new(second)), theirs.cmp(other), "{first} {second}");
            let stripped = theirs.strip_prefix(other).ok().map(|rest| rest.to_str().unwrap());
            assert_eq!(ours.strip_prefix(second).ok().map(Path::as_str), stripped, "{first} {second}");
            if !second.contains('/') {
                let mut theirs = theirs.to_path_buf();
                theirs.set_extension(second);
                assert_eq!(Some(ours.with_extension(second).as_str()), theirs.to_str(), "{first} {second}");
            }
        }
    }
}
