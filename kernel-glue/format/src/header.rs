//! The ELF header: what the file is, and where its tables are.

use crate::{
    Bytes, Class, Detail, Isa, Layout, ReadError, Section, Segment, Source, Span,
    class::{record, size},
    elf::{EI_CLASS, EI_DATA, EI_VERSION, ELFDATA2LSB, ELFMAG, ET_DYN, ET_EXEC, ET_REL, EV_CURRENT},
    fields::{Fields, FieldsMut},
};
use core::{fmt, num::NonZero};

/// Where `e_type`, `e_machine` and `e_version` are, in files of each class.
const KIND: usize = 16;
const MACHINE: usize = 18;
const VERSION: usize = 20;

/// The header of a little-endian shared object whose header tables lie in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The function pointer of the entry. `None`: a library, which has no `main`.
    pub entry: Option<NonZero<u32>>,
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
    /// It is of another class: 1 is that of 32-bit files, 2 that of 64-bit files.
    Class(Detail<u8>),
    /// It is not little-endian.
    ByteOrder(Detail<u8>),
    /// It is for another machine.
    Machine {
        /// `e_machine` of the file.
        found: Detail<u16>,
        /// `e_machine` of a module.
        wanted: Detail<u16>,
    },
    /// It is not a shared object.
    Kind(Detail<u16>),
    /// Its tables have records of an unknown size.
    RecordSize(Detail<u16>),
    /// A table of headers lies past the end of the file.
    Cut {
        /// Where the table would be.
        table: Detail<Span>,
        /// The size of the file.
        length: Detail<u32>,
    },
}

impl Header {
    /// Reads the header of a file.
    ///
    /// # Errors
    /// When the file is no shared object for this instruction set, or its header tables do not lie in the file.
    pub fn read<I: Isa>(source: &impl Source) -> Result<Self, Error> {
        let mut bytes = <I::Class as Layout<Self>>::Bytes::ZERO;
        let length = source.length();
        let in_file = usize::try_from(length).unwrap_or(usize::MAX).min(bytes.as_ref().len());
        source
            .read(0, bytes.as_mut().get_mut(..in_file).unwrap_or_default())
            .map_err(|error| Error::Read(error.into()))?;
        let fields = Fields(bytes.as_ref());
        if fields.array(0) != ELFMAG {
            return Err(Error::NotElf);
        }
        if in_file < bytes.as_ref().len() {
            return Err(Error::NoHeader);
        }
        check_identity::<I>(fields)?;
        check_sizes::<I::Class>(fields)?;
        let header = <I::Class as Layout<Self>>::parse(fields);
        let (segments, sections) = header.tables::<I::Class>();
        if !segments.is_within(length) {
            return Err(Error::Cut { table: segments.into(), length: length.into() });
        }
        if !sections.is_within(length) {
            return Err(Error::Cut { table: sections.into(), length: length.into() });
        }
        Ok(header)
    }

    /// The bytes of the header in a file for the instruction set `I`.
    pub fn bytes<I: Isa>(&self) -> <I::Class as Layout<Self>>::Bytes {
        let mut bytes = record::<I::Class, Self>(self);
        let mut fields = FieldsMut(bytes.as_mut());
        fields.put(0, ELFMAG);
        fields.put_u8(EI_CLASS, I::Class::NUMBER);
        fields.put_u8(EI_DATA, ELFDATA2LSB);
        fields.put_u8(EI_VERSION, EV_CURRENT);
        fields.put_u16(KIND, ET_DYN);
        fields.put_u16(MACHINE, I::MACHINE);
        fields.put_u32(VERSION, EV_CURRENT.into());
        for (at, size) in sizes::<I::Class>() {
            fields.put_u16(at, size);
        }
        bytes
    }

    fn tables<C: Class>(&self) -> (Span, Span) {
        let table =
            |start, count: u16, record: u16| Span { start, size: u32::from(count).saturating_mul(record.into()) };
        (
            table(self.segments_offset, self.segment_count, size::<C, Segment>()),
            table(self.sections_offset, self.section_count, size::<C, Section>()),
        )
    }
}

fn check_identity<I: Isa>(fields: Fields<'_>) -> Result<(), Error> {
    let (class, order) = (fields.u8(EI_CLASS), fields.u8(EI_DATA));
    let (kind, machine) = (fields.u16(KIND), fields.u16(MACHINE));
    if class != I::Class::NUMBER {
        Err(Error::Class(class.into()))
    } else if order != ELFDATA2LSB {
        Err(Error::ByteOrder(order.into()))
    } else if machine != I::MACHINE {
        Err(Error::Machine { found: machine.into(), wanted: I::MACHINE.into() })
    } else if kind != ET_DYN {
        Err(Error::Kind(kind.into()))
    } else {
        Ok(())
    }
}

fn check_sizes<C: Class>(fields: Fields<'_>) -> Result<(), Error> {
    let check = |(at, size)| match fields.u16(at) {
        said if said == size => Ok(()),
        said => Err(Error::RecordSize(said.into())),
    };
    let [header, segment, section] = sizes::<C>();
    check(header)?;
    check(segment)?;
    check(section)
}

/// Where the header holds the sizes of the records, and what they are.
fn sizes<C: Class>() -> [(usize, u16); 3] {
    let at = C::SIZES;
    [
        (at, size::<C, Header>()),
        (at.saturating_add(2), size::<C, Segment>()),
        (at.saturating_add(6), size::<C, Section>()),
    ]
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(out, "the file {error}"),
            Self::NotElf => out.write_str("not an ELF file"),
            Self::NoHeader => out.write_str("the file ends inside of its ELF header"),
            Self::Class(class) => match class.get() {
                1 => out.write_str("a 32-bit ELF file, not a 64-bit one"),
                2 => out.write_str("a 64-bit ELF file, not a 32-bit one"),
                class => write!(out, "an ELF file of class {class}, which is unknown"),
            },
            Self::ByteOrder(_) => out.write_str("not a little-endian ELF file"),
            Self::Machine { found, wanted } => {
                write!(out, "made for machine {}, not for machine {}", found.get(), wanted.get())
            }
            Self::Kind(kind) => match kind.get() {
                ET_REL => out.write_str("an object file (ET_REL), not a shared object"),
                ET_EXEC => out.write_str("a program for a fixed address (ET_EXEC), not a shared object"),
                kind => write!(out, "of ELF type {kind}, not a shared object"),
            },
            Self::RecordSize(size) => {
                write!(out, "its ELF header gives an unknown record size, {}", size.get())
            }
            Self::Cut { table, length } => {
                let (table, length) = (table.get().end(), length.get());
                write!(out, "cut short: a table of headers ends at {table}, the file at {length}")
            }
        }
    }
}

impl core::error::Error for Error {}
