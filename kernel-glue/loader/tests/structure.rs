//! What the structure of a file says is not trusted: each kind of lie is refused, in time that grows with the file alone.

mod module;

use format::{CortexM, Name, ReadError, Source};
use loader::{Code, Diagnostic};
use module::{ABS32, Module, RELATIVE, Relocation, Symbol};
use std::cell::Cell;
use std::{fs, path::Path};

const BASE: u64 = 0x2000_0100;

fn kernel(_: &Name) -> Option<u64> {
    Some(0x1001)
}

/// What the loader says of a file, up to its placing.
fn told_of<S: Source + Copy>(file: S) -> Vec<Diagnostic> {
    let mut told = vec![];
    let mut report = |diagnostic: &Diagnostic| told.push(diagnostic.clone());
    let load = |report: &mut dyn FnMut(&Diagnostic)| {
        let module = loader::Module::<_, CortexM>::open(file, report).ok()?;
        let verified = module.verify(report).ok()?;
        let mut image = vec![0; verified.image_size() as usize];
        verified.place(&mut image, BASE, &kernel, report).ok()
    };
    let _ = load(&mut report);
    told
}

fn told(change: impl FnOnce(&mut Module)) -> Vec<String> {
    let mut module = Module::hello();
    change(&mut module);
    told_of(module.build().as_slice()).iter().map(Diagnostic::to_string).collect()
}

fn case(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/files").join(name)).unwrap()
}

#[test]
fn files_that_were_once_taken_for_modules() {
    let codes = |name: &str| told_of(case(name).as_slice()).iter().map(|it| it.code).collect::<Vec<_>>();
    assert_eq!(codes("shnum0_bad_checksum.mo"), [Code::NoTables]);
    assert_eq!(codes("relsection_type.mo"), [Code::SectionKind]);
    assert_eq!(codes("relbig.mo"), [Code::NoModule(format::header::Error::Kind(format::elf::ET_REL.into()))]);
    assert_eq!(codes("many_symbol_tables.mo"), [Code::NoTables]);
    assert_eq!(codes("escape_in_description.mo"), [Code::Note(format::note::Error::Old)]);
}

#[test]
fn a_word_that_two_relocations_change() {
    let twice = told(|it| it.relocations.push(Relocation { place: 32, kind: RELATIVE, symbol: 0 }));
    assert_eq!(twice, ["the relocation of type 23 at 0x20 changes a word that another relocation changes too"]);
}

#[test]
fn a_relocation_that_hits_a_thunk() {
    for kind in [RELATIVE, ABS32, module::GLOB_DAT] {
        let symbol = if kind == RELATIVE { 0 } else { 1 };
        let hit = told(|it| it.relocations.push(Relocation { place: 0, kind, symbol }));
        assert_eq!(hit, [format!("the relocation of type {kind} at 0x0 changes a word that can't be an address")]);
    }
}

#[test]
fn an_import_that_nothing_uses() {
    assert_eq!(told(|it| it.symbols.push(Symbol::import("rt_free"))), ["`rt_free` is imported, but nothing uses it"]);
    let other = |it: &mut Module| {
        it.note = None;
        it.symbols[0] = Symbol::import("rt_malloc");
        it.symbols.push(Symbol::import("rt_free"));
    };
    assert!(told(other).is_empty(), "GCC leaves such imports");
}

#[test]
fn a_checksum_that_is_wrong() {
    assert_eq!(told(|it| it.note.as_mut().unwrap().untruth = 1).len(), 1);
    assert!(told(|it| it.note.as_mut().unwrap().untruth = 1)[0].starts_with("the file has the checksum "));
}

/// A file that becomes another one after so many reads.
#[derive(Clone, Copy)]
struct Changing<'f> {
    before: &'f [u8],
    after: &'f [u8],
    reads: &'f Cell<usize>,
}

impl Source for Changing<'_> {
    type Error = ReadError;

    fn length(&self) -> u32 {
        self.before.length()
    }

    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), ReadError> {
        let left = self.reads.get();
        self.reads.set(left.saturating_sub(1));
        if left > 0 { self.before.read(offset, into) } else { self.after.read(offset, into) }
    }
}

#[test]
fn a_file_that_changes_during_its_load_is_never_mixed() {
    let before = Module::hello().build();
    let mut other = Module::hello();
    other.entry = 25;
    other.segments[0].bytes[37] = b'a';
    other.symbols[1].name = "rt_kprintF";
    other.relocations[2].place = 44;
    other.segments[0].bytes[44..48].copy_from_slice(&36_u32.to_le_bytes());
    let after = other.build();
    assert_eq!(before.len(), after.len());
    let place = |file: &[u8], entry: &mut u64| {
        let module = loader::Module::<_, CortexM>::open(file, &mut |_| ()).unwrap();
        let verified = module.verify(&mut |_| ()).unwrap();
        *entry = verified.entry(BASE).unwrap();
        let mut image = vec![0; verified.image_size() as usize];
        verified.place(&mut image, BASE, &kernel, &mut |_| ()).unwrap();
        image
    };
    let (mut first, mut second) = (0, 0);
    let wanted = [(place(&before, &mut first), first), (place(&after, &mut second), second)];
    let (mut placed, mut refused) = (0, 0);
    for reads in 0..400 {
        let left = Cell::new(reads);
        let file = Changing { before: &before, after: &after, reads: &left };
        let load = || {
            let module = loader::Module::<_, CortexM>::open(file, &mut |_| ()).ok()?;
            let verified = module.verify(&mut |_| ()).ok()?;
            let mut image = vec![0; verified.image_size() as usize];
            verified.place(&mut image, BASE, &kernel, &mut |_| ()).ok()?;
            Some((image, verified.entry(BASE)?))
        };
        match load() {
            Some(found) => {
                assert!(wanted.iter().any(|(image, entry)| found == (image.clone(), *entry)), "after {reads} reads");
                placed += 1;
            }
            None => refused += 1,
        }
    }
    assert!(placed > 1 && refused > 10, "{placed} placed, {refused} refused");
}

/// What the loader says of hello as another linker writes it, after a change.
fn told_of_other(change: impl FnOnce(&mut Module)) -> Vec<String> {
    told(|it| {
        it.note = None;
        it.symbols[0] = Symbol::import("rt_malloc");
        change(it);
    })
}

#[test]
fn a_module_of_another_linker_is_found_by_its_dynamic_section() {
    assert!(told_of_other(|_| ()).is_empty());
    let mut module = Module::hello();
    module.note = None;
    module.symbols[0] = Symbol::import("rt_malloc");
    let mut file = module.build();
    file[48..50].fill(0);
    assert!(told_of(file.as_slice()).is_empty(), "without a section table");
}

#[test]
fn a_dynamic_section_that_is_wrong() {
    use format::elf::*;
    let told = |tag, value| told_of_other(|it| it.dynamic.push((tag, value)));
    let outside = "points to what is not in the file";
    assert_eq!(told(DT_STRTAB, 0x1000), [format!("entry 6 of the dynamic section {outside}")]);
    assert_eq!(told(DT_RELSZ, 0x1000), [format!("entry 17 of the dynamic section {outside}")]);
    assert_eq!(told(DT_RELASZ, 12).len(), 1);
    assert!(told(DT_RELASZ, 12)[0].contains("relocations with addends"));
    assert!(told(DT_PREINIT_ARRAYSZ, 4)[0].contains("lists functions"));
    for (tag, size) in [(DT_INIT_ARRAY, DT_INIT_ARRAYSZ), (DT_FINI_ARRAY, DT_FINI_ARRAYSZ)] {
        let array = |start, bytes| told_of_other(|it| it.dynamic.extend([(tag, start), (size, bytes)]));
        assert!(array(4, 4).is_empty());
        let refused = [format!("entry {tag} of the dynamic section {outside}")];
        assert_eq!(array(4, 0x1000), refused, "past the end");
        assert_eq!(array(0x1000, 4), refused);
        assert_eq!(array(6, 4), refused, "unaligned");
        assert_eq!(array(4, 6), refused, "half a word");
    }
}

#[test]
fn a_weak_import_may_be_missing() {
    let mut module = Module::hello();
    module.symbols[1].binding = format::elf::STB_WEAK;
    let file = module.build();
    let module = loader::Module::<_, CortexM>::open(file.as_slice(), &mut |_| ()).unwrap();
    let verified = module.verify(&mut |_| ()).unwrap();
    let mut image = vec![0; verified.image_size() as usize];
    let kernel = |name: &Name| (name.as_bytes() == b"rtt_mod_abi_1").then_some(0x1001);
    verified.place(&mut image, BASE, &kernel, &mut |problem| panic!("{problem}")).unwrap();
    assert_eq!(image[12..16], [0; 4]);
    assert_eq!(image[4..8], 0x1001_u32.to_le_bytes());
}
