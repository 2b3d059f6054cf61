//! The module's note: the program's draft of it, completed with what the link has found.

use std::path::Path;

use super::error::LinkError;
use super::first_pass::FirstPass;
use super::module::Module;
use super::output;
use super::target::Target;
use crate::elf::{ElfError, ElfFile};
use crate::module::{self, Note};
use crate::run::has_tests;
use format::note;

/// The heap of a program that allocates.
const ARENA: &str = "__rtt_mod_arena";

/// What the stock loader gives, whatever a module asks for.
const STOCK_STACK_BYTES: u32 = 2048;

/// Completes the program's draft of the note, whose name is not that of tests, or writes one for a program without, such as one in C.
pub fn complete(
    elf: &[u8],
    module: &Module,
    first_pass: &FirstPass,
    target: Target,
    output: &Path,
) -> Result<Note, LinkError> {
    let file = ElfFile::parse(elf).map_err(malformed)?;
    let mut note = match file.section_by_name(note::DRAFT) {
        Some(section) => module::parse_draft(section.data).ok_or(LinkError::Note)?,
        None => default(module, output),
    };
    if has_tests(&file) {
        let tested = output::default_name(output).replace('_', "-");
        (note.name, note.description) = (format!("{tested}-test"), format!("tests of {tested}"));
    }
    if file.symbol_by_name(ARENA).is_none() {
        note.heap_bytes = 0;
    }
    note.library |= !first_pass.has_main;
    note.build_id = [0; 8];
    note.target = target.triple.to_owned();
    Ok(note)
}

/// Puts the build id into the ELF as well: a debugger finds the ELF by it.
pub fn enter_build_id(elf: &mut [u8], build_id: [u8; 8]) {
    let end = ElfFile::parse(elf).ok().and_then(|file| {
        let section = file.section_by_name(".note.gnu.build-id")?;
        Some(section.offset + section.data.len())
    });
    if let Some(place) = end.and_then(|end| elf.get_mut(..end)?.last_chunk_mut()) {
        *place = build_id;
    }
}

fn default(module: &Module, output: &Path) -> Note {
    let uses_abi = module.imports.iter().any(|import| import.name.starts_with(note::ABI_MARKER));
    Note {
        abi_major: u16::from(uses_abi),
        stack_bytes: STOCK_STACK_BYTES,
        name: output::default_name(output).to_owned(),
        ..Note::default()
    }
}

fn malformed(source: ElfError) -> LinkError {
    LinkError::Malformed { what: "the linked program".into(), source }
}
