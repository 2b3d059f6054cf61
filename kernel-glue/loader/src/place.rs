//! Puts a module's image together at its address: copies the segments and relocates.

use crate::{
    Refused, Verified,
    imports::Resolve,
    report::{Part, Report, Told},
};
use format::{Addend, Address, Class, Code, Crc32, Isa, Operation, Relocation, Source};

/// The largest distance of an address from a symbol of the kernel's that it is based on. More is no address but code, say.
const ADDEND_MAX: Address = 16 << 20;

/// What became of a relocation.
#[derive(PartialEq, Eq)]
enum Applied {
    Done,
    /// The kernel does not have its symbol.
    Missing,
    /// The word at its place can't be an address.
    NotAnAddress,
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// Fills `image`, which is or will be at the address `base`, and reports all that the kernel does not have.
    ///
    /// The image is complete when nothing was reported. The caller then cleans its caches.
    ///
    /// # Errors
    /// When something was reported.
    pub fn place(
        &self,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        report: Report<'_>,
    ) -> Result<(), Refused> {
        if !self.fits(image, base) {
            let code = Code::Memory { size: self.image_size().into(), alignment: self.alignment().into() };
            Told::new(report).tell(Part::Image, code);
            return Err(Refused);
        }
        let copied = self.copy(image, report)?;
        self.relocate(&copied, image, base, resolve, report)
    }

    fn fits(&self, image: &[u8], base: Address) -> bool {
        u32::try_from(image.len()) == Ok(self.image_size()) && base.is_multiple_of(self.alignment().into())
    }

    /// Fills `image` with the segments, and compares the checksum of what is there with the note's.
    ///
    /// # Errors
    /// When something was reported.
    pub fn copy(&self, image: &mut [u8], report: Report<'_>) -> Result<Copied, Refused> {
        let mut told = Told::new(report);
        let copied = self.try_copy(image, &mut told);
        told.finish(copied)
    }

    #[inline(never)] // for the sake of the stack
    fn try_copy(&self, image: &mut [u8], told: &mut Told<'_>) -> Result<Copied, S::Error> {
        let mut copied = Copied { rest: None };
        self.verify_places(image, told)?;
        if told.is_refused {
            return Ok(copied);
        }
        image.fill(0);
        for index in 0.. {
            let Some(segment) = self.module.segment(index)? else {
                break;
            };
            if segment.is_loaded()
                && let Some(bytes) = self.image.bytes_mut(image, segment.address, segment.file_size)
            {
                self.module.source().read(segment.file_offset, bytes)?;
            }
        }
        if let Some(claims) = &self.module.tables.claims {
            let sums = self.sums(image, claims)?;
            let found = sums.file.value();
            if found != claims.checksum {
                told.tell(Part::File, Code::Checksum { found: found.into(), told: claims.checksum.into() });
            }
            copied.rest = Some(sums.rest);
        }
        Ok(copied)
    }

    /// Relocates an image at `base`, which was filled by [`Verified::copy`].
    ///
    /// # Errors
    /// When something was reported.
    pub fn relocate(
        &self,
        copied: &Copied,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        report: Report<'_>,
    ) -> Result<(), Refused> {
        let mut told = Told::new(report);
        let done = self.try_relocate(copied, image, base, resolve, &mut told);
        told.finish(done)
    }

    #[inline(never)] // for the sake of the stack
    fn try_relocate(
        &self,
        copied: &Copied,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let mut is_complete = true;
        for index in 0.. {
            let Some(relocation) = self.module.relocation(index)? else {
                break;
            };
            match self.apply(image, base, &relocation, resolve)? {
                Applied::Done => {}
                Applied::Missing => is_complete = false,
                Applied::NotAnAddress => {
                    self.module.tell_relocation(&relocation, None, Code::NotAnAddress, told)?;
                }
            }
        }
        if !is_complete {
            return self.module.tell_missing(image, resolve, told);
        }
        if !told.is_refused && self.has_changed(copied)? {
            told.tell(Part::File, Code::Changed);
        }
        Ok(())
    }

    fn has_changed(&self, copied: &Copied) -> Result<bool, S::Error> {
        Ok(match (&self.module.tables.claims, copied.rest) {
            (Some(claims), Some(rest)) => self.sums(&[], claims)?.rest != rest,
            _ => false,
        })
    }

    /// Applies one relocation, unless the kernel lacks its symbol.
    #[inline(never)] // for the sake of the stack
    fn apply(
        &self,
        image: &mut [u8],
        base: Address,
        relocation: &Relocation<I::Addend>,
        resolve: Resolve<'_>,
    ) -> Result<Applied, S::Error> {
        let Some(operation) = I::operation(relocation.kind).filter(|&done| done != Operation::Nothing) else {
            return Ok(Applied::Done);
        };
        let symbol = self.module.symbol(relocation.symbol)?;
        let address = match &symbol {
            Some(symbol) if symbol.is_import() => self.module.import_address(symbol, resolve)?,
            symbol => Some(self.relocated(symbol.map_or(0, |symbol| symbol.value), base)),
        };
        let Some(address) = address else {
            return Ok(Applied::Missing);
        };
        let Some(word) = self.image.bytes_mut(image, relocation.place, I::Class::WORD) else {
            return Ok(Applied::NotAnAddress);
        };
        let mut is_address = false;
        I::Class::change(word, |word| {
            let addend = relocation.addend.of(word);
            is_address = self.is_address(operation, word, relocation.addend);
            let sum = address.wrapping_add(addend);
            match operation {
                Operation::Symbol => address,
                Operation::SymbolFromPlace => sum.wrapping_sub(self.relocated(relocation.place, base)),
                _ => sum,
            }
        });
        Ok(if is_address { Applied::Done } else { Applied::NotAnAddress })
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// Whether the word at the place of a relocation can be what it takes it for. What is left of a branch or of a thunk is not.
    fn is_address(&self, operation: Operation, word: Address, addend: I::Addend) -> bool {
        let in_image =
            |address: Address| u32::try_from(address).is_ok_and(|address| self.image.offset(address, 0).is_some());
        let distance = addend.of(word);
        match operation {
            Operation::Nothing => true,
            Operation::BasePlusAddend => addend.agrees_with(word) && in_image(distance),
            Operation::Symbol => word == 0 || in_image(word),
            Operation::SymbolPlusAddend | Operation::SymbolFromPlace => {
                addend.agrees_with(word) && I::Class::magnitude(distance) <= ADDEND_MAX
            }
        }
    }
}

/// What [`Verified::copy`] has found in the file besides the segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// `None`: the module has no note, and its tables are in the image.
    rest: Option<Crc32>,
}
