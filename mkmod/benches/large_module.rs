//! What mkmod itself adds to lld's time for a program of 1 MiB: 4,096 functions of 256 bytes, 200 imports that they call,
//! and a table of 5,000 addresses; checked against a kernel of 1,000 exports.
//!
//! `mkmod-ld` is the whole link, lld's two runs and the reading and writing of files included. The other figures are its
//! parts that are ours, and `all that is ours` is their sum.

#[path = "../tests/unit/mod.rs"]
mod unit;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};
use mkmod::check::{Options, Subject, check};
use mkmod::link::{first_pass::FirstPass, image, isa::Isa, map::LinkMap, write};
use mkmod::module::Note;
use mkmod::symbols::Kernel;
use object::elf;
use unit::Unit;

const FUNCTIONS: usize = 4096;
const FUNCTION_BYTES: usize = 256;
const IMPORTS: usize = 200;
const ADDRESSES: usize = 5000;
const EXPORTS: usize = 1000;

criterion_group!(benches, large_module);
criterion_main!(benches);

fn large_module(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut link = mkmod_ld(folder.path());
    assert!(link.status().unwrap().success());
    let elf = fs::read(folder.path().join("large")).unwrap();
    let map = fs::read_to_string(folder.path().join("large.map")).unwrap();
    let first_pass = first_pass();
    let (kernel, other) = (kernel("rt"), kernel("board"));

    let mut group = criterion.benchmark_group("1 MiB");
    group.sample_size(20);
    group.bench_function("mkmod-ld", |bencher| bencher.iter(|| link.status().unwrap()));
    group.bench_function("first_pass the first link", |bencher| {
        bencher.iter(|| FirstPass::read(black_box(&elf), &LinkMap::parse(&map)).unwrap());
    });
    group.bench_function("read and write", |bencher| bencher.iter(|| written(black_box(&elf), &map, &first_pass)));
    let module = written(&elf, &map, &first_pass);
    group.bench_function("check", |bencher| bencher.iter(|| assert_loads(black_box(&module), &elf, &kernel)));
    group.bench_function("refuse all imports", |bencher| {
        let subject = Subject { file_name: "large.mo", bytes: &module, unstripped: Some(&elf) };
        bencher.iter(|| check(subject, &other, &Options::default()).unwrap());
    });
    group.bench_function("all that is ours", |bencher| {
        bencher.iter(|| {
            black_box(FirstPass::read(black_box(&elf), &LinkMap::parse(&map)).unwrap());
            assert_loads(&written(&elf, &map, &first_pass), &elf, &kernel);
        });
    });
}

/// The link of the program in `folder`.
fn mkmod_ld(folder: &Path) -> Command {
    let object = program().write(folder, "large.o");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkmod-ld"));
    command.arg(object).arg("-o").arg(folder.join("large"));
    command.arg(format!("-Map={}", folder.join("large.map").display())).env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Each function calls an import and returns; the table keeps all of them.
fn program() -> Unit {
    let mut code = vec![0xff, 0xf7, 0xfe, 0xff, 0x70, 0x47];
    while code.len() < FUNCTION_BYTES {
        code.extend([0x00, 0xbf]);
    }
    let mut unit = Unit::new();
    for index in 0..FUNCTIONS {
        let call = (0, elf::R_ARM_THM_PC22, &*import(index % IMPORTS));
        unit = unit.function(&function(index), &code, &[call]);
    }
    let names: Vec<String> = (0..ADDRESSES).map(|index| function(index % FUNCTIONS)).collect();
    let addresses: Vec<_> =
        (0..).step_by(4).zip(&names).map(|(place, name)| (place, elf::R_ARM_ABS32, name.as_str())).collect();
    let table = unit.variable(".data.table", "table", 4, &[0; 4 * ADDRESSES], &addresses);
    table.function("main", &[0x70, 0x47, 0, 0, 0, 0, 0, 0], &[(4, elf::R_ARM_REL32, "table")])
}

fn import(index: usize) -> String {
    format!("rt_function_{index}")
}

fn function(index: usize) -> String {
    format!("work_{index}")
}

/// What the first pass finds in the program.
fn first_pass() -> FirstPass {
    FirstPass { functions: (0..IMPORTS).map(import).collect(), has_main: true, ..FirstPass::default() }
}

/// Its functions have names that begin with `prefix`.
fn kernel(prefix: &str) -> Kernel {
    let mut text = "# processor: v7 microcontroller soft-float\n# RT_NAME_MAX: 8\n# RT_ALIGN_SIZE: 4\n".to_owned();
    for index in 0..EXPORTS {
        writeln!(text, "{prefix}_function_{index} => {:#010x}", 0x1000 + 16 * index).unwrap();
    }
    Kernel::parse("rtthread.elf", text.as_bytes()).unwrap()
}

/// The module in the second link's ELF.
fn written(elf: &[u8], map: &str, first_pass: &FirstPass) -> Vec<u8> {
    let module = image::read(elf, &LinkMap::parse(map), first_pass, Isa::Thumb2).unwrap();
    assert!(module.relocations.len() >= ADDRESSES);
    let note = Note { stack_bytes: 2048, name: "large".into(), target: "thumbv7m-none-eabi".into(), ..Note::default() };
    write::write(&module, &note).bytes
}

fn assert_loads(module: &[u8], elf: &[u8], kernel: &Kernel) {
    let subject = Subject { file_name: "large.mo", bytes: module, unstripped: Some(elf) };
    let report = check(subject, kernel, &Options::default()).unwrap();
    assert!(!report.refused(), "{report}");
}
