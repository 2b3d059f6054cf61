//! Whether what was placed is what the note was written for.

use crate::{Module, Verified};
use format::{Crc32, Isa, Source, note::Claims};

/// The bytes that are read at a time.
const PIECE: usize = 64;

/// The checksums of a file, in which the bytes of the note's own checksum are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Of all its bytes.
    pub file: Crc32,
    /// Of what is not in the image.
    pub rest: Crc32,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// The checksum that the note of this file must have.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn checksum(&self, claims: &Claims) -> Result<u32, S::Error> {
        let mut sums = Sums::default();
        self.add_part(&mut sums, 0, self.source().length(), claims.place.offset)?;
        Ok(sums.file.value())
    }

    /// Adds the file from `start` to `end`, the bytes of the checksum at `hole` as zero.
    #[inline(never)] // for the sake of the stack
    fn add_part(&self, sums: &mut Sums, start: u32, end: u32, hole: u32) -> Result<(), S::Error> {
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
            sums.file.add(bytes);
            sums.rest.add(bytes);
            at = at.saturating_add(64);
        }
        Ok(())
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// The checksums of the file whose segments are in `image`, which is not relocated yet.
    ///
    /// The segments lie one behind the other in the file.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn sums(&self, image: &[u8], claims: &Claims) -> Result<Sums, S::Error> {
        let hole = claims.place.offset;
        let (mut sums, mut at) = (Sums::default(), 0);
        for index in 0.. {
            let Some(segment) = self.module.segment(index)? else {
                break;
            };
            if segment.is_loaded() {
                self.module.add_part(&mut sums, at, segment.file_offset, hole)?;
                sums.file.add(self.image.bytes(image, segment.address, segment.file_size).unwrap_or_default());
                at = segment.file_offset.saturating_add(segment.file_size);
            }
        }
        self.module.add_part(&mut sums, at, self.module.source().length(), hole)?;
        Ok(sums)
    }
}
