//! The machines that modules can be compiled for.

use object::elf::{self, RelocationType};
use object::{Architecture, Object as _};

/// A machine with an ABI of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// Arm of 32 bits.
    Arm,
    /// RISC-V of 64 bits.
    Riscv64,
}

impl Machine {
    /// The machine of an ELF file. `None`: modules can't be compiled for it.
    pub fn of(file: &object::File<'_>) -> Option<Self> {
        match file.architecture() {
            _ if !file.is_little_endian() => None,
            Architecture::Arm => Some(Self::Arm),
            Architecture::Riscv64 => Some(Self::Riscv64),
            _ => None,
        }
    }

    /// The machine in the ELF header at the start of `bytes`: RISC-V 64 if it says so, else Arm.
    pub fn of_header(bytes: &[u8]) -> Self {
        const CLASS_64: u8 = 2;
        let number = bytes.get(18..20).map(|number| u16::from_le_bytes([number[0], number[1]]));
        let is_riscv64 = bytes.get(4) == Some(&CLASS_64) && number == Some(Self::Riscv64.number());
        if is_riscv64 { Self::Riscv64 } else { Self::Arm }
    }

    /// The name in the crate `object`.
    pub fn architecture(self) -> Architecture {
        match self {
            Self::Arm => Architecture::Arm,
            Self::Riscv64 => Architecture::Riscv64,
        }
    }

    /// `e_machine` of its ELF files.
    pub fn number(self) -> u16 {
        match self {
            Self::Arm => elf::EM_ARM.0,
            Self::Riscv64 => elf::EM_RISCV.0,
        }
    }

    /// The size of an address in bytes.
    pub fn word(self) -> u32 {
        match self {
            Self::Arm => 4,
            Self::Riscv64 => 8,
        }
    }

    /// The name of a relocation type in its ABI.
    pub fn relocation_name(self, relocation: RelocationType) -> String {
        let name = match self {
            Self::Arm => elf::NAMES_R_ARM.name(relocation),
            Self::Riscv64 => elf::NAMES_R_RISCV.name(relocation),
        };
        name.map_or_else(|| format!("relocation type {}", relocation.0), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_abi() {
        assert_eq!(Machine::Arm.relocation_name(elf::R_ARM_ABS32), "R_ARM_ABS32");
        assert_eq!(Machine::Riscv64.relocation_name(elf::R_RISCV_RELATIVE), "R_RISCV_RELATIVE");
        assert_eq!(Machine::Arm.relocation_name(RelocationType(200)), "relocation type 200");
    }
}
