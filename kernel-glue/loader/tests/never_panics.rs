//! Whatever the bytes are, the loader answers, and touches nothing but its image.

mod everything;
mod module;

use everything::load;
use module::Module;
use proptest::prelude::*;

proptest! {
    #[test]
    fn on_noise(file in prop::collection::vec(any::<u8>(), 0..400)) {
        load(&file);
    }

    #[test]
    fn on_a_module_with_other_bytes(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut file = Module::hello().build();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        load(&file);
            }

    #[test]
    fn on_a_module_with_other_words(changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), 0_u32..512]), 1..4)) {
        let mut file = Module::hello().build();
        for (at, word) in changes {
            let at = at.index(file.len() / 4) * 4;
            file[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        load(&file);
    }

    #[test]
    fn on_a_module_that_was_cut(length in any::<prop::sample::Index>()) {
        let file = Module::hello().build();
        load(&file[..length.index(file.len())]);
    }
}
