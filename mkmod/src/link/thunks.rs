//! The object file with a thunk for each imported function.
//!
//! A thunk takes over the name of its import, so that calls reach it without a PLT, and hides it from the outside. Its
//! word has no relocation here: the loader is to fill it in, and the writer of the `.mo` knows where it is.

use object::write::{Object, SectionId, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf,
};

use super::isa::{Isa, Thunks};
use super::target::Target;
use crate::machine::Machine;

/// The function at which a module without `main` starts, should someone run it: it returns 0.
pub const NO_MAIN: &str = "__rtt_mod_no_main";

/// Which entry the module has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Its own `main`.
    Main,
    /// None: a library. It gets [`NO_MAIN`].
    Library,
}

/// Writes the object file.
///
/// # Errors
///
/// None that a program's imports can cause.
pub fn object<'a>(
    target: Target,
    functions: impl IntoIterator<Item = &'a str, IntoIter: ExactSizeIterator>,
    entry: Entry,
) -> object::write::Result<Vec<u8>> {
    let isa = target.isa;
    let functions = functions.into_iter();
    let thunks = Thunks::new(isa, functions.len());
    let mut object = Object::new(BinaryFormat::Elf, architecture(isa.machine()), Endianness::Little);
    object.flags =
        FileFlags::Elf { os_abi: elf::ELFOSABI_NONE, abi_version: 0, e_flags: elf::FileFlags(target.elf_flags) };
    let section = object.add_section(Vec::new(), b".rtt_mod.thunks".into(), SectionKind::Text);
    let start = object.append_section_data(section, &thunks.bytes(), isa.machine().word().into());
    for (index, name) in (0..).zip(functions) {
        let (entry, word) = (start + thunks.entry(index), start + thunks.word(index));
        define(&mut object, section, isa, name, entry, thunks.size());
        mark(&mut object, section, "$d", word);
    }
    if entry == Entry::Library {
        let section = object.add_section(Vec::new(), b".rtt_mod.no_main".into(), SectionKind::Text);
        let start = object.append_section_data(section, isa.return_zero(), 4);
        define(&mut object, section, isa, NO_MAIN, start, isa.return_zero().len() as u64);
    }
    object.write()
}

fn architecture(machine: Machine) -> Architecture {
    match machine {
        Machine::Arm => Architecture::Arm,
        Machine::Riscv32 => Architecture::Riscv32,
        Machine::Riscv64 => Architecture::Riscv64,
    }
}

fn define(object: &mut Object<'_>, section: SectionId, isa: Isa, name: &str, start: u64, size: u64) {
    mark(object, section, isa.code_marker(), start);
    object.add_symbol(Symbol {
        name: name.into(),
        value: start + isa.function_bit(),
        size,
        kind: SymbolKind::Text,
        scope: SymbolScope::Linkage,
        weak: false,
        section: SymbolSection::Section(section),
        flags: SymbolFlags::None,
    });
}

/// Mapping symbols of the ARM ABI: what follows is code or data.
fn mark(object: &mut Object<'_>, section: SectionId, marker: &str, start: u64) {
    object.add_symbol(Symbol {
        name: marker.into(),
        value: start,
        size: 0,
        kind: SymbolKind::Unknown,
        scope: SymbolScope::Compilation,
        weak: false,
        section: SymbolSection::Section(section),
        flags: SymbolFlags::Elf {
            st_info: elf::SymbolInfo::new(elf::STB_LOCAL, elf::STT_NOTYPE),
            st_other: elf::SymbolOther(0),
        },
    });
}

#[cfg(test)]
mod tests {
    use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

    use super::*;

    const THUMB2: Target =
        Target { isa: Isa::Thumb2, triple: "thumbv7m-none-eabi", elf_flags: elf::EF_ARM_EABI_VER5.0 };
    const RISCV64: Target =
        Target { isa: Isa::Riscv64, triple: "riscv64imac-unknown-none-elf", elf_flags: elf::EF_RISCV_RVC.0 };

    #[test]
    fn each_import_gets_a_hidden_definition() {
        let bytes = object(THUMB2, ["rttm_print", "rttm_exit"], Entry::Main).unwrap();
        let file = object::File::parse(&*bytes).unwrap();
        let exit = file.symbol_by_name("rttm_exit").unwrap();
        assert_eq!((exit.address(), exit.size()), (9, 8));
        assert_eq!(exit.scope(), SymbolScope::Linkage);
        assert!(file.section_by_name(".rtt_mod.no_main").is_none());
    }

    #[test]
    fn words_of_riscv_are_behind_all_code() {
        let bytes = object(RISCV64, ["rttm_print", "rttm_exit"], Entry::Main).unwrap();
        let file = object::File::parse(&*bytes).unwrap();
        let exit = file.symbol_by_name("rttm_exit").unwrap();
        assert_eq!((exit.address(), exit.size()), (10, 10));
        assert_eq!(file.section_by_name(".rtt_mod.thunks").unwrap().size(), 40);
        let riscv32 = Target { isa: Isa::Riscv32, triple: "riscv32imac-unknown-none-elf", ..RISCV64 };
        let bytes = object(riscv32, ["rttm_print", "rttm_exit"], Entry::Main).unwrap();
        let file = object::File::parse(&*bytes).unwrap();
        assert!(!file.is_64());
        assert_eq!(file.section_by_name(".rtt_mod.thunks").unwrap().size(), 28);
    }

    #[test]
    fn a_library_gets_an_entry() {
        let bytes = object(RISCV64, [], Entry::Library).unwrap();
        let file = object::File::parse(&*bytes).unwrap();
        let section = file.section_by_name(".rtt_mod.no_main").unwrap();
        assert_eq!(section.data().unwrap(), Isa::Riscv64.return_zero());
        assert_eq!(file.symbol_by_name(NO_MAIN).unwrap().address(), 0);
    }
}
