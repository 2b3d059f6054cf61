//! Sections.

use std::ops::Range;

use goblin::elf::SectionHeader;
use goblin::elf::section_header::{
    SHF_ALLOC, SHF_COMPRESSED, SHF_EXECINSTR, SHF_TLS, SHF_WRITE, SHT_NOBITS, SHT_NOTE, SHT_NULL, SHT_REL, SHT_RELA,
};

use super::ElfError;
use super::strings::string_at;

/// A section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section<'data> {
    /// Its number in the file.
    pub index: usize,
    /// Its name.
    pub name: &'data str,
    /// Its address.
    pub address: u64,
    /// Its size in memory.
    pub size: u64,
    /// What its address is a multiple of.
    pub alignment: u64,
    /// Its contents; empty for zeros.
    pub data: &'data [u8],
    /// Where these are in the file.
    pub offset: usize,
    kind: u32,
    flags: u64,
    pub(super) link: usize,
    pub(super) info: usize,
}

impl<'data> Section<'data> {
    pub(super) fn new(
        index: usize,
        header: &SectionHeader,
        names: &'data [u8],
        file: &'data [u8],
    ) -> Result<Self, ElfError> {
        Ok(Self {
            index,
            name: string_at(names, header.sh_name).ok_or(ElfError::SectionName { index })?,
            address: header.sh_addr,
            size: header.sh_size,
            alignment: header.sh_addralign,
            data: contents(header, file).ok_or(ElfError::Section { index })?,
            offset: usize::try_from(header.sh_offset).unwrap_or(usize::MAX),
            kind: header.sh_type,
            flags: header.sh_flags,
            link: header.sh_link as usize,
            info: header.sh_info as usize,
        })
    }

    /// Its addresses.
    pub fn range(&self) -> Range<u64> {
        self.address..self.address.saturating_add(self.size)
    }

    /// The little-endian word of `size` bytes at an address.
    pub fn word(&self, address: u64, size: u32) -> Option<u64> {
        let start = usize::try_from(address.checked_sub(self.address)?).ok()?;
        let word = self.data.get(start..)?.get(..size as usize)?;
        Some(word.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)))
    }

    /// Whether it takes memory at run time.
    pub fn is_allocated(&self) -> bool {
        self.has(SHF_ALLOC)
    }

    /// Whether it is a part of the image.
    pub fn is_loaded(&self) -> bool {
        self.is_allocated() && !self.is_thread_local() && self.size > 0
    }

    /// Whether the program never writes to it. Constants that contain addresses are writable only for the loader.
    pub fn is_constant(&self) -> bool {
        !self.is_writable() || self.name == ".got" || self.name.starts_with(".data.rel.ro")
    }

    /// Whether it is marked as writable.
    pub fn is_writable(&self) -> bool {
        self.has(SHF_WRITE)
    }

    /// Whether each thread has its own.
    pub fn is_thread_local(&self) -> bool {
        self.has(SHF_TLS)
    }

    /// Whether it is code.
    pub fn is_code(&self) -> bool {
        self.has(SHF_ALLOC) && self.has(SHF_EXECINSTR)
    }

    /// Whether it begins as zero, and takes nothing in the file.
    pub fn is_zeroed(&self) -> bool {
        self.kind == SHT_NOBITS
    }

    pub(super) fn is_compressed(&self) -> bool {
        self.has(SHF_COMPRESSED)
    }

    pub(super) fn has_notes(&self) -> bool {
        self.kind == SHT_NOTE
    }

    pub(super) fn is(&self, kind: u32) -> bool {
        self.kind == kind
    }

    /// Whether its relocations have addends; `None` if it has no relocations.
    pub(super) fn has_addends(&self) -> Option<bool> {
        match self.kind {
            SHT_REL => Some(false),
            SHT_RELA => Some(true),
            _ => None,
        }
    }

    fn has(&self, flag: u32) -> bool {
        self.flags & u64::from(flag) != 0
    }
}

pub(super) fn contents<'data>(header: &SectionHeader, file: &'data [u8]) -> Option<&'data [u8]> {
    match header.sh_type {
        SHT_NULL | SHT_NOBITS => Some(&[]),
        _ if header.sh_size == 0 => Some(&[]),
        _ => file.get(header.file_range()?),
    }
}
