//! What differs between instruction sets: which relocations there are, and where code may begin.

/// An instruction set that modules are made for.
pub trait Isa {
    /// `e_machine` of its modules.
    const MACHINE: u16;

    /// What a relocation of type `kind` does, or `None` if this loader does not do it.
    fn operation(kind: u32) -> Option<Operation>;

    /// The address of the first instruction behind the function pointer `function`, or `None` if such a pointer would fault.
    fn code_address(function: u32) -> Option<u32>;
}

/// What a relocation stores at its place. `A` is the addend: the word at the place before.
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

const EM_ARM: u16 = 40;

/// Cortex-M: Thumb code only.
#[derive(Clone, Copy, Debug)]
pub enum CortexM {}

impl Isa for CortexM {
    const MACHINE: u16 = EM_ARM;

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

/// The relocations that stock dlmodule does too, and right. Those that patch instructions are not among them: they mean
/// that the code is not position-independent.
fn arm_operation(kind: u32) -> Option<Operation> {
    match kind {
        0 => Some(Operation::Nothing),          // R_ARM_NONE
        2 => Some(Operation::SymbolPlusAddend), // R_ARM_ABS32
        3 => Some(Operation::SymbolFromPlace),  // R_ARM_REL32
        21 | 22 => Some(Operation::Symbol),     // R_ARM_GLOB_DAT, R_ARM_JUMP_SLOT
        23 => Some(Operation::BasePlusAddend),  // R_ARM_RELATIVE
        _ => None,
    }
}
