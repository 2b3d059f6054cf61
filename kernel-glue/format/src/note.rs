//! The note: what a module says of itself, to `mkmod` and to the loader.
//!
//! An ELF note of owner `RTTM` and type 2 in a section `.note.rtt-mod` that is not loaded. Its description is little-endian:
//!
//! | offset | field |
//! |---|---|
//! | 0 | `u32` checksum of the whole file, with these four bytes taken as zero |
//! | 4, 6 | `u16` major and minor version of the module ABI |
//! | 8 | `u16` bytes of stack that the main thread asks for, or a resident module for its `init`; each shell command gets as much |
//! | 10 | `u16` the largest frame that may lie at the end of a stack, in units of 8 bytes; 0 if it is not known |
//! | 12 | `u32` bytes of the heap arena in the image, 0 for none |
//! | 16 | `u8` priority of the main thread, 0xFF for the priority of the thread that loads the module |
//! | 17 | `u8` flags: bit 0 starts at boot, bit 1 has no `main`, bit 2 is installed as a command, bit 3 is resident, bit 4 the stack is proven to be enough, bit 5 its soft timers may need more stack than the worker has, bit 6 its image is in the memheap that a fifth text names |
//! | 18 | `u16` workspace: where in the image the loader may read tables to, in units of 4 bytes; in a draft, 1 in the first byte if the linker sets the size of the stack, and in the second the level at which a built-in module is loaded, or 0 |
//! | 20 | `u8[8]` build id, as in `.note.gnu.build-id` of the unstripped ELF |
//! | 28 | name, version, description and target, each UTF-8 and NUL-terminated; with bit 6 of the flags the name of a memheap |

use crate::{
    Detail, ReadError, Source,
    fields::{Fields, FieldsMut},
};
use core::{fmt, str};

/// The owner of the note.
pub const OWNER: [u8; 5] = *b"RTTM\0";
/// The type of the note, which is the version of the file format.
pub const TYPE: u32 = 2;
/// The types of earlier versions, whose files no loader loads any more.
const OLD_TYPES: core::ops::RangeInclusive<u32> = 1..=1;
/// The section that holds the note.
pub const SECTION: &str = ".note.rtt-mod";
/// The section of an unfinished program that holds the description of its note, as far as its source says it. The linker
/// completes it.
pub const DRAFT: &str = ".rtt_mod.note";
/// The name of every module's import that stands for the module ABI, without the major version at its end.
pub const ABI_MARKER: &str = "rtt_mod_abi_";
/// The same as bytes.
pub const ABI_MARKER_BYTES: [u8; 12] = *b"rtt_mod_abi_";
/// The import of a module whose image is in a memheap of its choice: a kernel that can't place it there does not export it.
pub const MEMHEAP_MARKER: &str = "rttm_memheap";
/// The most bytes of the name of a memheap.
pub const MEMHEAP_MAX: usize = 31;
/// Where the checksum is in the description.
pub const CHECKSUM: usize = 0;
/// Where the workspace is in the description.
const WORKSPACE: usize = 18;
/// Where a draft says whether the linker sets the size of the stack.
const AUTOMATIC_STACK: usize = 18;
/// Where a draft says at which level of RT-Thread's initialization a built-in module is loaded.
const INIT_LEVEL: usize = 19;
/// Where the build id is in the description.
pub const BUILD_ID: usize = 20;
/// The same, in the arithmetic of files.
const BUILD_ID_OFFSET: u32 = 20;
/// Where the texts begin in the description.
pub const STRINGS: usize = 28;
/// The same, in the arithmetic of files.
const STRINGS_OFFSET: u32 = 28;
/// Where the description is in the section: behind the header of an ELF note, and the padded name of our owner.
pub const DESCRIPTION: usize = 20;
/// The same, in the arithmetic of files.
const DESCRIPTION_OFFSET: u32 = 20;

/// How much of the description a loader reads.
const HEAD: usize = 20;
/// The same, in the arithmetic of files.
const HEAD_SIZE: u32 = 20;

/// The field `priority` of a module that runs at the priority of the thread that loads it.
const PRIORITY_DEFAULT: u8 = 0xff;

const AUTOSTART: u8 = 1;
const LIBRARY: u8 = 2;
const COMMAND: u8 = 4;
const RESIDENT: u8 = 8;
const STACK_IS_PROVEN: u8 = 16;
const TIMERS_NEED_THREADS: u8 = 32;
const IN_MEMHEAP: u8 = 64;

/// Frames are multiples of that.
const FRAME_UNIT: u32 = 8;

/// What a module says of itself. `T` is the type of its texts: `&str` where they are in a buffer, or `String`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Note<T> {
    /// The checksum of the file.
    pub checksum: u32,
    /// The major version of the module ABI, as in the name of the import `rtt_mod_abi_MAJOR`; 0 if the module does not use
    /// the ABI.
    pub abi_major: u16,
    /// The minor version of the module ABI that the module needs at least.
    pub abi_minor: u16,
    /// The stack that its threads ask for, in bytes: see [`stack`](Self::stack).
    pub stack_bytes: u32,
    /// The largest frame that may lie at the end of a stack, in bytes; 0: it is not known.
    pub largest_frame: u32,
    /// Whether nothing that has a stack of `stack_bytes` can need more.
    pub stack_is_proven: bool,
    /// Whether the closures of its soft timers are called in threads of the module's, since the worker's stack may be too small.
    pub timers_need_threads: bool,
    /// The size of the heap arena in the image, in bytes; 0 for none.
    pub heap_bytes: u32,
    /// The priority of the main thread; `None`: the priority of the thread that loads the module.
    pub priority: Option<u8>,
    /// Whether the module is to be started at boot.
    pub autostart: bool,
    /// Whether the module is a library, which has no `main`.
    pub library: bool,
    /// Whether the module is installed where the shell finds it by its bare name.
    pub command: bool,
    /// Whether the module stays once it is loaded; it is a library then, with an `init`.
    pub resident: bool,
    /// Where the workspace is in the image, in words of four bytes.
    pub workspace: u16,
    /// The build id of the unstripped ELF.
    pub build_id: [u8; 8],
    /// The name of the program.
    pub name: T,
    /// Its version.
    pub version: T,
    /// One line about it.
    pub description: T,
    /// The Rust target that it was compiled for.
    pub target: T,
    /// The memheap that its image is in; `None`: where the kernel has images.
    pub memheap: Option<T>,
}

/// Why a note can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The file can't be read.
    Read(ReadError),
    /// It has more bytes than there is room for.
    TooLong(Detail<u32>),
    /// Its header is damaged.
    Header,
    /// It is of an earlier version of the file format.
    Old,
    /// It ends too early.
    Incomplete,
    /// A text is not UTF-8.
    NotText,
}

impl<'b> Note<&'b str> {
    /// Parses the description of a note.
    ///
    /// # Errors
    /// When it is not complete.
    pub fn parse(description: &'b [u8]) -> Result<Self, Error> {
        let fields = Fields(description);
        let mut strings = Strings(description.get(STRINGS..).ok_or(Error::Incomplete)?);
        let (priority, flags) = (fields.u8(16), fields.u8(17));
        Ok(Self {
            checksum: fields.u32(CHECKSUM),
            abi_major: fields.u16(4),
            abi_minor: fields.u16(6),
            stack_bytes: fields.u16(8).into(),
            largest_frame: largest_frame(fields.u16(10)),
            stack_is_proven: flags & STACK_IS_PROVEN != 0,
            timers_need_threads: flags & TIMERS_NEED_THREADS != 0,
            heap_bytes: fields.u32(12),
            priority: Some(priority).filter(|&priority| priority != PRIORITY_DEFAULT),
            autostart: flags & AUTOSTART != 0,
            library: flags & LIBRARY != 0,
            command: flags & COMMAND != 0,
            resident: flags & RESIDENT != 0,
            workspace: fields.u16(WORKSPACE),
            build_id: fields.array(BUILD_ID),
            name: strings.next()?,
            version: strings.next()?,
            description: strings.next()?,
            target: strings.next()?,
            memheap: if flags & IN_MEMHEAP != 0 { Some(strings.next()?) } else { None },
        })
    }
}

/// Whether a draft leaves the size of the stack to the linker.
#[must_use]
pub fn leaves_stack_to_linker(draft: &[u8]) -> bool {
    draft.get(AUTOMATIC_STACK).is_some_and(|&byte| byte == 1)
}

/// The number of the level of RT-Thread's initialization at which a built-in module is loaded, as its draft says. `None`: at none.
#[must_use]
pub fn init_level(draft: &[u8]) -> Option<u8> {
    draft.get(INIT_LEVEL).copied().filter(|&level| level != 0)
}

impl<T> Note<T> {
    /// The stack of its threads, in bytes: of its `main` or its `init`, and of its shell commands. `None`: it is a library,
    /// whose functions run on the stacks of others.
    pub fn stack(&self) -> Option<u32> {
        (!self.library || self.resident).then_some(self.stack_bytes)
    }

    /// The same note with texts of another type.
    pub fn map<U>(self, mut text: impl FnMut(T) -> U) -> Note<U> {
        Note {
            checksum: self.checksum,
            abi_major: self.abi_major,
            abi_minor: self.abi_minor,
            stack_bytes: self.stack_bytes,
            largest_frame: self.largest_frame,
            stack_is_proven: self.stack_is_proven,
            timers_need_threads: self.timers_need_threads,
            heap_bytes: self.heap_bytes,
            priority: self.priority,
            autostart: self.autostart,
            library: self.library,
            command: self.command,
            resident: self.resident,
            workspace: self.workspace,
            build_id: self.build_id,
            name: text(self.name),
            version: text(self.version),
            description: text(self.description),
            target: text(self.target),
            memheap: self.memheap.map(text),
        }
    }
}

impl<T: AsRef<str>> Note<T> {
    /// Appends the description to `out`. A NUL in a text would end it early.
    pub fn write(&self, out: &mut impl Extend<u8>) {
        let mut head = [0; STRINGS];
        let mut fields = FieldsMut(&mut head);
        fields.put_u32(CHECKSUM, self.checksum);
        fields.put_u16(4, self.abi_major);
        fields.put_u16(6, self.abi_minor);
        fields.put_u16(8, u16::try_from(self.stack_bytes).unwrap_or(u16::MAX));
        fields.put_u16(10, u16::try_from(self.largest_frame.div_ceil(FRAME_UNIT)).unwrap_or(u16::MAX));
        fields.put_u32(12, self.heap_bytes);
        fields.put_u8(16, self.priority.unwrap_or(PRIORITY_DEFAULT));
        fields.put_u8(17, self.flags());
        fields.put_u16(WORKSPACE, self.workspace);
        fields.put(BUILD_ID, self.build_id);
        out.extend(head);
        for text in self.texts() {
            out.extend(text.as_ref().bytes().chain([0]));
        }
    }

    /// Appends the contents of the section to `out`: a multiple of four bytes.
    pub fn write_section(&self, out: &mut impl Extend<u8>) {
        let texts = self.texts().map(|text| text.as_ref().len().saturating_add(1));
        let size = texts.fold(STRINGS, usize::saturating_add);
        let mut header = [0; DESCRIPTION];
        let mut fields = FieldsMut(&mut header);
        fields.put_u32(0, OWNER_SIZE);
        fields.put_u32(4, u32::try_from(size).unwrap_or(u32::MAX));
        fields.put_u32(8, TYPE);
        fields.put(12, OWNER);
        out.extend(header);
        self.write(out);
        out.extend((size..size.next_multiple_of(4)).map(|_| 0));
    }

    /// In the order of the file.
    fn texts(&self) -> impl Iterator<Item = &T> {
        [&self.name, &self.version, &self.description, &self.target].into_iter().chain(&self.memheap)
    }

    fn flags(&self) -> u8 {
        let flags = [
            (self.autostart, AUTOSTART),
            (self.library, LIBRARY),
            (self.command, COMMAND),
            (self.resident, RESIDENT),
            (self.stack_is_proven, STACK_IS_PROVEN),
            (self.timers_need_threads, TIMERS_NEED_THREADS),
            (self.memheap.is_some(), IN_MEMHEAP),
        ];
        flags.into_iter().filter(|(is_set, _)| *is_set).fold(0, |all, (_, flag)| all | flag)
    }
}

/// In bytes.
fn largest_frame(units: u16) -> u32 {
    u32::from(units).saturating_mul(FRAME_UNIT)
}

/// How much of the texts is read at a time.
const PIECE: usize = 32;

/// The size of the owner's name with its NUL.
const OWNER_SIZE: u32 = 5;

/// The texts that are left in a description.
struct Strings<'b>(&'b [u8]);

impl<'b> Strings<'b> {
    fn next(&mut self) -> Result<&'b str, Error> {
        let end = self.0.iter().position(|&byte| byte == 0).ok_or(Error::Incomplete)?;
        let (text, rest) = self.0.split_at_checked(end).ok_or(Error::Incomplete)?;
        self.0 = rest.get(1..).unwrap_or_default();
        str::from_utf8(text).map_err(|_| Error::NotText)
    }
}

/// Where the description of the note is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its first byte, where the checksum is.
    pub offset: u32,
    /// Its size in bytes.
    pub size: u32,
}

/// The part of the note that a loader reads, however long the texts are.
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
    /// The largest frame that may lie at the end of a stack, in bytes; 0: it is not known.
    pub largest_frame: u32,
    /// Whether the stack that the module asks for is proven to be enough.
    pub stack_is_proven: bool,
    /// Whether the closures of its soft timers are called in threads of the module's.
    pub timers_need_threads: bool,
    /// Whether its image is in a memheap, whose name is the text behind the target.
    pub is_in_memheap: bool,
    /// How far the workspace is from the start of the image, in bytes.
    pub workspace: u32,
}

impl Claims {
    /// What a loader needs of the note in a section of `size` bytes at `offset`.
    ///
    /// # Errors
    /// When the section holds something else, or the file can't be read there.
    pub fn read<S: Source>(source: &S, offset: u32, size: u32) -> Result<Self, Error> {
        let mut bytes = [0; DESCRIPTION + HEAD];
        source.read(offset, &mut bytes).map_err(|error| Error::Read(error.into()))?;
        let fields = Fields(&bytes);
        let is_ours = fields.u32(0) == OWNER_SIZE && fields.array(12) == OWNER;
        if is_ours && OLD_TYPES.contains(&fields.u32(8)) {
            return Err(Error::Old);
        }
        let place = Place { offset: offset.saturating_add(DESCRIPTION_OFFSET), size: fields.u32(4) };
        let room = size.saturating_sub(DESCRIPTION_OFFSET);
        if !is_ours || fields.u32(8) != TYPE || place.size > room || room < HEAD_SIZE {
            return Err(Error::Header);
        }
        Ok(Self {
            place,
            checksum: fields.u32(DESCRIPTION + CHECKSUM),
            abi_major: fields.u16(DESCRIPTION + 4),
            abi_minor: fields.u16(DESCRIPTION + 6),
            largest_frame: largest_frame(fields.u16(DESCRIPTION + 10)),
            stack_is_proven: fields.u8(DESCRIPTION + 17) & STACK_IS_PROVEN != 0,
            timers_need_threads: fields.u8(DESCRIPTION + 17) & TIMERS_NEED_THREADS != 0,
            is_in_memheap: fields.u8(DESCRIPTION + 17) & IN_MEMHEAP != 0,
            workspace: u32::from(fields.u16(DESCRIPTION + WORKSPACE)).wrapping_mul(4),
        })
    }
}

impl Place {
    /// Identifies the build of the program. Zeros: the note has no room for it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn build_id<S: Source>(self, source: &S) -> Result<[u8; 8], S::Error> {
        let mut id = [0; 8];
        if self.size >= STRINGS_OFFSET && self.offset.saturating_add(STRINGS_OFFSET) <= source.length() {
            source.read(self.offset.saturating_add(BUILD_ID_OFFSET), &mut id)?;
        }
        Ok(id)
    }

    /// Where the last of the four texts begins, what the module was compiled for, and where it ends at the latest. `None`:
    /// there are fewer texts.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn target<S: Source>(self, source: &S) -> Result<Option<(u32, u32)>, S::Error> {
        let end = self.offset.saturating_add(self.size).min(source.length());
        let mut at = self.offset.saturating_add(STRINGS_OFFSET);
        let mut texts = 0_u32;
        while texts < 3 && at < end {
            let mut piece = [1; PIECE];
            let room = usize::try_from(end.saturating_sub(at)).unwrap_or(PIECE);
            source.read(at, piece.get_mut(..room.min(PIECE)).unwrap_or_default())?;
            for byte in piece.iter().take(room) {
                at = at.saturating_add(1);
                texts = texts.saturating_add(u32::from(*byte == 0));
                if texts == 3 {
                    break;
                }
            }
        }
        Ok((at < end).then_some((at, end)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(out, "the file {error}"),
            Self::TooLong(size) => write!(out, "the note is too long, {} bytes", size.get()),
            Self::Header => out.write_str("the note's header is damaged"),
            Self::Old => out.write_str("the note is of an earlier version of the file format"),
            Self::Incomplete => out.write_str("the note is not complete"),
            Self::NotText => out.write_str("the note holds a text that is not UTF-8"),
        }
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    fn note() -> Note<&'static str> {
        Note {
            checksum: 0x1234_5678,
            abi_major: 1,
            abi_minor: 2,
            stack_bytes: 4096,
            heap_bytes: 8192,
            priority: Some(20),
            autostart: true,
            command: true,
            build_id: [1, 2, 3, 4, 5, 6, 7, 8],
            name: "blink",
            version: "0.1.0",
            target: "thumbv7m-none-eabi",
            ..Note::default()
        }
    }

    fn written(note: Note<&str>) -> Vec<u8> {
        let mut bytes = Vec::new();
        note.write(&mut bytes);
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Note::parse(&written(note())), Ok(note()));
        let resident = Note { priority: None, library: true, resident: true, ..note() };
        assert_eq!(Note::parse(&written(resident)), Ok(resident));
        let in_memheap = Note { memheap: Some("tcm"), ..note() };
        assert_eq!(Note::parse(&written(in_memheap)), Ok(in_memheap));
    }

    #[test]
    fn a_note_that_has_no_memheap_is_as_long_as_ever() {
        let in_memheap = Note { memheap: Some("tcm"), ..note() };
        assert_eq!(written(note()).len() + 4, written(in_memheap).len());
        assert!(written(in_memheap).ends_with(b"\0thumbv7m-none-eabi\0tcm\0"));
    }

    #[test]
    fn a_memheap_without_a_name_is_not_complete() {
        let mut bytes = written(note());
        bytes[17] |= IN_MEMHEAP;
        assert_eq!(Note::parse(&bytes), Err(Error::Incomplete));
    }

    #[test]
    fn the_section_holds_the_description() {
        let mut section = Vec::new();
        note().write_section(&mut section);
        let Claims { place, .. } = Claims::read(&&section[..], 0, section.len() as u32).unwrap();
        let description = &section[place.offset as usize..][..place.size as usize];
        assert_eq!(description, written(note()));
        assert_eq!(section.len() % 4, 0);
    }

    #[test]
    fn a_cut_note_is_not_complete() {
        let bytes = written(note());
        for length in [0, 10, STRINGS, bytes.len() - 1] {
            assert_eq!(Note::parse(&bytes[..length]), Err(Error::Incomplete), "{length} bytes");
        }
    }
}
