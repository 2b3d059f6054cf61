//! The components of a path.
#![forbid(unsafe_code)]

use core::{
    cmp::Ordering,
    hash::{Hash, Hasher},
    iter::FusedIterator,
};

use super::{MAIN_SEPARATOR, Path};

/// A component of a path.
///
/// ```
/// use rtt_mod::path::{Component, Path};
///
/// assert_eq!(Path::new("../a").components().next(), Some(Component::ParentDir));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component<'a> {
    /// The `/` at the beginning.
    RootDir,
    /// A `.` at the beginning.
    CurDir,
    /// `..`
    ParentDir,
    /// A name.
    Normal(&'a str),
}

impl<'a> Component<'a> {
    /// Returns the text.
    ///
    /// ```
    /// assert_eq!(rtt_mod::path::Component::ParentDir.as_str(), "..");
    /// ```
    pub const fn as_str(self) -> &'a str {
        match self {
            Component::RootDir => "/",
            Component::CurDir => ".",
            Component::ParentDir => "..",
            Component::Normal(name) => name,
        }
    }
}

impl AsRef<Path> for Component<'_> {
    fn as_ref(&self) -> &Path {
        Path::new(self.as_str())
    }
}

/// An iterator over the components of a path. [`Path::components`] returns it.
///
/// ```
/// assert_eq!(rtt_mod::path::Path::new("/a/b").components().count(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Components<'a> {
    /// What is left, with the `/` at the beginning if that is left.
    path: &'a str,
    /// Whether `path` begins where the whole path does.
    is_at_start: bool,
}

impl<'a> Components<'a> {
    pub(super) fn of(path: &'a str) -> Self {
        Components { path, is_at_start: true }
    }

    /// Returns what is left as a path.
    ///
    /// ```
    /// let mut components = rtt_mod::path::Path::new("/a/b/").components();
    /// components.next_back();
    /// assert_eq!(components.as_path().as_str(), "/a");
    /// ```
    pub fn as_path(&self) -> &'a Path {
        let mut left = self.clone();
        left.trim_front();
        left.trim_back();
        Path::new(left.path)
    }

    fn has_root(&self) -> bool {
        self.is_at_start && self.path.starts_with(MAIN_SEPARATOR)
    }

    /// Where the first component after the root begins.
    fn body(&self) -> &'a str {
        if self.has_root() { self.path.get(1..).unwrap_or_default() } else { self.path }
    }

    /// Whether `part` at the beginning (`is_first`) or elsewhere is a component.
    fn counts(&self, part: &str, is_first: bool) -> bool {
        match part {
            "" => false,
            "." => is_first && self.is_at_start && !self.has_root(),
            _ => true,
        }
    }

    /// Leaves out what is no component at the beginning, unless the root is there.
    fn trim_front(&mut self) {
        while !self.has_root() && !self.path.is_empty() {
            let (part, rest) = self.path.split_once(MAIN_SEPARATOR).unwrap_or((self.path, ""));
            if self.counts(part, true) {
                break;
            }
            self.path = rest;
        }
    }

    /// Leaves out what is no component at the end.
    fn trim_back(&mut self) {
        loop {
            let body = self.body();
            let last = body.rsplit_once(MAIN_SEPARATOR);
            let (part, removed) = last.map_or((body, body.len()), |(_, part)| (part, part.len() + 1));
            if body.is_empty() || self.counts(part, last.is_none()) {
                break;
            }
            self.path = self.path.get(..self.path.len() - removed).unwrap_or_default();
        }
    }
}

fn component(part: &str) -> Component<'_> {
    match part {
        "." => Component::CurDir,
        ".." => Component::ParentDir,
        name => Component::Normal(name),
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        if self.has_root() {
            self.path = self.body();
            self.is_at_start = false;
            return Some(Component::RootDir);
        }
        self.trim_front();
        if self.path.is_empty() {
            return None;
        }
        let (part, rest) = self.path.split_once(MAIN_SEPARATOR).unwrap_or((self.path, ""));
        self.path = rest;
        self.is_at_start = false;
        Some(component(part))
    }
}

impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        self.trim_back();
        let body = self.body();
        if body.is_empty() {
            let root = self.has_root().then_some(Component::RootDir);
            self.path = "";
            return root;
        }
        let part = body.rsplit_once(MAIN_SEPARATOR).map_or(body, |(_, part)| part);
        let before = self.path.len() - part.len();
        // The `/` in front of the component goes with it, unless it is the root.
        let end = if before > 1 || !self.has_root() { before.saturating_sub(1) } else { before };
        self.path = self.path.get(..end).unwrap_or_default();
        Some(component(part))
    }
}

impl FusedIterator for Components<'_> {}

/// An iterator over a path and its parents. [`Path::ancestors`] returns it.
///
/// ```
/// let root = rtt_mod::path::Path::new("/a/b").ancestors().last();
/// assert_eq!(root, Some(rtt_mod::path::Path::new("/")));
/// ```
#[derive(Clone, Debug)]
pub struct Ancestors<'a>(Option<&'a Path>);

impl<'a> Ancestors<'a> {
    pub(super) fn of(path: &'a Path) -> Self {
        Ancestors(Some(path))
    }
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;

    fn next(&mut self) -> Option<&'a Path> {
        let next = self.0;
        self.0 = next.and_then(Path::parent);
        next
    }
}

impl FusedIterator for Ancestors<'_> {}

impl PartialEq for Path {
    fn eq(&self, other: &Path) -> bool {
        self.components().eq(other.components())
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Path) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Path) -> Ordering {
        self.components().cmp(other.components())
    }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.components().for_each(|component| component.hash(state));
    }
}
