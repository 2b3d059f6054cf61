//! Paths that are owned.
#![forbid(unsafe_code)]

use alloc::{
    borrow::{Cow, ToOwned},
    string::String,
};
use core::{
    borrow::Borrow,
    cmp::Ordering,
    convert::Infallible,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
    str::FromStr,
};

use super::{MAIN_SEPARATOR, Path};

/// A path that is owned and can be changed. See the [module](super).
///
/// ```
/// use rtt_mod::path::PathBuf;
///
/// let mut path = PathBuf::from("/logs");
/// path.push("pump.txt");
/// assert_eq!(path.as_str(), "/logs/pump.txt");
/// ```
#[derive(Clone, Default)]
pub struct PathBuf(String);

impl PathBuf {
    /// The empty path.
    ///
    /// ```
    /// let path = rtt_mod::path::PathBuf::new();
    /// ```
    pub const fn new() -> Self {
        PathBuf(String::new())
    }

    /// Returns the path.
    ///
    /// ```
    /// let path = rtt_mod::path::PathBuf::from("/logs");
    /// assert!(path.as_path().is_absolute());
    /// ```
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }

    /// Returns the text.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::PathBuf::from("/logs").into_string(), "/logs");
    /// ```
    pub fn into_string(self) -> String {
        self.0
    }

    /// Appends `path`, with a `/` in front if that is needed. An absolute path takes the place of all.
    ///
    /// ```
    /// let mut path = rtt_mod::path::PathBuf::from("/logs");
    /// path.push("/other");
    /// assert_eq!(path.as_str(), "/other");
    /// ```
    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        if path.is_absolute() {
            self.0.clear();
        } else if !self.0.is_empty() && !self.0.ends_with(MAIN_SEPARATOR) {
            self.0.push(MAIN_SEPARATOR);
        }
        self.0.push_str(path.as_str());
    }

    /// Removes the last component. Returns `false` if there is none, or only `/`.
    ///
    /// ```
    /// let mut path = rtt_mod::path::PathBuf::from("/logs/pump.txt");
    /// assert!(path.pop());
    /// assert_eq!(path.as_str(), "/logs");
    /// ```
    pub fn pop(&mut self) -> bool {
        let Some(length) = self.as_path().parent().map(|parent| parent.as_str().len()) else { return false };
        self.0.truncate(length);
        true
    }

    /// Replaces the last component, or appends one if it is `..`.
    ///
    /// ```
    /// let mut path = rtt_mod::path::PathBuf::from("/logs/a");
    /// path.set_file_name("b");
    /// assert_eq!(path.as_str(), "/logs/b");
    /// ```
    pub fn set_file_name<S: AsRef<str>>(&mut self, name: S) {
        if self.as_path().file_name().is_some() {
            self.pop();
        }
        self.push(name.as_ref());
    }

    /// Replaces the extension, or removes it if `extension` is empty. Returns `false` if there is no file name.
    ///
    /// ```
    /// let mut path = rtt_mod::path::PathBuf::from("/logs/a.txt");
    /// path.set_extension("old");
    /// assert_eq!(path.as_str(), "/logs/a.old");
    /// ```
    pub fn set_extension<S: AsRef<str>>(&mut self, extension: S) -> bool {
        let Some(stem) = self.as_path().file_stem() else { return false };
        // The stem is a part of the path, so its place in it is known from its address.
        let end = stem.as_ptr() as usize - self.0.as_ptr() as usize + stem.len();
        self.0.truncate(end);
        let extension = extension.as_ref();
        if !extension.is_empty() {
            self.0.push('.');
            self.0.push_str(extension);
        }
        true
    }
}

impl Deref for PathBuf {
    type Target = Path;

    fn deref(&self) -> &Path {
        self.as_path()
    }
}

impl Borrow<Path> for PathBuf {
    fn borrow(&self) -> &Path {
        self
    }
}

impl ToOwned for Path {
    type Owned = PathBuf;

    #[inline]
    fn to_owned(&self) -> PathBuf {
        self.to_path_buf()
    }
}

impl AsRef<Path> for PathBuf {
    fn as_ref(&self) -> &Path {
        self
    }
}

impl AsRef<str> for PathBuf {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<S: AsRef<str> + ?Sized> From<&S> for PathBuf {
    fn from(text: &S) -> PathBuf {
        PathBuf(String::from(text.as_ref()))
    }
}

impl From<String> for PathBuf {
    fn from(text: String) -> PathBuf {
        PathBuf(text)
    }
}

impl From<PathBuf> for String {
    fn from(path: PathBuf) -> String {
        path.0
    }
}

impl<'a> From<&'a Path> for Cow<'a, Path> {
    fn from(path: &'a Path) -> Self {
        Cow::Borrowed(path)
    }
}

impl From<PathBuf> for Cow<'_, Path> {
    fn from(path: PathBuf) -> Self {
        Cow::Owned(path)
    }
}

impl FromStr for PathBuf {
    type Err = Infallible;

    #[inline]
    fn from_str(text: &str) -> Result<PathBuf, Infallible> {
        Ok(PathBuf::from(text))
    }
}

impl<P: AsRef<Path>> FromIterator<P> for PathBuf {
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> PathBuf {
        let mut path = PathBuf::new();
        path.extend(paths);
        path
    }
}

impl<P: AsRef<Path>> Extend<P> for PathBuf {
    fn extend<I: IntoIterator<Item = P>>(&mut self, paths: I) {
        paths.into_iter().for_each(|path| self.push(path));
    }
}

impl fmt::Display for PathBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for PathBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for PathBuf {
    fn eq(&self, other: &PathBuf) -> bool {
        **self == **other
    }
}

impl Eq for PathBuf {}

impl PartialOrd for PathBuf {
    fn partial_cmp(&self, other: &PathBuf) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PathBuf {
    fn cmp(&self, other: &PathBuf) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for PathBuf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

macro_rules! compare {
    ($($left:ty, $right:ty;)+) => {$(
        impl PartialEq<$right> for $left {
            fn eq(&self, other: &$right) -> bool {
                let (left, right): (&Path, &Path) = (self.as_ref(), other.as_ref());
                *left == *right
            }
        }

        impl PartialEq<$left> for $right {
            fn eq(&self, other: &$left) -> bool {
                other == self
            }
        }
    )+};
}

compare! {
    PathBuf, Path;
    PathBuf, &Path;
    PathBuf, str;
    PathBuf, &str;
    PathBuf, String;
    Path, str;
    Path, String;
}
