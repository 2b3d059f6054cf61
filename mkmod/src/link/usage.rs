//! What a relocation of an input object does with its symbol, and whether that works at every address.

use object::elf::{self, RelocationType};

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
    /// What a relocation type of `EM_ARM` means.
    pub fn of_arm(relocation: RelocationType) -> Self {
        match relocation {
            elf::R_ARM_NONE | elf::R_ARM_V4BX => Self::Nothing,
            elf::R_ARM_PC24
            | elf::R_ARM_CALL
            | elf::R_ARM_JUMP24
            | elf::R_ARM_PLT32
            | elf::R_ARM_THM_PC22
            | elf::R_ARM_THM_XPC22
            | elf::R_ARM_THM_JUMP24
            | elf::R_ARM_THM_JUMP19
            | elf::R_ARM_THM_PC11
            | elf::R_ARM_THM_PC9 => Self::Branch,
            elf::R_ARM_ABS32 | elf::R_ARM_ABS32_NOI | elf::R_ARM_TARGET1 => Self::Address,
            elf::R_ARM_GOT32
            | elf::R_ARM_GOT_PREL
            | elf::R_ARM_GOT_ABS
            | elf::R_ARM_GOT_BREL12
            | elf::R_ARM_THM_GOT_BREL12
            | elf::R_ARM_TARGET2 => Self::GlobalOffset,
            elf::R_ARM_MOVW_ABS_NC
            | elf::R_ARM_MOVT_ABS
            | elf::R_ARM_THM_MOVW_ABS_NC
            | elf::R_ARM_THM_MOVT_ABS
            | elf::R_ARM_ABS16
            | elf::R_ARM_ABS12
            | elf::R_ARM_ABS8
            | elf::R_ARM_THM_ABS5 => Self::Fixed,
            elf::R_ARM_REL32
            | elf::R_ARM_REL32_NOI
            | elf::R_ARM_PREL31
            | elf::R_ARM_GOTOFF
            | elf::R_ARM_GOTOFF12
            | elf::R_ARM_GOTPC
            | elf::R_ARM_MOVW_PREL_NC
            | elf::R_ARM_MOVT_PREL
            | elf::R_ARM_THM_MOVW_PREL_NC
            | elf::R_ARM_THM_MOVT_PREL
            | elf::R_ARM_THM_PC8
            | elf::R_ARM_THM_PC12
            | elf::R_ARM_THM_ALU_PREL_11_0 => Self::Distance,
            RelocationType(4 | 57..=69) => Self::Distance,
            RelocationType(13 | 17..=19 | 90..=93 | 104..=111 | 129 | 130) => Self::ThreadLocal,
            // The four ALU_ABS of ARMv6-M code that may not read its own text.
            RelocationType(132..=135) => Self::Fixed,
            _ => Self::Unknown,
        }
    }
}

/// The name of a relocation type in the ARM ABI.
pub fn arm_name(relocation: RelocationType) -> String {
    elf::NAMES_R_ARM.name(relocation).map_or_else(|| format!("relocation type {}", relocation.0), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_loader_can_do_is_told_from_what_it_cannot() {
        assert_eq!(Usage::of_arm(elf::R_ARM_THM_PC22), Usage::Branch);
        assert_eq!(Usage::of_arm(elf::R_ARM_ABS32), Usage::Address);
        assert_eq!(Usage::of_arm(elf::R_ARM_THM_MOVW_ABS_NC), Usage::Fixed);
        assert_eq!(Usage::of_arm(elf::R_ARM_TLS_LE32), Usage::ThreadLocal);
        assert_eq!(Usage::of_arm(RelocationType(200)), Usage::Unknown);
    }

    #[test]
    fn names_are_those_of_the_abi() {
        assert_eq!(arm_name(elf::R_ARM_ABS32), "R_ARM_ABS32");
        assert_eq!(arm_name(RelocationType(200)), "relocation type 200");
    }
}
