//! The stack that a module asks for: proved sufficient, or set to what it needs.

use std::collections::BTreeSet;

use super::error::LinkError;
use super::module::Module;
use crate::elf::ElfFile;
use crate::module::Note;
use crate::stack::{self, Input, InterruptStack, Report, StackSize};
use format::note;

/// Where `stack_bytes` is in `struct rttm_app`.
const STACK_BYTES: u64 = 4;

/// Refuses a program whose stack is too small for it, and notes its largest frame. One that leaves the size to the linker
/// gets it in its note, and in what it gives the kernel in its first call. `allowed` is what its closures may take in
/// interrupts.
pub fn resolve(elf: &mut [u8], module: &mut Module, note: &mut Note, allowed: InterruptStack) -> Result<(), LinkError> {
    let requested = requested_size(elf, note)?;
    let imports: BTreeSet<&str> = module.imports.iter().map(|import| import.name.as_str()).collect();
    let file_name = format!("{}.mo", note.name);
    let input = Input { name: &file_name, program: elf, imports: &imports, stack_bytes: Some(note.stack_bytes) };
    let root = std::env::current_dir().ok();
    let report = Report::of(input, root.as_deref())?;
    stack::check_interrupts(&report, allowed)?;
    note.timers_need_threads = !report.timers_fit_worker();
    let largest_frame = |stack_bytes| u32::try_from(report.frames.largest_at_the_end(stack_bytes)).unwrap_or(u32::MAX);
    let Some(requested) = requested else {
        if note.stack().is_some() {
            note.largest_frame = largest_frame(note.stack_bytes);
        }
        return Ok(());
    };
    let stack_bytes = stack::check(&report, requested)?;
    note.largest_frame = largest_frame(stack_bytes);
    note.stack_is_proven = report.is_proven_in(stack_bytes);
    if let (StackSize::Automatic { .. }, Some(app)) = (requested, report.app) {
        note.stack_bytes = stack_bytes;
        write_word(elf, module, app + STACK_BYTES, stack_bytes);
    }
    Ok(())
}

/// What the program says of its stack. `None`: it says nothing, as one in C, or has no threads of its own.
fn requested_size(elf: &[u8], note: &Note) -> Result<Option<StackSize>, LinkError> {
    let malformed = |source| LinkError::Malformed { what: "the linked program".into(), source };
    let file = ElfFile::parse(elf).map_err(malformed)?;
    let Some(section) = file.section_by_name(note::DRAFT).filter(|_| note.stack().is_some()) else {
        return Ok(None);
    };
    let is_automatic = note::leaves_stack_to_linker(section.data);
    let bytes = note.stack_bytes;
    Ok(Some(if is_automatic { StackSize::Automatic { default: bytes } } else { StackSize::Bytes(bytes) }))
}

/// Changes a word of the image, and of the program for the debugger.
fn write_word(elf: &mut [u8], module: &mut Module, address: u64, value: u32) {
    let place = ElfFile::parse(elf).ok().and_then(|file| {
        let section = file.sections().find(|section| section.word(address, 4).is_some())?;
        Some(section.offset + usize::try_from(address - section.address).ok()?)
    });
    let image = module.image.bytes.get_mut(address as usize..).and_then(|bytes| bytes.first_chunk_mut());
    let program = place.and_then(|place| elf.get_mut(place..)).and_then(|bytes| bytes.first_chunk_mut());
    for bytes in [image, program].into_iter().flatten() {
        *bytes = value.to_le_bytes();
    }
}
