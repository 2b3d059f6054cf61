//! The settings in cargo's configuration that `mkmod build` would otherwise pass itself.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::BuildError;

/// The settings in the `.cargo/config.toml` of a folder and of the folders above it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Config {
    /// `build.target`.
    pub target: Option<String>,
    /// `build.rustflags`. They count only if there are none for the target.
    pub build_flags: Vec<String>,
    /// `rustflags` of the targets.
    pub target_flags: Vec<String>,
    /// Whether a target's `linker` is mkmod-ld.
    pub links_modules: bool,
    /// `RTT_CONFIG`: the folder of the firmware's `rtconfig.h`.
    pub firmware: Option<PathBuf>,
}

impl Config {
    /// Reads the files that cargo reads in `folder`, and `CARGO_BUILD_TARGET` and `RTT_CONFIG`, which override them.
    ///
    /// # Errors
    /// When one of them can't be read, or is not TOML.
    pub fn load(folder: &Path) -> Result<Self, BuildError> {
        let firmware = std::env::var_os("RTT_CONFIG").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let mut config = Self { target: std::env::var("CARGO_BUILD_TARGET").ok(), firmware, ..Self::default() };
        let folder = folder.canonicalize().map_err(|source| BuildError::Read { path: folder.into(), source })?;
        for path in folder.ancestors().filter_map(file) {
            let text =
                std::fs::read_to_string(&path).map_err(|source| BuildError::Read { path: path.clone(), source })?;
            let table = text
                .parse::<Table>()
                .map_err(|error| BuildError::Config { path: path.clone(), reason: error.message().to_owned() })?;
            config.merge(&table);
            config.firmware = config.firmware.or_else(|| folder_of_firmware(&table, &path));
        }
        Ok(config)
    }

    /// Adds a file of a folder farther up, whose settings are overridden.
    fn merge(&mut self, file: &Table) {
        let build = table(file, "build");
        let target = build.and_then(|build| match build.get("target")? {
            Value::Array(targets) => targets.first()?.as_str(),
            target => target.as_str(),
        });
        self.target = self.target.take().or(target.map(str::to_owned));
        self.build_flags.extend(build.into_iter().flat_map(flags));
        let targets = table(file, "target").into_iter().flat_map(Table::values);
        for target in targets.filter_map(Value::as_table) {
            self.target_flags.extend(flags(target));
            let linker = target.get("linker").and_then(Value::as_str).map(Path::new);
            self.links_modules |= linker.and_then(Path::file_stem).is_some_and(|name| name == "mkmod-ld");
        }
    }
}

fn file(folder: &Path) -> Option<PathBuf> {
    ["config", "config.toml"].iter().map(|name| folder.join(".cargo").join(name)).find(|path| path.is_file())
}

fn table<'a>(parent: &'a Table, name: &str) -> Option<&'a Table> {
    parent.get(name)?.as_table()
}

/// `env.RTT_CONFIG` in the file at `path`: a path, or a table with the path as `value`. `relative` is to the folder of `.cargo`.
fn folder_of_firmware(file: &Table, path: &Path) -> Option<PathBuf> {
    let setting = table(file, "env")?.get("RTT_CONFIG")?;
    if let Some(folder) = setting.as_str() {
        return Some(folder.into());
    }
    let folder = setting.get("value")?.as_str()?;
    let is_relative = setting.get("relative").and_then(Value::as_bool).unwrap_or(false);
    let parent = path.ancestors().nth(2).filter(|_| is_relative).unwrap_or(Path::new(""));
    Some(parent.join(folder))
}

/// `rustflags`: a list, or one string of words.
fn flags(table: &Table) -> Vec<String> {
    match table.get("rustflags") {
        Some(Value::String(words)) => words.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(files: &[&str]) -> Config {
        let mut config = Config::default();
        for file in files {
            config.merge(&file.parse().unwrap());
        }
        config
    }

    #[test]
    fn the_nearer_file_names_the_target() {
        let config = config(&["build.target = \"thumbv7em-none-eabi\"", "build.target = [\"thumbv6m-none-eabi\"]"]);
        assert_eq!(config.target.as_deref(), Some("thumbv7em-none-eabi"));
    }

    #[test]
    fn the_firmwares_folder_is_a_path_or_relative_to_the_file() {
        let of = |text: &str| folder_of_firmware(&text.parse().unwrap(), Path::new("/app/.cargo/config.toml"));
        assert_eq!(of("env.RTT_CONFIG = \"/bsp\""), Some("/bsp".into()));
        assert_eq!(of("env.RTT_CONFIG = { value = \"bsp\", relative = true }"), Some("/app/bsp".into()));
        assert_eq!(of("env.RTT_PATH = \"/rt-thread\""), None);
    }

    #[test]
    fn flags_are_lists_or_words() {
        let config = config(&[
            "build.rustflags = \"-C opt-level=2\"",
            "[target.'cfg(target_os = \"none\")']\nrustflags = [\"-C\", \"relocation-model=pic\"]",
        ]);
        assert_eq!(config.build_flags, ["-C", "opt-level=2"]);
        assert_eq!(config.target_flags, ["-C", "relocation-model=pic"]);
    }

    #[test]
    fn the_linker_is_ours_by_name_or_by_path() {
        assert!(config(&["target.thumbv7m-none-eabi.linker = \"mkmod-ld\""]).links_modules);
        assert!(config(&["target.thumbv7m-none-eabi.linker = \"/opt/bin/mkmod-ld\""]).links_modules);
        assert!(!config(&["target.thumbv7m-none-eabi.linker = \"arm-none-eabi-ld\""]).links_modules);
    }
}
