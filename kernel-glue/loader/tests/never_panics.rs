//! Whatever the bytes are, the loader answers, and touches nothing but its image.

mod module;

use loader::{CortexA, CortexM, Isa};
use module::Module;
use proptest::prelude::*;

/// Everything that a loader does with a file.
fn load<I: Isa>(file: &[u8]) {
    let Ok(module) = loader::Module::<_, I>::read(file) else {
        return;
    };
    let _ = module.note(&mut [0; 128]);
    let _ = module.note_place().map(|place| place.map(|place| module.checksum(place)));
    let Ok(verified) = module.verify(&mut |_| ()) else {
        return;
    };
    if verified.image_size() < 0x10_0000 {
        let mut image = vec![0; verified.image_size() as usize];
        let kernel = |name: &loader::Name| name.as_bytes().len().is_multiple_of(2).then_some(0x1001);
        let _ = verified.place(&mut image, 0x2000_0000, &kernel, &mut |_| ());
    }
}

proptest! {
    #[test]
    fn on_noise(file in prop::collection::vec(any::<u8>(), 0..400)) {
        load::<CortexM>(&file);
    }

    #[test]
    fn on_a_module_with_other_bytes(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut file = Module::hello().build();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        load::<CortexM>(&file);
        load::<CortexA>(&file);
    }

    #[test]
    fn on_a_module_with_other_words(changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), 0_u32..512]), 1..4)) {
        let mut file = Module::hello().build();
        for (at, word) in changes {
            let at = at.index(file.len() / 4) * 4;
            file[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        load::<CortexM>(&file);
    }

    #[test]
    fn on_a_module_that_was_cut(length in any::<prop::sample::Index>()) {
        let file = Module::hello().build();
        load::<CortexM>(&file[..length.index(file.len())]);
    }
}
