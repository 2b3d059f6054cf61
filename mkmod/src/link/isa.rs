//! What differs between instruction sets: the code of thunks, and of the entry of a module without `main`.

use crate::machine::Machine;

/// An instruction set, as far as the linker writes code of its own in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// ARMv7-M, ARMv8-M Mainline.
    Thumb2,
    /// ARMv6-M, ARMv8-M Baseline: without a load to the program counter.
    Thumb1,
    /// ARM state, ARMv4T and later.
    Arm,
    /// RISC-V of 32 bits, with compressed instructions.
    Riscv32,
    /// RISC-V of 64 bits, with compressed instructions.
    Riscv64,
}

impl Isa {
    /// The machine that has it.
    pub fn machine(self) -> Machine {
        match self {
            Self::Thumb2 | Self::Thumb1 | Self::Arm => Machine::Arm,
            Self::Riscv32 => Machine::Riscv32,
            Self::Riscv64 => Machine::Riscv64,
        }
    }

    /// Code at `entry` that jumps to the address in the word at `word`, keeping all argument registers. Where they are is
    /// told from the beginning of all thunks.
    fn thunk(self, entry: u64, word: u64) -> Vec<u8> {
        match self {
            // ldr.w pc, [pc]
            Self::Thumb2 => vec![0xdf, 0xf8, 0x00, 0xf0],
            // push {r0, r1}; ldr r0, [pc, #4]; str r0, [sp, #4]; pop {r0, pc}
            Self::Thumb1 => vec![0x03, 0xb4, 0x01, 0x48, 0x01, 0x90, 0x01, 0xbd],
            // ldr pc, [pc, #-4]
            Self::Arm => vec![0x04, 0xf0, 0x1f, 0xe5],
            Self::Riscv32 => riscv_thunk(LW, word as u32 - entry as u32),
            Self::Riscv64 => riscv_thunk(LD, word as u32 - entry as u32),
        }
    }

    /// A function that returns 0.
    pub fn return_zero(self) -> &'static [u8] {
        match self {
            // movs r0, #0; bx lr
            Self::Thumb2 | Self::Thumb1 => &[0x00, 0x20, 0x70, 0x47],
            // mov r0, #0; bx lr
            Self::Arm => &[0x00, 0x00, 0xa0, 0xe3, 0x1e, 0xff, 0x2f, 0xe1],
            // li a0, 0; ret
            Self::Riscv32 | Self::Riscv64 => &[0x01, 0x45, 0x82, 0x80],
        }
    }

    /// What is added to a function's address in a symbol.
    pub fn function_bit(self) -> u64 {
        match self {
            Self::Thumb2 | Self::Thumb1 => 1,
            Self::Arm | Self::Riscv32 | Self::Riscv64 => 0,
        }
    }

    /// The symbol that tells a disassembler what follows.
    pub fn code_marker(self) -> &'static str {
        match self {
            Self::Thumb2 | Self::Thumb1 => "$t",
            Self::Arm => "$a",
            Self::Riscv32 | Self::Riscv64 => "$x",
        }
    }
}

/// What tells the load of 32 bits from the others: `funct3`.
const LW: u32 = 2;
/// That of the load of 64 bits.
const LD: u32 = 3;

/// `auipc t3, high; lw t3, low(t3); jr t3`, or with `ld`: `t3` is what the ABI leaves to such code.
fn riscv_thunk(load: u32, distance: u32) -> Vec<u8> {
    const T3: u32 = 28;
    let high = distance.wrapping_add(0x800) & !0xfff;
    let low = distance.wrapping_sub(high);
    let auipc = high | T3 << 7 | 0x17;
    let load = low << 20 | T3 << 15 | load << 12 | T3 << 7 | 0x03;
    let jr = 0x8002 | T3 << 7;
    [&auipc.to_le_bytes()[..], &load.to_le_bytes(), &jr.to_le_bytes()[..2]].concat()
}

/// The thunks of some imports, one after the other.
///
/// On ARM each has its word behind it. On RISC-V the words are behind all of the code: a word wants to be at a multiple of
/// its size, and the code of a thunk has ten bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thunks {
    isa: Isa,
    count: u64,
}

impl Thunks {
    /// As many thunks.
    pub fn new(isa: Isa, count: usize) -> Self {
        Self { isa, count: count as u64 }
    }

    /// The code, and words of zeros: the loader is to fill them in.
    pub fn bytes(self) -> Vec<u8> {
        let word = self.isa.machine().word() as usize;
        let mut bytes = vec![];
        for index in 0..self.count {
            bytes.resize(self.entry(index) as usize, 0);
            bytes.extend(self.isa.thunk(self.entry(index), self.word(index)));
        }
        let last = self.count.checked_sub(1).map(|last| self.word(last) as usize + word);
        bytes.resize(last.unwrap_or_default(), 0);
        bytes
    }

    /// Where the code of a thunk begins.
    pub fn entry(self, index: u64) -> u64 {
        index * self.size()
    }

    /// Where its word is.
    pub fn word(self, index: u64) -> u64 {
        let word = u64::from(self.isa.machine().word());
        match self.isa.machine() {
            Machine::Arm => self.entry(index) + self.code_size(),
            Machine::Riscv32 | Machine::Riscv64 => {
                (self.count * self.code_size()).next_multiple_of(word) + index * word
            }
        }
    }

    /// The size of a thunk, and of its word if that is behind it.
    pub fn size(self) -> u64 {
        match self.isa.machine() {
            Machine::Arm => self.code_size() + 4,
            Machine::Riscv32 | Machine::Riscv64 => self.code_size(),
        }
    }

    fn code_size(self) -> u64 {
        self.isa.thunk(0, 0).len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Isa; 5] = [Isa::Thumb2, Isa::Thumb1, Isa::Arm, Isa::Riscv32, Isa::Riscv64];

    #[test]
    fn words_are_zero_and_aligned_and_behind_their_code() {
        for isa in ALL {
            let thunks = Thunks::new(isa, 3);
            let (bytes, size) = (thunks.bytes(), isa.machine().word() as usize);
            for index in 0..3 {
                let word = thunks.word(index) as usize;
                assert_eq!(word % size, 0);
                assert_eq!(bytes[word..word + size], [0; 8][..size]);
                assert!(thunks.entry(index) + thunks.code_size() <= thunks.word(index));
            }
            assert_eq!(bytes.len(), thunks.word(2) as usize + size);
        }
    }

    #[test]
    fn no_imports_have_no_thunks() {
        assert!(ALL.iter().all(|&isa| Thunks::new(isa, 0).bytes().is_empty()));
    }

    #[test]
    fn code_of_riscv_loads_its_word() {
        const COUNTS: [usize; 4] = [1, 3, 300, 1000];
        let loads = [(Isa::Riscv32, 0xe_2e03), (Isa::Riscv64, 0xe_3e03)];
        for (isa, load, count) in loads.into_iter().flat_map(|(isa, load)| COUNTS.map(|count| (isa, load, count))) {
            let thunks = Thunks::new(isa, count);
            let bytes = thunks.bytes();
            for index in 0..count as u64 {
                let entry = thunks.entry(index) as usize;
                let half = |at: usize| u32::from_le_bytes(bytes[entry + at..][..4].try_into().unwrap());
                let (auipc, ld) = (half(0), half(4));
                assert_eq!((auipc & 0xfff, ld & 0xf_ffff), (0xe17, load));
                let target = (entry as u32).wrapping_add(auipc & !0xfff).wrapping_add_signed(ld.cast_signed() >> 20);
                assert_eq!(u64::from(target), thunks.word(index));
            }
        }
    }
}
