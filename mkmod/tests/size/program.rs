//! A module, and the program with symbols that it was made from: `main` greets, which formats a number.

use object::write::{Object, Relocation, SectionId, StandardSection, Symbol, SymbolId, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, Object as _, ObjectSection as _, RelocationFlags, SectionKind, SymbolFlags,
    SymbolKind, SymbolScope, elf,
};

use crate::support::module::{Module, Relocation as ModuleRelocation, Symbol as ModuleSymbol};

/// What the note of the module says.
pub const BUILD_ID: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// The constants, some of them without a name.
const RODATA: &[u8; 36] = b"hello, you\n\0PTR.LEN.src/main.rs\0\x05\0\0\0";

const BSS_BYTES: u64 = 36;

/// A program to be.
#[derive(Clone)]
pub struct Program {
    pub build_id: [u8; 8],
    /// Code: the address, the size, the name.
    pub functions: Vec<(u64, u64, &'static str)>,
    /// Constants: the offset in all of them, the size, the name.
    pub constants: Vec<(u64, u64, &'static str)>,
    /// Variables that start as zero, likewise.
    pub variables: Vec<(u64, u64, &'static str)>,
    /// Where one refers to another: the address, and the name of what it calls, or has the address of.
    pub references: Vec<(u64, &'static str, elf::RelocationType)>,
    /// Where one has the address of a constant without a name, and its offset.
    pub pointers: Vec<(u64, u64)>,
    /// Whether the linker has kept all of those.
    pub emits_relocations: bool,
}

pub const FMT_WRITE: &str = "_ZN4core3fmt5write17h0123456789abcdefE";
pub const PANIC_FMT: &str = "_ZN4core9panicking9panic_fmt17h0123456789abcdefE";
pub const GREET: &str = "_ZN5hello5greet17h0123456789abcdefE";
pub const FLOAT: &str = "_ZN4core3fmt5float29float_to_decimal_common_exact17h0123456789abcdefE";
pub const DISPLAY_U32: &str = "_ZN42_$LT$u32$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE";

impl Program {
    pub fn hello() -> Self {
        Self {
            build_id: BUILD_ID,
            functions: vec![
                (0, 8, "rtt_mod_abi_1"),
                (8, 8, "rttm_print"),
                (16, 16, "main"),
                (32, 22, GREET),
                (56, 64, FMT_WRITE),
                (120, 24, DISPLAY_U32),
                (144, 12, "module_init"),
            ],
            constants: vec![
                (0, 12, ".Lanon.c784f26fab368f0c013332ac99c8d2cf.1"),
                (12, 8, ".Lanon.c784f26fab368f0c013332ac99c8d2cf.2"),
                (32, 4, "_ZN5hello5LIMIT17h0123456789abcdefE"),
            ],
            variables: vec![(0, 32, "__rtt_mod_arena"), (32, 4, "_ZN5hello5COUNT17h0123456789abcdefE")],
            references: vec![
                (20, GREET, elf::R_ARM_THM_PC22),
                (36, FMT_WRITE, elf::R_ARM_THM_PC22),
                (40, ".Lanon.c784f26fab368f0c013332ac99c8d2cf.1", elf::R_ARM_REL32),
                (44, DISPLAY_U32, elf::R_ARM_REL32),
                (60, ".Lanon.c784f26fab368f0c013332ac99c8d2cf.2", elf::R_ARM_REL32),
                (124, ".Lanon.c784f26fab368f0c013332ac99c8d2cf.2", elf::R_ARM_REL32),
                (144, "rtt_mod_abi_1", elf::R_ARM_THM_JUMP24),
            ],
            pointers: vec![(48, 20)],
            emits_relocations: true,
        }
    }

    /// The same after someone has made `greet` format a float, and panic.
    pub fn that_has_grown() -> Self {
        let mut program = Self::hello();
        program.functions.extend([(156, 60, FLOAT), (216, 20, PANIC_FMT)]);
        program.references.extend([(28, FLOAT, elf::R_ARM_THM_PC22), (160, PANIC_FMT, elf::R_ARM_THM_PC22)]);
        program.references.push((220, FMT_WRITE, elf::R_ARM_THM_PC22));
        program
    }

    /// The unstripped ELF file.
    pub fn elf(&self) -> Vec<u8> {
        let mut object = Object::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
        let text = object.section_id(StandardSection::Text);
        object.append_section_data(text, &vec![0; self.code_bytes() as usize], 8);
        let rodata = object.add_section(vec![], b".rodata".into(), SectionKind::ReadOnlyData);
        object.append_section_data(rodata, RODATA, 4);
        let bss = object.add_section(vec![], b".bss".into(), SectionKind::UninitializedData);
        object.append_section_bss(bss, BSS_BYTES, 8);
        symbol(&mut object, SymbolSection::None, "hello.870d669823bf95a3-cgu.0", (0, 0), SymbolKind::File);
        for &(start, size, name) in &self.functions {
            symbol(&mut object, SymbolSection::Section(text), name, (start + 1, size), SymbolKind::Text);
        }
        for (section, base, symbols) in [(rodata, self.rodata(), &self.constants), (bss, self.bss(), &self.variables)] {
            for &(offset, size, name) in symbols {
                let place = (base + offset, size);
                symbol(&mut object, SymbolSection::Section(section), name, place, SymbolKind::Data);
            }
        }
        if self.emits_relocations {
            self.relocations(&mut object, text, rodata);
        }
        let mut note = [4_u32, 8, 3].map(u32::to_le_bytes).concat();
        note.extend(b"GNU\0");
        note.extend(self.build_id);
        let section = object.add_section(vec![], b".note.gnu.build-id".to_vec(), SectionKind::Note);
        object.append_section_data(section, &note, 4);
        let end = self.bss() + BSS_BYTES;
        let places = [(".rodata", self.rodata()), (".bss", self.bss()), (".note.gnu.build-id", end)];
        placed(object.write().unwrap(), places)
    }

    fn code_bytes(&self) -> u64 {
        self.functions.iter().map(|(start, size, _)| start + size).max().unwrap_or(4)
    }

    fn rodata(&self) -> u64 {
        self.code_bytes().next_multiple_of(4)
    }

    fn bss(&self) -> u64 {
        (self.rodata() + RODATA.len() as u64).next_multiple_of(8)
    }

    fn relocations(&self, object: &mut Object<'_>, text: SectionId, rodata: SectionId) {
        let ids: Vec<SymbolId> =
            self.references.iter().map(|(_, name, _)| object.symbol_id(name.as_bytes()).unwrap()).collect();
        for (&(offset, _, r_type), symbol) in self.references.iter().zip(ids) {
            let flags = RelocationFlags::Elf { r_type };
            object.add_relocation(text, Relocation { offset, symbol, addend: 0, flags }).unwrap();
        }
        let symbol = object.section_symbol(rodata);
        for &(offset, constant) in &self.pointers {
            let flags = RelocationFlags::Elf { r_type: elf::R_ARM_ABS32 };
            let addend = (self.rodata() + constant).cast_signed();
            object.add_relocation(text, Relocation { offset, symbol, addend, flags }).unwrap();
        }
    }

    /// The module.
    pub fn module(&self) -> Vec<u8> {
        let mut module = Module::hello();
        module.segments[0].bytes = vec![0; self.bss() as usize];
        module.segments[0].memory_size = (self.bss() + BSS_BYTES) as u32;
        let init = self.functions.iter().find(|(_, _, name)| *name == "module_init").unwrap().0;
        module.symbols = vec![
            ModuleSymbol::import("rtt_mod_abi_1"),
            ModuleSymbol::import("rttm_print"),
            ModuleSymbol { name: "module_init", value: init as u32 + 1, binding: 1, kind: 2, section: 1 },
        ];
        module.relocations = [4, 12].map(|place| ModuleRelocation { place, kind: 2, symbol: 1 + place / 12 }).to_vec();
        module.build()
    }
}

fn symbol(object: &mut Object<'_>, section: SymbolSection, name: &str, at: (u64, u64), kind: SymbolKind) {
    object.add_symbol(Symbol {
        name: name.into(),
        value: at.0,
        size: at.1,
        kind,
        scope: SymbolScope::Compilation,
        weak: false,
        section,
        flags: SymbolFlags::None,
    });
}

/// Gives the sections the addresses that a linker would.
fn placed(mut elf: Vec<u8>, places: [(&str, u64); 3]) -> Vec<u8> {
    /// The places of `e_shoff` in the header of the file, and of `sh_addr` in that of a section.
    const TABLE: usize = 32;
    const ADDRESS: usize = 12;
    const HEADER_BYTES: usize = 40;
    let table = u32::from_le_bytes(*elf[TABLE..].first_chunk().unwrap()) as usize;
    let file = object::File::parse(&*elf).unwrap();
    let places = places.map(|(name, address)| (file.section_by_name(name).unwrap().index().0, address as u32));
    for (index, address) in places {
        let at = table + index * HEADER_BYTES + ADDRESS;
        elf[at..at + 4].copy_from_slice(&address.to_le_bytes());
    }
    elf
}
