//! What a module needs of the kernel.

use crate::Module;
use format::{Address, Binding, Isa, Name, Source, Symbol};

/// What finds the kernel's symbols: the address that a name has, if the kernel exports it.
pub(crate) type Resolve<'r> = &'r dyn Fn(&Name) -> Option<Address>;

impl<S: Source, I: Isa> Module<S, I> {
    /// Where the kernel has what the symbol stands for. That is 0 for a weak symbol that the kernel does not have.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn import_address<N: Source<Error = S::Error>>(
        &self,
        symbol: &Symbol,
        names: &N,
        resolve: Resolve<'_>,
    ) -> Result<Option<Address>, S::Error> {
        let mut name = Name::default();
        let is_whole = self.read_name(names, symbol.name, &mut name)? && !name.is_cut();
        let found = if is_whole { resolve(&name).filter(|&address| address != 0) } else { None };
        Ok(found.or((symbol.binding == Binding::WEAK).then_some(0)))
    }
}
