//! `mkmod new`: creates an application, a crate that `mkmod build` or `cargo build` makes a module from.

mod error;
mod name;
mod target;

use std::fs;
use std::path::{Path, PathBuf};

pub use error::NewError;
pub use name::Name;
pub use target::Target;

const MANIFEST: &str = include_str!("template/manifest.toml");
const CONFIG: &str = include_str!("template/config.toml");
const MAIN: &str = include_str!("template/main.rs");
const IGNORED: &str = "/target\n";

/// The version of rtt-mod that matches this mkmod.
const RTT_MOD: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The options of a new application.
#[derive(Clone, Debug)]
pub struct Application {
    /// The name of the crate, of its folder and of the module.
    pub name: Name,
    /// The target that it is built for.
    pub target: Target,
    /// The folder of rtt-mod. Default: rtt-mod comes from the registry.
    pub rtt_mod: Option<PathBuf>,
}

/// Creates an application in a folder of its name in `parent`, and returns that folder.
///
/// The folder gets its name when all files are in it.
///
/// # Errors
/// When the folder already exists, or a file can't be written.
pub fn create(parent: &Path, application: &Application) -> Result<PathBuf, NewError> {
    let folder = parent.join(application.name.as_str());
    if folder.symlink_metadata().is_ok() {
        return Err(NewError::Exists { folder });
    }
    let files = [
        ("Cargo.toml", manifest(parent, application)?),
        (".cargo/config.toml", CONFIG.replace("{target}", application.target.as_str())),
        ("src/main.rs", MAIN.replace("{name}", application.name.as_str())),
        (".gitignore", IGNORED.to_owned()),
    ];
    let unwritable = |source| NewError::Write { path: folder.clone(), source };
    let beside = tempfile::Builder::new().prefix(".mkmod-").tempdir_in(existing(parent)).map_err(unwritable)?;
    // The folder of a new crate, unlike a temporary one, is open to others.
    let new = beside.path().join(application.name.as_str());
    for (name, text) in files {
        write(&new.join(name), &text)?;
    }
    fs::rename(&new, &folder).map_err(unwritable)?;
    Ok(folder)
}

/// The working directory has an empty path.
fn existing(parent: &Path) -> &Path {
    if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
}

fn manifest(parent: &Path, application: &Application) -> Result<String, NewError> {
    let dependency = match &application.rtt_mod {
        None => toml::Value::from(RTT_MOD).to_string(),
        Some(path) => format!("{{ path = {} }}", toml::Value::from(from_inside(parent, path)?)),
    };
    Ok(MANIFEST.replace("{name}", application.name.as_str()).replace("{rtt-mod}", &dependency))
}

/// The path of rtt-mod relative to the folder of the application.
fn from_inside(parent: &Path, rtt_mod: &Path) -> Result<String, NewError> {
    if !parent.join(rtt_mod).join("Cargo.toml").is_file() {
        return Err(NewError::NoCrate { folder: rtt_mod.into() });
    }
    let path = if rtt_mod.is_absolute() { rtt_mod.to_owned() } else { Path::new("..").join(rtt_mod) };
    // A manifest can't contain a path that is not Unicode.
    path.to_str().map(|path| path.replace('\\', "/")).ok_or_else(|| NewError::NoCrate { folder: rtt_mod.into() })
}

fn write(path: &Path, text: &str) -> Result<(), NewError> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text)).map_err(|source| NewError::Write { path: path.into(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(rtt_mod: Option<&str>) -> Application {
        Application {
            name: "blink".parse().unwrap(),
            target: "thumbv7em-none-eabihf".parse().unwrap(),
            rtt_mod: rtt_mod.map(PathBuf::from),
        }
    }

    /// All files of an application, each below its name.
    fn written(folder: &Path) -> String {
        let files = ["Cargo.toml", ".cargo/config.toml", "src/main.rs", ".gitignore"];
        let texts = files.map(|name| format!("-- {name}\n{}", fs::read_to_string(folder.join(name)).unwrap()));
        texts.join("\n")
    }

    #[test]
    fn an_application_has_four_files() {
        let parent = tempfile::tempdir().unwrap();
        let folder = create(parent.path(), &application(None)).unwrap();
        insta::assert_snapshot!(written(&folder));
    }

    #[test]
    fn the_path_of_rtt_mod_is_relative_to_the_new_folder() {
        let parent = tempfile::tempdir().unwrap();
        write(&parent.path().join("rtt mod/Cargo.toml"), "").unwrap();
        let folder = create(parent.path(), &application(Some("rtt mod"))).unwrap();
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        assert_eq!(manifest["dependencies"]["rtt-mod"]["path"].as_str(), Some("../rtt mod"));
    }

    #[test]
    fn an_existing_folder_is_unchanged() {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir(parent.path().join("blink")).unwrap();
        let error = create(parent.path(), &application(None)).unwrap_err();
        assert!(matches!(error, NewError::Exists { .. }));
        assert_eq!(fs::read_dir(parent.path().join("blink")).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_without_a_crate_is_not_rtt_mod() {
        let parent = tempfile::tempdir().unwrap();
        let error = create(parent.path(), &application(Some("nowhere"))).unwrap_err();
        assert_eq!(error.to_string(), "nowhere has no Cargo.toml; give the folder of rtt-mod");
    }

    #[test]
    fn the_profiles_are_those_of_the_examples() {
        let profiles = |manifest: &str| manifest.parse::<toml::Table>().unwrap()["profile"].clone();
        let filled = MANIFEST.replace("{rtt-mod}", "\"0\"");
        assert_eq!(profiles(&filled), profiles(include_str!("../../../examples/Cargo.toml")));
    }
}
