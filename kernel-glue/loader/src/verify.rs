//! Whether what a module's tables say can be loaded.

use crate::{
    Addend, Class, Home, Isa, Module, Name, Operation, Problem, ReadError, Relocation, RelocationFault, Section,
    SectionKind, Segment, SegmentFault, Source, Symbol, SymbolFault, SymbolKind, TableFault, class::size,
    module::SymbolTable,
};
use core::{fmt, num::NonZero};

/// What hears of each problem.
pub(crate) type Report<'r> = &'r mut dyn FnMut(&Problem);

/// The module has problems; each of them was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the module can't be loaded")
    }
}

impl core::error::Error for Refused {}

/// A module in which every table, address and name is where it should be.
#[derive(Debug)]
pub struct Verified<'m, S, I> {
    pub(crate) module: &'m Module<S, I>,
    pub(crate) image: Extent,
}

/// The addresses of the image before relocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub start: u32,
    pub size: u32,
    pub alignment: NonZero<u32>,
}

/// Whether what is in the sections can be looked at.
#[derive(PartialEq, Eq)]
enum Sections {
    Sound,
    Damaged,
}

impl Extent {
    /// How far `size` bytes at `address` are from the start, if they are in the image.
    pub fn offset(&self, address: u32, size: u32) -> Option<u32> {
        let offset = address.checked_sub(self.start)?;
        (offset.checked_add(size)? <= self.size).then_some(offset)
    }
}

impl<S: Source, I: Isa> Module<S, I> {
    /// The size and the alignment of the image, if its segments make one.
    pub fn image(&self) -> Option<(u32, u32)> {
        let image = self.verify_segments(&mut |_| ()).ok()??;
        Some((image.size, image.alignment.get()))
    }

    /// Looks at everything that does not depend on the kernel, and reports all that is wrong.
    ///
    /// # Errors
    /// When something was reported.
    pub fn verify(&self, report: Report<'_>) -> Result<Verified<'_, S, I>, Refused> {
        let mut refused = false;
        let mut report = |problem: &Problem| {
            refused = true;
            report(problem);
        };
        let image = self.verify_all(&mut report).unwrap_or_else(|error| {
            unreadable(error.into(), &mut report);
            None
        });
        match image {
            Some(image) if !refused => Ok(Verified { module: self, image }),
            _ => Err(Refused),
        }
    }

    #[inline(never)] // for the sake of the stack
    fn verify_all(&self, report: Report<'_>) -> Result<Option<Extent>, S::Error> {
        let Some(image) = self.verify_segments(report)? else {
            return Ok(None);
        };
        if let Some(entry) = self.header().entry.map(NonZero::get)
            && !self.is_code(entry)?
        {
            report_plain(Problem::Entry, entry, report);
        }
        if self.verify_sections(report)? == Sections::Sound {
            for section in self.sections() {
                self.verify_contents(&section?, image, report)?;
            }
        }
        Ok(Some(image))
    }

    /// Reports what is wrong with the segments. The answer is `None` if they make no image, which was then reported.
    #[inline(never)] // for the sake of the stack
    fn verify_segments(&self, report: Report<'_>) -> Result<Option<Extent>, S::Error> {
        let mut image: Option<Extent> = None;
        let mut is_sound = true;
        for (index, segment) in (0..).zip(self.segments()) {
            let segment = segment?;
            let length = self.source().length();
            if let Some(fault) = segment_fault::<I::Class>(&segment, image, length) {
                report_segment(index, fault, report);
                is_sound = false;
            } else if segment.is_loaded() {
                image = Some(grown(image, &segment));
            }
        }
        let image = image.filter(|image| image.size > 0);
        if image.is_none() && is_sound {
            report_plain(|_| Problem::NoImage, 0, report);
        }
        Ok(image)
    }

    #[inline(never)] // for the sake of the stack
    fn verify_sections(&self, report: Report<'_>) -> Result<Sections, S::Error> {
        let mut found = Sections::Sound;
        for (index, section) in (0..).zip(self.sections()) {
            if let Some(fault) = self.section_fault(&section?)? {
                report_section(index, fault, report);
                found = Sections::Damaged;
            }
        }
        Ok(found)
    }

    #[inline(never)] // for the sake of the stack
    fn section_fault(&self, section: &Section) -> Result<Option<TableFault>, S::Error> {
        let (bytes, length) = (section.bytes(), self.source().length());
        let fault = if !bytes.is_within(length) {
            Some(TableFault::PastTheEnd { bytes, length })
        } else {
            match section.kind {
                SectionKind::Names => self.unterminated(section)?,
                SectionKind::Constructors if section.size > 0 => Some(TableFault::Constructors),
                SectionKind::DynamicSymbols => self.symbols_fault(section)?,
                kind if kind == I::Addend::SECTIONS => self.relocations_fault(section)?,
                kind if kind == I::Addend::STRANGERS.0 && self.is_for_image(section)? => Some(I::Addend::STRANGERS.1),
                _ => None,
            }
        };
        Ok(match fault {
            None if !self.has_name(section)? => Some(TableFault::NoName),
            fault => fault,
        })
    }

    /// Relocations of the other kind matter where they are loaded, or refer to the symbols that the kernel sees.
    fn is_for_image(&self, section: &Section) -> Result<bool, S::Error> {
        let symbols = self.sections().get(section.link)?;
        Ok(section.is_loaded() || symbols.is_some_and(|symbols| symbols.kind == SectionKind::DynamicSymbols))
    }

    fn unterminated(&self, section: &Section) -> Result<Option<TableFault>, S::Error> {
        let mut last = [0];
        if let Some(at) = section.size.checked_sub(1).and_then(|distance| section.offset.checked_add(distance)) {
            self.source().read(at, &mut last)?;
        }
        Ok((last != [0]).then_some(TableFault::Unterminated))
    }

    fn symbols_fault(&self, section: &Section) -> Result<Option<TableFault>, S::Error> {
        Ok(if self.names(section.link)?.is_none() {
            Some(TableFault::Link(section.link))
        } else if !section.size.is_multiple_of(size::<I::Class, Symbol>().into()) {
            Some(TableFault::PartialRecord)
        } else {
            None
        })
    }

    fn relocations_fault(&self, section: &Section) -> Result<Option<TableFault>, S::Error> {
        Ok(if self.symbol_table(section.link)?.is_none() {
            Some(TableFault::Link(section.link))
        } else if !section.size.is_multiple_of(size::<I::Class, Relocation<I::Addend>>().into()) {
            Some(TableFault::PartialRecord)
        } else {
            None
        })
    }

    fn verify_contents(&self, section: &Section, image: Extent, report: Report<'_>) -> Result<(), S::Error> {
        match section.kind {
            SectionKind::DynamicSymbols => self.verify_symbols(section, image, report),
            kind if kind == I::Addend::SECTIONS => self.verify_relocations(section, image, report),
            _ => Ok(()),
        }
    }

    #[inline(never)] // for the sake of the stack
    fn verify_symbols(&self, section: &Section, image: Extent, report: Report<'_>) -> Result<(), S::Error> {
        let names = self.names(section.link)?;
        for (index, symbol) in (0..).zip(self.symbols(section)) {
            let symbol = symbol?;
            let has_name = names.is_some_and(|names| names.has(symbol.name));
            if let Some(fault) = self.symbol_fault(&symbol, has_name, image)? {
                self.report_symbol(section, index, &symbol, fault, report)?;
            }
        }
        Ok(())
    }

    #[inline(never)] // for the sake of the stack
    fn report_symbol(
        &self,
        section: &Section,
        index: u32,
        symbol: &Symbol,
        fault: SymbolFault,
        report: Report<'_>,
    ) -> Result<(), S::Error> {
        let mut problem = Problem::Symbol { index, name: Some(Name::default()), fault };
        if let (Problem::Symbol { name, .. }, Some(names)) = (&mut problem, self.names(section.link)?)
            && let Some(read) = name
            && !self.read_name(&names, symbol.name, read)?
        {
            *name = None;
        }
        report(&problem);
        Ok(())
    }

    fn symbol_fault(&self, symbol: &Symbol, has_name: bool, image: Extent) -> Result<Option<SymbolFault>, S::Error> {
        let is_code = || self.is_code(symbol.value);
        Ok(match (symbol.kind, symbol.home) {
            _ if !has_name => Some(SymbolFault::NoName),
            (SymbolKind::ThreadLocal, _) => Some(SymbolFault::ThreadLocal),
            (SymbolKind::Indirect, _) => Some(SymbolFault::Indirect),
            (_, Home::Common) => Some(SymbolFault::Common),
            // GNU ld's own symbols, such as `_stack`, have no type, and may be anywhere if nobody uses them.
            (SymbolKind::Function | SymbolKind::Data, Home::Image) if image.offset(symbol.value, 0).is_none() => {
                Some(SymbolFault::OutsideImage(symbol.value))
            }
            (SymbolKind::Function, Home::Image) if !is_code()? => Some(SymbolFault::NoCode(symbol.value)),
            _ => None,
        })
    }

    #[inline(never)] // for the sake of the stack
    fn verify_relocations(&self, section: &Section, image: Extent, report: Report<'_>) -> Result<(), S::Error> {
        let Some(table) = self.symbol_table(section.link)? else {
            return Ok(());
        };
        for relocation in self.relocations(section) {
            let relocation = relocation?;
            let symbol = self.symbols_of(&table).get(relocation.symbol)?;
            if let Some(fault) = relocation_fault::<I>(&relocation, symbol.as_ref(), image) {
                self.report_relocation(&table, &relocation, symbol.as_ref(), fault, report)?;
            }
        }
        Ok(())
    }

    #[inline(never)] // for the sake of the stack
    fn report_relocation(
        &self,
        table: &SymbolTable,
        relocation: &Relocation<I::Addend>,
        symbol: Option<&Symbol>,
        fault: RelocationFault,
        report: Report<'_>,
    ) -> Result<(), S::Error> {
        let Relocation { place, kind, .. } = *relocation;
        let symbol = symbol.filter(|_| relocation.symbol != 0);
        let mut problem = Problem::Relocation { place, kind, symbol: symbol.map(|_| Name::default()), fault };
        if let (Problem::Relocation { symbol: Some(name), .. }, Some(symbol)) = (&mut problem, symbol) {
            self.read_name(&table.names, symbol.name, name)?;
        }
        report(&problem);
        Ok(())
    }

    /// Whether the function pointer `function` points at code of this instruction set in the image.
    fn is_code(&self, function: u32) -> Result<bool, S::Error> {
        let Some(code) = I::code_address(function) else {
            return Ok(false);
        };
        for segment in self.segments() {
            if segment?.holds_code(code) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Reports that the file can't be read.
#[inline(never)] // for the sake of the stack
pub(crate) fn unreadable(error: ReadError, report: Report<'_>) -> Refused {
    report(&Problem::Read(error));
    Refused
}

#[inline(never)] // for the sake of the stack
fn report_plain(problem: fn(u32) -> Problem, number: u32, report: Report<'_>) {
    report(&problem(number));
}

#[inline(never)] // for the sake of the stack
fn report_section(index: u32, fault: TableFault, report: Report<'_>) {
    report(&Problem::Section { index, fault });
}

#[inline(never)] // for the sake of the stack
fn report_segment(index: u32, fault: SegmentFault, report: Report<'_>) {
    report(&Problem::Segment { index, fault });
}

fn segment_fault<C: Class>(segment: &Segment, image: Option<Extent>, length: u32) -> Option<SegmentFault> {
    let image_end = image.map(|image| image.start.saturating_add(image.size));
    if segment.is_thread_local() {
        Some(SegmentFault::ThreadLocal)
    } else if !segment.is_loaded() {
        None
    } else if !segment.bytes().is_within(length) {
        Some(SegmentFault::PastTheEnd { bytes: segment.bytes(), length })
    } else if segment.memory_size < segment.file_size {
        Some(SegmentFault::Shrinks)
    } else if !segment.memory().is_within(u32::MAX) {
        Some(SegmentFault::Wraps)
    } else if image_end.is_some_and(|end| segment.address < end) {
        Some(SegmentFault::Order)
    } else if segment.alignment > 1 && !segment.alignment.is_power_of_two() {
        Some(SegmentFault::Alignment(segment.alignment))
    } else if image.is_none() {
        start_fault::<C>(segment)
    } else {
        None
    }
}

/// The image's first byte goes where `rt_malloc` has room, to a multiple of 4 or 8, and all else moves with it: from an
/// odd address, code would lose its alignment and function pointers their Thumb bit.
fn start_fault<C: Class>(segment: &Segment) -> Option<SegmentFault> {
    let (address, alignment) = (segment.address, segment.alignment.clamp(C::WORD, 8));
    (!address.is_multiple_of(alignment)).then_some(SegmentFault::Start { address, alignment })
}

/// The image with a segment more, which begins at or after its end.
fn grown(image: Option<Extent>, segment: &Segment) -> Extent {
    let start = image.map_or(segment.address, |image| image.start);
    let distance = segment.address.saturating_sub(start);
    let size = distance.saturating_add(segment.memory_size);
    let alignment = NonZero::new(segment.alignment).unwrap_or(NonZero::<u32>::MIN);
    Extent { start, size, alignment: image.map_or(alignment, |image| image.alignment.max(alignment)) }
}

fn relocation_fault<I: Isa>(
    relocation: &Relocation<I::Addend>,
    symbol: Option<&Symbol>,
    image: Extent,
) -> Option<RelocationFault> {
    let Some(operation) = I::operation(relocation.kind) else {
        return Some(RelocationFault::Unsupported);
    };
    let Some(symbol) = symbol else {
        return Some(RelocationFault::NoSuchSymbol);
    };
    let has_symbol = relocation.symbol != 0;
    let is_home = symbol.home == Home::Image || symbol.is_import();
    match operation {
        Operation::Nothing => None,
        _ if image.offset(relocation.place, I::Class::WORD).is_none() => Some(RelocationFault::OutsideImage),
        _ if !relocation.place.is_multiple_of(I::Class::WORD) => Some(RelocationFault::Unaligned),
        Operation::BasePlusAddend if has_symbol => Some(RelocationFault::HasSymbol),
        Operation::BasePlusAddend => None,
        _ if !has_symbol => Some(RelocationFault::NeedsSymbol),
        _ if !is_home => Some(RelocationFault::Homeless),
        _ if symbol.home == Home::Image && image.offset(symbol.value, 0).is_none() => {
            Some(RelocationFault::SymbolOutsideImage)
        }
        _ => None,
    }
}
