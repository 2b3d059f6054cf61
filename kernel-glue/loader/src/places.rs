//! Whether each word of the image is relocated once at most, in a module of another linker.
//!
//! That takes a bit for each word. They are in the memory of the image, before it is filled. In a module of `mkmod` the order
//! of the relocations shows it.

use crate::{Verified, report::Told};
use format::{Class, Code, Isa, Operation, Source};

/// Bits in memory that is zero.
struct Bits<'i>(&'i mut [u8]);

impl Bits<'_> {
    /// Sets a bit, and tells whether it was set before. `None`: there is no such bit.
    fn set(&mut self, index: u32) -> Option<bool> {
        let byte = self.0.get_mut(usize::try_from(index >> 3).ok()?)?;
        let bit = 1 << (index & 7);
        let was_set = *byte & bit != 0;
        *byte |= bit;
        Some(was_set)
    }
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// Reports what is relocated twice. `image` holds nothing of use after that.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn verify_places(&self, image: &mut [u8], told: &mut Told<'_>) -> Result<(), S::Error> {
        image.fill(0);
        let mut bits = Bits(image);
        for index in 0.. {
            let Some(relocation) = self.module.relocation(index)? else {
                break;
            };
            let is_nothing = I::operation(relocation.kind) == Some(Operation::Nothing);
            if is_nothing || !self.image.holds_word::<I>(relocation.place) {
                continue;
            }
            let distance = relocation.place.wrapping_sub(self.image.start);
            let word = distance.checked_div(I::Class::WORD).unwrap_or_default();
            if bits.set(word) != Some(false) {
                self.module.tell_relocation(&relocation, None, Code::PlaceTwice, told)?;
            }
        }
        Ok(())
    }
}
