//! An ELF file with names.

use std::ops::Range;
use std::path::Path;

use crate::elf::{ElfError, ElfFile};
use crate::size::{Frame, Source, demangled};

/// The names of a program or a kernel.
pub struct Program {
    build: Option<[u8; 8]>,
    source: Source,
    /// For code without debug information.
    functions: Vec<(Range<u64>, String)>,
}

impl Program {
    /// Reads an ELF file. Source files are shown relative to `root`.
    pub fn read(bytes: &[u8], root: Option<&Path>) -> Result<Self, ElfError> {
        let file = ElfFile::parse(bytes)?;
        let functions = file.symbols().filter(|symbol| symbol.is_function() && symbol.size() > 0);
        let functions = functions.filter_map(|symbol| Some((symbol.range(), demangled(symbol.name().ok()?))));
        Ok(Self { build: build_of(&file), functions: functions.collect(), source: Source::new(&file, root) })
    }

    /// The build of a module's program.
    pub fn build(&self) -> Option<[u8; 8]> {
        self.build
    }

    /// The function at `address` and those that it is inlined into, the innermost first.
    pub fn frames(&self, address: u64) -> Vec<Frame> {
        let mut frames = self.source.frames(address);
        frames.retain(|frame| !frame.function.is_empty());
        if frames.is_empty() {
            let found = self.functions.iter().find(|(range, _)| range.contains(&address));
            frames.extend(found.map(|(_, name)| Frame { function: name.clone(), line: None }));
        }
        frames
    }
}

/// The build of a program, without its names.
pub fn build_in(bytes: &[u8]) -> Option<[u8; 8]> {
    build_of(&ElfFile::parse(bytes).ok()?)
}

fn build_of(file: &ElfFile<'_>) -> Option<[u8; 8]> {
    file.build_id()?.first_chunk().copied()
}
