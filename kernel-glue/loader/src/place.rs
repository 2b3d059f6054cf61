//! Puts a module's image together at its address: copies the segments and relocates.

use crate::{
    Addend, Address, Class, Isa, Module, Operation, Problem, Refused, Relocation, Source, Verified,
    missing::Resolve,
    module::{SymbolTable, is_kind},
    verify::{Report, unreadable},
};

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// The module that was verified.
    pub fn module(&self) -> &Module<S, I> {
        self.module
    }

    /// How many bytes of memory the image takes.
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
        let offset = usize::try_from(self.image.offset(address, size)?).ok()?;
        let bytes = image.get(offset..)?.get(..usize::try_from(size).ok()?)?;
        Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    /// Where what is at `address` in the file is, in an image at `base`.
    pub fn relocated(&self, address: u32, base: Address) -> Address {
        base.wrapping_add(address.into()).wrapping_sub(self.image.start.into())
    }

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
            report(&Problem::Memory { size: self.image_size(), alignment: self.alignment() });
            return Err(Refused);
        }
        let placed = self.copy(image).and_then(|()| self.relocate(image, base, resolve, report));
        placed.unwrap_or_else(|error| Err(unreadable(error.into(), report)))
    }

    fn fits(&self, image: &[u8], base: Address) -> bool {
        u32::try_from(image.len()) == Ok(self.image_size()) && base.is_multiple_of(self.alignment().into())
    }

    #[inline(never)] // for the sake of the stack
    fn copy(&self, image: &mut [u8]) -> Result<(), S::Error> {
        image.fill(0);
        for segment in self.module.segments() {
            let segment = segment?;
            if segment.is_loaded()
                && let Some(bytes) = self.bytes(image, segment.address, segment.file_size)
            {
                self.module.source().read(segment.file_offset, bytes)?;
            }
        }
        Ok(())
    }

    #[inline(never)] // for the sake of the stack
    fn relocate(
        &self,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        report: Report<'_>,
    ) -> Result<Result<(), Refused>, S::Error> {
        let mut is_complete = true;
        for section in self.module.sections().filter_map(is_kind(I::Addend::SECTIONS)) {
            let section = section?;
            let Some(table) = self.module.symbol_table(section.link)? else {
                continue;
            };
            for relocation in self.module.relocations(&section) {
                is_complete &= self.apply(image, base, &table, &relocation?, resolve)?;
            }
        }
        Ok(if is_complete { Ok(()) } else { self.module.find_missing(resolve, report) })
    }

    /// Applies one relocation, unless the kernel lacks its symbol.
    #[inline(never)] // for the sake of the stack
    fn apply(
        &self,
        image: &mut [u8],
        base: Address,
        table: &SymbolTable,
        relocation: &Relocation<I::Addend>,
        resolve: Resolve<'_>,
    ) -> Result<bool, S::Error> {
        let Some(operation) = I::operation(relocation.kind).filter(|&done| done != Operation::Nothing) else {
            return Ok(true);
        };
        let address = if operation == Operation::BasePlusAddend {
            self.relocated(0, base)
        } else {
            let Some(symbol) = self.module.symbols_of(table).get(relocation.symbol)? else {
                return Ok(true);
            };
            let address = if symbol.is_import() {
                self.module.import_address(table, &symbol, resolve)?
            } else {
                Some(self.relocated(symbol.value, base))
            };
            let Some(address) = address else {
                return Ok(false);
            };
            address
        };
        if let Some(word) = self.bytes(image, relocation.place, I::Class::WORD) {
            I::Class::change(word, |word| {
                let sum = address.wrapping_add(relocation.addend.of(word));
                match operation {
                    Operation::Symbol => address,
                    Operation::SymbolFromPlace => sum.wrapping_sub(self.relocated(relocation.place, base)),
                    _ => sum,
                }
            });
        }
        Ok(true)
    }

    fn bytes<'i>(&self, image: &'i mut [u8], address: u32, size: u32) -> Option<&'i mut [u8]> {
        let offset = usize::try_from(self.image.offset(address, size)?).ok()?;
        image.get_mut(offset..)?.get_mut(..usize::try_from(size).ok()?)
    }
}
