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
    for (name, change) in SEEDS {
        let mut module = Module::hello();
        change(&mut module);
        let (file, bytes) = (folder().join(name), module.build());
        if env::var_os("UPDATE_CORPUS").is_some() {
            fs::write(&file, &bytes).expect("the corpus can be written");
        }
        assert!(fs::read(&file).is_ok_and(|committed| committed == bytes), "{name} is not what it is made of");
    }
}

type Change = fn(&mut Module);

const SEEDS: &[(&str, Change)] = &[
    ("hello", |_| ()),
    ("library", |it| it.entry = 0),
    ("no_note", |it| it.note = None),
    ("two_segments", |it| {
        it.segments.push(Segment { kind: 1, address: 64, bytes: vec![1; 8], memory_size: 32, flags: 6, alignment: 8 });
    }),
    ("debug_symbols", |it| {
        it.debug_symbols = vec![Symbol { name: "main", value: 17, binding: 1, kind: 2, section: 1 }];
    }),
    ("from_place", |it| it.relocations.push(Relocation { place: 44, kind: 3, symbol: 1 })),
    ("unsupported", |it| it.relocations[0].kind = 28),
    ("missing", |it| it.symbols[1].name = "rt_kprintf_"),
    ("own_symbol", |it| it.relocations.push(Relocation { place: 40, kind: module::GLOB_DAT, symbol: 3 })),
];
