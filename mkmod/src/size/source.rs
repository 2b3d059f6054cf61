//! Looks up addresses in the debug information of a program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use addr2line::Context;
use gimli::{Dwarf, EndianArcSlice, LittleEndian, Reader as _};

use super::path;
use crate::elf::ElfFile;

type Reader = EndianArcSlice<LittleEndian>;

/// The debug information of a program, which may be empty.
pub struct Source {
    context: Option<Context<Reader>>,
    root: Option<PathBuf>,
}

/// A function at an address, perhaps inlined into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its path.
    pub function: String,
    /// The file and line of the address.
    pub line: Option<String>,
}

impl Source {
    /// Reads the debug information. Files are shown relative to `root`.
    pub fn new(file: &ElfFile<'_>, root: Option<&Path>) -> Self {
        let load = |id: gimli::SectionId| Ok(Reader::new(Arc::from(file.debug_section(id.name())), LittleEndian));
        let context = Dwarf::load(load).and_then(Context::from_dwarf).ok();
        Self { context, root: root.map(Path::to_owned) }
    }

    /// The name of the compilation unit of the code at `address`: a source file, perhaps with a codegen unit.
    pub fn unit(&self, address: u64) -> Option<String> {
        let unit = self.context.as_ref()?.find_dwarf_and_unit(address).skip_all_loads()?;
        Some(unit.name.as_ref()?.to_string_lossy().ok()?.into_owned())
    }

    /// The function at `address` and those that are inlined there, the innermost first.
    pub fn frames(&self, address: u64) -> Vec<Frame> {
        let frames = self.context.as_ref().map(|context| context.find_frames(address).skip_all_loads());
        let Some(Ok(mut frames)) = frames else { return vec![] };
        let mut found = vec![];
        while let Ok(Some(frame)) = frames.next() {
            let name = frame.function.as_ref().and_then(|function| Some(path::demangled(&function.raw_name().ok()?)));
            found.push(Frame {
                function: name.unwrap_or_default(),
                line: frame.location.as_ref().and_then(|location| self.line(location)),
            });
        }
        found
    }

    fn line(&self, location: &addr2line::Location<'_>) -> Option<String> {
        let file = Path::new(location.file?);
        let file = self.root.as_ref().and_then(|root| file.strip_prefix(root).ok()).unwrap_or(file);
        Some(format!("{}:{}", file.display(), location.line?))
    }
}

/// The crate of a compilation unit, or the name of its source file for other languages.
///
/// rustc names its units `src/main.rs/@/blink.0123456789abcdef-cgu.0`. In the symbol table, the part after the `@` remains.
pub fn crate_of_unit(unit: &str) -> &str {
    let name = unit.rsplit(['/', '\\']).next().unwrap_or(unit);
    match name.split_once('.') {
        Some((name, hash)) if hash.contains("-cgu.") => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_the_name_of_its_crate_or_file() {
        assert_eq!(crate_of_unit("src/main.rs/@/blink.870d669823bf95a3-cgu.0"), "blink");
        assert_eq!(crate_of_unit("blink.870d669823bf95a3-cgu.0"), "blink");
        assert_eq!(crate_of_unit("lib/fast_copy.c"), "fast_copy.c");
    }
}
