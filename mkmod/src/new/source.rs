//! Where an application gets rtt-mod from.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

use super::NewError;

/// The version of rtt-mod that matches this mkmod.
const RTT_MOD: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// Where an application gets rtt-mod from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The registry.
    Version(semver::VersionReq),
    /// A folder with the crate.
    Path(PathBuf),
    /// A git repository.
    Git {
        /// Its address.
        url: Url,
        /// What is taken of it. Default: its main branch.
        reference: Option<Reference>,
    },
}

/// A commit of a git repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The newest of a branch.
    Branch(String),
    /// That of a tag.
    Tag(String),
    /// The one with this hash.
    Revision(String),
}

/// The address of a git repository, as cargo takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(String);

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cargo takes addresses such as https://example.com/rtt-mod.git or ssh://git@example.com/rtt-mod.git")]
pub struct UrlError;

impl std::str::FromStr for Url {
    type Err = UrlError;

    fn from_str(url: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = url.split_once("://").ok_or(UrlError)?;
        let is_scheme = ["https", "http", "ssh", "git", "file"].contains(&scheme);
        if is_scheme && !rest.is_empty() && !rest.contains(char::is_whitespace) {
            Ok(Self(url.into()))
        } else {
            Err(UrlError)
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Default for Source {
    /// The registry, with the version that this mkmod fits.
    fn default() -> Self {
        Self::Version(RTT_MOD.parse().unwrap_or_default())
    }
}

impl Source {
    /// The dependencies on rtt-mod, rtt-mod-host and rtt-mod-test, as a manifest has them. `parent` is the folder of the application's
    /// folder.
    ///
    /// # Errors
    /// When a folder is not that of rtt-mod.
    pub(super) fn dependencies(&self, parent: &Path, features: &[&'static str]) -> Result<[Value; 3], NewError> {
        let [mut rtt_mod, host, mut test] = match self {
            Self::Version(version) => [(); 3].map(|()| table("version", &written(version))),
            Self::Path(path) => {
                let path = from_inside(parent, path)?;
                ["", "/host", "/test"].map(|folder| table("path", &format!("{path}{folder}")))
            }
            Self::Git { url, reference } => [(); 3].map(|()| {
                let mut table = table("git", &url.0);
                table.extend(reference.as_ref().map(Reference::entry));
                table
            }),
        };
        if !features.is_empty() {
            rtt_mod.insert("features".into(), Value::from(features.to_vec()));
        }
        // Its name in the application is that of the crate that rustc asks for.
        test.insert("package".into(), Value::from("rtt-mod-test"));
        Ok([rtt_mod, host, test].map(shortened))
    }
}

impl Reference {
    fn entry(&self) -> (String, Value) {
        let (key, value) = match self {
            Self::Branch(branch) => ("branch", branch),
            Self::Tag(tag) => ("tag", tag),
            Self::Revision(revision) => ("rev", revision),
        };
        (key.into(), Value::from(value.as_str()))
    }
}

/// Without the `^` that cargo means anyway.
fn written(version: &semver::VersionReq) -> String {
    let text = version.to_string();
    text.strip_prefix('^').map_or(text.clone(), str::to_owned)
}

fn table(key: &str, value: &str) -> Table {
    Table::from_iter([(key.to_owned(), Value::from(value))])
}

/// A version alone is a text.
fn shortened(table: Table) -> Value {
    match table.get("version") {
        Some(version) if table.len() == 1 => version.clone(),
        _ => Value::Table(table),
    }
}

/// The path of rtt-mod relative to the folder of the application.
fn from_inside(parent: &Path, rtt_mod: &Path) -> Result<String, NewError> {
    ensure_rtt_mod(&parent.join(rtt_mod), rtt_mod)?;
    let path = if rtt_mod.is_absolute() { rtt_mod.to_owned() } else { Path::new("..").join(rtt_mod) };
    // A manifest can't contain a path that is not Unicode.
    let path = path.to_str().ok_or_else(|| NewError::NoCrate { folder: rtt_mod.into() })?;
    Ok(path.replace('\\', "/").trim_end_matches('/').to_owned())
}

#[derive(Deserialize)]
struct Manifest {
    package: Option<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

/// Refuses a folder that has another crate, or none.
fn ensure_rtt_mod(folder: &Path, given: &Path) -> Result<(), NewError> {
    let name = |folder: &Path| -> Option<String> {
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        Some(toml::from_str::<Manifest>(&text).ok()?.package.map(|package| package.name).unwrap_or_default())
    };
    let given = given.to_owned();
    match name(folder) {
        Some(name) if name == "rtt-mod" => Ok(()),
        _ if name(&folder.join("rtt-mod")).is_some_and(|name| name == "rtt-mod") => {
            Err(NewError::FolderAbove { inside: given.join("rtt-mod"), folder: given })
        }
        Some(name) => Err(NewError::OtherCrate { folder: given, name }),
        None => Err(NewError::NoCrate { folder: given }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependencies(source: &Source) -> [String; 3] {
        source.dependencies(Path::new(""), &[]).unwrap().map(|value| value.to_string())
    }

    #[test]
    fn a_version_is_a_text() {
        assert_eq!(
            dependencies(&Source::default()),
            ["\"0.1\"", "\"0.1\"", "{ package = \"rtt-mod-test\", version = \"0.1\" }"]
        );
        assert_eq!(dependencies(&Source::Version("=0.1.3".parse().unwrap()))[0], "\"=0.1.3\"");
    }

    #[test]
    fn features_are_rtt_mods() {
        let [rtt_mod, host, _] = Source::default().dependencies(Path::new(""), &["async"]).unwrap();
        assert_eq!(rtt_mod.to_string(), "{ features = [\"async\"], version = \"0.1\" }");
        assert_eq!(host.to_string(), "\"0.1\"");
    }

    #[test]
    fn a_repository_has_all_crates() {
        let url = "https://example.com/rtt-mod.git".parse().unwrap();
        let git = dependencies(&Source::Git { url, reference: Some(Reference::Tag("v0.1.0".into())) });
        assert_eq!(git[0], "{ git = \"https://example.com/rtt-mod.git\", tag = \"v0.1.0\" }");
        assert_eq!(git[0], git[1]);
    }

    #[test]
    fn an_address_is_one_that_cargo_takes() {
        for url in ["git@example.com:rtt-mod.git", "example.com/rtt-mod", "https://", "https://a b", ""] {
            assert_eq!(url.parse::<Url>(), Err(UrlError), "{url}");
        }
        assert!("ssh://git@example.com/rtt-mod.git".parse::<Url>().is_ok());
    }
}
