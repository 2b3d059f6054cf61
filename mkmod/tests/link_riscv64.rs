//! Small programs for RISC-V through `mkmod-ld`: what differs from those for ARM.

mod unit;

use std::fs;

use insta::assert_snapshot;
use object::elf;
use object::{Object as _, ObjectSection as _, ObjectSegment as _};

use unit::{Unit, link};

/// `auipc ra, 0; jalr ra`, then `ret`, and room up to a word of 64 bits.
const CALL: &[u8] = &[0x97, 0, 0, 0, 0xe7, 0x80, 0, 0, 0x82, 0x80];
/// `auipc a0, 0; ld a0, (a0); ret`
const LOAD: &[u8] = &[0x17, 0x05, 0, 0, 0x03, 0x35, 0x05, 0, 0x82, 0x80];
/// `ret`
const RETURN: &[u8] = &[0x82, 0x80];
const WORD: &[u8] = &[0; 8];

fn unit() -> Unit {
    Unit::riscv64(elf::EF_RISCV_RVC)
}

/// What a call of the linker gives: the module, or what is said.
fn linked(unit: Unit) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    let object = unit.write(folder.path(), "app.o");
    let output = link(&folder.path().join("app"), &[object]);
    let errors = String::from_utf8(output.stderr).unwrap().replace(folder.path().to_str().unwrap(), "");
    if output.status.success() && errors.is_empty() {
        Ok(fs::read(folder.path().join("app.mo")).unwrap())
    } else {
        Err(errors)
    }
}

/// Relocations in words: type, place, name of the symbol, addend.
fn relocations(module: &[u8]) -> String {
    unit::relocations(module, |kind, place, name, addend| {
        format!("{} {place:#x} {name}+{addend:#x}", elf::NAMES_R_RISCV.name(kind).unwrap())
    })
}

#[test]
fn calls_go_through_one_thunk_for_each_function() {
    let call = |name| [(0, elf::R_RISCV_CALL_PLT, name)];
    let module = linked(
        unit()
            .function("main", CALL, &call("rt_kprintf"))
            .function("module_init", CALL, &call("rtt_mod_abi_1"))
            .function("module_cleanup", CALL, &call("rt_kprintf")),
    )
    .unwrap();
    assert_snapshot!(relocations(&module), @r"
    R_RISCV_64 0x18 rt_kprintf+0x0
    R_RISCV_64 0x20 rtt_mod_abi_1+0x0
    ");
    let file = object::File::parse(&*module).unwrap();
    assert_eq!((file.architecture(), file.is_64()), (object::Architecture::Riscv64, true));
    let image = file.segments().next().unwrap().data().unwrap();
    // auipc t3, 0; ld t3, 24(t3); jr t3
    assert_eq!(image[..10], [0x17, 0x0e, 0, 0, 0x03, 0x3e, 0x8e, 0x01, 0x02, 0x8e]);
}

#[test]
fn data_of_the_kernel_goes_through_the_offset_table() {
    let module = linked(
        unit()
            .function("main", LOAD, &[(0, elf::R_RISCV_GOT_HI20, "rt_tick"), (4, elf::R_RISCV_PCREL_LO12_I, "main")])
            .variable(".data.hook", "hook", 8, WORD, &[(0, elf::R_RISCV_64, "rt_tick")])
            .function(
                "module_init",
                LOAD,
                &[(0, elf::R_RISCV_PCREL_HI20, "hook"), (4, elf::R_RISCV_PCREL_LO12_I, "module_init")],
            ),
    );
    assert_snapshot!(relocations(&module.unwrap()), @r"
    R_RISCV_64 0x20 rt_tick+0x0
    R_RISCV_64 0x28 rt_tick+0x0
    ");
}

/// The address that the loader adds the image's to is in the relocation, and at its place for those who look there.
#[test]
fn addresses_within_the_module_are_relative() {
    let module = linked(
        unit()
            .function("main", LOAD, &[(0, elf::R_RISCV_PCREL_HI20, "table"), (4, elf::R_RISCV_PCREL_LO12_I, "main")])
            .function("other", RETURN, &[])
            .variable(".data.table", "table", 8, WORD, &[(0, elf::R_RISCV_64, "other")]),
    )
    .unwrap();
    assert_snapshot!(relocations(&module), @"R_RISCV_RELATIVE 0x10 +0xc");
    let file = object::File::parse(&*module).unwrap();
    // Zeros at the end are not in the file, but to the end of a word.
    assert_eq!(file.segments().next().unwrap().data().unwrap()[0x10..], [0xc, 0, 0, 0, 0, 0, 0, 0]);
}

/// Small variables have sections of their own, which a kernel would reach by `gp`.
#[test]
fn small_data_is_data() {
    let uses = |name| [(0, elf::R_RISCV_PCREL_HI20, name), (4, elf::R_RISCV_PCREL_LO12_I, "main")];
    let module =
        linked(unit().function("main", LOAD, &uses("count")).variable(".sdata.count", "count", 4, &[7; 4], &[]));
    let module = module.unwrap();
    let file = object::File::parse(&*module).unwrap();
    assert_eq!(file.segments().next().unwrap().data().unwrap()[12..], [7; 4]);
}

#[test]
fn a_library_has_a_harmless_entry() {
    let module = linked(unit().message(".rtt_mod.exports", b"add\0").function("add", RETURN, &[])).unwrap();
    let file = object::File::parse(&*module).unwrap();
    let image = file.segments().next().unwrap().data().unwrap();
    assert_eq!(image[file.entry() as usize..][..4], [0x01, 0x45, 0x82, 0x80]);
}

#[test]
fn the_note_names_the_target_by_the_float_abi() {
    const SOFT: elf::FileFlags = elf::EF_RISCV_RVC;
    for (unit, target) in [
        (Unit::riscv32(SOFT), "riscv32imac-unknown-none-elf"),
        (Unit::riscv32(SOFT | elf::EF_RISCV_FLOAT_ABI_SINGLE), "riscv32imafc-unknown-none-elf"),
        (Unit::riscv64(SOFT), "riscv64imac-unknown-none-elf"),
        (Unit::riscv64(SOFT | elf::EF_RISCV_FLOAT_ABI_DOUBLE), "riscv64gc-unknown-none-elf"),
    ] {
        let module = linked(unit.function("main", RETURN, &[])).unwrap();
        let file = object::File::parse(&*module).unwrap();
        let note = file.section_by_name(".note.rtt-mod").unwrap().data().unwrap();
        assert!(String::from_utf8_lossy(note).contains(&format!("\0{target}\0")), "{target}");
    }
}

#[test]
fn words_of_32_bits_have_their_own_thunks_and_relocations() {
    // auipc a0, 0; lw a0, (a0); ret
    let load = &[0x17, 0x05, 0, 0, 0x03, 0x25, 0x05, 0, 0x82, 0x80];
    let module = linked(
        Unit::riscv32(elf::EF_RISCV_RVC)
            .function("main", load, &[(0, elf::R_RISCV_GOT_HI20, "rt_tick"), (4, elf::R_RISCV_PCREL_LO12_I, "main")])
            .function("module_init", CALL, &[(0, elf::R_RISCV_CALL_PLT, "rtt_mod_abi_1")])
            .variable(".data.hook", "hook", 4, WORD, &[(0, elf::R_RISCV_32, "rt_tick"), (4, elf::R_RISCV_32, "main")])
            .function(
                "module_cleanup",
                load,
                &[(0, elf::R_RISCV_PCREL_HI20, "hook"), (4, elf::R_RISCV_PCREL_LO12_I, "module_cleanup")],
            ),
    )
    .unwrap();
    let file = object::File::parse(&*module).unwrap();
    assert_eq!((file.architecture(), file.is_64()), (object::Architecture::Riscv32, false));
    assert_snapshot!(relocations(&module), @r"
    R_RISCV_32 0xc rtt_mod_abi_1+0x0
    R_RISCV_32 0x38 rt_tick+0x0
    R_RISCV_32 0x3c rt_tick+0x0
    R_RISCV_RELATIVE 0x40 +0x10
    ");
}

#[test]
fn code_without_compressed_instructions_is_refused() {
    let unit = Unit::riscv64(elf::FileFlags(0)).function("main", RETURN, &[]);
    assert_snapshot!(linked(unit).unwrap_err(), @"error: code for an unknown RISC-V (e_flags 0x0); a module is built for riscv32imac-unknown-none-elf or riscv64imac-unknown-none-elf: see `mkmod build --target`");
}

#[test]
fn code_with_addresses_in_it_is_refused() {
    // lui a0, %hi(table); ld a0, %lo(table)(a0); ret
    let fixed = &[0x37, 0x05, 0, 0, 0x03, 0x35, 0x05, 0, 0x82, 0x80];
    let uses = [(0, elf::R_RISCV_HI20, "table"), (4, elf::R_RISCV_LO12_I, "table")];
    let unit = unit().function("main", fixed, &uses).variable(".data.table", "table", 8, WORD, &[]);
    assert_snapshot!(linked(unit).unwrap_err(), @"error: `main` in app.o has addresses in its instructions, which the loader can't change; compile it with -fPIC");
}

#[test]
fn the_distance_to_the_kernel_is_refused() {
    let uses = [(0, elf::R_RISCV_PCREL_HI20, "rt_tick"), (4, elf::R_RISCV_PCREL_LO12_I, "main")];
    let refused = linked(unit().function("main", LOAD, &uses)).unwrap_err();
    assert_snapshot!(refused, @"error: the distance from `main` in app.o to `rt_tick` needs the distance to a symbol that is in the kernel; compile it with -fPIC");
}
