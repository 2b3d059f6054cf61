//! Decodes machine code as far as stacks and calls are concerned.
//!
//! An [`Instruction`] says what is written to registers, in terms of what was in registers before, and where the program
//! goes on. What does not matter for a stack pointer, a function pointer or a branch is [`Expression::Unknown`].

mod arm;
mod bits;
mod riscv;
mod thumb;
mod thumb32;

use riscv::Width;

/// An instruction set, with the registers that matter in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Thumb and Thumb-2.
    Thumb,
    /// Arm, of 32-bit instructions.
    Arm,
    /// RISC-V of 32 bits, with compressed instructions.
    Riscv32,
    /// RISC-V of 64 bits, with compressed instructions.
    Riscv64,
}

impl Code {
    /// The stack pointer.
    pub fn stack_pointer(self) -> Register {
        match self {
            Self::Thumb | Self::Arm => Register(13),
            Self::Riscv32 | Self::Riscv64 => Register(2),
        }
    }

    /// The registers that a call preserves, besides the stack pointer.
    pub fn is_preserved(self, register: Register) -> bool {
        match self {
            Self::Thumb | Self::Arm => matches!(register.0, 4..=11),
            Self::Riscv32 | Self::Riscv64 => matches!(register.0, 8 | 9 | 18..=27),
        }
    }

    /// The first four registers that arguments are passed in.
    pub fn arguments(self) -> [Register; 4] {
        match self {
            Self::Thumb | Self::Arm => [0, 1, 2, 3].map(Register),
            Self::Riscv32 | Self::Riscv64 => [10, 11, 12, 13].map(Register),
        }
    }

    /// The smallest distance between two instructions.
    pub fn step(self) -> u64 {
        match self {
            Self::Thumb | Self::Riscv32 | Self::Riscv64 => 2,
            Self::Arm => 4,
        }
    }

    /// Decodes the instruction at the beginning of `bytes`, which is at `address`. `None` if there are too few of them.
    pub fn decode(self, bytes: &[u8], address: u64) -> Option<Instruction> {
        match self {
            Self::Thumb => thumb::decode(bytes, address),
            Self::Arm => arm::decode(bytes, address),
            Self::Riscv32 => riscv::decode(bytes, address, Width::Bits32),
            Self::Riscv64 => riscv::decode(bytes, address, Width::Bits64),
        }
    }
}

/// A register, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Register(pub u8);

/// What an instruction does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Its size in bytes.
    pub length: u64,
    /// Whether it may do nothing at all.
    pub is_conditional: bool,
    /// How many of the following are conditional: Thumb's `it`.
    pub conditional_next: u8,
    /// What registers have afterwards.
    pub writes: Vec<(Register, Expression)>,
    /// Words that are stored.
    pub stores: Vec<Store>,
    /// Where the program goes on.
    pub flow: Flow,
}

/// What a register gets. Registers in it are those before the instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Something else.
    Unknown,
    /// What is calculated: no function pointer, but perhaps a place in the function itself.
    Computed,
    /// A number, or an address in the program.
    Number(u64),
    /// A register and a number.
    Plus(Register, i64),
    /// Two registers.
    Sum(Register, Register),
    /// The first register without the second.
    Difference(Register, Register),
    /// A register, rounded down to a multiple of a power of two.
    Aligned(Register, u64),
    /// A register with another upper half.
    UpperHalf(Register, u16),
    /// The word at an address in the program.
    Word(u64),
    /// The word at a register and a number.
    Load(Register, i64),
}

/// A word that is stored at a register and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    /// The register with the address.
    pub base: Register,
    /// The distance from there.
    pub offset: i64,
    /// What is stored.
    pub from: Register,
}

/// Where the program goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// At the next instruction.
    Next,
    /// In a function, then at the next instruction.
    Call(Expression),
    /// Elsewhere.
    Jump(Expression),
    /// At one of several places in the same function.
    Table,
    /// In the caller.
    Return,
    /// Nowhere.
    Trap,
}

impl Instruction {
    /// An instruction that only writes registers.
    fn new(length: u64) -> Self {
        Self {
            length,
            is_conditional: false,
            conditional_next: 0,
            writes: Vec::new(),
            stores: Vec::new(),
            flow: Flow::Next,
        }
    }

    fn write(mut self, register: u8, expression: Expression) -> Self {
        self.writes.push((Register(register), expression));
        self
    }

    /// Each of the registers has something else afterwards.
    fn clobber<const N: usize>(self, registers: [u8; N]) -> Self {
        registers.into_iter().fold(self, |this, register| this.write(register, Expression::Unknown))
    }

    fn store(mut self, base: u8, offset: i64, from: u8) -> Self {
        self.stores.push(Store { base: Register(base), offset, from: Register(from) });
        self
    }

    fn flow(mut self, flow: Flow) -> Self {
        self.flow = flow;
        self
    }

    fn conditional(mut self, is_conditional: bool) -> Self {
        self.is_conditional = is_conditional;
        self
    }
}
