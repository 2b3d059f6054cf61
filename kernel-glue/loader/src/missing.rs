//! What a module needs of the kernel.

use crate::{
    Addend, Address, Binding, Isa, Module, Name, Operation, Problem, Refused, Section, Source, Symbol,
    module::{SymbolTable, is_kind},
    verify::{Report, unreadable},
};

/// What finds the kernel's symbols: the address that a name has, if the kernel exports it.
pub(crate) type Resolve<'r> = &'r dyn Fn(&Name) -> Option<Address>;

impl<S: Source, I: Isa> Module<S, I> {
    /// Reports everything that the kernel does not export and a relocation needs.
    ///
    /// # Errors
    /// When something was reported.
    pub fn find_missing(&self, resolve: Resolve<'_>, report: Report<'_>) -> Result<(), Refused> {
        match self.report_missing(resolve, report) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refused),
            Err(error) => Err(unreadable(error.into(), report)),
        }
    }

    fn report_missing(&self, resolve: Resolve<'_>, report: Report<'_>) -> Result<bool, S::Error> {
        let mut is_complete = true;
        for section in self.sections().filter_map(is_kind(I::Addend::SECTIONS)) {
            let section = section?;
            let Some(table) = self.symbol_table(section.link)? else {
                continue;
            };
            for (index, symbol) in (0..).zip(self.symbols_of(&table)) {
                let symbol = symbol?;
                if symbol.is_import()
                    && self.is_needed(&section, index)?
                    && self.import_address(&table, &symbol, resolve)?.is_none()
                {
                    self.report_import(&table, &symbol, report)?;
                    is_complete = false;
                }
            }
        }
        Ok(is_complete)
    }

    #[inline(never)] // for the sake of the stack
    fn report_import(&self, table: &SymbolTable, symbol: &Symbol, report: Report<'_>) -> Result<(), S::Error> {
        let mut problem = Problem::Missing { name: Name::default(), weak: symbol.binding == Binding::Weak };
        if let Problem::Missing { name, .. } = &mut problem {
            self.read_name(&table.names, symbol.name, name)?;
        }
        report(&problem);
        Ok(())
    }

    /// Whether a relocation of the section `relocations` uses the symbol at `index`.
    #[inline(never)] // for the sake of the stack
    fn is_needed(&self, relocations: &Section, index: u32) -> Result<bool, S::Error> {
        for relocation in self.relocations(relocations) {
            let relocation = relocation?;
            if relocation.symbol == index && I::operation(relocation.kind) != Some(Operation::Nothing) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where the kernel has what the symbol stands for.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn import_address(
        &self,
        table: &SymbolTable,
        symbol: &Symbol,
        resolve: Resolve<'_>,
    ) -> Result<Option<Address>, S::Error> {
        let mut name = Name::default();
        let is_whole = self.read_name(&table.names, symbol.name, &mut name)? && !name.is_cut();
        Ok(if is_whole { resolve(&name).filter(|&address| address != 0) } else { None })
    }
}
