//! A good module is placed as RT-Thread's own loader would place it.

mod module;

use format::{CortexM, Name, note::Note};
use loader::Diagnostic;
use module::{HELLO_MEMORY, Module};

const BASE: u64 = 0x2000_0100;

fn kernel(name: &Name) -> Option<u64> {
    match name.as_bytes() {
        b"rtt_mod_abi_1" => Some(0x1001),
        b"rt_kprintf" => Some(0x2001),
        _ => None,
    }
}

fn place(file: &[u8]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut problems = vec![];
    let mut module = loader::Module::<_, CortexM>::read(file).unwrap();
    let mut report = |problem: &Diagnostic| problems.push(problem.clone());
    let Ok(verified) = module.find_tables(&mut report).and_then(|()| module.verify(&mut report)) else {
        return Err(problems);
    };
    let mut image = vec![0xee; verified.image_size() as usize];
    match verified.place(&mut image, BASE, &kernel, &mut |problem| problems.push(problem.clone())) {
        Ok(()) => Ok(image),
        Err(_) => Err(problems),
    }
}

fn word(image: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(image[at..at + 4].try_into().unwrap())
}

#[test]
fn the_image_holds_the_kernels_and_its_own_addresses() {
    let image = place(&Module::hello().build()).unwrap();
    assert_eq!(image.len(), HELLO_MEMORY as usize);
    assert_eq!(word(&image, 4), 0x1001);
    assert_eq!(word(&image, 12), 0x2001);
    assert_eq!(word(&image, 32), BASE as u32 + 36);
    assert_eq!(&image[36..43], b"hello\n\0");
    assert!(image[48..].iter().all(|&byte| byte == 0), "what is not in the file is zero");
}

#[test]
fn addresses_count_from_the_first_segment() {
    let mut module = Module::hello();
    module.segments[0].address = 0x8000;
    module.entry += 0x8000;
    module.symbols[2].value += 0x8000;
    for relocation in &mut module.relocations {
        relocation.place += 0x8000;
    }
    module.segments[0].bytes[32..36].copy_from_slice(&0x8024_u32.to_le_bytes());
    assert_eq!(word(&place(&module.build()).unwrap(), 32), BASE as u32 + 36);
}

#[test]
fn the_entry_keeps_its_thumb_bit() {
    let file = Module::hello().build();
    let module = loader::Module::<_, CortexM>::open(file.as_slice(), &mut |_| ()).unwrap();
    assert_eq!(module.verify(&mut |_| ()).unwrap().entry(BASE), Some(BASE + 17));
}

#[test]
fn every_missing_import_is_reported_once() {
    let mut module = Module::hello();
    module.symbols[0].name = "rt_first";
    module.symbols[1].name = "rt_second";
    module.relocations.push(module::Relocation { place: 44, kind: module::ABS32, symbol: 1 });
    let told: Vec<_> = place(&module.build()).unwrap_err().iter().map(Diagnostic::to_string).collect();
    assert_eq!(told, ["`rt_first` is not exported by the kernel", "`rt_second` is not exported by the kernel"]);
}

#[test]
fn the_memory_must_have_the_size_and_the_alignment_of_the_image() {
    let file = Module::hello().build();
    let module = loader::Module::<_, CortexM>::open(file.as_slice(), &mut |_| ()).unwrap();
    let verified = module.verify(&mut |_| ()).unwrap();
    for (size, base) in [(HELLO_MEMORY - 1, BASE), (HELLO_MEMORY + 1, BASE), (HELLO_MEMORY, BASE + 2)] {
        let mut image = vec![0; size as usize];
        assert!(verified.place(&mut image, base, &kernel, &mut |_| ()).is_err());
    }
}

#[test]
fn the_note_says_what_the_module_asks_for() {
    let file = Module::hello().build();
    let module = loader::Module::<_, CortexM>::open(file.as_slice(), &mut |_| ()).unwrap();
    let claims = module.tables().claims.unwrap();
    let description = &file[claims.place.offset as usize..][..claims.place.size as usize];
    let Note { name, version, description, target, stack_bytes, priority, checksum, .. } =
        Note::parse(description).unwrap();
    assert_eq!((name, version, description), ("hello", "0.1.0", "Says hello"));
    assert_eq!((target, stack_bytes, priority), ("thumbv7m-none-eabi", 2048, None));
    assert_eq!(module.checksum(&claims), Ok(checksum));
}

/// As GNU ld lays out a shared object: with `-z separate-code`, what is no code has segments of its own. Without, constants lie
/// in the segment with the code, and nothing but the section table, which is not looked at, says where they begin.
#[test]
fn segments_say_what_is_no_code() {
    let segment = |address, flags| {
        let bytes = vec![0; 32];
        module::Segment { kind: 1, address, bytes, memory_size: 32, flags, alignment: 4 }
    };
    let code_size = |entry, segments: &[module::Segment]| {
        let (segments, symbols, relocations) = (segments.to_vec(), vec![], vec![]);
        let file = Module { entry, segments, symbols, relocations, ..Module::hello() }.build();
        let mut module = loader::Module::<_, CortexM>::read(&*file).unwrap();
        let mut report = |problem: &Diagnostic| panic!("{problem}");
        module.find_tables(&mut report).unwrap();
        module.verify(&mut report).unwrap().code_size()
    };
    let (readable, executable, writable) = (4, 5, 6);
    assert_eq!(code_size(17, &[segment(0, executable), segment(32, writable)]), 32);
    let apart = [segment(0, readable), segment(32, executable), segment(64, readable), segment(96, writable)];
    assert_eq!(code_size(49, &apart), 64, "tables in front are not told from code");
}
