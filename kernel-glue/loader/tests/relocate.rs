//! Whatever a module's relocations are, each stores what the machine's ABI says, and nothing else changes.

mod module;

use format::{CortexM, Isa, Name, Riscv32, Riscv64};
use module::{HELLO_MEMORY, Module, R_RISCV_32, R_RISCV_64, R_RISCV_RELATIVE, RISCV_MEMORY, Relocation, Symbol};
use proptest::prelude::*;

/// What `rt_kprintf` is at.
const KERNEL: u32 = 0x0800_1235;
/// The same, where addresses have 64 bits.
const KERNEL_64: u64 = 0x20_8000_1234;

/// How far an address can be from the symbol that it is based on.
const ADDEND_MAX: i32 = 16 << 20;

const ABS32: u32 = 2;
const REL32: u32 = 3;
const GLOB_DAT: u32 = 21;
const JUMP_SLOT: u32 = 22;
const RELATIVE: u32 = 23;
const R_RISCV_JUMP_SLOT: u32 = 5;

/// The index of `rt_kprintf` among the symbols.
const IMPORT: u32 = 1;

fn place<I: Isa>(module: &Module, base: u64, kernel: u64) -> Vec<u8> {
    let file = module.build();
    let module = loader::Module::<_, I>::open(file.as_slice(), &mut |problem| panic!("{problem}")).unwrap();
    let verified = module.verify(&mut |problem| panic!("{problem}")).unwrap();
    let mut image = vec![0xee; verified.image_size() as usize];
    let kernel = |_: &Name| Some(kernel);
    verified.place(&mut image, base, &kernel, &mut |problem| panic!("{problem}")).unwrap();
    image
}

/// `module` with this relocation alone, and with `addend` at its place.
fn relocated(mut module: Module, memory: u32, relocation: Relocation, addend: &[u8]) -> Module {
    let at = relocation.place as usize;
    module.segments[0].bytes.resize(memory as usize, 0);
    module.segments[0].bytes[at..at + addend.len()].copy_from_slice(addend);
    module.symbols = (0..relocation.symbol).map(|_| Symbol::import("rt_kprintf")).collect();
    module.relocations = vec![relocation];
    module
}

proptest! {
    #[test]
    fn each_type_stores_its_own(
        word in 0..HELLO_MEMORY / 4,
        kind in prop::sample::select(vec![ABS32, REL32, GLOB_DAT, JUMP_SLOT, RELATIVE]),
        offset in 0..=HELLO_MEMORY,
        distance in -ADDEND_MAX..ADDEND_MAX,
        base in (0..u32::MAX / 16).prop_map(|base| base * 16),
    ) {
        let at = word as usize * 4;
        // What becomes an address of the image is one before; what is added to an address of the kernel is near.
        let addend = if [ABS32, REL32].contains(&kind) { distance.cast_unsigned() } else { offset };
        let symbol = if kind == RELATIVE { 0 } else { IMPORT };
        let relocation = Relocation { place: word * 4, kind, symbol };
        let module = relocated(Module::hello(), HELLO_MEMORY, relocation, &addend.to_le_bytes());

        let mut expected = module.segments[0].bytes.clone();
        let value = match kind {
            ABS32 => KERNEL.wrapping_add(addend),
            REL32 => KERNEL.wrapping_add(addend).wrapping_sub(base.wrapping_add(word * 4)),
            RELATIVE => base.wrapping_add(addend),
            _ => KERNEL,
        };
        expected[at..at + 4].copy_from_slice(&value.to_le_bytes());
        prop_assert_eq!(place::<CortexM>(&module, base.into(), KERNEL.into()), expected);
    }

    #[test]
    fn each_type_of_riscv32_stores_its_own(
        word in 0..HELLO_MEMORY / 4,
        kind in prop::sample::select(vec![R_RISCV_32, R_RISCV_RELATIVE, R_RISCV_JUMP_SLOT]),
        offset in 0..=HELLO_MEMORY,
        distance in -ADDEND_MAX..ADDEND_MAX,
        base in (0..u32::MAX / 16).prop_map(|base| base * 16),
    ) {
        let at = word as usize * 4;
        let addend = if kind == R_RISCV_32 { distance.cast_unsigned() } else { offset };
        let symbol = if kind == R_RISCV_RELATIVE { 0 } else { IMPORT };
        let relocation = Relocation { place: word * 4, kind, symbol };
        let module = relocated(Module::hello_riscv32(), HELLO_MEMORY, relocation, &addend.to_le_bytes());

        let mut expected = module.segments[0].bytes.clone();
        let value = match kind {
            R_RISCV_32 => KERNEL.wrapping_add(addend),
            R_RISCV_RELATIVE => base.wrapping_add(addend),
            _ => KERNEL,
        };
        expected[at..at + 4].copy_from_slice(&value.to_le_bytes());
        prop_assert_eq!(place::<Riscv32>(&module, base.into(), KERNEL.into()), expected);
    }

    #[test]
    fn each_type_of_riscv64_stores_its_own(
        word in 0..RISCV_MEMORY / 8,
        kind in prop::sample::select(vec![R_RISCV_64, R_RISCV_RELATIVE, R_RISCV_JUMP_SLOT]),
        offset in 0..=RISCV_MEMORY,
        distance in -ADDEND_MAX..ADDEND_MAX,
        base in (0..u64::MAX / 16).prop_map(|base| base * 16),
    ) {
        let at = word as usize * 8;
        let distance = i64::from(distance).cast_unsigned();
        let addend = if kind == R_RISCV_64 { distance } else { offset.into() };
        let symbol = if kind == R_RISCV_RELATIVE { 0 } else { IMPORT };
        let relocation = Relocation { place: word * 8, kind, symbol };
        let module = relocated(Module::hello_riscv64(), RISCV_MEMORY, relocation, &addend.to_le_bytes());

        let mut expected = module.segments[0].bytes.clone();
        let value = match kind {
            R_RISCV_64 => KERNEL_64.wrapping_add(addend),
            R_RISCV_RELATIVE => base.wrapping_add(addend),
            _ => KERNEL_64,
        };
        expected[at..at + 8].copy_from_slice(&value.to_le_bytes());
        prop_assert_eq!(place::<Riscv64>(&module, base, KERNEL_64), expected);
    }
}
