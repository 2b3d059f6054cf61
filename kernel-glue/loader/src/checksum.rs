//! Whether what was placed is what the note was written for.

use crate::{Module, Verified, image::Extent};
use format::{Crc32, Isa, Segment, Source, note::Claims};

/// The bytes that are read at a time.
const PIECE: usize = 64;

/// A file, read from its beginning to its end.
enum Part<'p> {
    /// Bytes of the file, with a checksum of zero.
    File(&'p [u8]),
    /// The bytes of a segment are next.
    Segment(&'p Segment),
}

/// What is not in the image: a change of it shows in this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rest(u32);

impl Rest {
    fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    }
}

impl<S: Source, I: Isa> Module<S, I> {
    /// The checksum that the note of this file must have.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn checksum(&self, claims: &Claims) -> Result<u32, S::Error> {
        let mut crc = Crc32::default();
        let mut work = |part: Part<'_>| {
            if let Part::File(bytes) = part {
                crc.add(bytes);
            }
        };
        self.read_part(0, self.source().length(), claims.place.offset, &mut work)?;
        Ok(crc.value())
    }

    /// Reads the file from `start` to `end`, the bytes of the checksum at `hole` as zero.
    #[inline(never)] // for the sake of the stack
    fn read_part(&self, start: u32, end: u32, hole: u32, work: &mut dyn FnMut(Part<'_>)) -> Result<(), S::Error> {
        let mut at = start;
        while at < end {
            let mut piece = [0; PIECE];
            let left = usize::try_from(end.wrapping_sub(at)).unwrap_or(PIECE);
            let bytes = piece.get_mut(..left.min(PIECE)).unwrap_or_default();
            self.source().read(at, bytes)?;
            for index in 0..4 {
                let distance = hole.wrapping_add(index).wrapping_sub(at);
                if let Some(byte) = usize::try_from(distance).ok().and_then(|distance| bytes.get_mut(distance)) {
                    *byte = 0;
                }
            }
            work(Part::File(bytes));
            at = at.saturating_add(64);
        }
        Ok(())
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// The checksum of the file whose segments are in `image`, which is not relocated yet, and the rest of the file.
    pub(crate) fn placed_checksum(&self, image: &[u8], claims: &Claims) -> Result<(u32, Rest), S::Error> {
        let (mut crc, mut rest) = (Crc32::default(), Rest(0));
        self.read_parts(claims, &mut |part| match part {
            Part::File(bytes) => {
                crc.add(bytes);
                rest.add(bytes);
            }
            Part::Segment(segment) => crc.add(in_image(image, &self.image, segment)),
        })?;
        Ok((crc.value(), rest))
    }

    /// The rest of the file once more.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn rest(&self, claims: &Claims) -> Result<Rest, S::Error> {
        let mut rest = Rest(0);
        self.read_parts(claims, &mut |part| {
            if let Part::File(bytes) = part {
                rest.add(bytes);
            }
        })?;
        Ok(rest)
    }

    /// The segments lie one behind the other in the file.
    #[inline(never)] // for the sake of the stack
    fn read_parts(&self, claims: &Claims, work: &mut dyn FnMut(Part<'_>)) -> Result<(), S::Error> {
        let hole = claims.place.offset;
        let mut at = 0;
        for segment in self.module.segments() {
            let segment = segment?;
            if segment.is_loaded() {
                self.module.read_part(at, segment.file_offset, hole, work)?;
                work(Part::Segment(&segment));
                at = segment.file_offset.saturating_add(segment.file_size);
            }
        }
        self.module.read_part(at, self.module.source().length(), hole, work)
    }
}

fn in_image<'i>(image: &'i [u8], extent: &Extent, segment: &Segment) -> &'i [u8] {
    let bytes = || {
        let offset = usize::try_from(extent.offset(segment.address, segment.file_size)?).ok()?;
        image.get(offset..)?.get(..usize::try_from(segment.file_size).ok()?)
    };
    bytes().unwrap_or_default()
}
