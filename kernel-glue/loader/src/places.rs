//! Whether each word of the image is relocated once at most, and each import is used.
//!
//! That takes a bit for each word and each symbol. They are in the memory of the image, before it is filled.

use crate::{Verified, report::Told};
use format::{Class, Code, Isa, Operation, Source};

/// Bits in memory that is zero.
pub(crate) struct Bits<'i>(pub &'i mut [u8]);

impl Bits<'_> {
    /// Sets a bit, and tells whether it was set before. `None`: there is no such bit.
    pub fn set(&mut self, index: u32) -> Option<bool> {
        let byte = self.0.get_mut(usize::try_from(index >> 3).ok()?)?;
        let bit = 1 << (index & 7);
        let was_set = *byte & bit != 0;
        *byte |= bit;
        Some(was_set)
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// Reports what is relocated twice, and in a module of `mkmod` imports that nothing uses. `image` holds nothing of use
    /// after that.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn verify_places(&self, image: &mut [u8], told: &mut Told<'_>) -> Result<(), S::Error> {
        image.fill(0);
        let mut bits = Bits(image);
        // The bits of the symbols come behind those of the words.
        let words = self.image.size.checked_div(I::Class::WORD).unwrap_or_default();
        for index in 0.. {
            let Some(relocation) = self.module.relocation(index)? else {
                break;
            };
            if I::operation(relocation.kind) == Some(Operation::Nothing) {
                continue;
            }
            let distance = relocation.place.wrapping_sub(self.image.start);
            let word = distance.checked_div(I::Class::WORD).unwrap_or_default();
            bits.set(words.wrapping_add(relocation.symbol));
            if bits.set(word) != Some(false) {
                self.module.tell_relocation(&relocation, None, Code::PlaceTwice, told)?;
            }
        }
        if self.module.tables.claims.is_some() {
            for index in 0.. {
                let Some(symbol) = self.module.any_symbol(index)? else {
                    break;
                };
                if symbol.is_import() && bits.set(words.wrapping_add(index)) != Some(true) {
                    self.module.tell_symbol(index, &symbol, Code::Unused, told)?;
                }
            }
        }
        Ok(())
    }
}
