//! Whether what a module's tables say can be loaded.

use crate::{
    Module, Refused,
    image::Extent,
    report::{Part, Report, Told},
};
use core::num::NonZero;
use format::{Address, Code, Isa, Source};

/// A module in which every table, address and name is where it should be.
#[derive(Debug)]
pub struct Verified<'m, S, I> {
    pub(crate) module: &'m Module<S, I>,
    pub(crate) image: Extent,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// Looks at everything that does not depend on the kernel, and reports all that is wrong. The tables were found before.
    ///
    /// # Errors
    /// When something was reported.
    pub fn verify(&self, report: Report<'_>) -> Result<Verified<'_, S, I>, Refused> {
        let mut told = Told::new(report);
        let image = self.verify_all(&mut told);
        let image = told.finish(image)?.ok_or(Refused)?;
        Ok(Verified { module: self, image })
    }

    #[inline(never)] // for the sake of the stack
    fn verify_all(&self, told: &mut Told<'_>) -> Result<Option<Extent>, S::Error> {
        let Some(image) = self.verify_segments(told)? else {
            return Ok(None);
        };
        if let Some(entry) = self.header().entry.map(NonZero::get)
            && !self.is_code(entry)?
        {
            told.tell(Part::Entry(entry), Code::NotCode(entry.into()));
        }
        self.verify_symbols(&image, told)?;
        self.verify_relocations(&image, told)?;
        Ok(Some(image))
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
