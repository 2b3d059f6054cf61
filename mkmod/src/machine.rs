//! The machines that modules can be compiled for.

use crate::elf::ElfFile;
use format::elf::{EM_ARM, EM_RISCV, R_ARM_ABS32, R_RISCV_32, R_RISCV_64};
use format::{Class as _, Isa};
use goblin::elf::reloc::r_to_str;

/// A machine with an ABI of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// Arm of 32 bits.
    Arm,
    /// RISC-V of 32 bits.
    Riscv32,
    /// RISC-V of 64 bits.
    Riscv64,
}

impl Machine {
    /// The machine of an ELF file. `None`: modules can't be compiled for it.
    pub fn of(file: &ElfFile<'_>) -> Option<Self> {
        match (file.machine(), file.is_64()) {
            _ if !file.is_little_endian() => None,
            (EM_ARM, false) => Some(Self::Arm),
            (EM_RISCV, false) => Some(Self::Riscv32),
            (EM_RISCV, true) => Some(Self::Riscv64),
            _ => None,
        }
    }

    /// The machine in the ELF header at the start of `bytes`: RISC-V if it says so, else Arm.
    pub fn of_header(bytes: &[u8]) -> Self {
        const CLASS_32: u8 = 1;
        const CLASS_64: u8 = 2;
        let number = bytes.get(18..20).map(|number| u16::from_le_bytes([number[0], number[1]]));
        match (bytes.get(4), number) {
            (Some(&CLASS_32), Some(EM_RISCV)) => Self::Riscv32,
            (Some(&CLASS_64), Some(EM_RISCV)) => Self::Riscv64,
            _ => Self::Arm,
        }
    }

    /// The machine of an instruction set.
    pub fn of_isa<I: Isa>() -> Self {
        match (I::MACHINE, I::Class::WORD) {
            (EM_RISCV, 4) => Self::Riscv32,
            (EM_RISCV, _) => Self::Riscv64,
            _ => Self::Arm,
        }
    }

    /// `e_machine` of its ELF files.
    pub fn number(self) -> u16 {
        match self {
            Self::Arm => EM_ARM,
            Self::Riscv32 | Self::Riscv64 => EM_RISCV,
        }
    }

    /// The size of an address in bytes.
    pub fn word(self) -> u32 {
        match self {
            Self::Arm | Self::Riscv32 => 4,
            Self::Riscv64 => 8,
        }
    }

    /// Whether it is a RISC-V, of whichever width.
    pub fn is_riscv(self) -> bool {
        matches!(self, Self::Riscv32 | Self::Riscv64)
    }

    /// The type of the relocation that stores the address of a symbol.
    pub fn address_relocation(self) -> u32 {
        match self {
            Self::Arm => R_ARM_ABS32,
            Self::Riscv32 => R_RISCV_32,
            Self::Riscv64 => R_RISCV_64,
        }
    }

    /// The name of a relocation type in its ABI.
    pub fn relocation_name(self, relocation: u32) -> String {
        match r_to_str(relocation, self.number()) {
            name if name.starts_with("R_UNKNOWN") => format!("relocation type {relocation}"),
            name if name.starts_with("R_") => name.to_owned(),
            // goblin leaves it out for Arm.
            name => format!("R_{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use format::{CortexM, Riscv32, Riscv64, elf::R_RISCV_RELATIVE};

    use super::*;

    #[test]
    fn names_are_those_of_the_abi() {
        assert_eq!(Machine::Arm.relocation_name(R_ARM_ABS32), "R_ARM_ABS32");
        assert_eq!(Machine::Riscv64.relocation_name(R_RISCV_RELATIVE), "R_RISCV_RELATIVE");
        assert_eq!(Machine::Arm.relocation_name(200), "relocation type 200");
    }

    #[test]
    fn an_instruction_set_has_its_machine() {
        assert_eq!(Machine::of_isa::<CortexM>(), Machine::Arm);
        assert_eq!(Machine::of_isa::<Riscv32>(), Machine::Riscv32);
        assert_eq!(Machine::of_isa::<Riscv64>(), Machine::Riscv64);
    }
}
