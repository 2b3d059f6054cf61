//! `mkmod install`: puts modules on a card, where the kernel and its shell look for them.
//!
//! 1. **Where a module goes, its note says:** a command (`cmd = true`) into `bin`, where MSH finds it from any working
//!    directory; all others into the root. What starts at boot (`run = true`) goes into the folder for that as well.
//! 2. **No file is half-written.** It gets its name when all of it is there, so that a card that is pulled out too early
//!    has the old module or the new one.

mod file;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::module::{Module, ModuleError};

/// Where MSH finds programs by their bare names, besides the working directory.
const COMMANDS: &str = "bin";

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Where it is mounted, or a folder that is to become one.
    pub folder: PathBuf,
    /// The folder of what starts at boot, as `RTT_MOD_AUTOSTART_FOLDER` of the firmware has it.
    pub autostart: String,
}

/// A module that is fit to be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installable {
    file_name: String,
    bytes: Vec<u8>,
    is_command: bool,
    starts_at_boot: bool,
}

/// A file on the card, and why it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The file.
    pub path: PathBuf,
    /// What it is there for.
    pub purpose: Purpose,
}

/// What a file is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be run by its name in the root folder, or by its path.
    Program,
    /// To be run by its bare name.
    Command,
    /// To be started by the kernel.
    Autostart,
}

/// Why a module is not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The file is no module.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The note's checksum is that of another file.
    #[error(
        "{file_name} is damaged: it is not the file that its checksum was made for; build it again, or copy it again"
    )]
    Damaged {
        /// The file.
        file_name: String,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file or its folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Installable {
    /// Looks whether `bytes`, the file called `file_name`, may go on a card.
    ///
    /// # Errors
    ///
    /// When it is no module, or not the one that mkmod-ld has written.
    pub fn new(file_name: &str, bytes: Vec<u8>) -> Result<Self, InstallError> {
        let module = Module::parse(file_name, &bytes)?;
        let note = module.complete_note();
        if note.is_some_and(|note| note.checksum != note.true_checksum) {
            return Err(InstallError::Damaged { file_name: file_name.into() });
        }
        let (is_command, starts_at_boot) = note.map_or((false, false), |note| (note.command, note.autostart));
        Ok(Self { file_name: file_name.into(), bytes, is_command, starts_at_boot })
    }
}

impl Card {
    /// Puts a module where it belongs, in place of one of the same name, and says where that was.
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
    file::replace(path, bytes).map_err(|source| InstallError::Write { path: path.into(), source })
}

impl fmt::Display for Installed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let purpose = match self.purpose {
            Purpose::Program => "run by its name in this folder",
            Purpose::Command => "run by its bare name",
            Purpose::Autostart => "started at boot",
        };
        write!(out, "{}: {purpose}", self.path.display())
    }
}
