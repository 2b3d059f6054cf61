//! What `mkmod pack` makes of a shared object as GNU ld lays it out, and what it says to one that it can't pack.

mod support;

use std::fmt::Write;

use mkmod::module::{Note, parse_draft};
use mkmod::pack::{Exports, Packed, pack};
use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};
use support::module::{ABS32, GLOB_DAT, Module, R_RISCV_64, R_RISCV_RELATIVE, RELATIVE, Relocation, Segment, Symbol};

const JUMP_SLOT: u32 = 22;

/// The address of the variables: behind a page that is mostly empty.
const DATA: u32 = 0x1040;

/// `Tag_CPU_arch` v7, `Tag_CPU_arch_profile`.
fn attributes(profile: u8) -> Vec<u8> {
    [b"A\x13\0\0\0aeabi\0\x01\x09\0\0\0\x06\x0a\x07", &[profile][..]].concat()
}

/// A shared object, and where its sections are loaded.
struct Linked {
    module: Module,
    /// Name, address, alignment.
    places: Vec<(&'static str, u32, u32)>,
}

/// 32 bytes of headers and tables, 32 of code with `main` at their start, an empty page, 32 bytes of variables, and
/// 16 that are zero.
fn linked() -> Linked {
    let words: [u32; 8] = [0, 4, DATA + 4, 0, 0x11, 0x22, 0x33, 0x44];
    let data: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let segment = |address, bytes: Vec<u8>, zeros| {
        let memory_size = bytes.len() as u32 + zeros;
        Segment { kind: 1, address, bytes, memory_size, flags: 7, alignment: 0x1000 }
    };
    let code = [[0xee; 32], [0x70; 32]].concat();
    let function = |name, value| Symbol { name, value, binding: 1, kind: 2, section: 1 };
    let module = Module {
        entry: 33,
        segments: vec![segment(0, code, 0), segment(DATA, data, 16)],
        symbols: vec![
            Symbol::import("rt_kprintf"),
            function("main", 33),
            function("helper", 41),
            function("module_init", 49),
            Symbol { name: "table", value: DATA + 16, binding: 1, kind: 1, section: 1 },
            Symbol::import("never_used"),
        ],
        relocations: vec![
            Relocation { place: DATA, kind: JUMP_SLOT, symbol: 1 },
            Relocation { place: DATA + 4, kind: ABS32, symbol: 5 },
            Relocation { place: DATA + 8, kind: RELATIVE, symbol: 0 },
            Relocation { place: DATA + 12, kind: GLOB_DAT, symbol: 3 },
        ],
        note: None,
        sections: vec![
            (".ARM.attributes", 0x7000_0003, 0, attributes(b'M')),
            (".hash", 5, 2, vec![0; 32]),
            (".text", 1, 6, vec![0; 32]),
            (".data", 1, 3, vec![0; 32]),
            (".bss", 8, 3, vec![0; 16]),
        ],
        ..Module::hello()
    };
    Linked { module, places: vec![(".text", 32, 4), (".data", DATA, 4), (".bss", DATA + 32, 4)] }
}

impl Linked {
    fn section(mut self, name: &'static str, kind: u32, address: u32, alignment: u32, bytes: &[u8]) -> Self {
        self.module.sections.push((name, kind, 6, bytes.to_vec()));
        self.places.push((name, address, alignment));
        self
    }

    fn build(&self) -> Vec<u8> {
        let mut bytes = self.module.build();
        let (form, word) = (self.module.form, self.module.form.word());
        let table = u32::from_le_bytes(bytes[24 + 2 * word..][..4].try_into().unwrap()) as usize;
        for (name, address, alignment) in &self.places {
            // Behind the null section, and those of symbols, names and relocations.
            let index = self.module.sections.iter().position(|section| section.0 == *name).unwrap();
            let header = table + form.section_size() * (index + 4 + usize::from(self.module.note.is_some()));
            bytes[header + 8 + word..][..4].copy_from_slice(&address.to_le_bytes());
            bytes[header + 16 + 4 * word..][..4].copy_from_slice(&alignment.to_le_bytes());
        }
        bytes
    }

    fn packed(&self, exports: Exports) -> Packed {
        pack("hello.so", &self.build(), "hello", exports).unwrap()
    }
}

/// The file in words: segments, symbols, relocations with what is at their places.
fn shown(packed: &Packed) -> String {
    let file = object::File::parse(&*packed.bytes).unwrap();
    let mut text = format!("{packed}\nentry {:#x}\n", file.entry());
    let mut image = vec![];
    for segment in file.segments() {
        let data = segment.data().unwrap();
        writeln!(text, "segment {:#x}: {} of {} bytes", segment.address(), data.len(), segment.size()).unwrap();
        image.resize(segment.address() as usize, 0);
        image.extend(data);
    }
    let names: Vec<_> = file.dynamic_symbols().map(|symbol| symbol.name().unwrap().to_owned()).collect();
    for symbol in file.dynamic_symbols() {
        let kind = if symbol.is_undefined() { "import".to_owned() } else { format!("{:?}", symbol.kind()) };
        writeln!(text, "{kind} {} {:#x}", symbol.name().unwrap(), symbol.address()).unwrap();
    }
    for (place, relocation) in file.dynamic_relocations().unwrap() {
        let object::RelocationFlags::Elf { r_type } = relocation.flags() else { unreachable!() };
        let name = match relocation.target() {
            object::RelocationTarget::Symbol(index) if index.0 > 0 => names[index.0 - 1].as_str(),
            _ => "",
        };
        let word = match file.is_64() {
            true => relocation.addend(),
            false => u32::from_le_bytes(image[place as usize..][..4].try_into().unwrap()).into(),
        };
        let names_of_types = if file.is_64() { &object::elf::NAMES_R_RISCV } else { &object::elf::NAMES_R_ARM };
        let kind = names_of_types.name(r_type).unwrap();
        writeln!(text, "{kind} {place:#x}: {word:#x} {name}").unwrap();
    }
    text
}

fn note(packed: &Packed) -> Note {
    let file = object::File::parse(&*packed.bytes).unwrap();
    let section = file.section_by_name(".note.rtt-mod").unwrap();
    let strings = section.data().unwrap()[format::note::DESCRIPTION..].to_vec();
    let end = strings.iter().rposition(|&byte| byte != 0).unwrap() + 2;
    parse_draft(&strings[..end]).unwrap()
}

#[test]
fn a_program_keeps_what_runs() {
    insta::assert_snapshot!(shown(&linked().packed(Exports::Hooks)));
}

/// The same for RISC-V.
fn linked_riscv64() -> Linked {
    let words: [u64; 8] = [0, 8, u64::from(DATA) + 4, 0, 0x11, 0x22, 0x33, 0x44];
    let data = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let Linked { module, .. } = linked();
    let mut segments = module.segments.clone();
    (segments[1].bytes, segments[1].memory_size) = (data, 80);
    let function = |name, value| Symbol { name, value, binding: 1, kind: 2, section: 1 };
    let mut symbols = module.symbols.clone();
    symbols[1..4].clone_from_slice(&[function("main", 32), function("helper", 40), function("module_init", 48)]);
    let relocation = |place, kind, symbol| Relocation { place, kind, symbol };
    let module = Module {
        entry: 32,
        segments,
        symbols,
        relocations: vec![
            relocation(DATA, 5, 1),
            relocation(DATA + 8, R_RISCV_64, 5),
            relocation(DATA + 16, R_RISCV_RELATIVE, 0),
            relocation(DATA + 24, R_RISCV_64, 1),
        ],
        note: None,
        sections: module.sections[1..].to_vec(),
        ..Module::hello_riscv64()
    };
    Linked { module, places: vec![(".text", 32, 4), (".data", DATA, 8), (".bss", DATA + 64, 8)] }
}

#[test]
fn a_program_for_riscv_carries_its_addends() {
    insta::assert_snapshot!(shown(&linked_riscv64().packed(Exports::Hooks)));
}

#[test]
fn a_program_may_keep_its_functions() {
    let packed = linked().packed(Exports::All);
    assert!(shown(&packed).contains("Text helper 0x9\nText module_init 0x11\n"));
}

#[test]
fn a_library_keeps_its_functions() {
    let mut library = linked();
    library.module.entry = 0;
    let packed = library.packed(Exports::Hooks);
    assert!(shown(&packed).contains("Text helper 0x9\nText module_init 0x11\n"));
    assert!(note(&packed).library);
}

#[test]
fn the_note_says_what_can_be_known() {
    let note = note(&linked().packed(Exports::Hooks));
    assert_eq!((note.name.as_str(), note.target.as_str()), ("hello", "thumbv7m-none-eabi"));
    assert_eq!((note.stack_bytes, note.priority, note.library), (2048, None, false));
}

/// dlmodule finds it in the symbol table; it must not be a function, which would cost heap and be no code.
#[test]
fn the_priority_stays_in_force() {
    let mut program = linked();
    program.module.symbols[4].name = "dlmodule_thread_priority";
    let packed = program.packed(Exports::Hooks);
    assert!(shown(&packed).contains("Data dlmodule_thread_priority 0x1030\n"));
    assert_eq!(note(&packed).priority, Some(0x11));
}

/// Segments side by side, as with `-z max-page-size=4`, become one.
#[test]
fn without_a_gap_there_is_one_segment() {
    let mut program = linked();
    program.module.segments[0].bytes.resize(DATA as usize - 16, 0);
    program.module.segments[0].memory_size = DATA - 16;
    let packed = program.packed(Exports::Hooks);
    assert_eq!(packed.gap_bytes, 0);
    assert_eq!(object::File::parse(&*packed.bytes).unwrap().segments().count(), 1);
}

/// The loader takes an entry at 0 for none.
#[test]
fn arm_code_at_the_very_start_is_still_an_entry() {
    let mut program = linked();
    program.module.sections[0].3 = attributes(b'A');
    program.module.entry = 32;
    let packed = program.packed(Exports::Hooks);
    assert_eq!(object::File::parse(&*packed.bytes).unwrap().entry(), 4);
    assert!(!note(&packed).library);
}

fn changed(change: impl FnOnce(&mut Module)) -> Linked {
    let mut linked = linked();
    change(&mut linked.module);
    linked
}

fn relocated(place: u32, kind: u32, symbol: u32) -> Linked {
    changed(|it| it.relocations.push(Relocation { place, kind, symbol }))
}

#[test]
fn constructors_and_destructors_are_found_by_their_symbols() {
    use format::elf::{DT_FINI_ARRAY, DT_FINI_ARRAYSZ, DT_INIT_ARRAY, DT_INIT_ARRAYSZ};
    let linked = changed(|it| {
        let arrays =
            [(DT_INIT_ARRAY, DATA + 16), (DT_INIT_ARRAYSZ, 8), (DT_FINI_ARRAY, DATA + 24), (DT_FINI_ARRAYSZ, 4)];
        it.dynamic.extend(arrays);
    });
    let packed = pack("hello.so", &linked.build(), "hello", Exports::Hooks).unwrap();
    let file = object::File::parse(&*packed.bytes).unwrap();
    let array = |name: &str| {
        let symbol = file.dynamic_symbols().find(|symbol| symbol.name() == Ok(name)).unwrap();
        (symbol.address(), symbol.size())
    };
    let first = array("rttm_constructors");
    assert_eq!(first.1, 8);
    assert_eq!(array("rttm_destructors"), (first.0 + 8, 4));
}

#[test]
fn what_cannot_be_packed_is_refused_by_name() {
    let cases = [
        ("object file", changed(|it| it.kind = 1)),
        ("fixed address", changed(|it| it.kind = 2)),
        ("another machine", changed(|it| it.machine = 94)),
        ("thread-local segment", changed(|it| it.segments.extend([Segment { kind: 7, ..it.segments[1].clone() }]))),
        ("thread-local symbol", changed(|it| it.symbols[4].kind = 6)),
        ("thread-local relocation", relocated(DATA + 16, 17, 5)),
        ("indirect function", changed(|it| it.symbols[2].kind = 10)),
        ("indirect relocation", relocated(DATA + 16, 160, 0)),
        ("copy relocation", relocated(DATA + 16, 20, 5)),
        ("fixed address in code", relocated(52, 47, 1)),
        ("call in code", relocated(52, 10, 1)),
        ("distance to the kernel", relocated(DATA + 16, 3, 1)),
        ("distance within the module", relocated(DATA + 16, 3, 3)),
        ("unknown relocation", relocated(DATA + 16, 240, 1)),
        ("constructors before constructors", linked().section(".preinit_array", 16, DATA + 16, 4, &[0; 4])),
        ("constructors of old", linked().section(".ctors", 1, DATA + 16, 4, &[0; 8])),
        ("entry in data", changed(|it| it.entry = DATA + 49)),
        ("entry without thumb bit", changed(|it| it.entry = 32)),
        ("procedure linkage in arm code", linked().section(".plt", 1, 32, 16, &0xe52d_e004_u32.to_le_bytes())),
        ("no attributes", changed(|it| drop(it.sections.remove(0))).without(".ARM.attributes")),
        ("unknown processor", changed(|it| it.sections[0].3[17] = 2)),
        ("alignment", linked().section(".vectors", 1, 32, 8192, &[0; 4])),
        ("pointer to the headers", relocated(DATA + 28, RELATIVE, 0).word(28, 4)),
        ("pointer behind the end", relocated(DATA + 28, RELATIVE, 0).word(28, DATA + 49)),
        ("relocation in the headers", relocated(8, RELATIVE, 0)),
        ("nothing but tables", linked().only(".hash")),
        ("segments far apart", linked().far()),
    ];
    let refusals: Vec<String> = cases
        .iter()
        .map(|(case, linked)| {
            let refusal = pack("hello.so", &linked.build(), "hello", Exports::Hooks);
            format!("-- {case}\n{}", refusal.expect_err(case))
        })
        .collect();
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_module_is_not_packed_again() {
    let refusal = pack("hello.mo", &Module::hello().build(), "hello", Exports::Hooks).unwrap_err();
    insta::assert_snapshot!(refusal, @"it is a module that mkmod has made: there is nothing left to cut");
}

impl Linked {
    fn without(mut self, name: &str) -> Self {
        self.places.retain(|place| place.0 != name);
        self
    }

    fn word(mut self, at: usize, word: u32) -> Self {
        self.module.segments[1].bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        self
    }

    fn only(mut self, name: &str) -> Self {
        self.module.sections.retain(|section| section.0 == name || section.0 == ".ARM.attributes");
        self.places.clear();
        self
    }

    fn far(mut self) -> Self {
        self.module.segments[1].address = 0x2000_0000;
        self.module.symbols.truncate(4);
        self.module.relocations.clear();
        self.places[1].1 = 0x2000_0000;
        self.places[2].1 = 0x2000_0020;
        self
    }
}

#[test]
fn no_shared_object_at_all() {
    let error = pack("notes.txt", b"Things to do\n", "notes", Exports::Hooks).unwrap_err();
    assert_eq!(error.to_string(), "notes.txt is no module: not an ELF file");
}
