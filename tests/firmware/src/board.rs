//! The boards that the firmware is built for and that QEMU emulates.

use setup::Need;

/// A board: how QEMU emulates it, and the target of its applications.
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
    /// What QEMU connects to it, each by a `-device`.
    pub devices: &'static [&'static str],
    /// Its processor core.
    pub core: Core,
    /// Which tests are run on it.
    pub suite: Suite,
}

/// Where the FAT volume of a board is.
#[derive(Debug, Clone, Copy)]
pub enum CardSlot {
    /// QEMU copies the image into RAM at this address, where the firmware has a RAM block device.
    Memory {
        /// Where the block device begins.
        address: u32,
    },
    /// In a slot for an SD card. The image file is the card.
    Sd,
    /// Nowhere: the board has no file system.
    None,
}

/// A processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// Arm Cortex-M0, Armv6-M.
    CortexM0,
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
    /// RV32 in machine mode.
    RiscV32,
    /// RV64 in machine mode.
    RiscV64,
    /// RV64 in supervisor mode, under OpenSBI.
    RiscV64Supervisor,
}

impl Core {
    /// GCC for this core.
    pub fn compiler(self) -> &'static str {
        match self {
            _ if self.is_riscv() => "riscv64-unknown-elf-gcc",
            _ => "arm-none-eabi-gcc",
        }
    }

    /// The QEMU that emulates it.
    pub fn qemu(self) -> &'static str {
        match self {
            Self::RiscV32 => "qemu-system-riscv32",
            Self::RiscV64 | Self::RiscV64Supervisor => "qemu-system-riscv64",
            _ => "qemu-system-arm",
        }
    }

    /// RT-Thread's port for it, a folder below `libcpu`.
    pub fn port(self) -> &'static str {
        match self {
            Self::CortexM0 => "arm/cortex-m0",
            Self::CortexM3 => "arm/cortex-m3",
            Self::CortexM4 => "arm/cortex-m4",
            Self::CortexM7 => "arm/cortex-m7",
            Self::CortexM33 => "arm/cortex-m33",
            Self::CortexA9 => "arm/cortex-a",
            Self::RiscV32 | Self::RiscV64 => "risc-v/k210",
            Self::RiscV64Supervisor => "risc-v/virt64",
        }
    }

    /// Whether the port's start-up code is that of a chip, so that a BSP takes some files of the port only.
    pub fn has_port_of_a_chip(self) -> bool {
        matches!(self, Self::RiscV32 | Self::RiscV64)
    }

    /// Whether it is a RISC-V.
    pub fn is_riscv(self) -> bool {
        matches!(self, Self::RiscV32) || self.is_riscv64()
    }

    /// Whether it is a RISC-V of 64 bits.
    pub fn is_riscv64(self) -> bool {
        matches!(self, Self::RiscV64 | Self::RiscV64Supervisor)
    }

    fn compiler_need(self) -> Need {
        match self {
            _ if self.is_riscv() => Need::RiscVGcc,
            _ => Need::ArmGcc,
        }
    }

    fn qemu_need(self) -> Need {
        match self {
            _ if self.is_riscv() => Need::RiscVQemu,
            _ => Need::ArmQemu,
        }
    }

    /// Whether it faults at the end of a stack: by the memory protection unit of Armv7-M or the stack limit of Armv8-M.
    pub fn has_stack_guard(self) -> bool {
        matches!(self, Self::CortexM3 | Self::CortexM4 | Self::CortexM7 | Self::CortexM33)
    }

    /// What its interrupts may leave on the stack of a thread, in bytes, beyond the registers that mkmod counts: kernel-glue adds
    /// as much to each. With the registers for floats, in supervisor mode.
    pub fn stack_bytes_of_interrupts(self) -> u64 {
        if self == Self::RiscV64Supervisor { 528 } else { 0 }
    }

    /// Whether it has caches on a real board. QEMU emulates none.
    pub fn has_caches(self) -> bool {
        matches!(self, Self::CortexM7 | Self::CortexA9)
    }
}

/// Which end-to-end tests run on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// All tests whose outcome can depend on the processor or the card.
    Whole,
    /// The tests that run on every processor.
    Core,
    /// The tests that need a network.
    Network,
    /// The tests of what runs on the kernel's own stacks.
    DefaultStacks,
    /// The tests of what differs with the width of a register.
    RegisterWidth,
    /// The tests of what takes more stack in a firmware that is compiled without optimization.
    Unoptimized,
}

/// The address of the PSRAM on the MPS2 boards with a Cortex-M3 or M4.
const PSRAM: CardSlot = CardSlot::Memory { address: 0x2100_0000 };

/// The second shield of an MPS2 board: a thermometer, whose temperature a test sets through QEMU's monitor, and a flash of
/// 8 MiB.
const SHIELD: &[&str] = &[THERMOMETER, "w25q64"];

/// A thermometer on the first I2C bus.
const THERMOMETER: &str = "tmp105,id=thermometer,address=0x48";

/// The default board. Some others differ from it only in their firmware.
const AN385: Board = Board {
    name: Board::DEFAULT,
    machine: "mps2-an385",
    target: "thumbv7m-none-eabi",
    card: PSRAM,
    devices: SHIELD,
    core: Core::CortexM3,
    suite: Suite::Whole,
};

const VEXPRESS_A9: Board = Board {
    name: "vexpress-a9",
    machine: "vexpress-a9",
    target: "armv7a-none-eabi",
    card: CardSlot::Sd,
    devices: &[THERMOMETER],
    core: Core::CortexA9,
    suite: Suite::Whole,
};

const VIRT64: Board = Board {
    name: "virt64",
    machine: "virt",
    target: "riscv64imac-unknown-none-elf",
    card: CardSlot::Memory { address: 0x8400_0000 },
    devices: &[],
    core: Core::RiscV64,
    suite: Suite::Core,
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
    VEXPRESS_A9,
    VIRT64,
    Board {
        name: "virt32",
        target: "riscv32imac-unknown-none-elf",
        core: Core::RiscV32,
        suite: Suite::RegisterWidth,
        ..VIRT64
    },
    Board { name: "virt64-supervisor", core: Core::RiscV64Supervisor, ..VIRT64 },
    Board { name: Board::NETWORK, suite: Suite::Network, ..AN385 },
    Board { name: "an385-default-stacks", suite: Suite::DefaultStacks, ..AN385 },
    Board { name: "vexpress-a9-default-stacks", suite: Suite::DefaultStacks, ..VEXPRESS_A9 },
    Board { name: "an385-unoptimized", suite: Suite::Unoptimized, ..AN385 },
];

/// The default board with a kernel that has neither modules nor files. It is not one of [`BOARDS`], because it only runs
/// programs that are built into its firmware.
pub const WITHOUT_MODULES: Board = Board { name: "an385-static", suite: Suite::Core, ..AN385 };

/// A board with a Cortex-M0 and 16 KB of RAM, in which modules and files have no place either.
pub const MICROBIT: Board = Board {
    name: "microbit",
    machine: "microbit",
    target: "thumbv6m-none-eabi",
    card: CardSlot::None,
    devices: &[],
    core: Core::CortexM0,
    suite: Suite::Core,
};

impl Board {
    /// The name of the default board.
    pub const DEFAULT: &str = "an385";

    /// The name of the default board with a network.
    pub const NETWORK: &str = "an385-net";

    /// Whether RT-Thread 4.0.3 has a port for it.
    pub fn is_of_crate(&self) -> bool {
        self.core != Core::RiscV64Supervisor
    }

    /// Whether it has a BSP that builds RT-Thread with RT-Thread's own build tools.
    pub fn has_bsp(&self) -> bool {
        // The list of lwIP's files is that of 4.0.3.
        self.suite != Suite::Network
    }

    /// The tools that build its firmware and its modules.
    pub fn build_needs(&self) -> [Need; 2] {
        [self.core.compiler_need(), Need::RustTarget(self.target)]
    }

    /// The tools that build and run them.
    pub fn needs(&self) -> [Need; 3] {
        [self.core.compiler_need(), self.core.qemu_need(), Need::RustTarget(self.target)]
    }

    /// The board called `name`.
    ///
    /// # Errors
    /// When there is none. The message, which `clap` prints, lists the boards.
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
