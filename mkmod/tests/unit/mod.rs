//! Object files for the linker, as a compiler would leave them.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use object::elf::RelocationType;
use object::write::{Object, Relocation, SectionId, Symbol, SymbolId, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, Object as _, ObjectSymbol as _, RelocationFlags,
    RelocationTarget, SectionFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf,
};

/// `Tag_CPU_arch` v7, `Tag_CPU_arch_profile` M.
const CORTEX_M3: &[u8] = b"A\x13\0\0\0aeabi\0\x01\x09\0\0\0\x06\x0a\x07M";

/// `bx lr`
pub const RETURN: &[u8] = &[0x70, 0x47];

/// An object file in the making.
pub struct Unit(Object<'static>);

impl Unit {
    /// Cortex-M3 code.
    pub fn new() -> Self {
        let mut object = Object::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
        object.flags = FileFlags::Elf { os_abi: elf::ELFOSABI_NONE, abi_version: 0, e_flags: elf::EF_ARM_EABI_VER5 };
        let attributes = object.add_section(Vec::new(), b".ARM.attributes".into(), SectionKind::Other);
        object.section_mut(attributes).flags =
            SectionFlags::Elf { sh_type: elf::SHT_ARM_ATTRIBUTES, sh_flags: elf::SectionFlags(0) };
        object.append_section_data(attributes, CORTEX_M3, 1);
        Self(object)
    }

    /// RISC-V code of 64 bits, with these `e_flags`.
    pub fn riscv64(e_flags: elf::FileFlags) -> Self {
        Self::riscv(Architecture::Riscv64, e_flags)
    }

    /// RISC-V code of 32 bits, with these `e_flags`.
    pub fn riscv32(e_flags: elf::FileFlags) -> Self {
        Self::riscv(Architecture::Riscv32, e_flags)
    }

    fn riscv(architecture: Architecture, e_flags: elf::FileFlags) -> Self {
        let mut object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
        object.flags = FileFlags::Elf { os_abi: elf::ELFOSABI_NONE, abi_version: 0, e_flags };
        Self(object)
    }

    /// Adds a function in a section of its own.
    pub fn function(mut self, name: &str, code: &[u8], uses: &[(u64, RelocationType, &str)]) -> Self {
        let section = self.0.add_section(Vec::new(), format!(".text.{name}").into(), SectionKind::Text);
        self.0.append_section_data(section, code, 4);
        let thumb_bit = u64::from(self.0.architecture() == Architecture::Arm);
        self.define(name, section, thumb_bit, code.len() as u64, SymbolKind::Text);
        self.relocate(section, uses)
    }

    /// Adds a variable in a section of that name.
    pub fn variable(
        mut self,
        section: &str,
        name: &str,
        alignment: u64,
        bytes: &[u8],
        uses: &[(u64, RelocationType, &str)],
    ) -> Self {
        let section = self.0.add_section(Vec::new(), section.into(), SectionKind::Data);
        self.0.append_section_data(section, bytes, alignment);
        self.define(name, section, 0, bytes.len() as u64, SymbolKind::Data);
        self.relocate(section, uses)
    }

    /// Adds a section for the linker.
    pub fn message(mut self, name: &str, bytes: &[u8]) -> Self {
        let section = self.0.add_section(Vec::new(), name.into(), SectionKind::ReadOnlyData);
        self.0.append_section_data(section, bytes, 1);
        self
    }

    /// Adds a thread-local variable.
    pub fn thread_local(mut self, name: &str) -> Self {
        let section = self.0.add_section(Vec::new(), b".tdata".into(), SectionKind::Tls);
        self.0.append_section_data(section, &[0; 4], 4);
        self.define(name, section, 0, 4, SymbolKind::Tls);
        self
    }

    /// Adds a section with the address of a function that is called before `main` or after it.
    pub fn listed_in(mut self, section: &str, function: &str) -> Self {
        let section = self.0.add_section(Vec::new(), section.into(), SectionKind::Data);
        self.0.section_mut(section).flags =
            SectionFlags::Elf { sh_type: elf::SHT_INIT_ARRAY, sh_flags: elf::SHF_ALLOC | elf::SHF_WRITE };
        self.0.append_section_data(section, &[0; 4], 4);
        self.relocate(section, &[(0, elf::R_ARM_ABS32, function)])
    }

    /// Adds a function that is chosen at load time.
    pub fn indirect(mut self, name: &str) -> Self {
        let section = self.0.add_section(Vec::new(), format!(".text.{name}").into(), SectionKind::Text);
        self.0.append_section_data(section, RETURN, 4);
        let symbol = self.define(name, section, 1, 2, SymbolKind::Text);
        self.0.symbol_mut(symbol).flags = SymbolFlags::Elf {
            st_info: elf::SymbolInfo::new(elf::STB_GLOBAL, elf::STT_GNU_IFUNC),
            st_other: elf::SymbolOther(0),
        };
        self
    }

    /// Writes the file.
    pub fn write(self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, self.0.write().unwrap()).unwrap();
        path
    }

    fn define(&mut self, name: &str, section: SectionId, value: u64, size: u64, kind: SymbolKind) -> SymbolId {
        let symbol = self.symbol(name);
        let defined = self.0.symbol_mut(symbol);
        defined.value = value;
        defined.size = size;
        defined.kind = kind;
        defined.section = SymbolSection::Section(section);
        symbol
    }

    /// Each relocation is in a word of zeros, or in an instruction whose addend is zero.
    fn relocate(mut self, section: SectionId, uses: &[(u64, RelocationType, &str)]) -> Self {
        for &(offset, r_type, name) in uses {
            let symbol = self.symbol(name);
            let flags = RelocationFlags::Elf { r_type };
            self.0.add_relocation(section, Relocation { offset, symbol, addend: 0, flags }).unwrap();
        }
        self
    }

    fn symbol(&mut self, name: &str) -> SymbolId {
        self.0.symbol_id(name.as_bytes()).unwrap_or_else(|| {
            self.0.add_symbol(Symbol {
                name: name.into(),
                value: 0,
                size: 0,
                kind: SymbolKind::Unknown,
                scope: SymbolScope::Dynamic,
                weak: false,
                section: SymbolSection::Undefined,
                flags: SymbolFlags::None,
            })
        })
    }
}

/// What `line` makes of each dynamic relocation of a module: of its type, its place, its symbol's name, and its addend.
pub fn relocations(module: &[u8], line: impl Fn(RelocationType, u64, &str, i64) -> String) -> String {
    let file = object::File::parse(module).unwrap();
    let names: Vec<_> = file.dynamic_symbols().map(|symbol| symbol.name().unwrap().to_owned()).collect();
    let lines = file.dynamic_relocations().unwrap().map(|(place, relocation)| {
        let RelocationFlags::Elf { r_type } = relocation.flags() else { unreachable!() };
        let name = match relocation.target() {
            RelocationTarget::Symbol(index) if index.0 > 0 => &names[index.0 - 1],
            _ => "",
        };
        line(r_type, place, name, relocation.addend())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Calls `mkmod-ld` for the objects, as rustc does.
pub fn link(output: &Path, objects: &[PathBuf]) -> Output {
    linker(output, objects).env_remove("CARGO_MANIFEST_DIR").output().unwrap()
}

/// The same for the package in the folder `package`.
pub fn link_in(package: &Path, output: &Path, objects: &[PathBuf]) -> Output {
    linker(output, objects).env("CARGO_MANIFEST_DIR", package).output().unwrap()
}

fn linker(output: &Path, objects: &[PathBuf]) -> Command {
    let mut linker = Command::new(env!("CARGO_BIN_EXE_mkmod-ld"));
    linker
        .args(["-flavor", "gnu"])
        .args(objects)
        .args(["--as-needed", "-Bstatic", "-Bdynamic", "--eh-frame-hdr", "-z", "noexecstack", "-o"])
        .arg(output)
        .arg("--gc-sections");
    linker
}
