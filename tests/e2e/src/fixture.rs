//! What every end-to-end test finds: the firmware, mkmod, and a card with the examples and the test applications.

use std::error::Error;
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
    /// The text of `mkmod symbols` for it.
    pub kernel_symbols: PathBuf,
    /// This repository's mkmod, built.
    pub mkmod: Mkmod,
    /// The examples, then the test applications: `.mo` files.
    pub modules: Vec<PathBuf>,
    card: PathBuf,
}

impl Fixture {
    /// Builds everything for `board`, and installs what is missing for it.
    pub fn build(board: &'static Board) -> Result<Self, Box<dyn Error>> {
        setup::ensure(&board.needs())?;
        let firmware = firmware::build(board)?;
        let mkmod = Mkmod::build()?;
        let kernel_symbols = mkmod.write_symbols(&firmware.elf)?;
        let mut modules = mkmod.build_modules(&workspace::root().join("examples"), board.target)?;
        modules.extend(mkmod.build_modules(&workspace::root().join("tests/apps"), board.target)?);
        let card = workspace::target_dir().join("e2e").join(board.name).join("card.img");
        card_with(&modules)?.write_image(&card)?;
        Ok(Self { board, firmware, kernel_symbols, mkmod, modules, card })
    }

    /// Boots a machine of its own for a test.
    pub fn boot(&self) -> Result<Session, String> {
        Session::boot(&self.machine(&self.card))
    }

    /// The same, with more arguments for QEMU.
    pub fn boot_with_arguments(&self, arguments: &[&str]) -> Result<Session, String> {
        let arguments = arguments.iter().map(|argument| argument.to_string()).collect();
        Session::boot(&Machine { arguments, ..self.machine(&self.card) })
    }

    /// The same, with sockets for its second serial port and for what its sensors measure.
    pub fn boot_with_sockets(&self) -> Result<(Session, Sockets), Box<dyn Error>> {
        let sockets = Sockets::new()?;
        let session = Session::boot(&Machine { sockets: sockets.arguments().into(), ..self.machine(&self.card) })?;
        Ok((session, sockets))
    }

    /// Boots a machine with another card.
    pub fn boot_with(&self, card: &Card) -> Result<Session, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let image = folder.path().join("card.img");
        card.write_image(&image)?;
        // By the time that the kernel is up, QEMU has read the image, or has opened it.
        Ok(Session::boot(&self.machine(&image))?)
    }

    /// The image of the tests' card, with all modules.
    pub fn card(&self) -> &Path {
        &self.card
    }

    /// A machine with this card.
    pub fn machine(&self, card: &Path) -> Machine {
        Machine::new(self.board, &self.firmware.elf, card)
    }

    /// A path of this repository.
    pub fn source(&self, path: &str) -> PathBuf {
        workspace::root().join(path)
    }

    /// The `.mo` file of the application `name`.
    pub fn module(&self, name: &str) -> Result<&PathBuf, String> {
        let file = |path: &&PathBuf| path.file_stem().is_some_and(|stem| stem == name);
        self.modules.iter().find(file).ok_or_else(|| format!("no application is called `{name}`"))
    }
}

/// A card with these files in its root folder.
pub fn card_with(modules: &[PathBuf]) -> Result<Card, firmware::CardError> {
    let mut card = Card::default();
    modules.iter().try_for_each(|module| card.put_file(module))?;
    Ok(card)
}
