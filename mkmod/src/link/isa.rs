//! What differs between instruction sets: the code of a thunk, and of the entry of a module without `main`.

/// An instruction set, as far as the linker writes code of its own in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// ARMv7-M, ARMv8-M Mainline.
    Thumb2,
    /// ARMv6-M, ARMv8-M Baseline: without a load to the program counter.
    Thumb1,
    /// ARM state, ARMv4T and later.
    Arm,
}

impl Isa {
    /// Code that jumps to the address in the last word of it, keeping all argument registers. The word is zero, and
    /// aligned when the code is.
    pub fn thunk(self) -> &'static [u8] {
        match self {
            // ldr.w pc, [pc]
            Self::Thumb2 => &[0xdf, 0xf8, 0x00, 0xf0, 0, 0, 0, 0],
            // push {r0, r1}; ldr r0, [pc, #4]; str r0, [sp, #4]; pop {r0, pc}
            Self::Thumb1 => &[0x03, 0xb4, 0x01, 0x48, 0x01, 0x90, 0x01, 0xbd, 0, 0, 0, 0],
            // ldr pc, [pc, #-4]
            Self::Arm => &[0x04, 0xf0, 0x1f, 0xe5, 0, 0, 0, 0],
        }
    }

    /// Where in a thunk the address is.
    pub fn thunk_word(self) -> u64 {
        self.thunk().len() as u64 - 4
    }

    /// A function that returns 0.
    pub fn return_zero(self) -> &'static [u8] {
        match self {
            // movs r0, #0; bx lr
            Self::Thumb2 | Self::Thumb1 => &[0x00, 0x20, 0x70, 0x47],
            // mov r0, #0; bx lr
            Self::Arm => &[0x00, 0x00, 0xa0, 0xe3, 0x1e, 0xff, 0x2f, 0xe1],
        }
    }

    /// What is added to a function's address in a symbol.
    pub fn function_bit(self) -> u64 {
        match self {
            Self::Thumb2 | Self::Thumb1 => 1,
            Self::Arm => 0,
        }
    }

    /// The symbol that tells a disassembler what follows.
    pub fn code_marker(self) -> &'static str {
        match self {
            Self::Thumb2 | Self::Thumb1 => "$t",
            Self::Arm => "$a",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_thunk_is_zero_and_aligned() {
        for isa in [Isa::Thumb2, Isa::Thumb1, Isa::Arm] {
            let word = isa.thunk_word() as usize;
            assert_eq!(word % 4, 0);
            assert_eq!(isa.thunk()[word..], [0; 4]);
        }
    }
}
