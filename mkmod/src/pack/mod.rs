//! `mkmod pack`: makes a module of a shared object that GCC and GNU ld have linked the usual way.
//!
//! 1. **What the loader reads from the file is cut from memory**: headers, hash tables, symbols, names, relocations,
//!    notes, at both ends of the image and of its segments. What is in the middle stays: the code is relative to the
//!    program counter, so nothing may move against anything else.
//! 2. **Every relocation is settled as far as it can be.** One for the module's own symbol becomes relative to the base; what
//!    is left names the kernel's symbols, and the symbol table has only these and the exports.
//! 3. **What the kernel does not look up is not exported.** A program needs its two hooks; a library, all its functions.
//! 4. **What can't be done right is refused**, in the words of `mkmod check`.

mod constructors;
mod error;
mod exports;
mod layout;
mod machine;
mod note;
mod relocations;

pub use error::PackError;
pub use exports::Exports;

use crate::check::{self, Cause, Finding};
use crate::link::module::Module;
use crate::link::write;
use crate::machine::Machine;
use crate::module;
use format::Code;
use format::{CortexA, Isa, Riscv32, Riscv64};
use layout::Layout;
use std::fmt;

/// The tables of a shared object. Reading them is the same for each kind of core.
struct Shared<'b, I> {
    file: loader::Module<&'b [u8], I>,
}

/// A packed module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the shared object costs.
    pub before: Cost,
    /// What the module costs.
    pub after: Cost,
    /// The part of the image that nothing is in, because the linker put the variables on a page of their own.
    pub gap_bytes: u64,
}

/// What a module costs, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The file.
    pub file: u64,
    /// The image in memory.
    pub resident: u64,
}

/// Makes a module called `name` of the shared object in `bytes`, which messages call `file_name`.
///
/// # Errors
/// When the file is no shared object for ARM or RISC-V, or has something in it that a module can't have.
pub fn pack(file_name: &str, bytes: &[u8], name: &str, exports: Exports) -> Result<Packed, PackError> {
    let linked = module::Module::parse(file_name, bytes)?;
    let target = machine::target(&linked, bytes)?;
    machine::check_state(&linked, bytes)?;
    let mut findings = check::structure(bytes, linked.profile());
    findings.retain(|finding| !is_page(finding));
    if !findings.is_empty() {
        return Err(PackError::Refused(findings));
    }
    constructors::check(&linked)?;
    let layout = Layout::new(&linked, bytes)?;
    let module = match linked.machine {
        Machine::Arm => assemble::<CortexA>(&linked, bytes, &layout, exports)?,
        Machine::Riscv32 => assemble::<Riscv32>(&linked, bytes, &layout, exports)?,
        Machine::Riscv64 => assemble::<Riscv64>(&linked, bytes, &layout, exports)?,
    };
    let note = note::note(&module, name, target.triple);
    let gap_bytes = module.image.gaps.iter().map(|gap| gap.len() as u64).sum();
    let before = Cost { file: linked.file_bytes, resident: linked.image_bytes() };
    let written = write::write(&module, &note).bytes;
    let after = Cost { file: written.len() as u64, resident: module.image.size };
    Ok(Packed { bytes: written, before, after, gap_bytes })
}

/// The alignment of a page, which other linkers give to segments, is not kept.
fn is_page(finding: &Finding) -> bool {
    matches!(&finding.cause, Cause::Structure(diagnostic) if matches!(diagnostic.code, Code::AlignmentTooLarge(_)))
}

fn assemble<I: Isa>(
    linked: &module::Module,
    bytes: &[u8],
    layout: &Layout,
    wanted: Exports,
) -> Result<Module, PackError> {
    let file = loader::Module::<_, I>::open(bytes, &mut |_| ()).map_err(|_| PackError::Damaged)?;
    let shared = Shared { file };
    let mut bytes = layout.bytes();
    let (imports, relocations) = relocations::settle(&shared, linked.machine, layout, &mut bytes)?;
    let image = layout.image(bytes);
    let entry = linked.entry.map_or(Ok(0), |entry| layout.moved(entry));
    let mut exports = match linked.entry {
        Some(_) => exports::of_program(&shared, layout, wanted)?,
        None => exports::of_library(&shared, layout)?,
    };
    exports.extend(constructors::of(&shared, layout)?);
    let (machine, elf_flags) = (linked.machine, linked.flags);
    Ok(Module { machine, elf_flags, image, entry: entry?.into(), exports, imports, relocations })
}

/// What was gained.
impl fmt::Display for Packed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after, .. } = self;
        write!(out, "{} bytes in the file (before: {}), ", after.file, before.file)?;
        write!(out, "{} resident (before: {})", after.resident, before.resident)?;
        if self.gap_bytes > 0 {
            let gap = self.gap_bytes;
            write!(out, "\n{gap} bytes of memory are unused: link with -Wl,-z,max-page-size=4 to do without them")?;
        }
        Ok(())
    }
}
