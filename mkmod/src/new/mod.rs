//! `mkmod new`: creates an application, which `cargo build` makes a module from, and whose tests run on the PC.

mod error;
mod name;
mod source;
mod target;
mod template;

use std::fs;
use std::path::{Path, PathBuf};

pub use error::NewError;
pub use name::Name;
pub use source::{Reference, Source, Url};
pub use target::Target;
pub use template::Template;

/// The options of a new application.
#[derive(Clone, Debug)]
pub struct Application {
    /// The name of the crate, of its folder and of the module.
    pub name: Name,
    /// The target that it is built for.
    pub target: Target,
    /// What it is.
    pub template: Template,
    /// Where it gets rtt-mod from.
    pub source: Source,
}

/// Creates an application in a folder of its name in `parent`, and returns that folder.
///
/// The folder gets its name when all files are in it.
///
/// # Errors
/// When the folder already exists, the source of rtt-mod is not rtt-mod, or a file can't be written.
pub fn create(parent: &Path, application: &Application) -> Result<PathBuf, NewError> {
    let folder = parent.join(application.name.as_str());
    if folder.symlink_metadata().is_ok() {
        return Err(NewError::Exists { folder });
    }
    let files = template::files(parent, application)?;
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

fn write(path: &Path, text: &str) -> Result<(), NewError> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text)).map_err(|source| NewError::Write { path: path.into(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(template: Template, source: Source) -> Application {
        let target = "thumbv7em-none-eabihf".parse().unwrap();
        Application { name: "blink".parse().unwrap(), target, template, source }
    }

    /// All files of an application, each below its name.
    fn written(application: &Application) -> String {
        let parent = tempfile::tempdir().unwrap();
        let files = template::files(parent.path(), application).unwrap();
        let folder = create(parent.path(), application).unwrap();
        let texts =
            files.iter().map(|(path, _)| format!("-- {path}\n{}", fs::read_to_string(folder.join(path)).unwrap()));
        texts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_application_is_ready_to_build_run_test_and_edit() {
        insta::assert_snapshot!(written(&application(Template::Hello, Source::default())));
    }

    #[test]
    fn a_workspace_has_an_application_and_a_library() {
        insta::assert_snapshot!(written(&application(Template::Workspace, Source::default())));
    }

    #[test]
    fn the_settings_of_vs_code_are_json() {
        let parent = tempfile::tempdir().unwrap();
        let files = template::files(parent.path(), &application(Template::Hello, Source::default())).unwrap();
        let settings: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".json")).collect();
        assert_eq!(settings.len(), 3);
        for (path, text) in settings {
            serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for template in [Template::Resident, Template::Library, Template::Driver, Template::Async] {
            let written = written(&application(template, Source::default()));
            assert!(!written.contains("{{"), "{written}");
        }
    }

    #[test]
    fn the_path_of_rtt_mod_is_relative_to_the_new_folder() {
        let parent = tempfile::tempdir().unwrap();
        write(&parent.path().join("rtt mod/Cargo.toml"), "[package]\nname = \"rtt-mod\"\n").unwrap();
        let folder = create(parent.path(), &application(Template::Hello, Source::Path("rtt mod/".into()))).unwrap();
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        assert_eq!(manifest["dependencies"]["rtt-mod"]["path"].as_str(), Some("../rtt mod"));
    }

    #[test]
    fn an_existing_folder_is_unchanged() {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir(parent.path().join("blink")).unwrap();
        let error = create(parent.path(), &application(Template::Hello, Source::default())).unwrap_err();
        assert!(matches!(error, NewError::Exists { .. }));
        assert_eq!(fs::read_dir(parent.path().join("blink")).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_has_to_be_that_of_rtt_mod() {
        let parent = tempfile::tempdir().unwrap();
        write(&parent.path().join("repository/rtt-mod/Cargo.toml"), "[package]\nname = \"rtt-mod\"\n").unwrap();
        write(&parent.path().join("other/Cargo.toml"), "[package]\nname = \"other\"\n").unwrap();
        let refusal = |folder: &str| {
            let application = application(Template::Hello, Source::Path(folder.into()));
            create(parent.path(), &application).unwrap_err().to_string().replace('\\', "/")
        };
        insta::assert_snapshot!(["nowhere", "repository", "other"].map(refusal).join("\n"));
    }
}
