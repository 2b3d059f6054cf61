//! `mkmod install`: copies modules to the folders of a card in which the kernel and its shell look for them.
//!
//! 1. **The note of a module decides where it goes.** A command (`cmd = true`) goes into `bin`, where MSH finds it from any
//!    working directory, and any other module into the root folder. A module that starts at boot (`run = true`) is also
//!    copied to the autostart folder.
//! 2. **No file is half-written.** It gets its name when it is complete, so a card that is removed too early contains the
//!    old module or the new one.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::module::{Module, ModuleError};
use crate::replace;

/// The folder in which MSH finds programs by name, besides the working directory.
const COMMANDS: &str = "bin";

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its mount point, or any folder whose contents will be copied to one.
    pub folder: PathBuf,
    /// The folder of modules that start at boot: `RTT_MOD_AUTOSTART_FOLDER` of the firmware.
    pub autostart: String,
}

/// A module that was checked and can be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installable {
    file_name: String,
    bytes: Vec<u8>,
    is_command: bool,
    starts_at_boot: bool,
}

/// A file on the card, and its purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The file.
    pub path: PathBuf,
    /// Its purpose.
    pub purpose: Purpose,
}

/// The purpose of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is run by name in the root folder, or by its path.
    Program,
    /// It is run by name in any folder.
    Command,
    /// The kernel starts it at boot.
    Autostart,
}

/// Why a module is not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The file is no module.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The checksum in the note is wrong.
    #[error("{file_name} is damaged: its checksum is wrong; build it again, or copy it again")]
    Damaged {
        /// The file.
        file_name: String,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file or its folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
}

impl Installable {
    /// Checks that `bytes`, the contents of `file_name`, are a module.
    ///
    /// # Errors
    ///
    /// When it is no module, or damaged.
    pub fn new(file_name: &str, bytes: Vec<u8>) -> Result<Self, InstallError> {
        let module = Module::parse(file_name, &bytes)?;
        let note = module.complete_note();
        if note.is_some_and(|note| module.checksum != Some(note.checksum)) {
            return Err(InstallError::Damaged { file_name: file_name.into() });
        }
        let (is_command, starts_at_boot) = note.map_or((false, false), |note| (note.command, note.autostart));
        Ok(Self { file_name: file_name.into(), bytes, is_command, starts_at_boot })
    }
}

impl Card {
    /// Copies a module to its folders, in place of one of the same name, and returns the new files.
    ///
    /// # Errors
    ///
    /// When the card can't be written to.
    pub fn install(&self, module: &Installable) -> Result<Vec<Installed>, InstallError> {
        let first = match module.is_command {
            true => (self.folder.join(COMMANDS), Purpose::Command),
            false => (self.folder.clone(), Purpose::Program),
        };
        let autostart = self.folder.join(self.autostart.trim_start_matches('/'));
        let second = module.starts_at_boot.then_some((autostart, Purpose::Autostart));
        let place = |(folder, purpose): (PathBuf, Purpose)| {
            let path = folder.join(&module.file_name);
            write(&folder, &path, &module.bytes)?;
            Ok(Installed { path, purpose })
        };
        [first].into_iter().chain(second).map(place).collect()
    }
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), InstallError> {
    std::fs::create_dir_all(folder).map_err(|source| InstallError::Write { path: folder.into(), source })?;
    replace::file_on_card(path, bytes).map_err(|source| InstallError::Write { path: path.into(), source })
}

impl fmt::Display for Installed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let purpose = match self.purpose {
            Purpose::Program => "run it by name in this folder",
            Purpose::Command => "run it by name in any folder",
            Purpose::Autostart => "starts at boot",
        };
        write!(out, "{}: {purpose}", self.path.display())
    }
}
