//! The boards in QEMU: with the user at the console, or with a program there.

mod console;
mod fault;
mod interactive;
mod line;
mod port;
mod sockets;

pub use console::{Console, Error};
pub use interactive::interactive;
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
    /// What becomes of what the kernel writes to the card.
    pub writes: Writes,
    /// More for QEMU's command line.
    pub arguments: Vec<String>,
    /// The same, behind what connects the console: where serial ports stand in order.
    pub sockets: Vec<String>,
}

/// What becomes of what the kernel writes to the card. A card that is copied into memory never changes its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// It is in the image file.
    Kept,
    /// It is gone with the machine: several machines can have the same image.
    Dropped,
}

impl Machine {
    /// A machine whose kernel writes to the card in vain.
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

    /// QEMU for this machine, but for what its console is connected to.
    fn qemu(&self) -> Command {
        let mut qemu = setup::tool(self.board.core.qemu());
        qemu.args(["-M", self.board.machine, "-display", "none"]);
        if self.board.core == Core::RiscV64 {
            // Otherwise the firmware that QEMU has for it would start ours, in supervisor mode.
            qemu.args(["-bios", "none"]);
        }
        // Without it, a board with a loudspeaker complains of a computer without.
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
        }
        qemu
    }
}
