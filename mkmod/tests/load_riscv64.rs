//! A real application for RISC-V, built with `mkmod build` and loaded as the firmware loads it.

mod app;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use format::{Name, Riscv64};
use loader::{Module, Verified};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

use app::App;

const TARGET: &str = "riscv64imac-unknown-none-elf";

/// Where the images are: beyond what 32 bits hold, so that half an address shows.
const BASES: [u64; 2] = [0x8020_0000, 0x12_3456_7890];

const KERNEL: [(&str, u64); 3] =
    [("rtt_mod_abi_1", 0x8010_1000), ("rttm_exit", 0x8010_2002), ("rttm_print", 0x20_8010_3004)];

/// The tests share a target folder, so that `core` is compiled once.
static ALONE: Mutex<()> = Mutex::new(());

/// Builds the application and returns its folder.
fn build() -> PathBuf {
    let _alone = ALONE.lock();
    let sources = tempfile::tempdir().unwrap();
    let target_dir = app::lasting("riscv64");
    app::succeeded(&App::for_target(sources.path(), TARGET).build(&target_dir, |_| {}));
    target_dir.join(TARGET).join("release")
}

fn place(verified: &Verified<'_, &[u8], Riscv64>, base: u64) -> Vec<u8> {
    let find = |name: &Name| {
        let found = KERNEL.iter().find(|(export, _)| export.as_bytes() == name.as_bytes());
        found.map(|&(_, address)| address)
    };
    let mut image = vec![0xee; verified.image_size() as usize];
    verified.place(&mut image, base, &find, &mut |problem| panic!("{problem}")).unwrap();
    image
}

fn word(image: &[u8], at: u64) -> u64 {
    u64::from_le_bytes(image[at as usize..][..8].try_into().unwrap())
}

#[test]
fn an_application_loads_anywhere() {
    let folder = build();
    let bytes = fs::read(folder.join("two-words.mo")).unwrap();
    let program = fs::read(folder.join("two-words")).unwrap();
    let program = object::File::parse(&*program).unwrap();
    let module = Module::<_, Riscv64>::open(bytes.as_slice(), &mut |problem| panic!("{problem}")).unwrap();
    let verified = module.verify(&mut |problem| panic!("{problem}")).unwrap();
    for base in BASES {
        let image = place(&verified, base);
        assert_thunks(&image, &program);
        assert_relative(&image, &bytes, base);
        let main = program.symbol_by_name("main").unwrap().address();
        assert_eq!(verified.entry(base), Some(base + main));
    }
}

/// The code of each thunk loads the address that the kernel has.
fn assert_thunks(image: &[u8], program: &object::File<'_>) {
    for (name, address) in KERNEL {
        let thunk = program.symbol_by_name(name).unwrap().address();
        let half = |at: u64| u32::from_le_bytes(image[(thunk + at) as usize..][..4].try_into().unwrap());
        let (auipc, load) = (half(0), half(4));
        assert_eq!((auipc & 0xfff, load & 0xf_ffff), (0xe17, 0xe_3e03), "auipc t3; ld t3, (t3)");
        let distance = (auipc & !0xfff).cast_signed() + (load.cast_signed() >> 20);
        assert_eq!(word(image, thunk.checked_add_signed(distance.into()).unwrap()), address, "{name}");
    }
}

/// Words that are relative to the base hold the address of something in the image.
fn assert_relative(image: &[u8], module: &[u8], base: u64) {
    let file = object::File::parse(module).unwrap();
    let relocations = file.dynamic_relocations().unwrap();
    let mut relative = 0;
    for (at, relocation) in relocations.filter(|(_, it)| it.target() == object::RelocationTarget::Absolute) {
        relative += 1;
        assert_eq!(word(image, at), base + relocation.addend() as u64);
        assert!((relocation.addend() as usize) < image.len());
    }
    assert!(relative > 0, "strings and tables of functions have addresses");
}

/// Neither the global nor the thread pointer is the module's: the first is the kernel's, the second nobody's.
#[test]
fn no_code_uses_the_pointers_of_the_kernel() {
    const POINTERS: [u32; 2] = [3, 4];
    let program = fs::read(build().join("two-words")).unwrap();
    let file = object::File::parse(&*program).unwrap();
    let text = file.section_by_name(".text").unwrap();
    let bases = base_registers(text.data().unwrap());
    assert!(bases.contains(&2), "variables on the stack");
    assert!(!bases.iter().any(|base| POINTERS.contains(base)));
}

/// What the loads, the stores, the additions of a constant and the jumps in `code` count from.
fn base_registers(code: &[u8]) -> BTreeSet<u32> {
    const WITH_BASE: [u32; 5] = [0x03, 0x13, 0x1b, 0x23, 0x67];
    let mut found = BTreeSet::new();
    let mut rest = code;
    while let [low, _, ..] = rest {
        let is_long = low & 3 == 3;
        if let (true, Some(instruction)) = (is_long, rest.first_chunk()) {
            let instruction = u32::from_le_bytes(*instruction);
            found.extend(WITH_BASE.contains(&(instruction & 0x7f)).then_some(instruction >> 15 & 31));
        }
        rest = rest.get(if is_long { 4 } else { 2 }..).unwrap_or_default();
    }
    found
}
