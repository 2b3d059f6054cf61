//! Whether the symbols are those of a module.

use crate::{Module, image::Extent, report::Told};
use format::{Code, Diagnostic, Isa, Name, Source, Subject, Symbol, SymbolKind, SymbolPlace, note::ABI_MARKER_BYTES};

impl<S: Source, I: Isa> Module<S, I> {
    /// Reports what is wrong with a symbol.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn tell_symbol_fault(
        &self,
        index: u32,
        symbol: &Symbol,
        image: &Extent,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        match self.symbol_fault(symbol, image)? {
            Some(code) => self.tell_symbol(index, symbol, code, told),
            None => Ok(()),
        }
    }

    fn symbol_fault(&self, symbol: &Symbol, image: &Extent) -> Result<Option<Code>, S::Error> {
        let size = if symbol.kind == SymbolKind::DATA { symbol.size } else { 0 };
        let is_outside = || image.offset(symbol.value, size).is_none();
        Ok(if symbol.name >= self.tables.names.size {
            Some(Code::NoName)
        } else if symbol.kind == SymbolKind::THREAD_LOCAL {
            Some(Code::ThreadLocal)
        } else if symbol.kind == SymbolKind::INDIRECT {
            Some(Code::Indirect)
        } else if symbol.place == SymbolPlace::COMMON {
            Some(Code::Common)
        } else if symbol.place == SymbolPlace::UNDEFINED {
            (self.tables.claims.is_none() && self.has_text(symbol.name, ABI_MARKER_BYTES)?).then_some(Code::NoNote)
        } else if !symbol.is_defined() || !(SymbolKind::DATA.0..=SymbolKind::FUNCTION.0).contains(&symbol.kind.0) {
            // GNU ld's own symbols, such as `_stack`, have no type, and may be anywhere if nobody uses them.
            None
        } else if is_outside() {
            Some(Code::OutsideImage(symbol.value.into()))
        } else if symbol.kind == SymbolKind::FUNCTION && !self.is_code(symbol.value)? {
            Some(Code::NotCode(symbol.value.into()))
        } else {
            None
        })
    }

    #[inline(never)] // for the sake of the stack
    pub(crate) fn tell_symbol(
        &self,
        index: u32,
        symbol: &Symbol,
        code: Code,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let mut diagnostic = Diagnostic::new(Subject::Symbol { index, name: Some(Name::default()) }, code);
        if let Subject::Symbol { name, .. } = &mut diagnostic.subject
            && let Some(read) = name
            && !self.read_name(symbol.name, read)?
        {
            *name = None;
        }
        told.pass_on(&diagnostic);
        Ok(())
    }
}
