//! What of a shared object stays in memory, and where.

use super::PackError;
use crate::link::diagnostic::Diagnostic;
use crate::link::module::Image;
use crate::module::Module;
use format::elf::{
    SHT_DYNAMIC, SHT_DYNSYM, SHT_GNU_HASH, SHT_GNU_VERDEF, SHT_GNU_VERNEED, SHT_GNU_VERSYM, SHT_HASH, SHT_NOTE,
    SHT_REL, SHT_RELA, SHT_STRTAB,
};
use format::{Code, Section, Segment, diagnostic::ALIGNMENT_MAX};
use std::ops::Range;

/// What the parts of the image are aligned to at least.
const WORD: u32 = 4;
/// No image is larger, and none larger is put together here.
const IMAGE_MAX: u32 = 16 << 20;
/// A gap between segments that dlmodule does not warn of: it is filled, so as not to have a second segment for it.
const SMALL_GAP: u32 = 16;

/// What stays in memory: a range of the shared object's addresses, which becomes the image.
#[derive(Debug)]
pub struct Layout {
    range: Range<u32>,
    /// Where the code ends.
    code_end: u32,
    alignment: u32,
    parts: Vec<Part>,
}

/// What stays of one segment.
#[derive(Debug)]
struct Part {
    range: Range<u32>,
    bytes: Vec<u8>,
    /// How far behind the segment before it its segment began.
    distance: u32,
}

impl Layout {
    /// Finds what stays.
    ///
    /// # Errors
    /// When nothing does, or can't be in a module.
    pub fn new(linked: &Module, bytes: &[u8]) -> Result<Self, PackError> {
        let mut parts = vec![];
        let mut end = None;
        for segment in linked.segments.iter().filter(|segment| segment.is_loaded()) {
            let distance = segment.address.saturating_sub(end.unwrap_or(segment.address));
            end = Some(segment.address.saturating_add(segment.memory_size));
            parts.extend(kept(linked, segment).map(|range| Part::new(range, segment, bytes, distance)));
        }
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Err(PackError::Nothing) };
        let alignment = alignment(linked)?;
        let start = start(first.range.start, alignment, linked.entry);
        let range = start..last.range.end;
        if range.end - range.start > IMAGE_MAX {
            return Err(PackError::Large((range.end - range.start).into()));
        }
        Ok(Self { code_end: code_end(linked, &range), range, alignment, parts })
    }

    /// The address in the image of what is at `address` in the shared object; its end is one, too.
    ///
    /// # Errors
    /// When it is not in the image.
    pub fn moved(&self, address: u32) -> Result<u32, PackError> {
        let is_kept = address >= self.range.start && address <= self.range.end;
        if is_kept { Ok(address - self.range.start) } else { Err(PackError::Cut { address, place: None }) }
    }

    /// The same for an address that the word at `place` holds.
    ///
    /// # Errors
    /// When it is not in the image.
    pub fn moved_from(&self, address: u32, place: u32) -> Result<u32, PackError> {
        self.moved(address).map_err(|_| PackError::Cut { address, place: Some(place) })
    }

    /// Where in the bytes of the image the word of that size at `place` of the shared object is.
    ///
    /// # Errors
    /// When it is not in the image.
    pub fn word(&self, place: u32, size: u32) -> Result<Range<usize>, PackError> {
        let start = self.moved(place)? as usize;
        self.moved(place.saturating_add(size))?;
        Ok(start..start + size as usize)
    }

    /// The bytes of the image, all of them, before relocation.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.offset(self.range.end)];
        for part in &self.parts {
            bytes[self.offset(part.range.start)..][..part.bytes.len()].copy_from_slice(&part.bytes);
        }
        bytes
    }

    /// The image of these bytes, without the zeros that need not be in the file.
    pub fn image(&self, mut bytes: Vec<u8>) -> Image {
        let size = bytes.len();
        let used = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        bytes.truncate(used.next_multiple_of(WORD as usize).min(size));
        let is_empty = |gap: &Range<usize>| bytes.get(gap.clone()).is_some_and(|gap| gap.iter().all(|&byte| byte == 0));
        let gaps = self.gaps().into_iter().filter(is_empty).collect();
        let code_end = self.offset(self.code_end) as u64;
        Image { bytes, gaps, code_end, size: size as u64, alignment: self.alignment.into() }
    }

    fn gaps(&self) -> Vec<Range<usize>> {
        let pairs = self.parts.iter().zip(self.parts.iter().skip(1));
        let wide = pairs.filter(|(_, next)| next.distance > SMALL_GAP);
        let gaps = wide.map(|(part, next)| {
            let end = next.range.start / self.alignment * self.alignment;
            self.offset(part.range.end.next_multiple_of(WORD))..self.offset(end)
        });
        gaps.collect()
    }

    fn offset(&self, address: u32) -> usize {
        (address - self.range.start) as usize
    }
}

impl Part {
    fn new(range: Range<u32>, segment: &Segment, bytes: &[u8], distance: u32) -> Self {
        let in_file = (range.end - segment.address).min(segment.file_size);
        let skipped = (range.start - segment.address).min(in_file);
        let file = segment.file_offset as usize;
        let bytes = &bytes[file + skipped as usize..file + in_file as usize];
        Self { range, bytes: bytes.to_vec(), distance }
    }
}

/// The addresses of a segment from the first section that is needed at run time to the last.
fn kept(linked: &Module, segment: &Segment) -> Option<Range<u32>> {
    let within = |section: &&Section| {
        let end = u64::from(section.address) + u64::from(section.size);
        section.address >= segment.address && end <= segment.memory().end()
    };
    let kept = || needed(linked).map(|(_, section)| section).filter(within);
    let start = kept().map(|section| section.address).min()?;
    let end = kept().map(|section| section.address + section.size).max()?;
    Some(start..end)
}

fn needed(linked: &Module) -> impl Iterator<Item = &(String, Section)> {
    linked.sections.iter().filter(|(name, section)| section.is_loaded() && section.size > 0 && !is_table(name, section))
}

/// Whether only a loader reads a section.
///
/// Unwind tables are not among them: whether an unwinder is linked in can't be told, and they lie between code and
/// variables, where nothing would be gained.
fn is_table(name: &str, section: &Section) -> bool {
    const TABLES: [u32; 11] = [
        SHT_STRTAB,
        SHT_REL,
        SHT_RELA,
        SHT_DYNSYM,
        SHT_NOTE,
        SHT_HASH,
        SHT_GNU_HASH,
        SHT_DYNAMIC,
        SHT_GNU_VERDEF,
        SHT_GNU_VERNEED,
        SHT_GNU_VERSYM,
    ];
    TABLES.contains(&section.kind.0) || name == ".interp"
}

/// The end of the last section with code in it: constants and variables are behind.
fn code_end(linked: &Module, range: &Range<u32>) -> u32 {
    let code = needed(linked).map(|(_, section)| section).filter(|section| section.is_executable());
    let ends = code.map(|section| section.address + section.size);
    ends.filter(|end| range.contains(end)).max().unwrap_or(range.end)
}

fn alignment(linked: &Module) -> Result<u32, PackError> {
    let mut strictest = linked.machine.word();
    // lld gives a procedure linkage table 16, none of which its code needs.
    for (name, section) in needed(linked).filter(|(name, _)| name != ".plt") {
        if section.alignment > ALIGNMENT_MAX {
            let code = Code::AlignmentTooLarge(u64::from(section.alignment).into());
            return Err(PackError::Wrong(Diagnostic::new(format!("section `{name}`"), code)));
        }
        strictest = strictest.max(section.alignment);
    }
    Ok(strictest)
}

/// Where the image starts. An entry at address 0 would be none, so ARM code at the very start has a few bytes before it.
fn start(first: u32, alignment: u32, entry: Option<u32>) -> u32 {
    let start = first / alignment * alignment;
    if entry == Some(start) { start.saturating_sub(alignment) } else { start }
}
