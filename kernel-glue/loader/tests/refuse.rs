//! What can't be loaded is refused, each with its own words.

mod module;

use format::{CortexA, CortexM, Diagnostic, Isa, Riscv32, Riscv64};
use module::{Module, Relocation, Segment, Symbol};

/// What the loader says of hello after a change.
fn told(change: impl FnOnce(&mut Module)) -> String {
    let mut module = Module::hello();
    change(&mut module);
    told_of(&module.build())
}

/// The same for RISC-V.
fn told_of_riscv64(change: impl FnOnce(&mut Module)) -> String {
    let mut module = Module::hello_riscv64();
    change(&mut module);
    told_by::<Riscv64>(&module.build())
}

fn told_of_riscv32(change: impl FnOnce(&mut Module)) -> String {
    let mut module = Module::hello_riscv32();
    change(&mut module);
    told_by::<Riscv32>(&module.build())
}

fn told_of(file: &[u8]) -> String {
    told_by::<CortexM>(file)
}

fn told_by<I: Isa>(file: &[u8]) -> String {
    let mut problems = vec![];
    match loader::Module::<_, I>::read(file) {
        Err(error) => problems.push(error.to_string()),
        Ok(mut module) => {
            let mut report = |problem: &Diagnostic| problems.push(problem.to_string());
            let _ = module.find_tables(&mut report).and_then(|()| module.verify(&mut report).map(drop));
        }
    }
    problems.join("; ")
}

#[test]
fn hello_is_good() {
    assert_eq!(told(|_| ()), "");
}

#[test]
fn what_is_no_module_at_all() {
    assert_eq!(told_of(b""), "the file is no module: not an ELF file");
    assert_eq!(
        told_of(b"#!/bin/sh\necho this is a text, and no module at all\n"),
        "the file is no module: not an ELF file"
    );
    assert_eq!(
        told_of(&Module::hello().build()[..40]),
        "the file is no module: the file ends inside of its ELF header"
    );
    assert_eq!(told(|it| it.class = 2), "the file is no module: a 64-bit ELF file, not a 32-bit one");
    assert_eq!(told(|it| it.byte_order = 2), "the file is no module: not a little-endian ELF file");
    assert_eq!(told(|it| it.machine = 62), "the file is no module: made for machine 62, not for machine 40");
    assert_eq!(told(|it| it.kind = 1), "the file is no module: an object file (ET_REL), not a shared object");
    assert_eq!(
        told(|it| it.kind = 2),
        "the file is no module: a program for a fixed address (ET_EXEC), not a shared object"
    );
}

#[test]
fn a_file_that_was_cut() {
    let file = Module::hello().build();
    let (whole, cut) = (file.len(), file.len() - 1);
    assert_eq!(told_of(&file[..cut]), format!("section 2 ends at {whole}, but the file at {cut}"));
    assert_eq!(
        told_of(&file[..200]),
        "the file is no module: cut short: a table of headers ends at 284, the file at 200"
    );
}

#[test]
fn segments() {
    assert_eq!(told(|it| it.segments.clear()), "the file has nothing to load");
    assert_eq!(told(|it| it.segments[0].memory_size = 8), "segment 0 has more bytes in the file than in memory");
    assert_eq!(told(|it| it.segments[0].alignment = 12), "segment 0 has the alignment 12, no power of two");
    assert_eq!(told(|it| it.segments[0].alignment = 8192), "segment 0 is aligned to 8192 bytes, which is too much");
    assert_eq!(told(|it| it.segments[0].alignment = 4096), "");
    assert_eq!(told(|it| it.segments[0].address = 2), "segment 0 begins at 0x2, which is no multiple of 4");
    let segment = |address, kind| Segment { kind, address, bytes: vec![0; 4], memory_size: 4, flags: 6, alignment: 4 };
    assert_eq!(told(|it| it.segments.push(segment(64, 1))), "");
    assert_eq!(
        told(|it| it.segments.push(segment(60, 1))),
        "segment 1 begins before the end of the segment in front of it"
    );
    assert_eq!(told(|it| it.segments.push(segment(64, 7))), "segment 1 is thread-local, which modules can't have");
    assert_eq!(told(|it| it.segments.push(segment(u32::MAX - 1, 1))), "segment 1 ends past the address space");
}

#[test]
fn a_segment_past_the_end_of_the_file() {
    let mut file = Module::hello().build();
    file[52 + 4..52 + 8].copy_from_slice(&0x10000_u32.to_le_bytes());
    assert!(told_of(&file).starts_with("segment 0 ends at 65584, but the file at "));
}

#[test]
fn the_entry() {
    let told_of_entry = |entry| told(|it| it.entry = entry);
    let no_code =
        |entry| format!("the entry is a function at {entry}, where there is no code of the kernel's processor");
    assert_eq!(told_of_entry(16), no_code("0x10"));
    assert_eq!(told_of_entry(49), no_code("0x31"));
    let cut = |it: &mut Module| {
        it.segments[0].bytes.pop();
        it.entry = 47;
    };
    assert_eq!(told(cut), no_code("0x2f"), "half an instruction");
    assert_eq!(told_of_entry(0), "");
}

#[test]
fn arm_code_is_for_cortex_a() {
    let mut module = Module::hello();
    module.entry = 16;
    let file = module.build();
    assert!(loader::Module::<_, CortexA>::open(file.as_slice(), &mut |_| ()).unwrap().verify(&mut |_| ()).is_ok());
}

#[test]
fn symbols() {
    let symbol = |change: fn(&mut Symbol)| told(|it| change(&mut it.symbols[2]));
    assert_eq!(symbol(|it| it.kind = 6), "`module_init` is thread-local, which modules can't have");
    assert_eq!(symbol(|it| it.kind = 10), "`module_init` is chosen at load time (IFUNC), which the loader can't do");
    assert_eq!(symbol(|it| it.section = 0xfff2), "`module_init` was not placed by a linker");
    assert_eq!(symbol(|it| it.value = 65), "`module_init` is at 0x41, outside of the image");
    assert_eq!(
        symbol(|it| it.value = 24),
        "`module_init` is a function at 0x18, where there is no code of the kernel's processor"
    );
}

#[test]
fn relocations() {
    let relocation = |place, kind, symbol| told(|it| it.relocations.push(Relocation { place, kind, symbol }));
    let at = |rest| format!("the relocation of type {rest}");
    assert_eq!(
        relocation(40, 10, 2),
        at("10 at 0x28 for `rt_kprintf` is of a type that no loader of RT-Thread applies correctly")
    );
    assert_eq!(
        relocation(40, 20, 2),
        at("20 at 0x28 for `rt_kprintf` is of a type that no loader of RT-Thread applies correctly")
    );
    assert_eq!(relocation(64, 23, 0), at("23 at 0x40 changes what is not in the image"));
    assert_eq!(relocation(62, 23, 0), at("23 at 0x3e changes what is not in the image"));
    assert_eq!(relocation(42, 23, 0), at("23 at 0x2a changes a word that is not aligned"));
    assert_eq!(relocation(40, 2, 9), at("2 at 0x28 has a symbol that is not in the symbol table"));
    assert_eq!(relocation(40, 2, 0), at("2 at 0x28 needs a symbol and has none"));
    assert_eq!(relocation(40, 23, 1), at("23 at 0x28 for `rtt_mod_abi_1` has a symbol and must not have one"));
    assert_eq!(relocation(4000, 0, 0), "", "R_ARM_NONE does nothing, wherever it is");
}

#[test]
fn a_relocation_against_an_absolute_symbol() {
    let told = told(|it| {
        it.symbols.push(Symbol { name: "absolute", value: 4, binding: 1, kind: 0, section: 0xfff1 });
        it.relocations.push(Relocation { place: 40, kind: 2, symbol: 4 });
    });
    assert_eq!(
        told,
        "the relocation of type 2 at 0x28 for `absolute` has a symbol that is neither in the image nor the kernel's"
    );
}

#[test]
fn a_symbol_of_the_linkers_may_be_anywhere_if_nobody_uses_it() {
    let stack = Symbol { name: "_stack", value: 0x80000, binding: 1, kind: 0, section: 1 };
    let relocation = Relocation { place: 40, kind: 2, symbol: 4 };
    assert_eq!(told(|it| it.symbols.push(stack.clone())), "");
    let told = told(|it| {
        it.symbols.push(stack);
        it.relocations.push(relocation);
    });
    assert_eq!(
        told,
        "the relocation of type 2 at 0x28 for `_stack` has a symbol of the module's that is not in the image"
    );
}

#[test]
fn a_module_of_mkmod_has_its_five_sections() {
    let no_tables = "the file has neither the sections of a module of mkmod nor a dynamic section";
    assert_eq!(told(|it| it.sections.push((".rela.dyn", 4, 2, vec![0; 12]))), no_tables);
    assert_eq!(
        told(|it| it.relocations_kind = Some(0x2e9)),
        "section 3 is of a type that no module of mkmod has there"
    );
    assert_eq!(told(|it| it.relocations_kind = Some(1)), "section 3 is of a type that no module of mkmod has there");
    let mut file = Module::hello().build();
    file[48..50].fill(0);
    assert_eq!(told_of(&file), no_tables, "no section table at all");
}

#[test]
fn a_file_of_an_earlier_version() {
    let mut file = Module::hello().build();
    let owner = file.windows(4).position(|bytes| bytes == b"RTTM").unwrap();
    file[owner - 4] = 1;
    assert_eq!(told_of(&file), "section 4 is of an earlier version of the file format");
    file[owner - 4] = 3;
    assert_eq!(told_of(&file), "section 4 has a damaged note: the note's header is damaged");
}

#[test]
fn a_file_in_another_order() {
    let out_of_order = "is not in the order in which a loader reads";
    let told = |place: usize, value: u32| {
        let mut file = Module::hello().build();
        file[place..][..4].copy_from_slice(&value.to_le_bytes());
        told_of(&file)
    };
    let file = Module::hello().build();
    let sections = u32::from_le_bytes(file[32..36].try_into().unwrap());
    let offset = |section: usize| sections as usize + section * 40 + 16;
    let symbols = u32::from_le_bytes(file[offset(1)..][..4].try_into().unwrap());
    assert_eq!(told(offset(1), symbols), "");
    assert!(told(offset(1), symbols + 16).starts_with(&format!("the file {out_of_order}")), "a gap");
    assert!(told(offset(3), symbols - 32).starts_with(&format!("the file {out_of_order}")));
    let swapped = |it: &mut Module| it.symbols.swap(0, 1);
    assert_eq!(self::told(swapped), "", "the first is used first, whatever its name");
    let second_first = |it: &mut Module| {
        it.relocations[0].symbol = 2;
        it.relocations[1].symbol = 1;
    };
    assert_eq!(self::told(second_first).matches(out_of_order).count(), 1);
}

#[test]
fn a_module_that_uses_the_abi_has_a_note() {
    assert_eq!(told(|it| it.note = None), "`rtt_mod_abi_1` uses the module ABI, but has no note");
}

#[test]
fn all_problems_are_told_in_one_go() {
    let told = told(|it| {
        it.entry = 2;
        it.symbols[2].kind = 6;
        it.relocations.push(Relocation { place: 41, kind: 23, symbol: 0 });
    });
    assert_eq!(told.split("; ").count(), 3, "{told}");
}

#[test]
fn files_of_the_other_class() {
    assert_eq!(told_of_riscv64(|_| ()), "");
    let file = Module::hello().build();
    assert_eq!(told_by::<Riscv64>(&file), "the file is no module: a 32-bit ELF file, not a 64-bit one");
    assert_eq!(told_of_riscv64(|it| it.class = 3), "the file is no module: an ELF file of class 3, which is unknown");
    assert_eq!(
        told_of_riscv64(|it| it.machine = 183),
        "the file is no module: made for machine 183, not for machine 243"
    );
    assert_eq!(told_of_riscv32(|_| ()), "");
    assert_eq!(told_of_riscv32(|it| it.class = 2), "the file is no module: a 64-bit ELF file, not a 32-bit one");
    assert_eq!(
        told_of_riscv32(|it| it.machine = 40),
        "the file is no module: made for machine 40, not for machine 243"
    );
    let file = Module::hello_riscv64().build();
    assert_eq!(told_by::<Riscv64>(&file[..60]), "the file is no module: the file ends inside of its ELF header");
}

#[test]
fn what_is_beyond_4_gib_is_nowhere() {
    let change = |at: usize, value: u64| {
        let mut file = Module::hello_riscv64().build();
        file[at..at + 8].copy_from_slice(&value.to_le_bytes());
        told_by::<Riscv64>(&file)
    };
    const BEYOND: u64 = 1 << 32;
    let no_code = "the entry is a function at 0xffffffff, where there is no code of the kernel's processor";
    assert_eq!(change(24, BEYOND + 48), no_code);
    assert!(
        change(32, BEYOND + 64).starts_with("the file is no module: cut short: a table of headers ends at 4294967351")
    );
    assert!(change(64 + 8, BEYOND + 120).starts_with("segment 0 ends at 4294967375, but the file at "));
    assert!(change(64 + 16, BEYOND).starts_with("segment 0 ends past the address space"));
}

#[test]
fn riscv_code_begins_at_any_half_word() {
    assert_eq!(told_of_riscv64(|it| it.entry = 50), "");
    assert_eq!(told_of_riscv32(|it| it.entry = 34), "");
    let no_code = "the entry is a function at 0x31, where there is no code of the kernel's processor";
    assert_eq!(told_of_riscv64(|it| it.entry = 49), no_code);
    assert_eq!(told_of_riscv32(|it| it.entry = 49), no_code);
    assert_eq!(
        told_of_riscv64(|it| it.symbols[2].value = 53),
        "`module_init` is a function at 0x35, where there is no code of the kernel's processor"
    );
}

#[test]
fn relocations_of_riscv64() {
    let relocation =
        |place, kind, symbol| told_of_riscv64(|it| it.relocations.push(Relocation { place, kind, symbol }));
    let at = |rest| format!("the relocation of type {rest}");
    assert_eq!(
        relocation(72, 1, 2),
        at("1 at 0x48 for `rt_kprintf` is of a type that no loader of RT-Thread applies correctly")
    );
    assert_eq!(relocation(72, 58, 0), at("58 at 0x48 is of a type that no loader of RT-Thread applies correctly"));
    assert_eq!(relocation(92, 3, 0), at("3 at 0x5c changes what is not in the image"), "half of it is outside");
    assert_eq!(relocation(68, 3, 0), at("3 at 0x44 changes a word that is not aligned"));
    assert_eq!(relocation(72, 2, 0), at("2 at 0x48 needs a symbol and has none"));
    assert_eq!(relocation(72, 5, 9), at("5 at 0x48 has a symbol that is not in the symbol table"));
}

#[test]
fn relocations_of_riscv32() {
    let relocation =
        |place, kind, symbol| told_of_riscv32(|it| it.relocations.push(Relocation { place, kind, symbol }));
    let at = |rest| format!("the relocation of type {rest}");
    assert_eq!(relocation(48, 1, 2), "");
    assert_eq!(
        relocation(48, 2, 2),
        at("2 at 0x30 for `rt_kprintf` is of a type that no loader of RT-Thread applies correctly"),
        "a word of 64 bits"
    );
    assert_eq!(relocation(64, 3, 0), at("3 at 0x40 changes what is not in the image"));
    assert_eq!(relocation(50, 3, 0), at("3 at 0x32 changes a word that is not aligned"));
    assert_eq!(relocation(48, 1, 0), at("1 at 0x30 needs a symbol and has none"));
    assert_eq!(relocation(48, 5, 9), at("5 at 0x30 has a symbol that is not in the symbol table"));
}

#[test]
fn an_image_of_riscv64_begins_at_a_whole_word() {
    let told = told_of_riscv64(|it| it.segments[0].address = 4);
    assert!(told.starts_with("segment 0 begins at 0x4, which is no multiple of 8"), "{told}");
}
