//! What a relocation of an input object does with its symbol, and whether that works at every address.

use goblin::elf::reloc;

use crate::machine::Machine;

/// goblin has the old name of this number.
const R_RISCV_GOT32_PCREL: u32 = reloc::R_RISCV_GNU_VTINHERIT;

/// The use that code or data makes of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// A branch: reaches a thunk.
    Branch,
    /// A word with the address: the loader can relocate it.
    Address,
    /// A slot of the global offset table.
    GlobalOffset,
    /// The distance from here: needs no relocation within the module, and can't be had to the kernel.
    Distance,
    /// An address in an instruction, or in less than a word: the loader can't relocate it.
    Fixed,
    /// Thread-local storage.
    ThreadLocal,
    /// A note to the linker.
    Nothing,
    /// Not known to us.
    Unknown,
}

impl Usage {
    /// What a relocation type of that machine means.
    pub fn of(machine: Machine, relocation: u32) -> Self {
        match machine {
            Machine::Arm => Self::of_arm(relocation),
            Machine::Riscv32 if relocation == reloc::R_RISCV_32 => Self::Address,
            Machine::Riscv32 | Machine::Riscv64 => Self::of_riscv(relocation),
        }
    }

    fn of_arm(relocation: u32) -> Self {
        match relocation {
            reloc::R_ARM_NONE | reloc::R_ARM_V4BX => Self::Nothing,
            reloc::R_ARM_PC24
            | reloc::R_ARM_CALL
            | reloc::R_ARM_JUMP24
            | reloc::R_ARM_PLT32
            | reloc::R_ARM_THM_PC22
            | reloc::R_ARM_THM_XPC22
            | reloc::R_ARM_THM_JUMP24
            | reloc::R_ARM_THM_JUMP19
            | reloc::R_ARM_THM_PC11
            | reloc::R_ARM_THM_PC9 => Self::Branch,
            reloc::R_ARM_ABS32 | reloc::R_ARM_ABS32_NOI | reloc::R_ARM_TARGET1 => Self::Address,
            reloc::R_ARM_GOT32
            | reloc::R_ARM_GOT_PREL
            | reloc::R_ARM_GOT_ABS
            | reloc::R_ARM_GOT_BREL12
            | reloc::R_ARM_THM_GOT_BREL12
            | reloc::R_ARM_TARGET2 => Self::GlobalOffset,
            reloc::R_ARM_MOVW_ABS_NC
            | reloc::R_ARM_MOVT_ABS
            | reloc::R_ARM_THM_MOVW_ABS_NC
            | reloc::R_ARM_THM_MOVT_ABS
            | reloc::R_ARM_ABS16
            | reloc::R_ARM_ABS12
            | reloc::R_ARM_ABS8
            | reloc::R_ARM_THM_ABS5 => Self::Fixed,
            reloc::R_ARM_REL32
            | reloc::R_ARM_REL32_NOI
            | reloc::R_ARM_PREL31
            | reloc::R_ARM_GOTOFF
            | reloc::R_ARM_GOTOFF12
            | reloc::R_ARM_GOTPC
            | reloc::R_ARM_MOVW_PREL_NC
            | reloc::R_ARM_MOVT_PREL
            | reloc::R_ARM_THM_MOVW_PREL_NC
            | reloc::R_ARM_THM_MOVT_PREL
            | reloc::R_ARM_THM_PC8
            | reloc::R_ARM_THM_PC12
            | reloc::R_ARM_THM_ALU_PREL_11_0 => Self::Distance,
            4 | 57..=69 => Self::Distance,
            13 | 17..=19 | 90..=93 | 104..=111 | 129 | 130 => Self::ThreadLocal,
            // The four ALU_ABS of ARMv6-M code that may not read its own text.
            132..=135 => Self::Fixed,
            _ => Self::Unknown,
        }
    }

    /// The second half of an address relative to the program counter has the label of the first half for its symbol.
    fn of_riscv(relocation: u32) -> Self {
        match relocation {
            reloc::R_RISCV_NONE
            | reloc::R_RISCV_ALIGN
            | reloc::R_RISCV_RELAX
            | reloc::R_RISCV_PCREL_LO12_I
            | reloc::R_RISCV_PCREL_LO12_S => Self::Nothing,
            reloc::R_RISCV_BRANCH
            | reloc::R_RISCV_JAL
            | reloc::R_RISCV_CALL
            | reloc::R_RISCV_CALL_PLT
            | reloc::R_RISCV_RVC_BRANCH
            | reloc::R_RISCV_RVC_JUMP
            | reloc::R_RISCV_PLT32 => Self::Branch,
            reloc::R_RISCV_64 => Self::Address,
            reloc::R_RISCV_GOT_HI20 | R_RISCV_GOT32_PCREL => Self::GlobalOffset,
            reloc::R_RISCV_32
            | reloc::R_RISCV_HI20
            | reloc::R_RISCV_LO12_I
            | reloc::R_RISCV_LO12_S
            | reloc::R_RISCV_RVC_LUI
            | reloc::R_RISCV_GPREL_I
            | reloc::R_RISCV_GPREL_S => Self::Fixed,
            reloc::R_RISCV_PCREL_HI20 | reloc::R_RISCV_32_PCREL => Self::Distance,
            // Differences between two places: one of them is added, the other subtracted.
            33..=40 | 52..=56 | 60 | 61 => Self::Distance,
            6..=12 | 21 | 22 | 29..=32 | 49 | 50 | 62..=65 => Self::ThreadLocal,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_loader_can_do_is_told_from_what_it_cannot() {
        let arm = |relocation| Usage::of(Machine::Arm, relocation);
        assert_eq!(arm(reloc::R_ARM_THM_PC22), Usage::Branch);
        assert_eq!(arm(reloc::R_ARM_ABS32), Usage::Address);
        assert_eq!(arm(reloc::R_ARM_THM_MOVW_ABS_NC), Usage::Fixed);
        assert_eq!(arm(reloc::R_ARM_TLS_LE32), Usage::ThreadLocal);
        assert_eq!(arm(200), Usage::Unknown);
        let riscv64 = |relocation| Usage::of(Machine::Riscv64, relocation);
        assert_eq!(riscv64(reloc::R_RISCV_CALL_PLT), Usage::Branch);
        assert_eq!(riscv64(reloc::R_RISCV_64), Usage::Address);
        assert_eq!(riscv64(reloc::R_RISCV_32), Usage::Fixed, "half of an address");
        assert_eq!(Usage::of(Machine::Riscv32, reloc::R_RISCV_32), Usage::Address);
        assert_eq!(Usage::of(Machine::Riscv32, reloc::R_RISCV_CALL_PLT), Usage::Branch);
        assert_eq!(riscv64(reloc::R_RISCV_PCREL_HI20), Usage::Distance);
        assert_eq!(riscv64(reloc::R_RISCV_TPREL_HI20), Usage::ThreadLocal);
        assert_eq!(riscv64(200), Usage::Unknown);
    }
}
