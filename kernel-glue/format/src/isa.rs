//! What differs between instruction sets: how their files are written, which relocations there are, and where code may
//! begin.

use crate::{
    Addend, Class, Elf32, Elf64, Explicit, InPlace, Layout, Relocation,
    elf::{
        EM_ARM, EM_RISCV, R_ARM_ABS32, R_ARM_GLOB_DAT, R_ARM_JUMP_SLOT, R_ARM_NONE, R_ARM_REL32, R_ARM_RELATIVE,
        R_RISCV_32, R_RISCV_64, R_RISCV_JUMP_SLOT, R_RISCV_NONE, R_RISCV_RELATIVE,
    },
    fields::Fields,
};

/// An instruction set that modules are made for.
pub trait Isa {
    /// `e_machine` of its modules.
    const MACHINE: u16;

    /// The class of the files of its modules.
    type Class: Class + Layout<Relocation<Self::Addend>>;

    /// Where the relocations of its modules have their addends.
    type Addend: Addend;

    /// Whether a record of the relocation table is a [`Operation::BasePlusAddend`] without a symbol. By far the most are.
    fn is_relative(record: &[u8]) -> bool;

    /// What a relocation of type `kind` does, or `None` if this loader does not do it.
    fn operation(kind: u32) -> Option<Operation>;

    /// The address of the first instruction behind the function pointer `function`, or `None` if such a pointer would fault.
    fn code_address(function: u32) -> Option<u32>;
}

/// What a relocation stores at its place. `A` is the addend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Nothing.
    Nothing,
    /// The base of the image plus `A`.
    BasePlusAddend,
    /// The symbol's address.
    Symbol,
    /// The symbol's address plus `A`.
    SymbolPlusAddend,
    /// The symbol's address plus `A`, less the address of the place.
    SymbolFromPlace,
}

/// Cortex-M: Thumb code only.
#[derive(Clone, Copy, Debug)]
pub enum CortexM {}

impl Isa for CortexM {
    const MACHINE: u16 = EM_ARM;

    type Class = Elf32;
    type Addend = InPlace;

    fn is_relative(record: &[u8]) -> bool {
        Fields::new(record).u32(4) == R_ARM_RELATIVE
    }

    fn operation(kind: u32) -> Option<Operation> {
        arm_operation(kind)
    }

    fn code_address(function: u32) -> Option<u32> {
        (function & 1 == 1).then_some(function & !1)
    }
}

/// Cortex-A and Cortex-R: Thumb and ARM code.
#[derive(Clone, Copy, Debug)]
pub enum CortexA {}

impl Isa for CortexA {
    const MACHINE: u16 = EM_ARM;

    type Class = Elf32;
    type Addend = InPlace;

    fn is_relative(record: &[u8]) -> bool {
        Fields::new(record).u32(4) == R_ARM_RELATIVE
    }

    fn operation(kind: u32) -> Option<Operation> {
        arm_operation(kind)
    }

    fn code_address(function: u32) -> Option<u32> {
        match function & 3 {
            2 => None,
            0 => Some(function),
            _ => Some(function & !1),
        }
    }
}

/// RISC-V of 64 bits, with compressed instructions or without.
#[derive(Clone, Copy, Debug)]
pub enum Riscv64 {}

impl Isa for Riscv64 {
    const MACHINE: u16 = EM_RISCV;

    type Class = Elf64;
    type Addend = Explicit;

    fn is_relative(record: &[u8]) -> bool {
        Fields::new(record).u64(8) == R_RISCV_RELATIVE.into()
    }

    fn operation(kind: u32) -> Option<Operation> {
        riscv_operation(kind, R_RISCV_64)
    }

    fn code_address(function: u32) -> Option<u32> {
        riscv_code_address(function)
    }
}

/// RISC-V of 32 bits, with compressed instructions or without.
#[derive(Clone, Copy, Debug)]
pub enum Riscv32 {}

impl Isa for Riscv32 {
    const MACHINE: u16 = EM_RISCV;

    type Class = Elf32;
    type Addend = Explicit;

    fn is_relative(record: &[u8]) -> bool {
        Fields::new(record).u32(4) == R_RISCV_RELATIVE
    }

    fn operation(kind: u32) -> Option<Operation> {
        riscv_operation(kind, R_RISCV_32)
    }

    fn code_address(function: u32) -> Option<u32> {
        riscv_code_address(function)
    }
}

/// The relocations that stock dlmodule applies correctly too. None of them patches an instruction: code that needs that is
/// not position-independent.
fn arm_operation(kind: u32) -> Option<Operation> {
    match kind {
        R_ARM_NONE => Some(Operation::Nothing),
        R_ARM_ABS32 => Some(Operation::SymbolPlusAddend),
        R_ARM_REL32 => Some(Operation::SymbolFromPlace),
        R_ARM_GLOB_DAT | R_ARM_JUMP_SLOT => Some(Operation::Symbol),
        R_ARM_RELATIVE => Some(Operation::BasePlusAddend),
        _ => None,
    }
}

/// Those of RISC-V, where the type `word` stores a whole address.
fn riscv_operation(kind: u32, word: u32) -> Option<Operation> {
    match kind {
        R_RISCV_NONE => Some(Operation::Nothing),
        R_RISCV_RELATIVE => Some(Operation::BasePlusAddend),
        R_RISCV_JUMP_SLOT => Some(Operation::Symbol),
        kind if kind == word => Some(Operation::SymbolPlusAddend),
        _ => None,
    }
}

fn riscv_code_address(function: u32) -> Option<u32> {
    (function & 1 == 0).then_some(function)
}
