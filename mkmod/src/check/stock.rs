//! How RT-Thread's own dlmodule loads a 32-bit ARM module, step by step as in `dlelf.c` and `arch/arm.c` of 4.0.3.
//!
//! Those of 5.x do the same. Where they would read or write out of bounds, or read a structure at an address that their
//! compiler takes for aligned and is not, there is a [`Fault`].

use std::fmt;

/// What goes wrong in dlmodule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It reads what is not in the file.
    OutsideFile(&'static str),
    /// It writes what is not in the image.
    OutsideImage(u64),
    /// It reads words at an address that is no multiple of four.
    Unaligned(&'static str),
    /// It does not find the symbols of the module: no section has that name.
    NoDynamicSymbols,
    /// It may take another section for the symbols of the module, since that has their name.
    NotSymbols,
    /// It makes another image than our loader does.
    Different(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideFile(what) => write!(out, "it reads {what} from outside of the file"),
            Self::OutsideImage(place) => write!(out, "it reads or writes at {place:#x}, outside of the image"),
            Self::Unaligned(what) => write!(out, "it reads {what} at an offset that is no multiple of 4"),
            Self::NoDynamicSymbols => {
                out.write_str("it looks for a section named .dynsym, and would not find `module_init`")
            }
            Self::NotSymbols => out.write_str("it goes by the name .dynsym, which a section has that holds no symbols"),
            Self::Different(place) => write!(out, "it relocates the word at {place:#x} differently"),
        }
    }
}

/// How the image that dlmodule makes differs from ours.
pub fn difference(stock: Result<Vec<u8>, Fault>, image: &[u8]) -> Option<Fault> {
    match stock {
        Err(fault) => Some(fault),
        Ok(stock) => {
            let differs = stock.iter().zip(image).position(|(stock, ours)| stock != ours);
            let differs = differs.or((stock.len() != image.len()).then_some(image.len()));
            differs.map(|at| Fault::Different(at & !3))
        }
    }
}

/// Makes the image as `dlmodule_load_shared_object` does.
pub fn load(file: &[u8], base: u64, resolve: &dyn Fn(&str) -> u64) -> Result<Vec<u8>, Fault> {
    let file = File(file);
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
struct File<'f>(&'f [u8]);

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

const SHT_REL: u32 = 9;
const SHT_DYNSYM: u32 = 11;
const STB_LOCAL: u8 = 0;

impl<'f> File<'f> {
    fn bytes(self, offset: u32, size: u32, what: &'static str) -> Result<&'f [u8], Fault> {
        let end = u64::from(offset) + u64::from(size);
        let range = offset as usize..usize::try_from(end).unwrap_or(usize::MAX);
        self.0.get(range).ok_or(Fault::OutsideFile(what))
    }

    fn half(self, offset: u32, what: &'static str) -> Result<u16, Fault> {
        let bytes = self.bytes(offset, 2, what)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn word(self, offset: u32, what: &'static str) -> Result<u32, Fault> {
        let bytes = self.bytes(offset, 4, what)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A string, as `strcmp` reads it.
    fn string(self, offset: u64) -> Result<&'f [u8], Fault> {
        let outside = Fault::OutsideFile("a name");
        let rest = usize::try_from(offset).ok().and_then(|start| self.0.get(start..)).ok_or(outside.clone())?;
        let end = rest.iter().position(|&byte| byte == 0).ok_or(outside)?;
        Ok(&rest[..end])
    }

    fn section(self, index: u32) -> Result<Section, Fault> {
        let table = aligned(self.word(32, "the ELF header")?, "section headers")?;
        if index >= u32::from(self.half(48, "the ELF header")?) {
            return Err(Fault::OutsideFile("a section header"));
        }
        let field = |at| self.word(table.saturating_add(index * 40 + at), "a section header");
        Ok(Section { name: field(0)?, kind: field(4)?, offset: field(16)?, size: field(20)?, link: field(24)? })
    }

    fn sections(self) -> Result<Vec<Section>, Fault> {
        (0..u32::from(self.half(48, "the ELF header")?)).map(|index| self.section(index)).collect()
    }

    fn symbol(self, table: Section, index: u32) -> Result<Symbol, Fault> {
        let what = "a symbol";
        let offset = aligned(table.offset, "symbols")?.saturating_add(index.saturating_mul(16));
        Ok(Symbol {
            name: self.word(offset, what)?,
            value: self.word(offset.saturating_add(4), what)?,
            info: self.bytes(offset.saturating_add(12), 1, what)?[0],
            section: self.half(offset.saturating_add(14), what)?,
        })
    }

    fn symbol_name(self, table: Section, symbol: &Symbol) -> Result<&'f [u8], Fault> {
        let names = self.section(table.link)?;
        self.string(u64::from(names.offset) + u64::from(symbol.name))
    }
}

fn aligned(offset: u32, what: &'static str) -> Result<u32, Fault> {
    if offset.is_multiple_of(4) { Ok(offset) } else { Err(Fault::Unaligned(what)) }
}

impl Dlmodule<'_> {
    fn place_segments(&mut self) -> Result<(), Fault> {
        let table = aligned(self.file.word(28, "the ELF header")?, "program headers")?;
        let count = u32::from(self.file.half(44, "the ELF header")?);
        let mut loaded = vec![];
        for index in 0..count {
            let field = |at| self.file.word(table.saturating_add(index * 32 + at), "a program header");
            if field(0)? == 1 {
                loaded.push((field(4)?, field(8)?, field(16)?, field(20)?));
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
        for section in self.file.sections()?.into_iter().filter(|section| section.kind == SHT_REL) {
            let symbols = self.file.section(section.link)?;
            self.file.section(symbols.link)?;
            for index in 0..section.size / 8 {
                let offset = aligned(section.offset, "relocations")?.saturating_add(index * 8);
                let place = self.file.word(offset, "a relocation")?;
                let info = self.file.word(offset.saturating_add(4), "a relocation")?;
                let symbol = self.file.symbol(symbols, info >> 8)?;
                let address = if symbol.section != 0 || symbol.info >> 4 == STB_LOCAL {
                    self.address(symbol.value)
                } else {
                    let name = self.file.symbol_name(symbols, &symbol)?;
                    resolve(&String::from_utf8_lossy(name))
                };
                self.apply(place, info & 0xff, address)?;
            }
        }
        Ok(())
    }

    /// `dlmodule_relocate`, for the types that we accept. Others are told by our loader.
    fn apply(&mut self, place: u32, kind: u32, symbol: u64) -> Result<(), Fault> {
        if kind == 0 {
            return Ok(());
        }
        let at = self.place(place.into(), 4)?;
        let word =
            u64::from(u32::from_le_bytes([self.image[at], self.image[at + 1], self.image[at + 2], self.image[at + 3]]));
        let value = match kind {
            2 | 23 => symbol.wrapping_add(word),
            3 => word.wrapping_add(symbol).wrapping_sub(self.base + at as u64),
            21 | 22 => symbol,
            _ => return Ok(()),
        };
        self.image[at..at + 4].copy_from_slice(&value.to_le_bytes()[..4]);
        Ok(())
    }

    /// Lists the exports, and looks for the two symbols that set stack and priority.
    fn read_symbols(&self) -> Result<(), Fault> {
        let names = self.file.section(self.file.half(50, "the ELF header")?.into())?;
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
        for index in 0..table.size / 16 {
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
