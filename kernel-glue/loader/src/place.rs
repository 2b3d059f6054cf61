//! Puts a module's image together at its address: copies the segments and relocates.

use crate::{
    Isa, Name, Operation, Problem, ReadError, Refused, Relocation, Section, SectionKind, Source, Symbol, Verified,
    module::{SymbolTable, is_kind},
    verify::Report,
};

/// What finds the kernel's symbols: the address that a name has, if the kernel exports it.
pub(crate) type Resolve<'r> = &'r dyn Fn(&Name) -> Option<u64>;

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// How many bytes of memory the image takes.
    pub fn image_size(&self) -> u32 {
        self.image.size
    }

    /// What the image's address must be a multiple of.
    pub fn alignment(&self) -> u32 {
        self.image.alignment.max(1)
    }

    /// The entry of an image at `base`, or `None` if the module is a library.
    pub fn entry(&self, base: u64) -> Option<u64> {
        self.module.header().entry.map(|entry| self.relocated(entry, base))
    }

    /// Where what is at `address` in the file is, in an image at `base`.
    pub fn relocated(&self, address: u32, base: u64) -> u64 {
        base.wrapping_add(address.into()).wrapping_sub(self.image.start.into())
    }

    /// Fills `image`, which is or will be at the address `base`, and reports all that the kernel does not have.
    ///
    /// The image is complete when nothing was reported. The caller then cleans its caches.
    ///
    /// # Errors
    /// When something was reported.
    pub fn place(&self, image: &mut [u8], base: u64, resolve: Resolve<'_>, report: Report<'_>) -> Result<(), Refused> {
        if !self.fits(image, base) {
            report(Problem::Memory { size: self.image_size(), alignment: self.alignment() });
            return Err(Refused);
        }
        let placed = self.copy(image).and_then(|()| self.relocate(image, base, resolve, report));
        placed.unwrap_or_else(|error| {
            report(Problem::Read(error));
            Err(Refused)
        })
    }

    fn fits(&self, image: &[u8], base: u64) -> bool {
        u32::try_from(image.len()) == Ok(self.image_size()) && base.is_multiple_of(self.alignment().into())
    }

    fn copy(&self, image: &mut [u8]) -> Result<(), ReadError> {
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

    fn relocate(
        &self,
        image: &mut [u8],
        base: u64,
        resolve: Resolve<'_>,
        report: Report<'_>,
    ) -> Result<Result<(), Refused>, ReadError> {
        let mut result = Ok(());
        for section in self.module.sections().filter_map(is_kind(SectionKind::Rel)) {
            let section = section?;
            let Some(table) = self.module.symbol_table(&section)? else {
                continue;
            };
            for (index, relocation) in (0..).zip(self.module.relocations(&section)) {
                let relocation = relocation?;
                if let Some(problem) = self.apply(image, base, &table, &relocation, resolve)? {
                    result = Err(Refused);
                    if !self.is_repeated(&section, index, &relocation)? {
                        report(problem);
                    }
                }
            }
        }
        Ok(result)
    }

    /// Applies one relocation, or says why not.
    fn apply(
        &self,
        image: &mut [u8],
        base: u64,
        table: &SymbolTable,
        relocation: &Relocation,
        resolve: Resolve<'_>,
    ) -> Result<Option<Problem>, ReadError> {
        let Some(operation) = I::operation(relocation.kind).filter(|&done| done != Operation::Nothing) else {
            return Ok(None);
        };
        let symbol = if operation == Operation::BasePlusAddend {
            self.relocated(0, base)
        } else {
            let Some(symbol) = self.module.symbols(&table.symbols).get(relocation.symbol)? else {
                return Ok(None);
            };
            match self.symbol_address(&symbol, base, table, resolve)? {
                Ok(address) => address,
                Err(problem) => return Ok(Some(problem)),
            }
        };
        if let Some(word) = self.bytes(image, relocation.place, 4).and_then(|bytes| bytes.first_chunk_mut()) {
            let addend = u64::from(u32::from_le_bytes(*word));
            let value = match operation {
                Operation::Symbol => symbol,
                Operation::SymbolFromPlace => {
                    symbol.wrapping_add(addend).wrapping_sub(self.relocated(relocation.place, base))
                }
                _ => symbol.wrapping_add(addend),
            };
            let [a, b, c, d, ..] = value.to_le_bytes();
            *word = [a, b, c, d];
        }
        Ok(None)
    }

    fn symbol_address(
        &self,
        symbol: &Symbol,
        base: u64,
        table: &SymbolTable,
        resolve: Resolve<'_>,
    ) -> Result<Result<u64, Problem>, ReadError> {
        if !symbol.is_import() {
            return Ok(Ok(self.relocated(symbol.value, base)));
        }
        let Some(name) = self.module.name(&table.names, symbol.name)? else {
            return Ok(Err(Problem::Read(ReadError::PastTheEnd)));
        };
        let found = resolve(&name).filter(|&address| address != 0 && !name.is_cut());
        Ok(found.ok_or(Problem::Missing { name, weak: symbol.binding == crate::Binding::Weak }))
    }

    /// Whether a relocation in front of this one has the same symbol, and so had the same problem.
    fn is_repeated(&self, section: &Section, index: u32, relocation: &Relocation) -> Result<bool, ReadError> {
        for (_, earlier) in (0..index).zip(self.module.relocations(section)) {
            let earlier = earlier?;
            if earlier.symbol == relocation.symbol && I::operation(earlier.kind) != Some(Operation::Nothing) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn bytes<'i>(&self, image: &'i mut [u8], address: u32, size: u32) -> Option<&'i mut [u8]> {
        let offset = usize::try_from(self.image.offset(address, size)?).ok()?;
        image.get_mut(offset..)?.get_mut(..usize::try_from(size).ok()?)
    }
}
