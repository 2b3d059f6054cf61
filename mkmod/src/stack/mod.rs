//! How much stack the threads and callbacks of a module need, from its machine code.
//!
//! What each function has on the stack is read from its instructions (`body`), and who calls whom from its branches,
//! its constants and its relocations (`graph`). For each function that the kernel calls, the deepest way is searched
//! (`need`). What the kernel's own functions take is in a table (`kernel`).
//!
//! A need is *proven* if it holds whatever the program does. It rests on these assumptions:
//!
//! - The figures of the table hold for the kernel.
//! - A method is called through a vtable at its distance from the vtable's beginning, and nothing else is called from
//!   where `rtt-mod` leaves the functions that are for the kernel.
//! - What writes a value as text is called by `core::fmt`, while the function that has named it is running; and a value
//!   does not contain itself.
//!
//! Else the need is at least that of the deepest way that was found, and the report says what stopped the proof: a
//! recursion, or a call of what is not known.

mod body;
mod check;
mod decode;
mod entry;
mod error;
mod graph;
mod guard;
mod interrupt;
mod kernel;
mod kind;
mod need;
mod program;
mod report;
mod state;
mod text;

use std::collections::BTreeSet;
use std::path::Path;

pub use self::check::{Refusal, StackSize, check};
pub use self::decode::Code;
pub use self::error::StackError;
pub use self::interrupt::{InterruptRefusal, InterruptStack, check as check_interrupts};
pub use self::kernel::{Floats, class_bytes, unoptimized_bytes};
pub use self::kind::Kind;
pub use self::report::{Entry, EntryKind, Frame, Need, Report, Way, frames};

use crate::elf::ElfFile;
use crate::module::{self, Module};
use crate::size::{self, SizeError};

/// What `--emit-relocs` leaves for the code.
const RELOCATIONS: [&str; 2] = [".rel.text", ".rela.text"];

/// A program, and what is known of the module that is made from it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What messages call the module.
    pub name: &'a str,
    /// The unstripped ELF file, with its relocations.
    pub program: &'a [u8],
    /// The names of what the kernel has to have.
    pub imports: &'a BTreeSet<&'a str>,
    /// The stack that the module asks for. `None`: it has no threads of its own.
    pub stack_bytes: Option<u32>,
}

/// Measures a module on disk. `path` is that of the module, or that of its program.
///
/// Source files are told from `root` on.
///
/// # Errors
/// When one of both is missing, can't be read, or is not of the same build.
pub fn open(path: &Path, root: Option<&Path>) -> Result<Report, StackError> {
    let (module_path, program_path) = size::pair(path);
    let (name, program_name) = (size::file_name(&module_path), size::file_name(&program_path));
    let bytes = module::read(&module_path)?;
    let module = Module::parse(&name, &bytes)?;
    let program = std::fs::read(&program_path).map_err(|source| SizeError::NoProgram {
        program: program_path,
        module: name.clone(),
        source,
    })?;
    let file =
        ElfFile::parse(&program).map_err(|source| SizeError::Malformed { program: program_name.clone(), source })?;
    size::same_build(&name, &module, &program_name, &file)?;
    if !file.sections().any(|section| RELOCATIONS.contains(&section.name)) {
        return Err(StackError::NoRelocations { module: name });
    }
    let imports: BTreeSet<&str> = module.imports.iter().map(|import| import.name.as_str()).collect();
    let stack_bytes = module.complete_note().and_then(format::note::Note::stack);
    Report::of(Input { name: &name, program: &program, imports: &imports, stack_bytes }, root)
}
