//! Whether what a module's tables say can be loaded.

use crate::{
    Module, Refused,
    image::Extent,
    report::{Part, Report, Told},
};
use core::num::NonZero;
use format::{Address, Checksum, Code, Isa, Source};

/// A module that can be placed. What it is placed from is verified on the way, whether or not it was before.
#[derive(Debug)]
pub struct Verified<'m, S, I> {
    pub(crate) module: &'m Module<S, I>,
    pub(crate) image: Extent,
    /// The checksum of headers and note of a module of `mkmod`.
    pub(crate) head: Checksum,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// Looks at everything that does not depend on the kernel, and reports all that is wrong. The tables were found before.
    ///
    /// # Errors
    /// When something was reported.
    pub fn verify(&self, report: Report<'_>) -> Result<Verified<'_, S, I>, Refused> {
        let mut told = Told::new(report);
        let outline = self.verify_outline(&mut told);
        let outline = outline.and_then(|outline| self.verify_tables(outline, &mut told).map(|()| outline));
        let (image, head) = told.finish(outline)?.ok_or(Refused)?;
        Ok(Verified { module: self, image, head })
    }

    fn verify_tables(&self, outline: Option<(Extent, Checksum)>, told: &mut Told<'_>) -> Result<(), S::Error> {
        match outline {
            Some((image, head)) => Verified { module: self, image, head }.verify_tables(told),
            None => Ok(()),
        }
    }

    /// Looks only at what has to be right before the module can be placed. The rest is verified on the way.
    ///
    /// # Errors
    /// When something was reported.
    pub fn prepare(&self, report: Report<'_>) -> Result<Verified<'_, S, I>, Refused> {
        let mut told = Told::new(report);
        let outline = self.verify_outline(&mut told);
        let (image, head) = told.finish(outline)?.ok_or(Refused)?;
        Ok(Verified { module: self, image, head })
    }

    /// The segments, the entry, that the parts of the file lie in their order, and that what was read so far is what the
    /// checksum is of: a file that was written to meanwhile has another header now, or another checksum.
    #[inline(never)] // for the sake of the stack
    fn verify_outline(&self, told: &mut Told<'_>) -> Result<Option<(Extent, Checksum)>, S::Error> {
        let Some(image) = self.verify_segments(told)? else {
            return Ok(None);
        };
        if let Some(entry) = self.header().entry.map(NonZero::get)
            && !self.is_code(entry)?
        {
            told.tell(Part::Entry(entry), Code::NotCode(entry.into()));
        }
        let mut head = Checksum::default();
        if let (false, Some(claims)) = (told.is_refused, &self.tables.claims) {
            if !self.is_in_order()? {
                told.tell(Part::File, Code::OutOfOrder);
            }
            head = self.head_sum(claims)?;
            if !self.has_same_header() {
                told.tell(Part::File, Code::Changed);
            }
        }
        Ok(Some((image, head)))
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// The module that was verified.
    pub fn module(&self) -> &Module<S, I> {
        self.module
    }

    /// The memory that the image takes, in bytes.
    pub fn image_size(&self) -> u32 {
        self.image.size
    }

    /// How many bytes from its start on may be instructions.
    pub fn code_size(&self) -> u32 {
        self.image.code_size
    }

    /// What the image's address must be a multiple of.
    pub fn alignment(&self) -> u32 {
        self.image.alignment.get()
    }

    /// The entry of an image at `base`, or `None` if the module is a library.
    pub fn entry(&self, base: Address) -> Option<Address> {
        self.module.header().entry.map(|entry| self.relocated(entry.get(), base))
    }

    /// The number of `size` bytes, 4 at most, that an image has at `address` before relocation.
    pub fn number(&self, image: &[u8], address: u32, size: u32) -> Option<u32> {
        let bytes = self.image.bytes(image, address, size)?;
        Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    /// Where what is at `address` in the file is, in an image at `base`.
    pub fn relocated(&self, address: u32, base: Address) -> Address {
        base.wrapping_add(address.into()).wrapping_sub(self.image.start.into())
    }
}
