//! Runs boards in QEMU. Their console goes to the user's terminal, to a test, or to a serial port.

mod console;
mod fault;
mod interactive;
mod line;
mod lossy;
mod marks;
mod port;
mod sockets;

pub use console::{Console, Error};
pub use interactive::{interactive, listen};
pub use lossy::Lossy;
pub use marks::{Marks, MarksError};
pub use port::Port;
pub use sockets::Sockets;

use std::path::{Path, PathBuf};
use std::process::Command;

use firmware::{Board, CardSlot, Core};

/// A board with its firmware and its card.
#[derive(Debug, Clone)]
pub struct Machine {
    /// The board.
    pub board: &'static Board,
    /// The firmware's ELF.
    pub kernel: PathBuf,
    /// The FAT image.
    pub card: PathBuf,
    /// Whether the kernel's writes to the card are kept.
    pub writes: Writes,
    /// More arguments for QEMU.
    pub arguments: Vec<String>,
    /// Arguments that come after the one for the console, because QEMU numbers serial ports in their order.
    pub sockets: Vec<String>,
}

/// Whether the kernel's writes to the card are kept. A card that is copied into memory never changes its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// They go to the image file.
    Kept,
    /// They are lost when the machine ends, so that several machines can share an image.
    Dropped,
}

impl Machine {
    /// A machine that drops the kernel's writes to the card.
    pub fn new(board: &'static Board, kernel: &Path, card: &Path) -> Self {
        Self {
            board,
            kernel: kernel.into(),
            card: card.into(),
            writes: Writes::Dropped,
            arguments: Vec::new(),
            sockets: Vec::new(),
        }
    }

    /// A command that runs QEMU with this machine. The caller adds the arguments for the console.
    fn qemu(&self) -> Command {
        let mut qemu = setup::tool(self.board.core.qemu());
        qemu.args(["-M", self.board.machine, "-display", "none"]);
        if self.board.core.is_riscv() && self.board.core != Core::RiscV64Supervisor {
            // Without it, OpenSBI, which QEMU has, starts our firmware in supervisor mode.
            qemu.args(["-bios", "none"]);
        }
        // Without it, QEMU complains if the board has a loudspeaker and the host has none.
        qemu.env("QEMU_AUDIO_DRV", "none");
        qemu.arg("-kernel").arg(&self.kernel).args(&self.arguments);
        qemu.args(self.board.devices.iter().flat_map(|device| ["-device", device]));
        match self.board.card {
            CardSlot::Memory { address } => {
                let card = self.card.display();
                qemu.arg("-device").arg(format!("loader,file={card},addr={address:#x},force-raw=on"));
            }
            CardSlot::Sd => {
                let snapshot = if self.writes == Writes::Dropped { "on" } else { "off" };
                let card = self.card.display();
                qemu.arg("-drive").arg(format!("if=sd,format=raw,file={card},snapshot={snapshot}"));
            }
            CardSlot::None => {}
        }
        qemu
    }
}
