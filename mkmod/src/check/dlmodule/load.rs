//! A dry run of RT-Thread's own dlmodule, step by step as in `dlelf.c` and `arch/arm.c` of 4.0.3.
//!
//! 5.x does the same, and has `arch/riscv.c` in addition: 4.0.3 loads nothing on RISC-V, and 5.x only applies relocations of
//! 64 bits there. A [`Fault`] is an access out of bounds, or a read of a structure at an address that is not aligned as the
//! compiler assumes.

use crate::machine::Machine;
use std::fmt;

/// What goes wrong in dlmodule. Its `Display` is a sentence about dlmodule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It reads past the end of the file.
    OutsideFile(&'static str),
    /// It writes outside of the image.
    OutsideImage(u64),
    /// It reads words at an offset that is not a multiple of their size.
    Unaligned {
        /// What it reads.
        what: &'static str,
        /// The size of the word.
        word: u32,
    },
    /// It does not find the symbols of the module: no section has the name `.dynsym`.
    NoDynamicSymbols,
    /// It may read another section as the symbols of the module, since that has the name `.dynsym`.
    NotSymbols,
    /// It makes another image than our loader. The word at this address differs.
    Different(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideFile(what) => write!(out, "dlmodule reads {what} from outside of the file"),
            Self::OutsideImage(place) => write!(out, "dlmodule accesses {place:#x}, which is outside of the image"),
            Self::Unaligned { what, word } => {
                write!(out, "dlmodule reads {what} at an offset that is not a multiple of {word}")
            }
            Self::NoDynamicSymbols => {
                out.write_str("dlmodule looks for a section named .dynsym and does not find it, nor `module_init`")
            }
            Self::NotSymbols => {
                out.write_str("dlmodule looks for a section named .dynsym, and one that holds no symbols has that name")
            }
            Self::Different(place) => write!(out, "dlmodule relocates the word at {place:#x} to a wrong value"),
        }
    }
}

/// The first difference between the image that dlmodule makes and that of our loader.
pub fn difference(machine: Machine, stock: Result<Vec<u8>, Fault>, image: &[u8]) -> Option<Fault> {
    let word = machine.word() as usize;
    match stock {
        Err(fault) => Some(fault),
        Ok(stock) => {
            let differs = stock.iter().zip(image).position(|(stock, ours)| stock != ours);
            let differs = differs.or((stock.len() != image.len()).then_some(image.len()));
            differs.map(|at| Fault::Different(at & !(word - 1)))
        }
    }
}

/// Makes the image as `dlmodule_load_shared_object` does.
pub fn load(machine: Machine, file: &[u8], base: u64, resolve: &dyn Fn(&str) -> u64) -> Result<Vec<u8>, Fault> {
    let file = File { bytes: file, machine };
    let mut dlmodule = Dlmodule { file, start: 0, base, image: vec![] };
    dlmodule.place_segments()?;
    dlmodule.relocate(resolve)?;
    dlmodule.read_symbols()?;
    Ok(dlmodule.image)
}

struct Dlmodule<'f> {
    file: File<'f>,
    start: u32,
    base: u64,
    image: Vec<u8>,
}

#[derive(Clone, Copy)]
struct File<'f> {
    bytes: &'f [u8],
    machine: Machine,
}

/// The fields of a section header that dlmodule uses.
#[derive(Clone, Copy)]
struct Section {
    name: u32,
    kind: u32,
    offset: u32,
    size: u32,
    link: u32,
}

/// A symbol as dlmodule sees it.
struct Symbol {
    name: u32,
    value: u32,
    info: u8,
    section: u16,
}

/// A relocation as dlmodule sees it.
struct Relocation {
    place: u32,
    kind: u32,
    symbol: u32,
    /// Where it carries one.
    addend: u64,
}

const SHT_RELA: u32 = 4;
const SHT_REL: u32 = 9;
const SHT_DYNSYM: u32 = 11;
const STB_LOCAL: u8 = 0;

impl<'f> File<'f> {
    fn bytes(self, offset: u32, size: u32, what: &'static str) -> Result<&'f [u8], Fault> {
        let end = u64::from(offset) + u64::from(size);
        let range = offset as usize..usize::try_from(end).unwrap_or(usize::MAX);
        self.bytes.get(range).ok_or(Fault::OutsideFile(what))
    }

    fn half(self, offset: u32, what: &'static str) -> Result<u16, Fault> {
        let bytes = self.bytes(offset, 2, what)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn word(self, offset: u32, what: &'static str) -> Result<u32, Fault> {
        let bytes = self.bytes(offset, 4, what)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A number as wide as an address. An address past 4 GiB is outside of everything.
    fn address(self, offset: u32, what: &'static str) -> Result<u32, Fault> {
        let number = self.number(offset, self.width(), what)?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn number(self, offset: u32, size: u32, what: &'static str) -> Result<u64, Fault> {
        let bytes = self.bytes(offset, size, what)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    /// The bytes of an address.
    fn width(self) -> u32 {
        self.machine.word()
    }

    /// An offset, if a structure with addresses in it can be there.
    fn aligned(self, offset: u32, what: &'static str) -> Result<u32, Fault> {
        let word = self.width();
        if offset.is_multiple_of(word) { Ok(offset) } else { Err(Fault::Unaligned { what, word }) }
    }

    /// A field of the ELF header, counted from the end of its flags.
    fn header_half(self, at: u32) -> Result<u16, Fault> {
        self.half(28 + 3 * self.width() + at, "the ELF header")
    }

    fn segment_count(self) -> Result<u32, Fault> {
        self.header_half(4).map(u32::from)
    }

    fn section_count(self) -> Result<u32, Fault> {
        self.header_half(8).map(u32::from)
    }

    /// A string, as `strcmp` reads it.
    fn string(self, offset: u64) -> Result<&'f [u8], Fault> {
        let outside = Fault::OutsideFile("a name");
        let rest = usize::try_from(offset).ok().and_then(|start| self.bytes.get(start..)).ok_or(outside.clone())?;
        let end = rest.iter().position(|&byte| byte == 0).ok_or(outside)?;
        Ok(&rest[..end])
    }

    fn section(self, index: u32) -> Result<Section, Fault> {
        let width = self.width();
        let table = self.aligned(self.address(24 + 2 * width, "the ELF header")?, "section headers")?;
        if index >= self.section_count()? {
            return Err(Fault::OutsideFile("a section header"));
        }
        let what = "a section header";
        let start = table.saturating_add(index * (16 + 6 * width));
        let field = |at| start.saturating_add(at);
        Ok(Section {
            name: self.word(field(0), what)?,
            kind: self.word(field(4), what)?,
            offset: self.address(field(8 + 2 * width), what)?,
            size: self.address(field(8 + 3 * width), what)?,
            link: self.word(field(8 + 4 * width), what)?,
        })
    }

    fn sections(self) -> Result<Vec<Section>, Fault> {
        (0..self.section_count()?).map(|index| self.section(index)).collect()
    }

    fn symbol_size(self) -> u32 {
        8 + 2 * self.width()
    }

    fn symbol(self, table: Section, index: u32) -> Result<Symbol, Fault> {
        let what = "a symbol";
        let offset = self.aligned(table.offset, "symbols")?.saturating_add(index.saturating_mul(self.symbol_size()));
        let (value, info, section) = match self.machine {
            Machine::Arm | Machine::Riscv32 => (4, 12, 14),
            Machine::Riscv64 => (8, 4, 6),
        };
        Ok(Symbol {
            name: self.word(offset, what)?,
            value: self.address(offset.saturating_add(value), what)?,
            info: self.bytes(offset.saturating_add(info), 1, what)?[0],
            section: self.half(offset.saturating_add(section), what)?,
        })
    }

    /// The sections of relocations that it looks at, and the size of one relocation.
    fn relocations(self) -> (u32, u32) {
        match self.machine {
            Machine::Arm | Machine::Riscv32 => (SHT_REL, 8),
            Machine::Riscv64 => (SHT_RELA, 24),
        }
    }

    fn relocation(self, table: Section, index: u32) -> Result<Relocation, Fault> {
        let what = "a relocation";
        let (_, size) = self.relocations();
        let offset = self.aligned(table.offset, "relocations")?.saturating_add(index * size);
        let word = |at| self.word(offset.saturating_add(at), what);
        let place = self.address(offset, what)?;
        match self.machine {
            Machine::Arm | Machine::Riscv32 => {
                let info = word(4)?;
                Ok(Relocation { place, kind: info & 0xff, symbol: info >> 8, addend: 0 })
            }
            Machine::Riscv64 => {
                let addend = self.number(offset.saturating_add(16), 8, what)?;
                Ok(Relocation { place, kind: word(8)?, symbol: word(12)?, addend })
            }
        }
    }

    fn symbol_name(self, table: Section, symbol: &Symbol) -> Result<&'f [u8], Fault> {
        let names = self.section(table.link)?;
        self.string(u64::from(names.offset) + u64::from(symbol.name))
    }
}

impl Dlmodule<'_> {
    fn place_segments(&mut self) -> Result<(), Fault> {
        let what = "a program header";
        let width = self.file.width();
        let table = self.file.aligned(self.file.address(24 + width, "the ELF header")?, "program headers")?;
        let mut loaded = vec![];
        for index in 0..self.file.segment_count()? {
            let start = table.saturating_add(index * (8 + 6 * width));
            let field = |at| self.file.address(start.saturating_add(at * width), what);
            if self.file.word(start, what)? == 1 {
                loaded.push((field(1)?, field(2)?, field(4)?, field(5)?));
            }
        }
        // Their order and sizes are verified.
        self.start = loaded.first().map_or(0, |segment| segment.1);
        let end = loaded.last().map_or(0, |segment| segment.1.saturating_add(segment.3));
        self.image = vec![0; end.saturating_sub(self.start) as usize];
        for (offset, address, file_size, _) in loaded {
            let bytes = self.file.bytes(offset, file_size, "a segment")?;
            let place = self.place(address.into(), u64::from(file_size))?;
            self.image[place..place + bytes.len()].copy_from_slice(bytes);
        }
        Ok(())
    }

    fn relocate(&mut self, resolve: &dyn Fn(&str) -> u64) -> Result<(), Fault> {
        let (kind, size) = self.file.relocations();
        for section in self.file.sections()?.into_iter().filter(|section| section.kind == kind) {
            let symbols = self.file.section(section.link)?;
            self.file.section(symbols.link)?;
            for index in 0..section.size / size {
                let relocation = self.file.relocation(section, index)?;
                let symbol = self.file.symbol(symbols, relocation.symbol)?;
                let address = if symbol.section != 0 || symbol.info >> 4 == STB_LOCAL {
                    self.address(symbol.value)
                } else {
                    let name = self.file.symbol_name(symbols, &symbol)?;
                    resolve(&String::from_utf8_lossy(name))
                };
                self.apply(&relocation, address)?;
            }
        }
        Ok(())
    }

    /// `dlmodule_relocate`, for the types that we accept. Our loader reports the others.
    fn apply(&mut self, relocation: &Relocation, symbol: u64) -> Result<(), Fault> {
        let Relocation { place, kind, addend, .. } = *relocation;
        if kind == 0 {
            return Ok(());
        }
        let width = self.file.width();
        let at = self.place(place.into(), width.into())?;
        let bytes = &mut self.image[at..at + width as usize];
        let word = bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        let value = match (self.file.machine, kind) {
            (Machine::Arm, 2 | 23) => symbol.wrapping_add(word),
            (Machine::Arm, 3) => word.wrapping_add(symbol).wrapping_sub(self.base + at as u64),
            (Machine::Arm, 21 | 22) | (Machine::Riscv64, 5) => symbol,
            (Machine::Riscv64, 2) => symbol.wrapping_add(addend),
            (Machine::Riscv64, 3) => self.base.wrapping_sub(self.start.into()).wrapping_add(addend),
            _ => return Ok(()),
        };
        bytes.copy_from_slice(&value.to_le_bytes()[..width as usize]);
        Ok(())
    }

    /// Reads the exports, and the two variables that set stack and priority.
    fn read_symbols(&self) -> Result<(), Fault> {
        let names = self.file.section(self.file.header_half(10)?.into())?;
        let mut found = None;
        for section in self.file.sections()? {
            if self.file.string(u64::from(names.offset) + u64::from(section.name))? != b".dynsym" {
                continue;
            }
            if section.kind != SHT_DYNSYM {
                return Err(Fault::NotSymbols);
            }
            found = found.or(Some(section));
        }
        let table = found.ok_or(Fault::NoDynamicSymbols)?;
        for index in 0..table.size / self.file.symbol_size() {
            let symbol = self.file.symbol(table, index)?;
            let size = match self.file.symbol_name(table, &symbol)? {
                b"dlmodule_thread_priority" => 2,
                b"dlmodule_thread_stacksize" => 4,
                _ => continue,
            };
            self.place(symbol.value.into(), size)?;
        }
        Ok(())
    }

    fn address(&self, value: u32) -> u64 {
        self.base.wrapping_add(value.into()).wrapping_sub(self.start.into())
    }

    /// Where `size` bytes at `address` are in the image.
    fn place(&self, address: u64, size: u64) -> Result<usize, Fault> {
        let outside = Fault::OutsideImage(address);
        let offset = address.checked_sub(self.start.into()).ok_or(outside.clone())?;
        let is_inside = offset + size <= self.image.len() as u64;
        if is_inside { Ok(offset as usize) } else { Err(outside) }
    }
}
