//! The ELF header: what the file is, and where its tables are.

use crate::{
    Isa, ReadError, Source,
    fields::{Fields, end},
    section::Section,
    segment::Segment,
    table::Record,
};
use core::fmt;

const SIZE: u16 = 52;
const ELFCLASS32: u8 = 1;
const ELFDATA2LSB: u8 = 1;
const ET_DYN: u16 = 3;

/// The header of a 32-bit little-endian shared object whose header tables lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The function pointer of the entry. `None`: a library, which has no `main`.
    pub entry: Option<u32>,
    /// `e_flags`: the version of the ABI, and its float variant where the linker says it.
    pub flags: u32,
    /// Where the segment table is in the file.
    pub segments_offset: u32,
    /// How many segments there are.
    pub segment_count: u16,
    /// Where the section table is in the file.
    pub sections_offset: u32,
    /// How many sections there are.
    pub section_count: u16,
    /// The section that holds the sections' names.
    pub names_section: u16,
}

/// Why a file is no module for this machine at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The file can't be read.
    Read(ReadError),
    /// It does not begin as an ELF file does.
    NotElf,
    /// The file ends inside of its ELF header.
    NoHeader,
    /// It is not a 32-bit file.
    Class(u8),
    /// It is not little-endian.
    ByteOrder(u8),
    /// It is for another machine.
    Machine {
        /// `e_machine` of the file.
        found: u16,
        /// `e_machine` of a module.
        wanted: u16,
    },
    /// It is not a shared object.
    Kind(u16),
    /// Its tables have records of an unknown size.
    RecordSize(u16),
    /// A table of headers lies past the end of the file.
    Cut {
        /// Where the table would end.
        end: u64,
        /// The size of the file.
        length: u32,
    },
}

impl Header {
    pub(crate) fn read<I: Isa>(source: &impl Source) -> Result<Self, Error> {
        let mut bytes = [0; 52];
        read_magic(source)?;
        if source.length() < SIZE.into() {
            return Err(Error::NoHeader);
        }
        source.read(0, &mut bytes).map_err(|error| Error::Read(error.into()))?;
        let fields = Fields(&bytes);
        check_identity::<I>(fields)?;
        check_sizes(fields)?;
        let header = Self::parse(fields);
        let length = source.length();
        for end in header.tables_ends() {
            if end > u64::from(length) {
                return Err(Error::Cut { end, length });
            }
        }
        Ok(header)
    }

    fn parse(fields: Fields<'_>) -> Self {
        Self {
            entry: Some(fields.u32(24)).filter(|&entry| entry != 0),
            segments_offset: fields.u32(28),
            sections_offset: fields.u32(32),
            flags: fields.u32(36),
            segment_count: fields.u16(44),
            section_count: fields.u16(48),
            names_section: fields.u16(50),
        }
    }

    fn tables_ends(&self) -> [u64; 2] {
        let size = |count: u16, record: u16| u32::from(count).saturating_mul(u32::from(record));
        [
            end(self.segments_offset, size(self.segment_count, Segment::SIZE)),
            end(self.sections_offset, size(self.section_count, Section::SIZE)),
        ]
    }
}

fn read_magic(source: &impl Source) -> Result<(), Error> {
    let mut magic = [0; 4];
    if source.length() >= 4 {
        source.read(0, &mut magic).map_err(|error| Error::Read(error.into()))?;
    }
    if magic == *b"\x7fELF" { Ok(()) } else { Err(Error::NotElf) }
}

fn check_identity<I: Isa>(fields: Fields<'_>) -> Result<(), Error> {
    let (class, order) = (fields.u8(4), fields.u8(5));
    let (kind, machine) = (fields.u16(16), fields.u16(18));
    if class != ELFCLASS32 {
        Err(Error::Class(class))
    } else if order != ELFDATA2LSB {
        Err(Error::ByteOrder(order))
    } else if machine != I::MACHINE {
        Err(Error::Machine { found: machine, wanted: I::MACHINE })
    } else if kind != ET_DYN {
        Err(Error::Kind(kind))
    } else {
        Ok(())
    }
}

fn check_sizes(fields: Fields<'_>) -> Result<(), Error> {
    let sizes = [(40, SIZE), (42, Segment::SIZE), (46, Section::SIZE)];
    let wrong = sizes.into_iter().find(|&(at, size)| fields.u16(at) != size);
    wrong.map_or(Ok(()), |(at, _)| Err(Error::RecordSize(fields.u16(at))))
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(out),
            Self::NotElf => out.write_str("not an ELF file"),
            Self::NoHeader => out.write_str("the file ends inside of its ELF header"),
            Self::Class(_) => out.write_str("not a 32-bit ELF file"),
            Self::ByteOrder(_) => out.write_str("not a little-endian ELF file"),
            Self::Machine { found, wanted } => {
                write!(out, "made for machine {found}, not for machine {wanted}")
            }
            Self::Kind(1) => out.write_str("an object file (ET_REL), not a shared object"),
            Self::Kind(2) => out.write_str("a program for a fixed address (ET_EXEC), not a shared object"),
            Self::Kind(kind) => write!(out, "of ELF type {kind}, not a shared object"),
            Self::RecordSize(size) => {
                write!(out, "its ELF header gives an unknown record size, {size}")
            }
            Self::Cut { end, length } => {
                write!(out, "cut short: a table of headers ends at {end}, the file at {length}")
            }
        }
    }
}

impl core::error::Error for Error {}
