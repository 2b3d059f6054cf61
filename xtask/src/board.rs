//! The boards that the firmware is built for, as QEMU knows them.

/// A board: how QEMU is to be started, and what its applications are built for.
#[derive(Debug)]
pub struct Board {
    /// The name in `--board NAME`, and of the firmware's folder under `target/firmware/`.
    pub name: &'static str,
    /// `qemu-system-arm -M MACHINE`.
    pub machine: &'static str,
    /// The target that rustc builds this board's modules for.
    pub target: &'static str,
    /// How the card image gets into the machine.
    pub card: CardSlot,
}

/// Where the board finds its FAT volume.
#[derive(Debug, Clone, Copy)]
pub enum CardSlot {
    /// QEMU copies the image into RAM at this address, where the firmware has a RAM block device.
    Memory { address: u32 },
}

/// Every board. The first is the default.
pub const BOARDS: &[Board] = &[Board {
    name: "an385",
    machine: "mps2-an385",
    target: "thumbv7m-none-eabi",
    card: CardSlot::Memory { address: 0x2100_0000 },
}];

impl Board {
    /// The board called `name`. The error lists those that there are; `clap` shows it.
    pub fn by_name(name: &str) -> Result<&'static Self, String> {
        BOARDS.iter().find(|board| board.name == name).ok_or_else(|| {
            let names: Vec<_> = BOARDS.iter().map(|board| board.name).collect();
            format!("no board has this name; the boards are: {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_board_is_answered_with_the_known_ones() {
        let message = Board::by_name("stm32").unwrap_err();
        assert!(message.contains("an385"), "{message}");
    }
}
