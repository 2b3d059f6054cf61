//! Configurations of the kernel by name: the variable `RTT_CONFIGURATION` has one that `rtconfig.h` knows.

use std::env;
use std::path::Path;

use crate::tree::Version;

/// The variable with the name.
const VARIABLE: &str = "RTT_CONFIGURATION";

/// Why there is no firmware of a configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// the name is wrong
    #[error("RTT_CONFIGURATION is `{0}`; there are {names}", names = names())]
    Unknown(String),
    /// the kernel is older than the option
    #[error("RTT_CONFIGURATION is `{0}`, which RT-Thread {1} does not have; it came with {2}")]
    TooNew(&'static str, Version, Version),
}

/// A configuration of the kernel.
#[derive(Debug, Clone, Copy)]
pub struct Configuration {
    /// The value of the variable, and the name of the folder of its firmware.
    pub name: &'static str,
    /// What `rtconfig.h` asks for.
    pub define: &'static str,
    /// The first version that has its options.
    since: Version,
    /// Files of 4.0.3 that it needs besides those of all boards.
    files: &'static [&'static str],
}

/// What the variable may say instead of nothing: short names, small memory, the first frameworks.
const WITHOUT: &str = "small";

/// Those that there are besides.
const CONFIGURATIONS: &[Configuration] = &[
    Configuration { name: "default", define: "BOARD_DEFAULT_STACKS", since: Version::OF_CRATE, files: &[] },
    Configuration {
        name: "large",
        define: "CONFIGURATION_LARGE",
        since: Version::OF_CRATE,
        files: &["src/memheap.c", "src/signal.c"],
    },
    Configuration { name: "dfs2", define: "CONFIGURATION_DFS2", since: Version::new(5, 1, 0), files: &[] },
    Configuration { name: "serial2", define: "CONFIGURATION_SERIAL2", since: Version::new(4, 1, 0), files: &[] },
];

impl Configuration {
    /// The one that the variable names for a kernel of `version`; `None` if it is not set, or is `small`.
    ///
    /// # Errors
    /// When there is none of that name, or the kernel has not its options.
    pub fn named(version: Version) -> Result<Option<Self>, Error> {
        match env::var(VARIABLE).ok().filter(|name| !name.is_empty() && name != WITHOUT) {
            Some(name) => Self::of(&name, version).map(Some),
            None => Ok(None),
        }
    }

    fn of(name: &str, version: Version) -> Result<Self, Error> {
        let found = CONFIGURATIONS.iter().find(|configuration| configuration.name == name);
        let found = *found.ok_or_else(|| Error::Unknown(name.to_owned()))?;
        if version < found.since { Err(Error::TooNew(found.name, version, found.since)) } else { Ok(found) }
    }

    /// The files of RT-Thread that our own build of 4.0.3 compiles for it.
    pub fn files(&self) -> impl Iterator<Item = &'static Path> {
        self.files.iter().map(Path::new)
    }
}

fn names() -> String {
    let names = CONFIGURATIONS.iter().map(|configuration| configuration.name);
    [WITHOUT].into_iter().chain(names).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_of_the_versions_that_have_its_options() {
        assert_eq!(Configuration::of("large", Version::OF_CRATE).unwrap().define, "CONFIGURATION_LARGE");
        assert_eq!(Configuration::of("dfs2", Version::new(5, 2, 0)).unwrap().name, "dfs2");
        let old = Configuration::of("dfs2", Version::OF_CRATE).unwrap_err();
        assert_eq!(
            old.to_string(),
            "RTT_CONFIGURATION is `dfs2`, which RT-Thread 4.0.3 does not have; it came with 5.1.0"
        );
        let unknown = Configuration::of("huge", Version::OF_CRATE).unwrap_err();
        assert!(unknown.to_string().contains("`huge`; there are `small`, `default`, `large`"), "{unknown}");
    }
}
