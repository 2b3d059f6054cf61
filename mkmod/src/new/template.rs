//! The kinds of applications, and the files of each.

use std::path::Path;

use toml::Value;

use super::{Application, NewError};

/// What a new application is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Template {
    /// A program that prints
    #[default]
    Hello,
    /// A module that stays loaded, with a command of the shell
    Resident,
    /// Functions for other modules
    Library,
    /// A device of the kernel
    Driver,
    /// A program of futures
    Async,
    /// Several applications and the libraries that they share
    Workspace,
}

impl Template {
    /// The features of rtt-mod that it uses.
    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Async => &["async"],
            _ => &[],
        }
    }

    /// What differs between the templates, with the paths.
    fn own_files(self, name: &str) -> Vec<(String, &'static str)> {
        let package = |main| {
            vec![("Cargo.toml".to_owned(), include_str!("template/manifest.toml")), ("src/main.rs".to_owned(), main)]
        };
        match self {
            Self::Hello => package(include_str!("template/hello/main.rs")),
            Self::Resident => package(include_str!("template/resident/main.rs")),
            Self::Library => package(include_str!("template/library/main.rs")),
            Self::Driver => package(include_str!("template/driver/main.rs")),
            Self::Async => package(include_str!("template/async/main.rs")),
            Self::Workspace => vec![
                ("Cargo.toml".to_owned(), include_str!("template/workspace/manifest.toml")),
                (format!("apps/{name}/Cargo.toml"), include_str!("template/workspace/app.toml")),
                (format!("apps/{name}/src/main.rs"), include_str!("template/workspace/main.rs")),
                ("libs/greeting/Cargo.toml".to_owned(), include_str!("template/workspace/lib.toml")),
                ("libs/greeting/src/lib.rs".to_owned(), include_str!("template/workspace/lib.rs")),
            ],
        }
    }
}

/// What all templates have.
const FILES: [(&str, &str); 6] = [
    (".cargo/config.toml", include_str!("template/config.toml")),
    (".gitignore", "/target\n"),
    (".vscode/extensions.json", include_str!("template/vscode/extensions.json")),
    (".vscode/launch.json", include_str!("template/vscode/launch.json")),
    (".vscode/settings.json", include_str!("template/vscode/settings.json")),
    ("rust-toolchain.toml", include_str!("template/rust-toolchain.toml")),
];

const PROFILES: &str = include_str!("template/profiles.toml");

/// The files of an application: their paths and texts. `parent` is the folder of its folder.
pub(super) fn files(parent: &Path, application: &Application) -> Result<Vec<(String, String)>, NewError> {
    let Application { name, target, template, source } = application;
    let [rtt_mod, host, test] = source.dependencies(parent, template.features())?.map(|value: Value| value.to_string());
    let name = name.as_str();
    let device = name.replace('-', "_");
    let fill = |text: &str| {
        text.replace("{{profiles}}", PROFILES)
            .replace("{{name}}", name)
            .replace("{{device}}", &device)
            .replace("{{target}}", target.as_str())
            .replace("{{rtt-mod}}", &rtt_mod)
            .replace("{{rtt-mod-host}}", &host)
            .replace("{{rtt-mod-test}}", &test)
    };
    let common = FILES.iter().map(|&(path, text)| (path.to_owned(), text));
    Ok(template.own_files(name).into_iter().chain(common).map(|(path, text)| (path, fill(text))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profiles_are_those_of_the_examples() {
        let profiles = |manifest: &str| manifest.parse::<toml::Table>().unwrap()["profile"].clone();
        let examples = profiles(include_str!("../../../examples/Cargo.toml"));
        for profile in ["dev", "release"] {
            assert_eq!(profiles(PROFILES)[profile], examples[profile]);
        }
    }
}
