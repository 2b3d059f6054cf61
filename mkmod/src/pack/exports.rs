//! Exports: what the kernel, or `dlsym`, looks up in a module.

use super::layout::Layout;
use super::{PackError, Shared};
use crate::link::module::{Export, ExportKind};
use format::{Binding, Isa, Symbol, SymbolKind};

/// Which functions of a program stay exported. All of a library do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// What dlmodule calls: `module_init` and `module_cleanup`. Each other one costs heap while the program runs.
    Hooks,
    /// Every global function, for programs that others `dlsym` in.
    All,
}

const HOOKS: [&str; 2] = ["module_init", "module_cleanup"];

/// Where dlmodule looks for the priority of the main thread.
pub const PRIORITY: &str = "dlmodule_thread_priority";
/// Where dlmodule looks for the stack of the main thread.
pub const STACK: &str = "dlmodule_thread_stacksize";

/// The exports of a program.
pub fn of_program<I: Isa>(shared: &Shared<'_, I>, layout: &Layout, wanted: Exports) -> Result<Vec<Export>, PackError> {
    let is_wanted = |name: &str| wanted == Exports::All || HOOKS.contains(&name);
    chosen(shared, layout, |name, kind| match kind {
        ExportKind::Function => is_wanted(name) && name != "main",
        ExportKind::Data => [PRIORITY, STACK].contains(&name),
    })
}

/// The exports of a library: nobody starts it, so nobody asks for its thread.
pub fn of_library<I: Isa>(shared: &Shared<'_, I>, layout: &Layout) -> Result<Vec<Export>, PackError> {
    chosen(shared, layout, |name, kind| kind == ExportKind::Function && name != "main")
}

fn chosen<I: Isa>(
    shared: &Shared<'_, I>,
    layout: &Layout,
    choose: impl Fn(&str, ExportKind) -> bool,
) -> Result<Vec<Export>, PackError> {
    let mut exports = vec![];
    for symbol in shared.file.symbols() {
        let symbol = symbol?;
        let Some(kind) = kind(&symbol) else { continue };
        let name = shared.file.symbol_name(&symbol)?.map(|name| name.to_string()).unwrap_or_default();
        if choose(&name, kind) {
            let address = layout.moved(symbol.value)?.into();
            exports.push(Export { kind, name, address, size: symbol.size.into() });
        }
    }
    Ok(exports)
}

/// dlmodule finds global symbols only.
fn kind(symbol: &Symbol) -> Option<ExportKind> {
    match symbol.kind {
        _ if !symbol.is_defined() || symbol.binding != Binding::GLOBAL => None,
        SymbolKind::FUNCTION => Some(ExportKind::Function),
        SymbolKind::DATA => Some(ExportKind::Data),
        _ => None,
    }
}
