//! Everything that a loader does with a file: on the host, for each instruction set.

use format::{CortexA, CortexM, Isa, Name, Riscv32, Riscv64, Source};
use loader::Module;
use std::cell::Cell;

/// Where the image is.
const BASE: u64 = 0x2000_0000;

/// No test needs a larger image.
const IMAGE_MAX: u32 = 1 << 20;

/// Reads of a file that is loaded right, for each of its bytes: what takes more has no end.
const READS_PER_BYTE: usize = 200;

/// Loads `file`, whatever it is. Panics when the loader goes astray.
pub fn load(file: &[u8]) {
    load_for::<CortexM>(file);
    load_for::<CortexA>(file);
    load_for::<Riscv32>(file);
    load_for::<Riscv64>(file);
}

/// A file that counts how often it is read.
struct Counted<'f> {
    file: &'f [u8],
    reads: Cell<usize>,
}

impl Source for Counted<'_> {
    type Error = format::ReadError;

    fn length(&self) -> u32 {
        self.file.length()
    }

    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), format::ReadError> {
        self.reads.set(self.reads.get() + 1);
        assert!(self.reads.get() < (self.file.len() + 1) * READS_PER_BYTE, "it reads without end");
        self.file.read(offset, into)
    }
}

fn load_for<I: Isa>(file: &[u8]) {
    let kernel = |name: &Name| name.as_bytes().len().is_multiple_of(2).then_some(0x1001);
    let Ok(mut module) = Module::<_, I>::read(Counted { file, reads: Cell::new(0) }) else {
        return;
    };
    if module.find_tables(&mut |problem| _ = problem.to_string()).is_err() {
        return;
    }
    if let Some(claims) = module.tables().claims {
        let _ = (claims.place.target(module.source()), module.checksum(&claims));
    }
    let _ = module.each_symbol(&mut |_, _| ());
    let verified = module.verify(&mut |problem| _ = problem.to_string());
    if let Ok(prepared) = module.prepare(&mut |_| ()) {
        let _ = prepared.list_faults(&kernel, &mut |problem| _ = problem.to_string());
    }
    let Ok(verified) = verified else {
        return;
    };
    assert_eq!(module.image(), Some((verified.image_size(), verified.alignment())));
    if verified.image_size() > IMAGE_MAX || verified.alignment() > 4096 {
        return;
    }
    let mut image = vec![0; verified.image_size() as usize];
    let placed = verified.place(&mut image, BASE, &kernel, &mut |problem| _ = problem.to_string());
    if placed.is_ok() {
        let within = |entry| entry >= BASE && entry < BASE + u64::from(verified.image_size());
        assert!(verified.entry(BASE).is_none_or(within), "the entry is outside of the image");
    }
}
