//! What a module needs of the kernel.

use crate::{
    Module, Refused,
    places::Bits,
    report::{Report, Told},
};
use format::{Address, Binding, Code, Isa, Name, Operation, Source, Symbol};

/// What finds the kernel's symbols: the address that a name has, if the kernel exports it.
pub(crate) type Resolve<'r> = &'r dyn Fn(&Name) -> Option<Address>;

impl<S: Source, I: Isa> Module<S, I> {
    /// Reports everything that the kernel does not export and a relocation needs.
    ///
    /// `memory` has a bit for each symbol, so that none is reported twice. With less, only those are reported once whose
    /// relocations lie together, as linkers put them.
    ///
    /// # Errors
    /// When something was reported.
    pub fn find_missing(&self, memory: &mut [u8], resolve: Resolve<'_>, report: Report<'_>) -> Result<(), Refused> {
        let mut told = Told::new(report);
        let done = self.tell_missing(memory, resolve, &mut told);
        told.finish(done)
    }

    #[inline(never)] // for the sake of the stack
    pub(crate) fn tell_missing(
        &self,
        memory: &mut [u8],
        resolve: Resolve<'_>,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        memory.fill(0);
        let (mut bits, mut last) = (Bits(memory), 0);
        for number in 0.. {
            let Some(relocation) = self.relocation(number)? else {
                break;
            };
            let index = relocation.symbol;
            if index == last || I::operation(relocation.kind) == Some(Operation::Nothing) {
                continue;
            }
            last = index;
            if bits.set(index) != Some(true)
                && let Some(symbol) = self.symbol(index)?
                && symbol.is_import()
                && self.import_address(&symbol, resolve)?.is_none()
            {
                self.tell_symbol(index, &symbol, Code::Missing, told)?;
            }
        }
        Ok(())
    }

    /// Where the kernel has what the symbol stands for. That is 0 for a weak symbol that the kernel does not have.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn import_address(&self, symbol: &Symbol, resolve: Resolve<'_>) -> Result<Option<Address>, S::Error> {
        let mut name = Name::default();
        let is_whole = self.read_symbol_name(symbol, &mut name)? && !name.is_cut();
        let found = if is_whole { resolve(&name).filter(|&address| address != 0) } else { None };
        Ok(found.or((symbol.binding == Binding::WEAK).then_some(0)))
    }
}
