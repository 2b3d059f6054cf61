//! The files that the fuzzer begins with, and those that it has found something with, do no harm.

mod everything;
mod module;

use module::{Module, Relocation, Segment, Symbol};
use std::{env, fs, path::Path};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/load")
}

#[test]
fn the_corpus_does_no_harm() {
    let mut files = 0;
    for entry in fs::read_dir(folder()).expect("the corpus is there") {
        everything::load(&fs::read(entry.expect("it can be listed").path()).expect("it can be read"));
        files += 1;
    }
    assert!(files >= SEEDS.len());
}

/// What the fuzzer begins with: `UPDATE_CORPUS=1 cargo test -p rtt-mod-loader --test corpus` writes it anew.
#[test]
fn the_seeds_are_in_the_corpus() {
    for (name, begin, change) in SEEDS {
        let mut module = begin();
        change(&mut module);
        let (file, bytes) = (folder().join(name), module.build());
        if env::var_os("UPDATE_CORPUS").is_some() {
            fs::write(&file, &bytes).expect("the corpus can be written");
        }
        assert!(fs::read(&file).is_ok_and(|committed| committed == bytes), "{name} is not what it is made of");
    }
}

type Begin = fn() -> Module;
type Change = fn(&mut Module);

const SEEDS: &[(&str, Begin, Change)] = &[
    ("hello", Module::hello, |_| ()),
    ("library", Module::hello, |it| it.entry = 0),
    ("no_note", Module::hello, |it| it.note = None),
    ("two_segments", Module::hello, |it| {
        it.segments.push(Segment { kind: 1, address: 64, bytes: vec![1; 8], memory_size: 32, flags: 6, alignment: 8 });
    }),
    ("debug_symbols", Module::hello, |it| {
        it.debug_symbols = vec![Symbol { name: "main", value: 17, binding: 1, kind: 2, section: 1 }];
    }),
    ("from_place", Module::hello, |it| it.relocations.push(Relocation { place: 44, kind: 3, symbol: 1 })),
    ("unsupported", Module::hello, |it| it.relocations[0].kind = 28),
    ("missing", Module::hello, |it| it.symbols[1].name = "rt_kprintf_"),
    ("own_symbol", Module::hello, |it| {
        it.relocations.push(Relocation { place: 40, kind: module::GLOB_DAT, symbol: 3 })
    }),
    ("riscv32", Module::hello_riscv32, |_| ()),
    ("riscv32_library", Module::hello_riscv32, |it| it.entry = 0),
    ("riscv32_unsupported", Module::hello_riscv32, |it| it.relocations[0].kind = 2),
    ("riscv32_own_symbol", Module::hello_riscv32, |it| {
        it.relocations.push(Relocation { place: 48, kind: module::R_RISCV_32, symbol: 3 });
    }),
    ("riscv64", Module::hello_riscv64, |_| ()),
    ("riscv64_library", Module::hello_riscv64, |it| it.entry = 0),
    ("riscv64_unsupported", Module::hello_riscv64, |it| it.relocations[0].kind = 1),
    ("riscv64_own_symbol", Module::hello_riscv64, |it| {
        it.relocations.push(Relocation { place: 72, kind: module::R_RISCV_64, symbol: 3 });
    }),
];
