//! The note: what a module says of itself, to `mkmod info` and to the loader.
//!
//! An ELF note of owner `RTTM` and type 1 in a section `.note.rtt-mod` that is not loaded. Its description, little-endian:
//!
//! | offset | field |
//! |---|---|
//! | 0 | `u32` CRC-32 of the whole file, with these four bytes taken as zero |
//! | 4, 6 | `u16` major and minor version of the module ABI |
//! | 8 | `u32` bytes of stack that the main thread asks for |
//! | 12 | `u32` bytes of the heap arena in the image, 0 for none |
//! | 16 | `u8` priority of the main thread, 0xFF for the loading thread's |
//! | 17 | `u8` flags: bit 0 starts by itself at boot, bit 1 has no `main`, bit 2 is installed as a command, bit 3 is resident |
//! | 18 | `u16` zero |
//! | 20 | `u8[8]` build id, as in `.note.gnu.build-id` of the unstripped ELF |
//! | 28 | name, version, description and target, each UTF-8 and NUL-terminated |

use crate::{Isa, Module, Name, ReadError, Section, SectionKind, Source, Span, crc32, fields::Fields, module::is_kind};
use core::{fmt, str};

/// The owner of the note.
pub const OWNER: &[u8; 4] = b"RTTM";
/// The type of the note.
pub const TYPE: u32 = 1;
/// The section that holds the note.
pub const SECTION: &str = ".note.rtt-mod";
/// The size of its name, with its NUL.
const NAME_SIZE: u32 = 14;
/// Where the strings begin in the description.
pub const STRINGS: usize = 28;
const STRINGS_OFFSET: u32 = 28;
/// `priority` of a module that runs at the priority of the thread that loads it.
pub const PRIORITY_DEFAULT: u8 = 0xff;

/// The size of an ELF note's header, and of our owner's name, padded.
const HEADER: u32 = 12;
const OWNER_PADDED: u32 = 8;

/// What a module says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'b> {
    /// The checksum of the file.
    pub checksum: u32,
    /// The major version of the module ABI: that of the marker `rtt_mod_abi_MAJOR`.
    pub abi_major: u16,
    /// The minor version of the module ABI that the module needs at least.
    pub abi_minor: u16,
    /// How much stack the main thread asks for.
    pub stack_bytes: u32,
    /// The size of the heap arena in the image; 0 for none.
    pub heap_bytes: u32,
    /// The priority of the main thread; `None`: that of the thread that loads it.
    pub priority: Option<u8>,
    /// Whether the module is to be started at boot.
    pub autostart: bool,
    /// Whether the module is a library, which has no `main`.
    pub library: bool,
    /// Whether the module is installed where the shell finds it by its bare name.
    pub command: bool,
    /// Whether the module stays once it is loaded; it is a library then, with an `init`.
    pub resident: bool,
    /// The build id of the unstripped ELF.
    pub build_id: [u8; 8],
    /// The name of the program.
    pub name: &'b str,
    /// Its version.
    pub version: &'b str,
    /// One line about it.
    pub description: &'b str,
    /// What it was compiled for, as rustc calls it.
    pub target: &'b str,
}

/// Why a note can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The file can't be read.
    Read(ReadError),
    /// The note does not fit into the buffer.
    TooLong(u32),
    /// The note's header is damaged.
    Header,
    /// The note ends too early, or its strings are not four.
    Incomplete,
    /// A string is not UTF-8.
    NotText,
}

impl<'b> Note<'b> {
    /// Parses the description of a note.
    ///
    /// # Errors
    /// When it is not complete.
    pub fn parse(description: &'b [u8]) -> Result<Self, Error> {
        let fields = Fields(description);
        let strings = description.get(STRINGS..).ok_or(Error::Incomplete)?;
        let mut strings = Strings(strings);
        let (priority, flags) = (fields.u8(16), fields.u8(17));
        Ok(Self {
            checksum: fields.u32(0),
            abi_major: fields.u16(4),
            abi_minor: fields.u16(6),
            stack_bytes: fields.u32(8),
            heap_bytes: fields.u32(12),
            priority: Some(priority).filter(|&priority| priority != PRIORITY_DEFAULT),
            autostart: flags & 1 != 0,
            library: flags & 2 != 0,
            command: flags & 4 != 0,
            resident: flags & 8 != 0,
            build_id: fields.array(20),
            name: strings.next()?,
            version: strings.next()?,
            description: strings.next()?,
            target: strings.next()?,
        })
    }
}

/// The strings that are left in a description.
struct Strings<'b>(&'b [u8]);

impl<'b> Strings<'b> {
    fn next(&mut self) -> Result<&'b str, Error> {
        let end = self.0.iter().position(|&byte| byte == 0).ok_or(Error::Incomplete)?;
        let (text, rest) = self.0.split_at_checked(end).ok_or(Error::Incomplete)?;
        self.0 = rest.get(1..).unwrap_or_default();
        str::from_utf8(text).map_err(|_| Error::NotText)
    }
}

/// What the note says that the loader has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Where the note is.
    pub place: Place,
    /// The checksum of the file.
    pub checksum: u32,
    /// The major version of the module ABI.
    pub abi_major: u16,
    /// The minor version of the module ABI that the module needs at least.
    pub abi_minor: u16,
}

fn unreadable(error: impl Into<ReadError>) -> Error {
    Error::Read(error.into())
}

/// Where the description of the note is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its first byte, where the checksum is.
    pub offset: u32,
    /// Its size.
    pub size: u32,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// Where the note is, or `None` if the module has none, as one that was not made by `mkmod-ld`.
    ///
    /// # Errors
    /// When there is a section of that name that holds something else, or the file can't be read.
    pub fn note_place(&self) -> Result<Option<Place>, Error> {
        for section in self.sections().filter_map(is_kind(SectionKind::Note)) {
            let section = section.map_err(unreadable)?;
            if self.is_called_note(&section).map_err(unreadable)? {
                return self.place_in(section.offset, section.size).map(Some);
            }
        }
        Ok(None)
    }

    fn is_called_note(&self, section: &Section) -> Result<bool, S::Error> {
        let mut name = [0; 14];
        let extent = self.names(self.header().names_section.into())?.and_then(|names| names.extent(section.name));
        // Behind a shorter name at the end of the file, there may be fewer bytes.
        let extent = extent.filter(|&(start, _)| Span { start, size: NAME_SIZE }.is_within(self.source().length()));
        if let Some((start, _)) = extent {
            self.source().read(start, &mut name)?;
        }
        Ok(name.split_last() == Some((&0, SECTION.as_bytes())))
    }

    /// Reads the note into `buffer`.
    ///
    /// # Errors
    /// When there is one but it is damaged or longer than `buffer`, or the file can't be read.
    pub fn note<'b>(&self, buffer: &'b mut [u8]) -> Result<Option<Note<'b>>, Error> {
        let Some(place) = self.note_place()? else {
            return Ok(None);
        };
        let size = usize::try_from(place.size).unwrap_or(usize::MAX);
        let bytes = buffer.get_mut(..size).ok_or(Error::TooLong(place.size))?;
        self.source().read(place.offset, bytes).map_err(unreadable)?;
        Note::parse(bytes).map(Some)
    }

    /// What the loader needs of the note, however long its texts are, or `None` if the module has none.
    ///
    /// # Errors
    /// When there is one but it is damaged, or the file can't be read.
    pub fn claims(&self) -> Result<Option<Claims>, Error> {
        let Some(place) = self.note_place()? else {
            return Ok(None);
        };
        let mut head = [0; 8];
        self.source().read(place.offset, &mut head).map_err(unreadable)?;
        let fields = Fields(&head);
        Ok(Some(Claims { place, checksum: fields.u32(0), abi_major: fields.u16(4), abi_minor: fields.u16(6) }))
    }

    /// Reads what the module was compiled for, as rustc calls it: the last of the note's four texts. `false`: it is not there.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn target(&self, place: Place, name: &mut Name) -> Result<bool, S::Error> {
        let end = place.offset.saturating_add(place.size).min(self.source().length());
        let mut at = place.offset.saturating_add(STRINGS_OFFSET);
        let mut texts = 0_u32;
        while texts < 3 && at < end {
            let mut byte = [0];
            self.source().read(at, &mut byte)?;
            at = at.saturating_add(1);
            texts = if byte == [0] { texts.saturating_add(1) } else { texts };
        }
        Ok(at < end && name.read(self.source(), at, end)?)
    }

    /// The checksum that the note of this file must have.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn checksum(&self, place: Place) -> Result<u32, S::Error> {
        crc32(self.source(), place.offset)
    }

    fn place_in(&self, offset: u32, size: u32) -> Result<Place, Error> {
        let mut header = [0; 20];
        self.source().read(offset, &mut header).map_err(unreadable)?;
        let fields = Fields(&header);
        let start = HEADER.saturating_add(OWNER_PADDED);
        let description = fields.u32(4);
        let is_ours = fields.u32(0) == 5 && fields.u32(8) == TYPE && fields.array(12) == *b"RTTM\0";
        let is_inside = size.checked_sub(start).is_some_and(|room| description <= room);
        match offset.checked_add(start) {
            Some(offset) if is_ours && is_inside => Ok(Place { offset, size: description }),
            _ => Err(Error::Header),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(out),
            Self::TooLong(size) => write!(out, "the note is too long, {size} bytes"),
            Self::Header => out.write_str("the note's header is damaged"),
            Self::Incomplete => out.write_str("the note is not complete"),
            Self::NotText => out.write_str("the note holds a text that is not UTF-8"),
        }
    }
}

impl core::error::Error for Error {}
