//! What a module needs of the kernel.

use crate::relocations::Walk;
use format::{Address, Binding, Isa, Name, Source, Symbol};

/// What finds the kernel's symbols: the address that a name has, if the kernel exports it.
pub(crate) type Resolve<'r> = &'r dyn Fn(&Name) -> Option<Address>;

impl<S: Source, I: Isa> Walk<'_, '_, S, I> {
    /// Where the kernel has what the symbol stands for. That is 0 for a weak symbol that the kernel does not have.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn import_address(&mut self, symbol: &Symbol) -> Result<Option<Address>, S::Error> {
        let mut name = Name::default();
        let is_whole = self.name(symbol, &mut name)? && !name.is_cut();
        let found = if is_whole { (self.resolve)(&name).filter(|&address| address != 0) } else { None };
        Ok(found.or((symbol.binding == Binding::WEAK).then_some(0)))
    }
}
