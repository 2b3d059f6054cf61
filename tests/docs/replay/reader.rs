//! Someone who follows a page from its beginning to its end.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use docs_test::{Block, Console, Figures, Page, Prompt, Turn, matches};
use e2e::{Fixture, Session, card_with};
use firmware::Card;
use qemu::Port;
use tempfile::TempDir;

use crate::host::Host;

/// The serial port of a board on the pages. A machine in QEMU takes its place.
const SERIAL_PORT: &str = "/dev/ttyUSB0";

/// What is done about an output that differs from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is an error.
    Compare,
    /// It takes the page's place.
    Update,
}

/// Someone who follows a page: at a computer, with a board.
pub struct Reader<'f> {
    fixture: &'f Fixture,
    mode: Mode,
    host: Host,
    /// The board, while it is switched on. Its card has what was built by then.
    session: Option<Session>,
    /// The board at the serial port that a variable of the shell names.
    connected: Option<Connected>,
}

/// A board at a serial port, and its card.
struct Connected {
    port: Port,
    _card: TempDir,
}

impl<'f> Reader<'f> {
    pub fn new(page: &Page, fixture: &'f Fixture, mode: Mode) -> Result<Self, Box<dyn Error>> {
        let host = match page.text.contains("$ cargo install ") {
            true => Host::with_packages(&fixture.mkmod)?,
            false => Host::new(&fixture.mkmod)?,
        };
        Ok(Self { fixture, mode, host, session: None, connected: None })
    }

    /// Does what `block` says, and returns the text that is to be there instead, if it is another.
    pub fn follow(&mut self, block: &Block) -> Result<Option<String>, Box<dyn Error>> {
        if let Some(file) = &block.file {
            self.host.write(file, &block.code)?;
        }
        if block.language != "console" {
            return Ok(None);
        }
        let mut console = Console::parse(&block.code)?;
        let last = console.turns.len().saturating_sub(1);
        for (index, turn) in console.turns.iter_mut().enumerate() {
            let gap = if index < last && turn.output.ends_with("\n\n") { "\n" } else { "" };
            self.take(turn, block.figures, gap)?;
        }
        let code = console.to_code();
        Ok((code != block.code).then_some(code))
    }

    fn take(&mut self, turn: &mut Turn, figures: Figures, gap: &str) -> Result<(), Box<dyn Error>> {
        let printed = match turn.prompt {
            Prompt::Host => self.type_at_host(&turn.command)?,
            Prompt::Msh => self.type_at_board(turn, figures)?,
        };
        if self.mode == Mode::Update && !turn.output.contains('…') {
            if !matches(&turn.output, &printed, Figures::Exact) {
                turn.output = as_lines(&printed) + gap;
            }
            return Ok(());
        }
        if matches(&turn.output, &printed, figures) {
            return Ok(());
        }
        let Turn { command, output, .. } = turn;
        Err(format!("`{command}` prints\n{printed}\nand the page says\n{output}").into())
    }

    fn type_at_host(&mut self, command: &str) -> Result<String, Box<dyn Error>> {
        self.session = None;
        if !command.contains(SERIAL_PORT) {
            return Ok(self.host.run(command)?);
        }
        let board = self.connect()?;
        let printed = self.host.run(&command.replace(SERIAL_PORT, board.port.name()))?;
        if command.starts_with("export ") {
            self.connected = Some(board);
        }
        Ok(printed)
    }

    fn connect(&self) -> Result<Connected, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let image = folder.path().join("card.img");
        self.card()?.write_image(&image)?;
        let port = Port::serial(&self.fixture.machine(&image))?;
        Ok(Connected { port, _card: folder })
    }

    /// A program that is started by its name prints behind the prompt: what the page says is waited for.
    fn type_at_board(&mut self, turn: &Turn, figures: Figures) -> Result<String, Box<dyn Error>> {
        self.connected = None;
        let card = self.card()?;
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(self.fixture.boot_with(&card)?),
        };
        Ok(match last_line(turn, figures).filter(|_| self.mode == Mode::Compare) {
            Some(line) if is_program(&turn.command) => session.start(&turn.command, line)?.text().to_owned(),
            _ => session.run(&turn.command)?.text().to_owned(),
        })
    }

    /// The examples, the tests' applications, and what the reader has built.
    fn card(&self) -> Result<Card, Box<dyn Error>> {
        let mut card = card_with(&self.fixture.modules)?;
        for module in modules_in(self.host.folder())? {
            card.put_file(&module)?;
        }
        Ok(card)
    }
}

/// What a command prints last, if that is the same each time.
fn last_line(turn: &Turn, figures: Figures) -> Option<&str> {
    let line = turn.output.trim_end().lines().next_back()?;
    let varies =
        line.contains('…') || figures == Figures::Vary && line.contains(|letter: char| letter.is_ascii_digit());
    (!varies).then_some(line)
}

/// Whether a program is started for which the shell does not wait.
fn is_program(command: &str) -> bool {
    !command.starts_with("mod ") || command.starts_with("mod start ")
}

/// Where cargo and mkmod leave modules; not in cargo's own store, and not in the clone of the repository.
fn modules_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut modules = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.file_name() != "deps" {
            modules.extend(modules_in(&entry.path())?);
        } else if entry.path().extension().is_some_and(|extension| extension == "mo") {
            modules.push(entry.path());
        }
    }
    Ok(modules)
}

fn as_lines(printed: &str) -> String {
    let lines = printed.trim_matches('\n').lines().map(|line| format!("{}\n", line.trim_end()));
    if printed.trim().is_empty() { String::new() } else { lines.collect() }
}
