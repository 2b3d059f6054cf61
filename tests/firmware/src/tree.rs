//! RT-Thread's sources that the user names by the variable `RTT_PATH`, to run the tests on another kernel than 4.0.3.

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::board::Board;

/// The variable with the root folder.
const VARIABLE: &str = "RTT_PATH";

/// The header with the version.
const HEADER: &str = "include/rtdef.h";

/// RT-Thread's build tools, which build the firmware.
const TOOLS: &str = "tools/building.py";

/// The macros of the version: since 4.1, and before.
const VERSION: [[&str; 3]; 2] =
    [["RT_VERSION_MAJOR", "RT_VERSION_MINOR", "RT_VERSION_PATCH"], ["RT_VERSION", "RT_SUBVERSION", "RT_REVISION"]];

/// Why the sources can't be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// the variable is a relative path
    #[error("RTT_PATH is `{0}`; give the absolute path of RT-Thread's root folder")]
    Relative(PathBuf),
    /// a file is missing
    #[error("RTT_PATH is `{0}`, where `{1}` can't be read: {2}; give the path of RT-Thread's root folder")]
    Read(PathBuf, &'static str, #[source] io::Error),
    /// the header has no version
    #[error("no version of RT-Thread is in `{0}`")]
    NoVersion(PathBuf),
    /// RT-Thread's sources have no such processor
    #[error("RT-Thread {0} in `{1}` has no port for the board {2}")]
    NoPort(Version, PathBuf, &'static str),
}

/// A version of RT-Thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u8; 3]);

impl Version {
    /// The version `major`.`minor`.`patch`.
    pub const fn new(major: u8, minor: u8, patch: u8) -> Self {
        Self([major, minor, patch])
    }

    /// That of the sources in the crate `rttrust`.
    pub const OF_CRATE: Self = Self::new(4, 0, 3);

    /// The first with the names of options that 5.x has.
    pub const WITH_NEW_NAMES: Self = Self::new(4, 1, 0);

    /// The value of `RT_VER_NUM` in `rtconfig.h`.
    pub fn number(self) -> u32 {
        self.0.iter().fold(0, |number, part| number << 8 | u32::from(*part))
    }

    fn in_header(text: &str) -> Option<Self> {
        VERSION.iter().find_map(|names| {
            let [major, minor, patch] = names.map(|name| defined(text, name));
            Some(Self([major?, minor?, patch?]))
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// RT-Thread's sources with their build tools.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The root folder.
    pub root: PathBuf,
    /// The version that its header has.
    pub version: Version,
}

impl Tree {
    /// The sources that `RTT_PATH` names, or `None` if it is not set.
    ///
    /// # Errors
    /// When there are none at this path.
    pub fn named() -> Result<Option<Self>, Error> {
        let root = env::var_os(VARIABLE).filter(|root| !root.is_empty());
        root.map(|root| Self::at(root.into())).transpose()
    }

    /// The tree, if it has a port for `board`.
    ///
    /// # Errors
    /// When it has none.
    pub fn with_port(self, board: &Board) -> Result<Self, Error> {
        if self.has_port(board) { Ok(self) } else { Err(Error::NoPort(self.version, self.root, board.name)) }
    }

    /// Whether it has a port for `board`'s processor, and the BSP has files for that port.
    pub fn has_port(&self, board: &Board) -> bool {
        board.has_bsp() && self.root.join("libcpu").join(board.core.port()).is_dir()
    }

    fn at(root: PathBuf) -> Result<Self, Error> {
        if root.is_relative() {
            return Err(Error::Relative(root));
        }
        read(&root, TOOLS)?;
        let version = Version::in_header(&read(&root, HEADER)?).ok_or_else(|| Error::NoVersion(root.join(HEADER)))?;
        Ok(Self { root, version })
    }
}

fn read(root: &Path, file: &'static str) -> Result<String, Error> {
    let bytes = fs::read(root.join(file)).map_err(|error| Error::Read(root.to_owned(), file, error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The number in the line `#define NAME NUMBER`.
fn defined(text: &str, name: &str) -> Option<u8> {
    text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let is_it = words.next() == Some("#define") && words.next() == Some(name);
        is_it.then_some(words.next()?.trim_end_matches('L').parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_header() {
        let new = "#define RT_VERSION_MAJOR 5 /**< Major */\n#define RT_VERSION_MINOR 1\n#define RT_VERSION_PATCH 2\n";
        let old = "#define RT_VERSION     4L\n#define RT_SUBVERSION  0L\n#define RT_REVISION    3L\n";
        assert_eq!(Version::in_header(new).map(Version::number), Some(0x50102));
        assert_eq!(Version::in_header(old).unwrap().to_string(), "4.0.3");
        assert_eq!(Version::in_header(""), None);
    }
}
