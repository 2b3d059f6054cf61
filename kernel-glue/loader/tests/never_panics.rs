//! Whatever the bytes are, the loader answers, and touches nothing but its image.

mod everything;
mod module;

use everything::load;
use module::Module;
use proptest::prelude::*;

fn hello() -> impl Strategy<Value = Vec<u8>> {
    let modules = [Module::hello(), Module::hello_riscv32(), Module::hello_riscv64()];
    prop::sample::select(modules.iter().map(Module::build).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn on_noise(file in prop::collection::vec(any::<u8>(), 0..400)) {
        load(&file);
    }

    #[test]
    fn on_a_module_with_other_bytes(mut file in hello(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        load(&file);
    }

    #[test]
    fn on_a_module_with_other_words(mut file in hello(), changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), 0_u32..512]), 1..4)) {
        for (at, word) in changes {
            let at = at.index(file.len() / 4) * 4;
            file[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        load(&file);
    }

    #[test]
    fn on_a_module_that_was_cut(file in hello(), length in any::<prop::sample::Index>()) {
        load(&file[..length.index(file.len())]);
    }
}
