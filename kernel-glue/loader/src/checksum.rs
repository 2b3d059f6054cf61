//! The checksum of a module of `mkmod`. Its parts are added in a fixed order, whatever order they are read in.

use crate::{Module, report::Told};
use format::{Checksum, Isa, Source, Span, note::Claims};

/// The bytes that are read at a time.
const PIECE: usize = 64;

/// The size of the checksum in the note.
const HOLE: u32 = 4;

/// The checksums of the parts of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// Headers and note. The checksum in the note counts as zero.
    pub head: Checksum,
    /// What is placed in the image, the workspace behind the rest.
    pub image: Checksum,
    pub relocations: Checksum,
    pub symbols: Checksum,
    pub names: Checksum,
}

impl Sums {
    /// The checksum of a file of `length` bytes.
    pub fn value(&self, length: u32) -> u32 {
        let mut sum = Checksum::of(&length.to_le_bytes());
        for part in [self.head, self.image, self.relocations, self.symbols, self.names] {
            sum.add_part(part);
        }
        sum.value()
    }
}

/// Adds a part of the file.
#[inline(never)] // for the sake of the stack
pub(crate) fn add<S: Source>(source: &S, sum: &mut Checksum, part: Span) -> Result<(), S::Error> {
    let mut done = 0;
    while done < part.size {
        let mut piece = [0; PIECE];
        let left = usize::try_from(part.size.wrapping_sub(done)).unwrap_or(PIECE);
        let bytes = piece.get_mut(..left.min(PIECE)).unwrap_or_default();
        source.read(part.start.wrapping_add(done), bytes)?;
        sum.add(bytes);
        done = done.saturating_add(64);
    }
    Ok(())
}

impl<S: Source, I: Isa> Module<S, I> {
    /// The checksum that the note of this file must have.
    ///
    /// # Errors
    /// When the file can't be read.
    #[inline(never)] // for the sake of the stack
    pub fn checksum(&self, claims: &Claims) -> Result<u32, S::Error> {
        let whole = |table: Span| {
            let mut sum = Checksum::default();
            add(self.source(), &mut sum, table).map(|()| sum)
        };
        let mut image = Checksum::default();
        for part in self.image_parts()? {
            add(self.source(), &mut image, part)?;
        }
        let sums = Sums {
            head: self.head_sum(claims)?,
            image,
            relocations: {
                let mut sum = Checksum::default();
                for table in self.tables.relocations {
                    sum.add_part(whole(table)?);
                }
                sum
            },
            symbols: whole(self.tables.symbols)?,
            names: whole(self.tables.names)?,
        };
        Ok(sums.value(self.source().length()))
    }

    /// The checksum of headers and note.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn head_sum(&self, claims: &Claims) -> Result<Checksum, S::Error> {
        let mut sum = Checksum::default();
        let (hole, end) = (claims.place.offset, self.tables.head());
        add(self.source(), &mut sum, Span { start: 0, size: hole })?;
        sum.add(&[0; 4]);
        let start = hole.saturating_add(HOLE);
        add(self.source(), &mut sum, Span { start, size: end.saturating_sub(start) })?;
        Ok(sum)
    }

    /// What of the image is in the file: what is before the workspace, behind it, and in it.
    fn image_parts(&self) -> Result<[Span; 3], S::Error> {
        let (start, end) = (self.tables.head(), self.tables.relocations[0].start);
        let image = self.verify_segments(&mut Told::silent())?;
        let workspace = image.map_or(Span::default(), |image| self.workspace(&image).0);
        let place = |offset: u32| start.saturating_add(offset).min(end);
        let [first, second] = [workspace.start, workspace.start.saturating_add(workspace.size)].map(place);
        let parts = [(start, first), (second, end), (first, second)];
        Ok(parts.map(|(start, end)| Span { start, size: end.saturating_sub(start) }))
    }
}
