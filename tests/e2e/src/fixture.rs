//! The fixture of the end-to-end tests: the firmware, mkmod, and a card with the examples and the test applications.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use firmware::{Board, Card, Firmware, Mkmod};
use qemu::{Machine, Sockets};
use setup::workspace;

use crate::Session;

/// What the tests on one board share.
pub struct Fixture {
    /// The board.
    pub board: &'static Board,
    /// Its firmware, built.
    pub firmware: Firmware,
    /// The file with the output of `mkmod symbols` for it.
    pub kernel_symbols: PathBuf,
    /// This repository's mkmod, built.
    pub mkmod: Mkmod,
    /// The `.mo` files of the examples, then of the test applications.
    pub modules: Vec<PathBuf>,
    card: PathBuf,
}

impl Fixture {
    /// Builds everything for `board`, and installs the tools that are missing.
    ///
    /// # Errors
    /// When a tool can't be installed, or something does not build.
    pub fn build(board: &'static Board) -> Result<Self, Box<dyn Error>> {
        setup::ensure(&board.needs())?;
        let firmware = firmware::build(board)?;
        let mkmod = Mkmod::build()?;
        // SCons writes `kernel.syms` anew with each firmware that a test builds.
        let kernel_symbols = firmware.elf.with_file_name("kernel-of-tests.syms");
        fs::copy(mkmod.write_symbols(&firmware.elf)?, &kernel_symbols)?;
        let mut modules = mkmod.build_modules(&workspace::root().join("examples"), board.target)?;
        modules.extend(mkmod.build_modules(&workspace::root().join("tests/apps"), board.target)?);
        let card = firmware.elf.with_file_name("card-of-tests.img");
        card_with(&modules)?.write_image(&card)?;
        Ok(Self { board, firmware, kernel_symbols, mkmod, modules, card })
    }

    /// Boots a machine with the tests' card.
    ///
    /// # Errors
    /// When it does not reach its prompt. The message has the console's output.
    pub fn boot(&self) -> Result<Session, String> {
        Session::boot(&self.machine(&self.card))
    }

    /// Boots a machine with the tests' card and more arguments for QEMU.
    ///
    /// # Errors
    /// As [`boot`](Self::boot).
    pub fn boot_with_arguments(&self, arguments: &[&str]) -> Result<Session, String> {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        Session::boot(&Machine { arguments, ..self.machine(&self.card) })
    }

    /// Boots a machine with the tests' card and with sockets for its second serial port and its sensors.
    ///
    /// # Errors
    /// As [`boot`](Self::boot), and when the sockets can't be made.
    pub fn boot_with_sockets(&self) -> Result<(Session, Sockets), Box<dyn Error>> {
        let sockets = Sockets::new()?;
        let session = Session::boot(&Machine { sockets: sockets.arguments().into(), ..self.machine(&self.card) })?;
        Ok((session, sockets))
    }

    /// Boots a machine with another card.
    ///
    /// # Errors
    /// As [`boot`](Self::boot), and when the card's image can't be written.
    pub fn boot_with(&self, card: &Card) -> Result<Session, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let image = folder.path().join("card.img");
        card.write_image(&image)?;
        // The folder can go: when the kernel is up, QEMU has read or opened the image.
        Ok(Session::boot(&self.machine(&image))?)
    }

    /// The image of the tests' card, which has all modules.
    pub fn card(&self) -> &Path {
        &self.card
    }

    /// A machine with this card image.
    pub fn machine(&self, card: &Path) -> Machine {
        Machine::new(self.board, &self.firmware.elf, card)
    }

    /// The absolute path of a file in this repository.
    pub fn source(&self, path: &str) -> PathBuf {
        workspace::root().join(path)
    }

    /// The `.mo` file of the application `name`.
    ///
    /// # Errors
    /// When there is no such application.
    pub fn module(&self, name: &str) -> Result<&PathBuf, String> {
        let file = |path: &&PathBuf| path.file_stem().is_some_and(|stem| stem == name);
        self.modules.iter().find(file).ok_or_else(|| format!("no application is called `{name}`"))
    }
}

/// A card with these files in its root folder.
///
/// # Errors
/// When one of them can't be read.
pub fn card_with(modules: &[PathBuf]) -> Result<Card, firmware::CardError> {
    let mut card = Card::default();
    modules.iter().try_for_each(|module| card.put_file(module))?;
    Ok(card)
}
