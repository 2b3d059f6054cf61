//! Segments: what is loaded.

use goblin::elf::ProgramHeader;

use super::ElfError;

/// A segment that is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'data> {
    /// Its address.
    pub address: u64,
    /// Its size in memory.
    pub size: u64,
    /// What of it is in the file. The rest is zero.
    pub data: &'data [u8],
}

impl<'data> Segment<'data> {
    pub(super) fn new(header: &ProgramHeader, file: &'data [u8]) -> Result<Self, ElfError> {
        let address = header.p_vaddr;
        let data = contents(header, file).ok_or(ElfError::Segment { address })?;
        Ok(Self { address, size: header.p_memsz, data })
    }
}

fn contents<'data>(header: &ProgramHeader, file: &'data [u8]) -> Option<&'data [u8]> {
    match header.p_filesz {
        0 => Some(&[]),
        _ => file.get(header.file_range()),
    }
}
