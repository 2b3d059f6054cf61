//! The boards that the firmware is built for, as QEMU knows them.

use setup::Need;

/// A board: how QEMU is to be started, and what its applications are built for.
#[derive(Debug)]
pub struct Board {
    /// The name in `--board NAME`, and of the firmware's folder under `target/firmware/`.
    pub name: &'static str,
    /// QEMU's `-M MACHINE`.
    pub machine: &'static str,
    /// The target that rustc builds this board's modules for.
    pub target: &'static str,
    /// How the card image gets into the machine.
    pub card: CardSlot,
    /// What QEMU connects to it: a `-device` for each.
    pub devices: &'static [&'static str],
    /// Its processor.
    pub core: Core,
    /// Which tests are run on it.
    pub suite: Suite,
}

/// Where the board finds its FAT volume.
#[derive(Debug, Clone, Copy)]
pub enum CardSlot {
    /// QEMU copies the image into RAM at this address, where the firmware has a RAM block device.
    Memory {
        /// Where the block device begins.
        address: u32,
    },
    /// A slot for an SD card: the image file itself is the card.
    Sd,
}

/// A processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// Arm Cortex-M3, Armv7-M.
    CortexM3,
    /// Arm Cortex-M4, Armv7E-M.
    CortexM4,
    /// Arm Cortex-M7, Armv7E-M with caches.
    CortexM7,
    /// Arm Cortex-M33, Armv8-M.
    CortexM33,
    /// Arm Cortex-A9, Armv7-A.
    CortexA9,
    /// RV64 in machine mode.
    RiscV64,
}

impl Core {
    /// What compiles for it.
    pub fn compiler(self) -> &'static str {
        match self {
            Self::RiscV64 => "riscv64-unknown-elf-gcc",
            _ => "arm-none-eabi-gcc",
        }
    }

    /// The QEMU that has it.
    pub fn qemu(self) -> &'static str {
        match self {
            Self::RiscV64 => "qemu-system-riscv64",
            _ => "qemu-system-arm",
        }
    }

    fn compiler_need(self) -> Need {
        match self {
            Self::RiscV64 => Need::RiscVGcc,
            _ => Need::ArmGcc,
        }
    }

    fn qemu_need(self) -> Need {
        match self {
            Self::RiscV64 => Need::RiscVQemu,
            _ => Need::ArmQemu,
        }
    }

    /// Whether it stops by itself at the end of a stack: by Armv7-M's memory protection unit, or Armv8-M's limit.
    pub fn has_stack_guard(self) -> bool {
        matches!(self, Self::CortexM3 | Self::CortexM4 | Self::CortexM7 | Self::CortexM33)
    }

    /// Whether it has caches, on a real board.
    pub fn has_caches(self) -> bool {
        matches!(self, Self::CortexM7 | Self::CortexA9)
    }
}

/// How much of the end-to-end tests a board is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// All that can be told apart by the processor or the card.
    Whole,
    /// What each processor has to show for itself.
    Core,
    /// What needs a network.
    Network,
}

/// Where the MPS2 boards with a Cortex-M3 or M4 have their PSRAM.
const PSRAM: CardSlot = CardSlot::Memory { address: 0x2100_0000 };

/// What is on the second shield of an MPS2 board: a thermometer, whose temperature is a property for QEMU's monitor, and
/// a flash of 8 MiB.
const SHIELD: &[&str] = &["tmp105,id=thermometer,address=0x48", "w25q64"];

/// The default board, of which others differ in their firmware alone.
const AN385: Board = Board {
    name: Board::DEFAULT,
    machine: "mps2-an385",
    target: "thumbv7m-none-eabi",
    card: PSRAM,
    devices: SHIELD,
    core: Core::CortexM3,
    suite: Suite::Whole,
};

/// Every board. The first is the default.
pub const BOARDS: &[Board] = &[
    AN385,
    Board {
        name: "an386",
        machine: "mps2-an386",
        target: "thumbv7em-none-eabi",
        card: PSRAM,
        devices: SHIELD,
        core: Core::CortexM4,
        suite: Suite::Core,
    },
    Board {
        name: "an386-hf",
        machine: "mps2-an386",
        target: "thumbv7em-none-eabihf",
        card: PSRAM,
        devices: SHIELD,
        core: Core::CortexM4,
        suite: Suite::Core,
    },
    Board {
        name: "an500",
        machine: "mps2-an500",
        target: "thumbv7em-none-eabihf",
        card: CardSlot::Memory { address: 0x6000_0000 },
        devices: SHIELD,
        core: Core::CortexM7,
        suite: Suite::Core,
    },
    Board {
        name: "an505",
        machine: "mps2-an505",
        target: "thumbv8m.main-none-eabi",
        card: CardSlot::Memory { address: 0x8000_0000 },
        devices: &[],
        core: Core::CortexM33,
        suite: Suite::Core,
    },
    Board {
        name: "vexpress-a9",
        machine: "vexpress-a9",
        target: "armv7a-none-eabi",
        card: CardSlot::Sd,
        devices: &[],
        core: Core::CortexA9,
        suite: Suite::Whole,
    },
    Board {
        name: "virt64",
        machine: "virt",
        target: "riscv64imac-unknown-none-elf",
        card: CardSlot::Memory { address: 0x8400_0000 },
        devices: &[],
        core: Core::RiscV64,
        suite: Suite::Core,
    },
    Board { name: Board::NETWORK, suite: Suite::Network, ..AN385 },
];

/// The default board, with a kernel that knows neither modules nor files. It is none of [`BOARDS`], since all that it runs
/// is in its firmware.
pub const WITHOUT_MODULES: Board = Board { name: "an385-static", suite: Suite::Core, ..AN385 };

impl Board {
    /// The default board.
    pub const DEFAULT: &str = "an385";

    /// The same, with a network.
    pub const NETWORK: &str = "an385-net";

    /// What its firmware and its modules are built with.
    pub fn build_needs(&self) -> [Need; 2] {
        [self.core.compiler_need(), Need::RustTarget(self.target)]
    }

    /// What they are built with and run by.
    pub fn needs(&self) -> [Need; 3] {
        [self.core.compiler_need(), self.core.qemu_need(), Need::RustTarget(self.target)]
    }

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
