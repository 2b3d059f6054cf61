//! Whether the relocations are those of a module.

use crate::{Module, image::Extent, report::Told};
use format::{Class, Code, Detail, Diagnostic, Isa, Operation, Relocation, Source, Subject, Symbol};

impl<S: Source, I: Isa> Module<S, I> {
    #[inline(never)] // for the sake of the stack
    pub(crate) fn verify_relocations(&self, image: &Extent, told: &mut Told<'_>) -> Result<(), S::Error> {
        for index in 0.. {
            let Some(relocation) = self.relocation(index)? else {
                break;
            };
            let symbol = self.symbol(relocation.symbol)?;
            if let Some(code) = fault::<I>(&relocation, symbol.as_ref(), image) {
                self.tell_relocation(&relocation, symbol.as_ref(), code, told)?;
            }
        }
        Ok(())
    }

    /// The symbol of a relocation, unless it has none or names one that is not there.
    pub(crate) fn symbol(&self, index: u32) -> Result<Option<Symbol>, S::Error> {
        if index == 0 { Ok(None) } else { self.any_symbol(index) }
    }

    /// The symbol at `index`, or `None` past the last one.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn any_symbol(&self, index: u32) -> Result<Option<Symbol>, S::Error> {
        self.symbols().get(index)
    }

    #[inline(never)] // for the sake of the stack
    pub(crate) fn tell_relocation(
        &self,
        relocation: &Relocation<I::Addend>,
        symbol: Option<&Symbol>,
        code: Code,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let Relocation { place, kind, .. } = *relocation;
        let name = |symbol| self.symbol_name(symbol).map(Option::unwrap_or_default).map(Some);
        let symbol = Detail::find(|| symbol.map_or(Ok(None), name))?;
        told.pass_on(&Diagnostic::new(Subject::Relocation { place, kind, symbol }, code));
        Ok(())
    }
}

fn fault<I: Isa>(relocation: &Relocation<I::Addend>, symbol: Option<&Symbol>, image: &Extent) -> Option<Code> {
    let Some(operation) = I::operation(relocation.kind) else {
        return Some(Code::Unsupported);
    };
    match (operation, symbol) {
        (Operation::Nothing, _) => None,
        _ if !image.holds_word::<I>(relocation.place) => Some(Code::PlaceOutsideImage),
        _ if !relocation.place.is_multiple_of(I::Class::WORD) => Some(Code::PlaceUnaligned),
        (_, None) if relocation.symbol != 0 => Some(Code::NoSuchSymbol),
        (Operation::BasePlusAddend, Some(_)) => Some(Code::HasSymbol),
        (Operation::BasePlusAddend, None) => None,
        (_, None) => Some(Code::NeedsSymbol),
        (_, Some(symbol)) if symbol.is_import() => None,
        (_, Some(symbol)) if !symbol.is_defined() => Some(Code::SymbolNowhere),
        (_, Some(symbol)) if image.offset(symbol.value, 0).is_none() => Some(Code::SymbolOutsideImage),
        _ => None,
    }
}
