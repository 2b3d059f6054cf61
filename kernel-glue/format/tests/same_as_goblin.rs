//! `format` and `goblin` read the same from a module and from its mutants, as far as both take it for an ELF file.

use format::{Class, CortexM, Elf32, Elf64, Header, Isa, Riscv32, Riscv64, Section, Segment, Symbol, Table};
use goblin::elf::{Elf, section_header, sym::Symtab};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

/// The modules in the repository's tests and in the corpus of the loader's fuzzer.
fn modules() -> &'static [Vec<u8>] {
    static MODULES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MODULES.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["../loader/fuzz/corpus/load", "../../tests/cases/files"];
        let files =
            folders.iter().flat_map(|folder| std::fs::read_dir(here.join(folder)).expect("the folder is there"));
        let mut files: Vec<_> = files.map(|entry| entry.expect("it can be listed").path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read(file).expect("it can be read")).collect()
    })
}

/// Compares everything that both read. `false`: one of them does not take the file for an ELF file.
fn compare(file: &[u8]) -> bool {
    compare_for::<CortexM, Elf32>(file) || compare_for::<Riscv32, Elf32>(file) || compare_for::<Riscv64, Elf64>(file)
}

fn compare_for<I: Isa<Class = C>, C: Class>(file: &[u8]) -> bool {
    let (Ok(header), Ok(theirs)) = (Header::read::<I>(&file), Elf::parse(file)) else {
        return false;
    };
    // Goblin finds tables with too many entries for the header elsewhere.
    if theirs.header.e_shnum == 0 || theirs.header.e_phnum == 0xffff {
        return false;
    }
    assert_eq!(header.entry.map_or(0, |entry| entry.get()), narrow(theirs.header.e_entry));
    assert_eq!(header.flags, theirs.header.e_flags);
    assert_eq!(header.names_section, theirs.header.e_shstrndx);

    let segments = Table::<_, C, Segment>::new(&file, header.segments_offset, header.segment_count.into());
    let segments: Vec<Segment> = segments.map(|segment| segment.expect("the table is in the file")).collect();
    assert_eq!(segments.len(), theirs.program_headers.len());
    for (ours, theirs) in segments.iter().zip(&theirs.program_headers) {
        let theirs = Segment {
            kind: theirs.p_type,
            file_offset: narrow(theirs.p_offset),
            file_size: narrow(theirs.p_filesz),
            address: narrow(theirs.p_vaddr),
            physical_address: narrow(theirs.p_paddr),
            memory_size: narrow(theirs.p_memsz),
            flags: theirs.p_flags,
            alignment: narrow(theirs.p_align),
        };
        assert_eq!(*ours, theirs);
    }

    let sections = Table::<_, C, Section>::new(&file, header.sections_offset, header.section_count.into());
    let sections: Vec<Section> = sections.map(|section| section.expect("the table is in the file")).collect();
    assert_eq!(sections.len(), theirs.section_headers.len());
    for (ours, theirs) in sections.iter().zip(&theirs.section_headers) {
        let place = (ours.name, ours.kind.0, ours.offset, ours.size, ours.link, ours.info);
        let their_place = (
            u32::try_from(theirs.sh_name).expect("it has 32 bits"),
            theirs.sh_type,
            narrow(theirs.sh_offset),
            narrow(theirs.sh_size),
            theirs.sh_link,
            theirs.sh_info,
        );
        assert_eq!(place, their_place);
        assert_eq!((ours.address, ours.alignment), (narrow(theirs.sh_addr), narrow(theirs.sh_addralign)));
    }
    let dynamic = sections.iter().find(|section| section.kind.0 == section_header::SHT_DYNSYM);
    if let Some(dynamic) = dynamic.filter(|section| section.bytes().is_within(file.len() as u32)) {
        compare_symbols::<C>(file, dynamic, &theirs);
    }
    true
}

fn compare_symbols<C: Class>(file: &[u8], section: &Section, theirs: &Elf<'_>) {
    let size = u32::from(format::class::size::<C, Symbol>());
    let count = section.size / size;
    let symbols = Table::<_, C, Symbol>::new(&file, section.offset, count);
    let context = goblin::container::Ctx::new(
        if C::WORD == 8 { goblin::container::Container::Big } else { goblin::container::Container::Little },
        goblin::container::Endian::Little,
    );
    let Ok(table) = Symtab::parse(file, section.offset as usize, count as usize, context) else {
        return;
    };
    assert!(theirs.header.e_shnum > 0);
    for (ours, theirs) in symbols.zip(table.iter()) {
        let ours = ours.expect("the table is in the file");
        let fields = (ours.name as usize, ours.value, ours.size, ours.binding.0, ours.kind.0, ours.place.0);
        let their_fields = (
            theirs.st_name,
            narrow(theirs.st_value),
            narrow(theirs.st_size),
            theirs.st_bind(),
            theirs.st_type(),
            theirs.st_shndx as u16,
        );
        assert_eq!(fields, their_fields);
    }
}

/// What `format` makes of a number of 64 bits.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[test]
fn on_each_module() {
    assert!(modules().iter().filter(|module| compare(module)).count() > 10);
}

proptest! {
    #[test]
    fn on_mutants(
        module in prop::sample::select(modules()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut file = module.clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        compare(&file);
    }
}
