//! What a shared object is compiled for, and whether its calls run there.

use super::PackError;
use crate::elf::{ARM_ATTRIBUTES, ArmAttributes};
use crate::link::target::{Attributes, Target, Width};
use crate::machine::Machine;
use crate::module::Module;
use crate::symbols::Profile;
use format::Section;

/// The first instruction of a procedure linkage table in ARM code: `str lr, [sp, #-4]!`.
const ARM_PLT: [u8; 4] = 0xe52d_e004_u32.to_le_bytes();

/// The Rust target of the code.
///
/// # Errors
/// When the file does not say, or names none that modules are made for.
pub fn target(linked: &Module, bytes: &[u8]) -> Result<Target, PackError> {
    if linked.note.is_some() {
        return Err(PackError::Packed);
    }
    let riscv = |width| {
        let attributes = Attributes::riscv(width, linked.flags);
        attributes.target().map_err(|_| PackError::Machine(unknown_riscv(linked.flags)))
    };
    match linked.machine {
        Machine::Arm => {}
        Machine::Riscv32 => return riscv(Width::Bits32),
        Machine::Riscv64 => return riscv(Width::Bits64),
    }
    let section = contents(linked, bytes, ARM_ATTRIBUTES).ok_or(PackError::NoAttributes)?;
    let attributes = ArmAttributes::parse(section).map(Attributes::arm).map_err(|_| PackError::Damaged)?;
    let unknown = || PackError::Machine(linked.processor.map(|it| it.to_string()).unwrap_or_default());
    attributes.target().map_err(|_| unknown())
}

fn unknown_riscv(flags: u32) -> String {
    format!("a RISC-V of its own (e_flags {flags:#x})")
}

/// Whether calls to the kernel are in an instruction set of the core's.
///
/// # Errors
/// When they are not.
pub fn check_state(linked: &Module, bytes: &[u8]) -> Result<(), PackError> {
    let has_arm_plt = contents(linked, bytes, ".plt").is_some_and(|plt| plt.starts_with(&ARM_PLT));
    match linked.profile() {
        Some(Profile::Microcontroller) if has_arm_plt => Err(PackError::ArmPlt),
        _ => Ok(()),
    }
}

fn contents<'b>(linked: &Module, bytes: &'b [u8], name: &str) -> Option<&'b [u8]> {
    let (_, Section { offset, size, .. }) = linked.sections.iter().find(|(found, _)| found == name)?;
    let start = usize::try_from(*offset).ok()?;
    bytes.get(start..)?.get(..usize::try_from(*size).ok()?)
}
